"""The sheet of people and groups: every fault of every line is named, all is applied or nothing, twice is once."""

from __future__ import annotations

import pytest

from laar.kit.names import Name
from laar.kit.sheets import Row
from laar.registers.actions import load_parties
from laar.registers.models import Party
from laar.registers.people import COLUMNS, Known, judge, read
from laar.registers.queries import body_called, known_codes, known_parties
from laar.registers.template import people_csv, people_xlsx
from tests.refused import refused
from tests.world import DAY, World

PLACES = {"21", "2101", "210101"}


def lines(*texts: str) -> list[Row]:
    """Lines as `kind|name_km|name_en|sex|place`, numbered as in a spreadsheet."""
    return [
        Row(number, dict(zip(COLUMNS, text.split("|"), strict=False))) for number, text in enumerate(texts, start=2)
    ]


def states(*texts: str, known: tuple[Known, ...] = ()) -> list[str]:
    return [line.state for line in judge(lines(*texts), known=known, places=PLACES)]


def reasons(text: str, *, known: tuple[Known, ...] = ()) -> str:
    (line,) = judge(lines(text), known=known, places=PLACES)
    assert line.state == "wrong"
    return " ".join(reason.en for reason in line.reasons)


@pytest.mark.parametrize("kind", ["person", "Person", "បុគ្គល", "Person / បុគ្គល", "  PERSON "])
@pytest.mark.parametrize("sex", ["f", "Woman", "ស្ត្រី", "Woman / ស្ត្រី", "ស្រី", "F", ""])
def test_kind_and_sex_are_understood_however_people_write_them(kind: str, sex: str) -> None:
    (line,) = judge(lines(f"{kind}|សុខា|Sokha|{sex}|210101"), known=(), places=PLACES)
    assert (line.state, line.kind, line.sex) == ("new", "person", "f" if sex else "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("|សុខា||f|210101", "kind is missing"),
        ("persson|សុខា||f|210101", "“persson” is not a kind"),
        ("person|||f|210101", "There is no name"),
        (f"person||{'x' * 201}|f|", "201 characters"),
        ("person||=HYPERLINK(1)|f|", "can't begin with “=”"),
        ("person|សុខា||x|", "“x” is not understood"),
        ("council|ក្រុម||f|210101", "Only a person has a sex"),
        ("person|សុខា||f|10101", "“10101” is not a place code"),
        ("person|សុខា||f|220101", "no place with the code 220101"),
    ],
)
def test_a_wrong_line_says_what_is_wrong_with_it(text: str, says: str) -> None:
    assert says in reasons(text)


def test_every_fault_of_a_line_is_named_at_once() -> None:
    said = reasons("persson|||x|99")
    assert all(part in said for part in ("not a kind", "no name", "not understood", "no place"))


def test_the_same_line_twice_is_wrong_the_second_time() -> None:
    assert states("person|សុខា|Sokha|f|210101", "person||SOKHA|f|210101") == ["new", "wrong"]
    assert states("person|សុខា|Sokha|f|210101", "person|សុខា|Sokha|f|2101") == ["new", "new"]
    assert "line 2" in judge(lines("cbo||A||", "cbo||A||"), known=(), places=PLACES)[1].reasons[0].en


def test_a_name_in_one_script_finds_the_one_in_both_and_an_invisible_space_does_not_hide_it() -> None:
    known = (Known("person", "សុខ\u200bដារ៉ា", "Sok Dara", "f", "210101"),)
    assert states("person|សុខដារ៉ា||f|210101", known=known) == ["there"]
    assert states("person||sok  dara||២១០១០១", known=known) == ["there"]
    assert states("person|សុខដារ៉ា|Sok Thida|f|210101", known=known) == ["new"]
    assert states("person||Sok Dara|f|", known=known) == ["new"]


def test_another_sex_than_in_the_register_is_asked_about_and_never_made_a_second_person() -> None:
    known = (Known("person", "", "Sok Dara", "f", ""),)
    assert "with “Woman”" in reasons("person||Sok Dara|m|", known=known)


def test_all_lines_are_registered_or_none(world: World) -> None:
    before = Party.objects.count()
    with refused("party.lines_wrong") as no:
        load_parties(lines("person||New One|f|210101", "persson||Two||", "person||Three|q|"), by=world.manager, on=DAY)
    assert no.value.facts["count"] == 2
    assert no.value.facts["line"] == 3
    assert Party.objects.count() == before


def test_the_same_sheet_twice_changes_nothing(world: World) -> None:
    sheet = lines("person|សុខា|Sokha|Woman|210101", "council||Council of Ba Srae||210102", "donor||Rice Fund||")
    load_parties(sheet, by=world.manager, on=DAY)
    registered = Party.objects.count()
    one = Party.objects.get(name_en="Sokha")
    assert (one.kind, one.sex, one.place, one.name_km) == ("person", "f", world.ang, "សុខា")
    load_parties(sheet, by=world.admin, on=DAY)
    assert Party.objects.count() == registered
    assert states_now(sheet) == ["there"] * 3


def states_now(sheet: list[Row]) -> list[str]:
    return [line.state for line in judge(sheet, known=known_parties(), places=known_codes())]


def test_who_works_in_one_commune_only_loads_no_sheet(world: World) -> None:
    for by in (world.users["ang"], world.finance, world.nobody):
        with refused("access.no_role"):
            load_parties(lines("person||New One|f|210101"), by=by, on=DAY)


def test_a_body_is_found_by_either_of_its_names(world: World) -> None:
    assert body_called("ngo", Name(en="river  ngo")) == world.ngo
    assert body_called("ngo", Name(en="", km="River NGO")) == world.ngo
    assert body_called("donor", Name(en="River NGO")) is None


def test_the_templates_are_read_by_what_reads_the_filled_in_sheet(world: World) -> None:
    for name, content in (("a.csv", people_csv()), ("a.xlsx", people_xlsx([world.ang]))):
        with refused("sheet.empty"):
            read(content, name)
    filled = people_csv() + "person,សុខា,,ស្រី,210101\r\n".encode()
    assert [row.number for row in read(filled, "a.csv")] == [2]
