"""Few people are not counted in public, nor is what would give their number away."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from laar.kit.figures import Definition, Figure, Ratio, Records, Scope
from laar.kit.names import Name
from laar.kit.small import counts_people, is_hidden, public_counts, public_number


@dataclass(frozen=True)
class Counted(Records):
    """A measurement whose numbers are known, place by place."""

    records: object = None
    where: dict[str, int] = field(default_factory=dict)
    value: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", sum(self.where.values()))

    def by_place(self, length: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, count in self.where.items():
            found[place[:length]] = found.get(place[:length], 0) + count
        return found


#: Who is where: by sex and by place.
PEOPLE = {("f", "210101"): 97, ("m", "210101"): 3, ("f", "210102"): 40, ("m", "210102"): 60, ("f", "220101"): 30}


def people(of_people: bool = True) -> Definition:
    def measure(scope: Scope) -> Counted:
        where: dict[str, int] = {}
        for (sex, place), count in PEOPLE.items():
            if scope["sex"] in ("", sex) and place.startswith(scope.place):
                where[place] = where.get(place, 0) + count
        return Counted(where=where)

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


@pytest.fixture
def small_commune(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four communes of a district one has three people; everybody knows how many the district has."""
    told = {("f", "230101"): 3, ("f", "230102"): 20, ("m", "230102"): 10, ("f", "230103"): 50, ("m", "230104"): 60}
    monkeypatch.setitem(globals(), "PEOPLE", told)


def shown(**more: str) -> dict[str, str]:
    return {code: public_number(asked(code, **more)) for code in ("230101", "230102", "230103", "230104")}


def test_a_single_small_number_is_not_what_is_left_of_the_others(small_commune: None) -> None:
    assert public_number(asked("2301")) == "143"
    assert shown() == {"230101": "<5", "230102": "<5", "230103": "50", "230104": "60"}


def test_what_the_number_beside_a_small_one_is_made_of_does_not_give_it_away(small_commune: None) -> None:
    assert public_number(asked("230102", sex="f")) == public_number(asked("230102", sex="m")) == "<5"
    assert public_number(asked("23010201")) == "0", "nobody is nobody's secret"


@pytest.mark.parametrize("second", [2, 4])
def test_two_small_numbers_cover_each_other(small_commune: None, second: int) -> None:
    PEOPLE["f", "230102"], PEOPLE["m", "230102"] = second, 0
    assert shown() == {"230101": "<5", "230102": "<5", "230103": "50", "230104": "60"}


def test_a_row_without_a_small_number_is_shown(small_commune: None) -> None:
    PEOPLE["f", "230101"] = 5
    assert shown() == {"230101": "5", "230102": "30", "230103": "50", "230104": "60"}


@pytest.mark.parametrize(("hidden", "value"), [(True, 3), (False, 30)])
def test_a_row_of_known_values_is_covered_like_one_of_places(hidden: bool, value: int) -> None:
    kinds = {"forum": value, "training": 40, "visit": 80}

    def measure(scope: Scope) -> Records:
        return Counted(where={"": kinds[scope["kind"]] if scope["kind"] else sum(kinds.values())})

    definition = Definition(
        "a.kinds", Name("Kinds"), Name("Counted"), ("kind",), measure, only={"kind": kinds}, of_people=True
    )
    is_shown = {kind: not is_hidden(definition.of(Scope(None, more={"kind": kind}))) for kind in kinds}
    assert is_shown == {"forum": not hidden, "training": not hidden, "visit": True}


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
