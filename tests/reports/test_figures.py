"""Every figure that is declared: on an empty programme, on a full one, and as the sum of its records."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from laar.kit.figures import Definition, Figure, Ratio, Records, Scope, definitions, figure_of
from laar.kit.names import Name
from tests.reports.facts import describe
from tests.shared import Shared
from tests.thread import Thread, fund_the_bank
from tests.world import World

KHMER = re.compile(r"[\u1780-\u17ff]")
#: What may be asked for: a value that is there, and one that is not.
ASKED = {
    "year": ("2008", "1999"),
    "funding": ("grant", "own"),
    "sex": ("f", "m"),
    "kind": ("forum", "training"),
    "fund": ("G", "none"),
    "state": ("settled", "agreed"),
    "theme": ("education", "health_environment"),
}


def opened(figure: Figure) -> list[Figure]:
    """A figure, or the two of a ratio."""
    measured = figure.measured
    return [*opened(measured.part), *opened(measured.whole)] if isinstance(measured, Ratio) else [figure]


def scopes(world: World, definition: Definition) -> list[Scope]:
    """The whole programme, a commune that did much and one that did nothing, and each parameter by itself."""
    places = ("", "210101", "210102") if definition.by_place else ("",)
    asked = [{}, *({name: value} for name in definition.takes for value in ASKED[name])]
    return [Scope(world.programme, place, more) for place in places for more in asked]


@pytest.fixture(scope="module")
def full(shared: Shared) -> World:
    """The small world after two requests, one of them answered; the tests here only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LAAR_HOME", shared.home)
        describe(shared.world)
        fund_the_bank(shared.world)
        Thread(shared.world).to("report_back")
        Thread(shared.world, 2).to("bring_voucher")
    return shared.world


def test_every_figure_is_named_and_ruled_in_both_languages() -> None:
    assert len(definitions()) > 20
    for definition in definitions():
        for name in (definition.label, definition.rule):
            assert name.en[0].isupper(), definition.key
            assert KHMER.search(name.km), definition.key
        assert definition.rule.en.endswith("."), definition.key
        assert definition.label != definition.rule
        assert set(definition.takes) <= set(ASKED), f"say in ASKED what {definition.key} may be asked by"


def test_every_figure_can_be_computed_on_a_programme_that_did_nothing(world: World) -> None:
    for definition in definitions():
        figure = definition.of(Scope(world.other))
        assert figure.figure in ("0", "0.00", "–", "0 / 0", "0.00 / 0.00"), definition.key
        for one in opened(figure):
            assert one.value == 0
            assert list(one.measured.contributions()) == []  # type: ignore[union-attr]


def test_every_figure_is_what_its_records_add_up_to(full: World) -> None:
    for definition in definitions():
        for scope in scopes(full, definition):
            for figure in opened(definition.of(scope)):
                assert isinstance(figure.measured, Records)
                added = [adds for _, adds in figure.measured.contributions()]
                assert figure.value == sum(added), figure.id
                assert len(added) == figure.measured.records.count(), figure.id


def test_no_figure_of_one_commune_is_more_than_that_of_the_programme(full: World) -> None:
    for definition in (definition for definition in definitions() if definition.by_place):
        for figure in opened(definition.of(Scope(full.programme))):
            assert 0 <= figure.at(place="210101").value <= figure.value, figure.id


def test_no_figure_takes_records_of_another_programme(full: World) -> None:
    for definition in definitions():
        for figure in opened(definition.of(Scope(full.other))):
            assert figure.value == 0, figure.id


def test_a_figure_without_records_is_one_that_this_world_has_no_projects_for(full: World) -> None:
    empty = {
        definition.key
        for definition in definitions()
        for figure in opened(definition.of(Scope(full.programme)))
        if not figure.value
    }
    assert all(key.startswith(("sdp.", "events.inter_commune", "events.trainings")) for key in empty), empty


def test_the_numbers_of_the_full_world_are_these(full: World) -> None:
    assert {key: figure_of(key, Scope(full.programme)).figure for key in (
        "oa.plans", "oa.support", "oa.effective", "oa.settled", "oa.communes", "events.forums", "events.present",
        "accountability.answered", "transparency.decided", "action.cost", "donor.amount",
    )} == {
        "oa.plans": "2",
        "oa.support": "1,035.00",
        "oa.effective": "2 / 2",
        "oa.settled": "1 / 2",
        "oa.communes": "1",
        "events.forums": "3",
        "events.present": "479",
        "accountability.answered": "2 / 2",
        "transparency.decided": "2 / 2",
        "action.cost": "635.00",
        "donor.amount": "10,000.00",
    }  # fmt: skip


def test_the_address_of_a_figure_asks_for_it_again(full: World) -> None:
    figure = figure_of("oa.plans", Scope(full.programme, "2101", {"year": "2008"}))
    assert figure.id == "oa.plans?place=2101&year=2008"
    assert figure.at(year="2009").id == "oa.plans?place=2101&year=2009"
    assert figure.label == Name(en="Outreach plans", km="ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ")
