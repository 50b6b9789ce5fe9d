"""Taking a gazetteer into the register: all of it or nothing, and nothing that was true is overwritten."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError

from laar.base.models import TrailLine, TrailRow
from laar.registers.actions import load_gazetteer
from laar.registers.gazetteer import Named, read
from laar.registers.models import Place
from laar.registers.queries import known_codes, place_coded
from tests.refused import refused, refused_without_trace
from tests.world import DAY, GAZETTEER, World

REAL = os.environ.get("LAAR_GAZETTEER", "")


def load(text: str, **facts: object) -> None:
    load_gazetteer(
        read(f"code,name_km,name_en,kind\n{text}".encode(), "places.csv"),
        **{"source": "test", "since": None, "by": None, "on": DAY, **facts},  # type: ignore[arg-type]
    )


@pytest.mark.usefixtures("db")
def test_each_place_lies_in_its_parent_wherever_that_stands_in_the_file() -> None:
    load("210101,,Commune,\n21,,Province,\n2101,,District,\n")
    commune = place_coded("210101")
    assert commune.parent is not None
    assert (commune.level, commune.kind, commune.parent.code) == ("commune", "khum", "2101")
    assert commune.parent.parent == place_coded("21")


@pytest.mark.usefixtures("db")
def test_one_line_of_the_trail_has_a_row_for_every_place() -> None:
    load("21,,Province,\n2101,,District,\n")
    line = TrailLine.objects.get(verb="gazetteer.load")
    assert line.by is None
    assert sorted(row.after["code"] for row in line.rows.all()) == ["21", "2101"]


@pytest.mark.usefixtures("db")
def test_a_file_with_an_orphan_leaves_nothing_behind() -> None:
    with refused_without_trace("place.parent_missing"):
        load("21,,Province,\n2101,,District,\n220101,,Orphan,\n")
    assert not Place.objects.exists()


@pytest.mark.usefixtures("db")
def test_a_file_with_a_doubled_code_leaves_nothing_behind() -> None:
    with refused_without_trace("place.code_doubled"):
        load("21,,Province,\n2101,,District,\n21,,Province,\n")
    assert not Place.objects.exists()


@pytest.mark.usefixtures("db")
def test_a_load_that_breaks_at_its_second_level_leaves_nothing_of_the_first() -> None:
    named = [Named(2, "21", "khaet", "", "Province"), Named(3, "2101", "srok", "", None)]  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        load_gazetteer(named, source="test", since=None, by=None, on=DAY)
    assert not Place.objects.exists()
    assert not TrailRow.objects.exists()


def test_loading_a_file_twice_changes_nothing_and_writes_no_trail(world: World) -> None:
    before = list(Place.objects.order_by("id").values())
    lines = TrailLine.objects.count()
    load_gazetteer(read(GAZETTEER.encode(), "test.csv"), source="other", since=DAY, by=None, on=DAY)
    assert list(Place.objects.order_by("id").values()) == before
    assert TrailLine.objects.count() == lines


def test_a_part_of_the_country_can_be_loaded_below_what_is_there(world: World) -> None:
    load("21010102,,Village Two,\n")
    assert place_coded("21010102").parent == world.ang


def test_a_renamed_place_ends_and_goes_on_under_its_new_name(world: World) -> None:
    since = date(2008, 1, 1)
    load("210101,ប្រាសាទ,Prasat,\n", since=since)
    old, new = Place.objects.filter(code="210101").order_by("id")
    assert (old.pk, old.name_en, old.until, old.successor) == (world.ang.pk, "Angkor Borei", since, new)
    assert (new.name_en, new.since, new.until, new.parent) == ("Prasat", since, None, old.parent)
    assert place_coded("210101") == new
    assert known_codes()["210102"].since is None


def test_a_commune_that_becomes_a_sangkat_goes_on_under_its_code(world: World) -> None:
    load("210101,អង្គរបូរី,Angkor Borei,sangkat\n")
    assert place_coded("210101").kind == "sangkat"
    assert place_coded("210101").since == DAY
    assert list(place_coded("210101").predecessors.all()) == [world.ang]


def test_loading_a_renaming_twice_renames_once(world: World) -> None:
    load("210101,ប្រាសាទ,Prasat,\n")
    load("210101,ប្រាសាទ,Prasat,\n", on=date(2009, 1, 1))
    assert Place.objects.filter(code="210101").count() == 2


def test_a_new_village_lies_in_the_renamed_commune(world: World) -> None:
    load("210101,ប្រាសាទ,Prasat,\n21010109,,New village,\n")
    assert place_coded("21010109").parent == place_coded("210101")


def test_who_has_only_a_part_of_the_programme_loads_no_gazetteer(world: World) -> None:
    with refused_without_trace("access.no_role"):
        load("25,,Elsewhere,\n", by=world.users["ang"])


@pytest.mark.usefixtures("db")
def test_a_code_that_no_register_knows_is_not_found() -> None:
    with refused("record.not_found"):
        place_coded("99")


@pytest.mark.skipif(not REAL, reason="LAAR_GAZETTEER names no folder with the gazetteer of pumi")
@pytest.mark.usefixtures("db")
def test_the_real_gazetteer_loads_whole_and_twice() -> None:
    named = [
        place
        for level in ("provinces", "districts", "communes", "villages")
        for place in read(Path(REAL, f"{level}.yml").read_bytes(), f"{level}.yml")
    ]
    load_gazetteer(named, source="pumi", since=None, by=None, on=DAY)
    assert Place.objects.count() == TrailRow.objects.count() == len(named)
    assert not Place.objects.filter(parent=None).exclude(level="province").exists()
    load_gazetteer(named, source="pumi", since=None, by=None, on=DAY)
    assert Place.objects.count() == len(named)
