"""What a gazetteer file may look like; nothing here touches a database."""

from __future__ import annotations

import pytest

from laar.registers.gazetteer import read
from tests.refused import refused

CSV = "code,name_km,name_en\n21,តាកែវ,Takeo\n2101,អង្គរបូរី,Angkor Borei\n"
YAML = """---
districts:
  '2101':
    name: {km: អង្គរបូរី, latin: Angkor Borei}
    administrative_unit: {km: ស្រុក, latin: Srok}
  '0104':
    name: {km: ប៉ោយប៉ែត, latin: Paoy Paet}
    administrative_unit: {km: ក្រុង, latin: Krong}
"""


def test_a_csv_gives_each_place_with_its_line_and_the_usual_kind_of_its_level() -> None:
    named = read(CSV.encode(), "places.csv")
    assert [(place.line, place.code, place.kind, place.name_en) for place in named] == [
        (2, "21", "khaet", "Takeo"),
        (3, "2101", "srok", "Angkor Borei"),
    ]
    assert named[0].name_km == "តាកែវ"


def test_a_csv_may_say_the_kind_itself() -> None:
    assert read(b"code,kind,name_km,name_en\n0104,krong,,Paoy Paet\n", "a.csv")[0].kind == "krong"


def test_a_byte_order_mark_as_spreadsheets_write_it_is_no_part_of_the_first_heading() -> None:
    assert len(read(CSV.encode("utf-8-sig"), "places.csv")) == 2


def test_pumi_yaml_gives_codes_names_and_kinds() -> None:
    named = read(YAML.encode(), "districts.yml")
    assert [(place.code, place.kind, place.name_en) for place in named] == [
        ("2101", "srok", "Angkor Borei"),
        ("0104", "krong", "Paoy Paet"),
    ]


@pytest.mark.parametrize("ending", ["csv", "yml"])
def test_a_file_in_another_encoding_is_refused_by_name(ending: str) -> None:
    text = CSV.replace("តាកែវ", "Takéo").replace("អង្គរបូរី", "")
    with refused("sheet.encoding") as no:
        read(text.encode("cp1252"), f"places.{ending}")
    assert f"places.{ending}" in no.value.text.en
    assert "UTF-8" in no.value.text.en


def test_utf_16_without_a_mark_is_refused_as_well() -> None:
    with refused("sheet.columns"):
        read("code,name_km,name_en\n21,,Takeo\n".encode("utf-16-le"), "places.csv")
    with refused("gazetteer.layout"):
        read("a:\n  '21': x\n".encode("utf-16-le"), "places.yml")


def test_a_missing_column_is_named() -> None:
    with refused("sheet.columns") as no:
        read(b"code,name_en\n21,Takeo\n", "places.csv")
    assert no.value.facts["missing"] == "name_km"


@pytest.mark.parametrize("data", [CSV.replace(",", ";").encode(), CSV.encode("utf-16")])
def test_semicolons_instead_of_commas_and_a_mark_of_utf_16_are_read_as_what_they_are(data: bytes) -> None:
    assert read(data, "places.csv") == read(CSV.encode(), "places.csv")


@pytest.mark.parametrize("data", [b"code,name_km,name_en\n", b"code,name_km,name_en\n\n,,\n"])
def test_a_heading_alone_is_an_empty_sheet(data: bytes) -> None:
    with refused("sheet.empty"):
        read(data, "places.csv")


def test_an_empty_file_has_no_columns() -> None:
    with refused("sheet.columns"):
        read(b"", "places.csv")


@pytest.mark.parametrize("text", ["", "---\n", "[]", "provinces: {}", "provinces: []", "just words", "'21': {"])
def test_yaml_of_another_layout_is_refused(text: str) -> None:
    with refused("gazetteer.layout"):
        read(text.encode(), "places.yml")


@pytest.mark.parametrize("unit", ["", " Takeo", " {latin: Takeo}", " {name: Takeo}"])
def test_a_yaml_place_without_a_name_is_refused(unit: str) -> None:
    with refused("gazetteer.layout"):
        read(f"provinces:\n  '21':{unit}\n".encode(), "places.yml")


def test_a_place_with_neither_name_is_refused_with_its_line() -> None:
    with refused("place.name_missing") as no:
        read(b"code,name_km,name_en\n21,,Takeo\n2101,  ,\n", "places.csv")
    assert no.value.facts == {"code": "2101", "line": 3}
    with refused("place.name_missing"):
        read(b"provinces:\n  '21': {name: {km: '', latin: ' '}}\n", "places.yml")


def test_one_of_the_two_names_is_enough() -> None:
    assert read("code,name_km,name_en\n21,តាកែវ,\n".encode(), "a.csv")[0].name_en == ""
    assert read(b"provinces:\n  '21': {name: {latin: Takeo}}\n", "a.yml")[0].name_km == ""


def test_a_leading_zero_lost_in_a_spreadsheet_is_refused_with_its_line() -> None:
    with refused("place.code") as no:
        read(b"code,name_km,name_en\n01,,Banteay Meanchey\n102,,Mongkol Borey\n", "places.csv")
    assert no.value.facts == {"code": "102", "line": 3}


@pytest.mark.parametrize("code", ["0102", "102", "2101", "21.01"])
def test_an_unquoted_yaml_code_is_a_number_and_refused(code: str) -> None:
    with refused("place.code"):
        read(f"districts:\n  {code}: {{name: {{latin: Mongkol Borey}}}}\n".encode(), "places.yml")


def test_an_unknown_kind_is_refused_with_those_that_are_known() -> None:
    with refused("place.kind_unknown") as no:
        read(b"code,name_km,name_en,kind\n21,,Takeo,county\n", "places.csv")
    assert no.value.facts["kind"] == "county"
    assert "khum" in no.value.text.en


def test_an_unknown_kind_is_not_guessed_from_yaml_either() -> None:
    with refused("place.kind_unknown"):
        read(b"provinces:\n  '21': {name: {latin: Takeo}, administrative_unit: {latin: County}}\n", "places.yml")


def test_a_yaml_place_that_names_no_kind_has_the_usual_one() -> None:
    assert read(b"provinces:\n  '21': {name: {latin: Takeo}}\n", "places.yml")[0].kind == "khaet"


def test_a_doubled_yaml_key_is_refused_instead_of_silently_winning() -> None:
    doubled = "provinces:\n  '21':\n    name: {latin: Takeo}\n  '21':\n    name: {latin: Kampot}\n"
    with refused("place.code_doubled") as no:
        read(doubled.encode(), "places.yml")
    assert no.value.facts == {"code": "21", "first": 2, "line": 4}


def test_yaml_cannot_make_objects_or_strange_keys() -> None:
    with refused("gazetteer.layout"):
        read(b"provinces: !!python/object/apply:os.getcwd []\n", "places.yml")
    with refused("gazetteer.layout"):
        read(b"provinces:\n  ? [a, b]\n  : {name: {latin: Takeo}}\n", "places.yml")
