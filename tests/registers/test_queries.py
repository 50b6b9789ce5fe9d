"""The figures about places."""

from __future__ import annotations

from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.registers.actions import add_location, load_gazetteer
from laar.registers.gazetteer import read
from laar.registers.queries import place_coded, provinces_of
from tests.refused import refused_without_trace
from tests.world import DAY, World


def value(world: World, key: str, place: str = "") -> int:
    figure = figure_of(key, Scope(world.programme, place))
    assert figure.value == sum(adds for _, adds in figure.measured.contributions())  # type: ignore[union-attr]
    return int(figure.value)


def works_in(world: World, code: str, name: str) -> None:
    load_gazetteer(
        read(f"code,name_km,name_en\n{code},,{name}\n".encode(), "a.csv"), source="test", since=None, by=None, on=DAY
    )
    add_location(world.programme, place_coded(code), since=DAY, by=world.manager, on=DAY)


def test_two_communes_of_one_district_are_two_communes_and_one_district(world: World) -> None:
    assert (value(world, "places.communes"), value(world, "places.districts")) == (2, 1)


def test_a_commune_of_another_district_adds_one_to_both(world: World) -> None:
    load_gazetteer(read(b"code,name_km,name_en\n2102,,Bati\n", "a.csv"), source="test", since=None, by=None, on=DAY)
    works_in(world, "210201", "Chambak")
    assert (value(world, "places.communes"), value(world, "places.districts")) == (3, 2)
    assert (value(world, "places.communes", "2102"), value(world, "places.districts", "2102")) == (1, 1)
    assert [place.code for place in provinces_of(world.programme)] == ["21"]


def test_a_village_is_a_location_but_no_commune(world: World) -> None:
    add_location(world.programme, place_coded("21010101"), since=DAY, by=world.manager, on=DAY)
    assert value(world, "places.communes") == 2


def test_a_renamed_commune_is_counted_once(world: World) -> None:
    works_in(world, "210101", "Prasat")
    assert world.programme.pk
    assert value(world, "places.communes") == 2


def test_a_place_is_added_once(world: World) -> None:
    with refused_without_trace("record.already_there"):
        add_location(world.programme, world.ang, since=DAY, by=world.manager, on=DAY)


def test_another_programme_has_its_own_places(world: World) -> None:
    assert figure_of("places.communes", Scope(world.other)).value == 0
    with refused_without_trace("access.no_role"):
        add_location(world.programme, place_coded("21"), since=DAY, by=world.stranger, on=DAY)


def test_the_figure_says_what_it_counts_in_both_languages(world: World) -> None:
    figure = figure_of("places.communes", Scope(world.programme))
    assert figure.label == Name(en="Communes", km="ឃុំ")
    assert figure.figure == "2"
