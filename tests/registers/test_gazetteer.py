"""Taking a gazetteer into an empty register: all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import IntegrityError

from laar.base.models import TrailLine, TrailRow
from laar.registers.actions import load_gazetteer
from laar.registers.gazetteer import Named, read
from laar.registers.models import Place
from laar.registers.queries import place_coded
from tests.refused import refused, refused_without_trace
from tests.registers.loading import load
from tests.world import DAY

REAL = os.environ.get("LAAR_GAZETTEER", "")


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
