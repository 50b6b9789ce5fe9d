"""Every figure that is declared: on an empty programme, on a full one, and as the sum of its records."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.events.actions import design_course
from laar.kit.figures import AT_ONCE, Definition, Figure, Records, Scope, definitions, figure_of, measure
from laar.kit.names import Name
from tests.projects.contributions import came, offered, promised, received
from tests.refused import refused
from tests.reports.facts import describe
from tests.sdp import Sdp
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
    "fund": ("G",),
    "state": ("settled", "agreed"),
    "theme": ("education", "health_environment"),
    "project": ("SDP-1",),
    "opinion": ("agrees", "silent"),
    "book": ("MAIN",),
    "account": ("bank", "expense"),
    "when": ("after",),
    "capacity": ("citizen", "staff"),
    "body": ("council", "shg"),
    "course": ("OA",),
    "from": ("2008-03-10", "2009-01-01"),
    "to": ("2008-03-10", "2007-01-01"),
    "word": ("done", "not_possible"),
    "plan": ("oa", "cdp"),
    "currency": ("EUR", "KHR"),
    # A report is asked for by its key; of none there is nothing. tests/reports/test_finance.py has some.
    "report": ("",),
    "row": ("",),
    "giver": ("commune", "community"),
    "column": ("now",),
    "kept_in": ("EUR", "KHR"),
    "books": ("own", "memorandum"),
    "use": ("bank", "money"),
    "purpose": ("OA",),
    "commune": ("210101", "210102"),
    "since": ("2008-03-10", "2009-01-01"),
    "day": ("2008-03-10", "2007-01-01"),
    "known": ("2008-03-10", "2007-01-01"),
    "show": ("debits", "owed"),
    # By the key of an entry, by a line of a budget: tests/ledger/test_statements.py.
    "entry": (),
    # By the codes of a donor's form: tests/ledger/test_budgets.py.
    "budget": (),
    "heading": (),
    "tranche": (),
    "line": (),
    # Where the money of a fund lies.
    "in": (),
}
#: Where a figure takes other values by the same name.
ASKED_OF = {
    ("books.balance", "kind"): ("expense", "result"),
    **{(f"oa.{name}", "project"): ("OA-1",) for name in ("support", "paid", "refunded")},
    ("budget.planned", "kind"): ("original", "changed"),
    ("list.documents", "kind"): ("payment", "advance"),
    ("list.documents", "state"): ("prepared", "posted"),
    **{(f"grants.{name}", "kind"): ("oa", "sdp") for name in ("agreed", "spent", "out", "both_sources")},
    ("finance.cost", "when"): ("period",),
    ("finance.component", "when"): ("period",),
    ("finance.received", "when"): ("period",),
    ("finance.interest", "when"): ("period",),
    ("finance.held", "in"): ("money", "advances", "other"),
    ("finance.expected", "when"): ("next",),
    ("bodies.members", "body"): ("council", "committee"),
    ("coaching.advice", "state"): ("given", "followed_up"),
    ("stories.published", "kind"): ("success", "photo"),
    ("list.stories", "kind"): ("success", "photo"),
    ("list.stories", "state"): ("draft", "published"),
    ("list.events", "state"): ("held", "planned"),
    ("list.courses", "state"): ("designed", "held"),
    ("list.advice", "state"): ("given", "followed_up"),
    ("list.plans", "kind"): ("oa", "cdp"),
    ("list.plans", "state"): ("running", "closed"),
    ("list.projects", "kind"): ("oa", "sdp"),
    ("list.projects.amount", "kind"): ("oa", "sdp"),
    ("list.lines", "state"): ("held", "budgeted"),
    ("list.lines.amount", "state"): ("held", "budgeted"),
    ("list.tranches", "state"): ("paid", "liquidated"),
    ("list.tranches.amount", "state"): ("paid", "liquidated"),
    ("list.vouchers", "state"): ("accepted", "refused"),
    ("list.vouchers.amount", "state"): ("accepted", "refused"),
}


def opened(figure: Figure) -> list[Figure]:
    """A figure, or those that a ratio or a total is made of."""
    return [one for part in figure.parts for one in opened(part)] or [figure]


def scopes(world: World, definition: Definition) -> list[Scope]:
    """The whole programme, a commune that did much and one that did nothing, and each parameter by itself."""
    places = ("", "210101", "210102") if definition.by_place else ("",)
    asked = [{}, *({name: value} for name in definition.takes for value in _asked(definition, name))]
    return [Scope(world.programme, place, more) for place in places for more in asked]


def _asked(definition: Definition, name: str) -> tuple[str, ...]:
    return ASKED_OF.get((definition.key, name)) or ASKED[name]


@pytest.fixture(scope="module")
def full(shared: Shared) -> World:
    """The small world after two requests, one of them answered; the tests here only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LAAR_HOME", shared.home)
        describe(shared.world)
        fund_the_bank(shared.world)
        Thread(shared.world).to("report_back")
        Thread(shared.world, 2).to("bring_voucher")
        sdp = Sdp(shared.world).to("treasury_pays")
        received(promised(sdp), sdp, 540_000)
        came(offered(sdp), sdp, 30)
        sdp.to("close")
        course = Name(en="Outreach activities", km="ការចុះផ្សព្វផ្សាយ")
        facts = {"title": course, "audience": course, "objectives": course, "by": shared.world.manager}
        design_course(shared.world.programme, "OA", on=shared.world.day, **facts)
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


