"""Few people are not counted in public, nor is what would give their number away."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from laar.kit.figures import Definition, Figure, Ratio, Records, Scope
from laar.kit.names import Name
from laar.kit.small import counts_people, is_hidden, public_counts, public_number


@dataclass(frozen=True)
class Counted(Records):
    """A measurement whose number is known."""

    records: object = None
    number: int = 0
    value: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", self.number)


#: Who is where: by sex and by place.
PEOPLE = {("f", "210101"): 97, ("m", "210101"): 3, ("f", "210102"): 40, ("m", "210102"): 60, ("f", "220101"): 30}


def people(of_people: bool = True) -> Definition:
    def measure(scope: Scope) -> Counted:
        return Counted(
            number=sum(
                count
                for (sex, place), count in PEOPLE.items()
                if scope["sex"] in ("", sex) and place.startswith(scope.place)
            )
        )

    return Definition("a.people", Name("People"), Name("Counted"), ("sex",), measure, of_people=of_people)


def asked(place: str = "", of_people: bool = True, **more: str) -> Figure:
    return people(of_people).of(Scope(None, place, more))


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (asked(), "230"),
        (asked("210101"), "100"),
        (asked("210101", sex="m"), "<5"),  # three men
        (asked("210101", sex="f"), "<5"),  # 97 of 100 would say that there are three men
        (asked("210102", sex="f"), "40"),
        (asked("220101", sex="f"), "30"),
        (asked("220101", sex="m"), "0"),  # nobody is nobody's secret
        (asked("210101", of_people=False, sex="m"), "3"),
    ],
)
def test_a_small_number_and_what_lacks_one_are_hidden(figure: Figure, shown: str) -> None:
    assert public_number(figure) == shown


def test_a_place_is_hidden_that_lacks_few_of_the_place_around_it() -> None:
    PEOPLE["f", "210103"] = 2
    try:
        assert is_hidden(asked("210103"))
        assert not is_hidden(asked("2101"))
        assert is_hidden(asked("21", sex="m")) is False
    finally:
        del PEOPLE["f", "210103"]


@pytest.mark.parametrize(("place", "hidden"), [("210101", True), ("210102", False)])
@pytest.mark.parametrize("percent", [True, False])
def test_a_ratio_is_hidden_with_its_parts(place: str, hidden: bool, percent: bool) -> None:
    whole = asked(place)
    ratio = Definition(
        "a.women", Name("Women"), Name("Over all"), (), lambda _: Ratio(whole.at(sex="f"), whole, percent=percent)
    ).of(Scope(None, place))
    assert counts_people(ratio)
    assert is_hidden(ratio) is hidden


def test_a_ratio_of_other_things_is_shown() -> None:
    few = asked("210101", of_people=False, sex="m")
    ratio = Definition("a.things", Name("Things"), Name("Over all"), (), lambda _: Ratio(few, few)).of(Scope(None))
    assert not is_hidden(ratio)
    assert public_number(ratio) == "3 / 3"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([90, 50], ["90", "50"]),
        ([90, 3], ["90", "<5"]),
        ([90, 88], ["90", "<5"]),
        ([4, 4], ["<5", "<5"]),
        ([1200, 0], ["1,200", "0"]),
    ],
)
def test_columns_that_count_people_are_shown_like_figures(counts: list[int], shown: list[str]) -> None:
    assert public_counts(counts) == shown
