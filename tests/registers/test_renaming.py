"""Loading into a register that has places already: nothing that was true is overwritten."""

from __future__ import annotations

from datetime import date

from laar.base.models import TrailLine
from laar.registers.actions import load_gazetteer
from laar.registers.gazetteer import read
from laar.registers.models import Place
from laar.registers.queries import known_codes, place_coded
from tests.refused import refused_without_trace
from tests.registers.loading import load
from tests.world import DAY, GAZETTEER, World


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
