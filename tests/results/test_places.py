"""Places: a figure for each of them at once is the figure asked for each; the fall of what was asked; the tiles; the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base.readers import PUBLIC, Eyes, eyes_of, reader_as
from laar.events.actions import raise_request
from laar.kit.figures import Scope, definitions, figure_of
from laar.kit.names import Name
from laar.results.place import _years, place_page
from laar.results.queries.places import for_each_place
from laar.results.strip import SHOWS, strip_of
from tests.homes import Home
from tests.refused import refused
from tests.sdp import Sdp
from tests.thread import Thread
from tests.world import World

#: Every figure of the strip, asked for every commune at once and one by one.
COMPARED = """
from laar.base.models import Programme
from laar.kit.figures import Scope, definitions, figure_of
from laar.registers.queries import communes_of
from laar.results.queries.places import for_each_place
programme = Programme.objects.get()
codes = sorted({one.place.code for one in communes_of(programme)})
for one in definitions():
    if one.by_place:
        together = for_each_place(figure_of(one.key, Scope(programme)), codes)
        for code in codes:
            alone = figure_of(one.key, Scope(programme, place=code))
            if alone.value != together[code].value:
                print(one.key, code, alone.value, together[code].value)
"""

#: The figures of the fall, and what the stages of each request say.
FALL = """
from laar.base.models import Programme
from laar.events.models import Request
from laar.kit.figures import Scope, figure_of
from laar.results.queries import stages_of
programme = Programme.objects.get()
reached = [{stage.code for stage in stages_of(one)} for one in Request.objects.all()]
for key, code in (("planned", "planned"), ("funded", "funded"), ("done", "done"), ("told", "told")):
    print(key, figure_of("requests." + key, Scope(programme)).value, sum(code in one for one in reached))
