"""What balances and can't be so is said before it is printed and signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from laar.kit.names import Name
from laar.ledger.actions import (
    agree_fund,
    given_out,
    open_account,
    open_fund,
    paid,
    received,
    set_budget,
    settled_with,
    transferred,
)
from laar.ledger.actions.legs import Item
from tests.ledger.budgets import a_budget, line, planned
from tests.ledger.papers import Office, office
from tests.refused import refused
from tests.world import World, eur


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


@pytest.mark.parametrize("kind", ["deposit", "withdrawal"])
def test_money_does_not_go_where_it_is(here: Office, kind: str) -> None:
    bank, fund = here.accounts["bank"], here.world.fund
    with refused("document.same_account"):
        here.prepared(kind, transferred(bank, bank, fund, eur("5")))
    other = open_account(
        here.world.book, "572", name=Name(en="Second bank"), kind="asset", use="bank", by=here.world.finance,
        on=here.world.day,
    )  # fmt: skip
    assert here.prepared(kind, transferred(bank, other, fund, eur("5"))).state == "prepared"


def test_the_money_of_a_commune_is_not_paid_from_our_bank(here: Office) -> None:
    world = here.world
    commune = open_fund(
        world.programme, "CSF", name=Name(en="Commune fund"), kind="commune", giver=world.council, by=world.finance,
        on=world.day,
    )  # fmt: skip
    with refused("document.commune_money"):
        here.prepared("payment", paid(here.accounts["bank"], [Item(here.accounts["cost"], commune, eur("5"))]))


def test_an_advance_is_not_due_before_its_own_day(here: Office) -> None:
    world = here.world
    lines = given_out(here.accounts["bank"], here.accounts["adv"], here.item(eur("5")))
    with refused("document.due_before"):
        here.prepared("advance", lines, due_on=world.day - timedelta(days=1))
    assert here.prepared("advance", lines, due_on=world.day).state == "prepared"


def test_a_line_of_another_year_is_charged_by_a_liquidation_only(here: Office) -> None:
    budget = a_budget(here.world)
    last_year = replace(planned(here.world, "1.1.1 1000"), year=2007)
    set_budget(budget, [last_year], by=here.world.finance, on=here.world.day)
    item = here.item(eur("5"), line=line(budget, "1.1.1"))
    with refused("document.line_of_other_year"):
        here.prepared("payment", paid(here.accounts["bank"], [item]))
    advance = here.advance("5")
    assert here.prepared("liquidation", settled_with(here.accounts["adv"], [item]), settles=advance).state == "prepared"


def test_the_days_of_its_budget_say_until_when_a_grant_is_charged(here: Office) -> None:
    """An addendum extends the budget; the words of the contract stand as they were once a report was sent."""
    world = here.world
    item = here.item(eur("5"), line=line(a_budget(world, "1.1.1 1000"), "1.1.1"))
    item = replace(item, fund=agree_fund(world.fund, until=date(2008, 3, 1), by=world.manager, on=world.day))
    assert here.prepared("payment", paid(here.accounts["bank"], [item])).state == "prepared"


def test_what_comes_back_of_last_years_cost_lowers_last_years_line(here: Office) -> None:
    budget = a_budget(here.world)
    set_budget(
        budget, [replace(planned(here.world, "1.1.1 1000"), year=2007)], by=here.world.finance, on=here.world.day
    )
    repaid = here.item(eur("5"), line=line(budget, "1.1.1"))
    assert here.prepared("receipt", received(here.accounts["bank"], [repaid])).state == "prepared"
