"""What the community gives to a project: promised, received on a signed list, and never mixed with the commune's part."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from laar.base.guard import open_door
from laar.base.trail import history
from laar.kit.figures import Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import Leg, open_fund, post_entry, reverse_entry
from laar.ledger.models import Entry
from laar.projects.actions import (
    drop_contribution,
    promise_contribution,
    receive_contribution,
)
from laar.projects.checks import contributions_add_up
from laar.projects.models import Contribution, Delivery
from laar.projects.rules import CONTRIBUTION
from laar.results.queries.steps import steps_from_here
from tests.desk.clients import client_of
from tests.projects.contributions import CASH, came, offered, promised, received, riel
from tests.refused import refused
from tests.sdp import Sdp
from tests.thread import Thread, faults
from tests.world import World, eur

WHY = Name(en="The harvest failed", km="ស្រូវខូច")


@pytest.fixture
def sdp(world: World) -> Sdp:
    return Sdp(world).to("treasury_pays")


def value(sdp: Sdp, key: str) -> str:
    return figure_of(key, Scope(sdp.world.programme, more={"project": sdp.project.code})).figure


def test_what_was_promised_counts_when_it_is_received_at_the_rate_of_its_day(sdp: Sdp) -> None:
    both = value(sdp, "sdp.total")
    money, work = promised(sdp), offered(sdp)
    assert work.promised == riel(240_000)
    assert value(sdp, "sdp.community") == "0.00"
    received(money, sdp, 500_000)  # a little less than was promised
    came(work, sdp, 30)
    cash, in_kind = (Contribution.objects.get(pk=one.pk) for one in (money, work))
    assert (cash.units, cash.amount, cash.state) == (riel(500_000).units, riel(500_000), "received")
    assert (cash.worth, in_kind.worth) == (eur("83.33").units, eur("40").units)  # at 6,000 riel
    assert value(sdp, "sdp.community") == Money(cash.worth + in_kind.worth, "EUR").figure
    assert value(sdp, "sdp.total") == both  # neither the grant nor the commune's part
    assert faults() == []


def test_somebody_else_than_who_wrote_the_promise_says_that_it_came(sdp: Sdp) -> None:
    with refused("access.same_person"):
        received(promised(sdp), sdp, 540_000, by=sdp.world.users["ang"])


def test_receiving_it_is_a_step_of_the_contribution_and_sent_twice_done_once(sdp: Sdp) -> None:
    money, command, world = promised(sdp), uuid4(), sdp.world
    paper = world.paper()
    for _ in range(2):
        got = receive_contribution(
            money, amount=riel(1_000), paper=paper, by=world.manager, on=world.day, command=command
        )
        assert got == money
    assert Delivery.objects.filter(contribution=money).count() == 1
    assert "contribution.receive" in [row.line.verb for row in history(money)]


def test_it_is_received_in_the_currency_of_the_promise_and_is_worth_something(sdp: Sdp) -> None:
    money = promised(sdp)
    with refused("contribution.currency"):
        receive_contribution(
            money, amount=Money.of("100", "EUR"), paper=sdp.world.paper(), by=sdp.world.manager, on=sdp.world.day
        )
    with refused("contribution.nothing"):
        received(money, sdp, 0)
    with refused("contribution.nothing"):
        promised(sdp, 0)
    with refused("contribution.basis_missing"):
        offered(sdp, basis=" ")


def test_who_received_it_does_not_take_it_back_and_nobody_from_a_closed_project(sdp: Sdp) -> None:
    world, money = sdp.world, received(promised(sdp), sdp, 540_000)
    with refused("access.same_person"):
        drop_contribution(money, reason=WHY, by=world.manager, on=world.day)
    sdp.close()
    with refused("money.settled"):
        drop_contribution(money, reason=WHY, by=world.second, on=world.day)


def test_what_is_given_in_kind_is_counted_there_and_worth_what_the_promise_says(sdp: Sdp) -> None:
    world, work = sdp.world, offered(sdp)
    with refused("contribution.not_counted"):
        received(work, sdp, 240_000)
    with refused("contribution.nobody_counted"):
        came(work, sdp, 10, counted_by=" ")
    came(work, sdp, 10)
    came(work, sdp, 20, by=world.second)
    one = Contribution.objects.get(pk=work.pk)
    assert (one.units, one.worth) == (riel(240_000).units, sum(one.deliveries.values_list("worth", flat=True)))
    assert [(part.quantity, part.amount) for part in one.deliveries.order_by("pk")] == [
        (10, riel(80_000)),
        (20, riel(160_000)),
    ]
    with refused("contribution.too_much"):
        came(work, sdp, 1)
    for who in (world.manager, world.second):  # each wrote a part of it down
        with refused("access.same_person"):
            drop_contribution(one, reason=WHY, by=who, on=world.day)
    assert faults() == []


def test_money_comes_in_parts_up_to_the_promise_each_on_its_own_list(sdp: Sdp) -> None:
    money, paper = promised(sdp), sdp.world.paper()
    received(money, sdp, 500_000, paper=paper)
    with refused("contribution.paper_twice"):
        received(money, sdp, 40_000, paper=paper)
    with refused("contribution.too_much"):
        received(money, sdp, 40_001)
    with refused("contribution.rounds_away"):
        received(money, sdp, 1)  # a sixtieth of a cent
    received(money, sdp, 40_000)
    money.refresh_from_db()
    assert [verb.code for verb in steps_from_here(money, CONTRIBUTION)] == ["contribution.drop"]
    assert faults() == []


def test_verify_finds_what_is_not_what_was_counted(sdp: Sdp) -> None:
    work = came(offered(sdp), sdp, 30)
    with open_door(), connection.cursor() as sql:
        sql.execute("UPDATE projects_delivery SET quantity = 29 WHERE contribution_id = %s", [work.pk])
    assert [fault.table for fault in contributions_add_up()] == ["projects.delivery"]
    with open_door(), connection.cursor() as sql:
        sql.execute("UPDATE projects_delivery SET quantity = 30, worth = worth + 1")
    assert [fault.table for fault in contributions_add_up()] == ["projects.contribution"]


def test_a_list_proves_one_contribution(sdp: Sdp) -> None:
    paper = sdp.world.paper()
    received(promised(sdp), sdp, 540_000, paper=paper)
    with refused("contribution.paper_twice"):
        came(offered(sdp), sdp, 30, paper=paper)


def test_what_was_not_given_says_why_and_counts_no_more(sdp: Sdp) -> None:
    world, money = sdp.world, promised(sdp)
    received(money, sdp, 540_000)
    with refused("project.reason_missing"):
        drop_contribution(money, reason=Name(""), by=world.second, on=world.day)
    assert drop_contribution(money, reason=WHY, by=world.second, on=world.day).state == "dropped"
    assert value(sdp, "sdp.community") == "0.00"


def through_our_books(sdp: Sdp, amount: int, kind: str = "community") -> Entry:
    world = sdp.world
    fund = open_fund(
        world.programme,
        f"C-{kind}",
        name=Name(en=kind),
        kind=kind,
        giver=world.committee,
        by=world.finance,
        on=world.day,
    )
    legs = [
        Leg(world.accounts["cash"], fund, riel(amount), place=world.ang),
        Leg(world.accounts["income"], fund, -riel(amount), place=world.ang),
    ]
    return post_entry(world.book, legs, text=CASH, kind="receipt", by=world.finance, on=world.day)


def test_what_passed_through_our_books_cites_its_entry_which_then_stays(sdp: Sdp) -> None:
    world, entry = sdp.world, through_our_books(sdp, 540_000)
    money = received(promised(sdp), sdp, 540_000, entry=entry)
    assert money.worth == abs(entry.postings.get(account=world.accounts["cash"]).in_book)
    with refused("contribution.entry_cited"):
        reverse_entry(entry, reason=WHY, by=world.finance, on=world.day)
    drop_contribution(money, reason=WHY, by=world.second, on=world.day)
    assert reverse_entry(entry, reason=WHY, by=world.finance, on=world.day).reverses_id == entry.pk


def test_an_entry_of_another_amount_kind_or_contribution_is_refused(sdp: Sdp) -> None:
    entry = through_our_books(sdp, 540_000)
    with refused("contribution.entry"):
        received(promised(sdp), sdp, 500_000, entry=entry)
    with refused("contribution.entry"):
        received(promised(sdp), sdp, 540_000, entry=through_our_books(sdp, 540_000, kind="in_kind"))
    received(promised(sdp), sdp, 540_000, entry=entry)
    with refused("contribution.entry"):
        received(promised(sdp), sdp, 540_000, entry=entry)


def test_nothing_is_brought_to_a_project_that_is_over(world: World) -> None:
    sdp = Sdp(world).to("close")
    with refused("contribution.over"):
        promised(sdp)


def test_an_outreach_grant_takes_none(world: World) -> None:
    grant = Thread(world).to("sign").project
    with refused("contribution.only_sdp"):
        promise_contribution(
            grant, giver=world.committee, text=CASH, amount=riel(1000), by=world.users["ang"], on=world.day
        )


@pytest.mark.parametrize("prefix", ["", "/km"])
def test_the_page_of_the_project_tells_the_community_beside_the_grant_and_the_commune(sdp: Sdp, prefix: str) -> None:
    address = f"{prefix}/records/project/{sdp.project.pk}/"
    assert "sdp.community_in_kind" not in client_of("manager").get(address).content.decode()
    came(offered(sdp), sdp, 30)
    text = client_of("manager").get(address).content.decode()
    for key in ("sdp.community_in_kind", "sdp.all_sources", "sdp.community_share", "sdp.commune_fund"):
        assert key in text