def test_a_figure_without_records_is_one_of_which_nothing_happened_in_this_world(full: World) -> None:
    empty = {
        figure.key
        for definition in definitions()
        for figure in opened(definition.of(Scope(full.programme)))
        if not figure.value
    }
    here_is_none = (
        "oa.refunded", "events.inter_commune", "events.trainings", "events.bodies", "events.communes_met",
        "books.balance", "training.", "coaching.", "staff.", "action.whole", "action.own_share", "stories.",
        "list.advice", "list.stories", "bodies.members", "requests.waiting", "cash.held", "finance.",
        "books.debit_balances", "books.credit_balances", "budget.", "list.documents", "tranches.",
    )  # fmt: skip
    assert {key for key in empty if not key.startswith(here_is_none)} == set()


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
        "events.forums": "4",
        "events.present": "755",
        "accountability.answered": "3 / 3",
        "transparency.decided": "2 / 2",
        "action.cost": "7,285.50",
        "donor.amount": "10,000.00",
    }  # fmt: skip


def test_the_address_of_a_figure_asks_for_it_again(full: World) -> None:
    figure = figure_of("oa.plans", Scope(full.programme, "2101", {"year": "2008"}))
    assert figure.id == "oa.plans?place=2101&year=2008"
    assert figure.at(year="2009").id == "oa.plans?place=2101&year=2009"
    assert figure.label == Name(en="Outreach plans", km="ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ")


def test_many_figures_asked_together_are_what_each_is_by_itself(full: World) -> None:
    apart = [
        figure for definition in definitions() for scope in scopes(full, definition)
        for figure in opened(definition.of(scope))
    ]  # fmt: skip
    known: dict[str, Figure] = {}
    together = [
        figure.definition.of(Scope(full.programme, figure.scope.place, figure.scope.more, known)) for figure in apart
    ]
    with CaptureQueriesContext(connection) as asked:
        measure(together)
    looked_up = sum("project" in figure.scope.more for figure in together)
    # A book is looked up by its code; how often needs were carried over is asked for the words of requests.
    looked_up += sum("book" in figure.scope.more for figure in together if figure.key.startswith("list."))
    looked_up += sum(bool(figure.scope.place) for figure in together if figure.key.startswith("list."))
    looked_up += sum(4 for figure in together if "word" in figure.scope.more)
    assert len(asked) <= len(known) / AT_ONCE + 1 + looked_up
    with CaptureQueriesContext(connection) as again:
        values = [figure.value for figure in together]
    assert len(again) == 0
    assert values == [figure.value for figure in apart]


def test_the_same_question_is_the_same_figure(full: World) -> None:
    scope = Scope(full.programme)
    assert figure_of("oa.plans", scope) is figure_of("oa.plans", scope)
    assert figure_of("oa.plans", scope).at(year="2008") is not figure_of("oa.plans", scope)


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("donor.amount", {"fund": "NOPE"}),
        ("training.sessions", {"course": "NOPE"}),
        ("books.balance", {"account": "NOPE"}),
        ("books.balance", {"book": "NOPE"}),
        ("sdp.grants", {"project": "NOPE"}),
    ],
)
def test_a_code_that_nothing_has_prints_no_false_zero(full: World, key: str, more: dict[str, str]) -> None:
    with refused("record.not_found"):
        assert figure_of(key, Scope(full.programme, more=more)).value


@pytest.mark.parametrize("place", ["21010", "zzz", "2101011", "210101010"])
def test_a_place_is_asked_for_by_its_whole_code(full: World, place: str) -> None:
    with refused("figure.unknown_scope"):
        figure_of("oa.plans", Scope(full.programme, place))