"""


def test_a_figure_for_every_place_at_once_is_the_figure_of_each(demo: Home) -> None:
    assert demo.python(COMPARED) == ""


def test_the_fall_counts_the_requests_that_have_reached_each_stage(demo: Home) -> None:
    lines = [line.split() for line in demo.python(FALL).splitlines()]
    assert len(lines) == 4
    for key, figure, stages in lines:
        assert figure == stages != "0", key


def test_every_place_of_a_strip_costs_no_question_of_its_own(world: World) -> None:
    Thread(world).to("report_back")
    whole = figure_of("grants.out", Scope(world.programme))
    with CaptureQueriesContext(connection) as one:
        for_each_place(replace(whole, scope=Scope(world.programme)), ["210101"])
    with CaptureQueriesContext(connection) as two:
        for_each_place(replace(whole, scope=Scope(world.programme)), ["210101", "210102"])
    assert len(one) == len(two)


@pytest.mark.parametrize("show", list(SHOWS))
def test_a_tile_says_in_words_what_its_fill_shows(world: World, show: str) -> None:
    Thread(world).to("report_back")
    strip = strip_of(world.programme, eyes_of(world.manager), show)
    assert [tile.place.code for tile in strip.tiles] == ["210101", "210102"]
    assert dict(strip.legend)[strip.tiles[0].fill] == strip.tiles[0].means
    assert strip.tiles[1].fill == "none"  # nothing happened there
    assert strip.tiles[0].number == "01"
    assert len(strip.labels) == len(strip.tiles[0].figures) == len(strip.wholes)


def test_a_tile_follows_the_project_of_its_commune(world: World) -> None:
    sdp = Sdp(world)
    sdp.plan()

    def fill() -> str:
        return strip_of(world.programme, eyes_of(world.manager), "projects").tiles[0].fill

    assert fill() == "none"
    sdp.propose()
    assert fill() == "hatched"
    sdp.hear_the_department()
    sdp.check()
    sdp.approve()
    sdp.budget()
    sdp.sign()
    assert fill() == "half"


def test_a_reader_gets_the_tiles_of_the_own_area(world: World) -> None:
    assert [tile.place.code for tile in strip_of(world.programme, eyes_of(world.users["ba"]), "").tiles] == ["210102"]
    assert strip_of(world.programme, Eyes(), "").tiles == ()
    assert len(strip_of(world.programme, PUBLIC, "").tiles) == 2


def test_the_page_of_a_place_says_what_became_of_what_was_asked(world: World) -> None:
    thread = Thread(world).to("report_back")
    page = place_page(world.programme, "210101", eyes_of(world.manager), world.day)
    assert [bar.figure.value for _, bar in page.fall] == [1, 1, 1, 1, 1, 1]
    assert [bar.length for _, bar in page.fall] == [100] * 6
    assert page.sentence is not None
    assert page.sentence.figures["asked"].value == 1
    assert [one.party for one in page.bodies] == [world.committee, world.council]
    assert [one.mandate.seats for one in page.bodies if one.mandate] == [5]
    assert list(page.plans) == [thread.plan]
    assert [(one.project, one.next) for one in page.projects] == [(thread.project, None)]
    marks = {mark for year in page.calendar for month in year.months for mark, _ in month.events}
    assert marks == {"●", "○"}
    assert page.together.value == 635 * 10_000
    assert page.out.value == 0


def test_money_that_nobody_has_accounted_for_is_still_with_the_council(world: World) -> None:
    Thread(world).to("pay_first")
    page = place_page(world.programme, "210101", eyes_of(world.manager), world.day)
    assert page.out.value == 400 * 10_000
    assert page.projects[0].next == Name(en="Record the completion", km="កត់ត្រាការបញ្ចប់")


def test_a_page_of_a_place_ends_at_its_borders(world: World) -> None:
    for code, reader in (
        ("210101", eyes_of(world.users["ba"])),  # another area
        ("2101", eyes_of(world.users["ang"])),  # more than the own area
        ("210101", eyes_of(world.nobody)),
        ("22", eyes_of(world.manager)),
    ):
        with refused("record.not_found"):
            place_page(world.programme, code, reader, world.day)
    with refused("record.not_found"):  # the other programme does not work there
        place_page(world.other, "210101", eyes_of(world.users["stranger"]), world.day)


def test_a_district_is_added_up_and_leads_to_its_communes(world: World) -> None:
    Thread(world).to("report_back")
    district = place_page(world.programme, "2101", eyes_of(world.manager), world.day)
    commune = place_page(world.programme, "210101", eyes_of(world.manager), world.day)
    assert [bar.figure.value for _, bar in district.fall] == [bar.figure.value for _, bar in commune.fall]
    assert district.strip is not None
    assert [tile.place.code for tile in district.strip.tiles] == ["210101", "210102"]
    assert not district.plans
    assert not district.projects
    assert commune.strip is None
    assert {mark for year in district.calendar for month in year.months for mark, _ in month.events} == {"●"}


def test_what_is_said_in_confidence_is_on_the_page_of_the_office_only(world: World) -> None:
    thread = Thread(world).to("raise_request")
    raise_request(
        thread.forum,
        text=Name(en="About a person"),
        is_sensitive=True,
        by=world.users["ang"],
        on=world.day,
    )

    def asked(eyes: Eyes) -> int:
        return len(place_page(world.programme, "210101", eyes, world.day).open_requests)

    assert asked(eyes_of(world.manager)) == 2
    assert asked(reader_as("donor", world.programme)) == asked(PUBLIC) == 1


def test_the_calendar_shows_an_empty_year_between_two_and_leaves_out_a_long_silence() -> None:
    assert _years([]) == []
    assert _years([2007, 2009]) == [2007, 2008, 2009]
    assert _years([2007, 2007, 2026]) == [2007, 2026]


def test_every_figure_by_place_belongs_to_a_table_with_a_place() -> None:
    assert [one.key for one in definitions() if one.by_place and not one.rule.km] == []
