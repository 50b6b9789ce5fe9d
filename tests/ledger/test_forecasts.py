"""What is expected of a budget; and a budget in another currency than the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from laar.base.guard import open_door
from laar.desk.books.budgets import forecasts
from laar.kit.figures import Scope, figure_of
from laar.kit.money import Money
from laar.ledger.actions import (
    Expected,
    Leg,
    credit,
    forecast_budget,
    post_entry,
    rate_book,
    set_budget,
    set_limit,
    set_rate,
)
from laar.ledger.models import Budget, BudgetForecast, ForecastAmount, Heading
from laar.ledger.queries import (
    PlannedLine,
    budget_table,
    budget_total,
    caps_on,
    expected_in,
    last_euro,
    newest_forecast,
)
from tests.desk.clients import client_of
from tests.ledger.books import rate
from tests.ledger.budgets import WHY, a_budget, line
from tests.refused import refused
from tests.world import World, eur

APRIL, JULY = date(2008, 4, 1), date(2008, 7, 1)


def expecting(world: World, budget: Budget, amount: str, since: date, until: date) -> BudgetForecast:
    one = Expected(line(budget, "1.1.1"), since, until, Money.of(amount, budget.currency))
    return forecast_budget(budget, [one], by=world.finance, on=world.day)


def test_the_newest_forecast_counts_and_the_one_before_it_stays(world: World) -> None:
    budget = a_budget(world, "1.1.1 1000")
    expecting(world, budget, "300", APRIL, JULY)
    newest = expecting(world, budget, "240", APRIL, JULY)
    assert newest_forecast(budget) == newest
    assert (newest.number, newest.made_by, BudgetForecast.objects.count()) == (2, world.finance, 2)
    assert ForecastAmount.objects.count() == 2
    [row] = [one for one in budget_table(budget) if one.line]
    assert row.figures["expected"].figure == "240.00"
    opened = figure_of("budget.expected", Scope(world.programme, more={"budget": "B", "line": "1.1.1"}))
    assert opened.figure == "240.00"


def test_an_amount_of_a_quarter_is_spread_over_its_months(world: World) -> None:
    budget = a_budget(world, "1.1.1 1000")
    made = expecting(world, budget, "300", APRIL, JULY)
    share = expected_in(made, date(2008, 5, 1), date(2008, 8, 1))[line(budget, "1.1.1").pk]
    assert share.units == eur(200).units == sum(share.parts.values())


def test_a_forecast_outside_the_budget_twice_or_of_nothing_is_refused(world: World) -> None:
    budget = a_budget(world, "1.1.1 1000")
    with refused("forecast.days"):
        expecting(world, budget, "300", date(2010, 4, 1), date(2010, 8, 1))
    with refused("forecast.nothing"):
        expecting(world, budget, "0", APRIL, JULY)
    of = line(budget, "1.1.1")
    twice = [Expected(of, APRIL, JULY, eur(1)), Expected(of, date(2008, 5, 1), JULY, eur(1))]
    with refused("forecast.twice"):
        forecast_budget(budget, twice, by=world.finance, on=world.day)


def test_the_last_euro_says_what_nobody_expects_to_be_spent(world: World) -> None:
    budget = a_budget(world, "1.1.1 1000")
    [one] = last_euro(budget, date(2010, 5, 10))
    assert (one.left, one.a_month, one.is_slow) == (eur(1000), eur(500), True)
    expecting(world, budget, "900", date(2010, 4, 1), date(2010, 6, 30))
    [one] = last_euro(budget, date(2010, 5, 10))
    assert (one.expected, one.over, one.is_slow) == (eur(900), eur(100), False)


def test_a_forecast_is_typed_on_its_page_and_stands_on_that_of_the_budget(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecasts, "day_in", lambda _: world.day)
    budget = a_budget(world, "1.1.1 1000")
    client = client_of("finance")
    page = client.get("/books/budgets/B/forecast/?step=quarter")
    columns = page.context["columns"]
    assert 'aria-label="1.1.1, 01/2008 – 03/2008"' in page.content.decode()
    typed = {
        "step": "quarter",
        "nonce": page.context["nonce"],
        "seen": page.context["seen"],
        "note": "as in April",
        f"{line(budget, '1.1.1').pk}-{columns[1].since}": "250",
    }
    wrong = client.post(
        "/books/budgets/B/forecast/", {**typed, f"{line(budget, '1.1.1').pk}-{columns[0].since}": "1.234"}
    )
    assert wrong.status_code == 422
    assert not BudgetForecast.objects.exists()
    for _ in range(2):  # sent twice, kept once
        assert client.post("/books/budgets/B/forecast/", typed).status_code == 302
    [made] = BudgetForecast.objects.all()
    [amount] = made.amounts.all()
    assert (amount.amount, amount.since, amount.until) == (eur(250), columns[1].since, columns[1].until)
    assert "250.00" in client.get("/books/budgets/B/").content.decode()
    assert 'value="250.00"' in client.get("/books/budgets/B/forecast/?step=quarter").content.decode()


# ── another currency than the books ─────────────────────────────────────────────────────────────────────────────────


def in_dollars(world: World) -> Budget:
    """A budget of 2,000 dollars; a euro is 1.25 dollars in 2007 and 1.60 in 2008."""
    for since, per_euro in ((date(2007, 1, 1), "1.25"), (date(2008, 1, 1), "1.60")):
        set_rate("EUR", "USD", since=since, rate=Decimal(per_euro), source="InforEuro", by=world.finance, on=world.day)
    budget = a_budget(world, currency="USD")
    heading = Heading.objects.get(programme=world.programme, chart="eu", code="1.1.1")
    planned = PlannedLine("1.1.1", heading, WHY, Money.of("2000", "USD"))
    set_budget(budget, [planned], by=world.finance, on=world.day)
    return budget


def spend(world: World, budget: Budget, amount: Money, on: date) -> None:
    legs = [
        Leg(world.accounts["expense"], world.fund, amount, line=line(budget, "1.1.1")),
        credit(world.accounts["bank"], world.fund, amount),
    ]
    post_entry(world.book, legs, text=WHY, kind="payment", by=world.finance, on=on)


def test_planned_spent_and_left_of_a_budget_in_dollars_are_dollars(world: World) -> None:
    budget = in_dollars(world)
    spend(world, budget, eur(100), date(2007, 6, 1))  # 125 dollars
    spend(world, budget, eur(100), date(2008, 2, 1))  # 160 dollars
    spend(world, budget, Money.of("15", "USD"), date(2008, 2, 1))
    for figures in (next(one.figures for one in budget_table(budget) if one.line), budget_total(budget)):
        assert (figures["paid"].figure, figures["paid"].currency) == ("300.00", "USD")
        assert (figures["left"].figure, figures["left"].currency) == ("1,700.00", "USD")
    opened = figure_of("budget.paid", Scope(world.programme, more={"budget": "B", "line": "1.1.1"}))
    assert opened.figure == "300.00"
    parts = [Money(units, "USD").figure for _, units in opened.measured.contributions()]  # type: ignore[union-attr]
    assert sorted(parts) == ["125.00", "15.00", "160.00"]
    [one] = last_euro(budget, date(2010, 6, 1))
    assert one.left == Money.of("1700", "USD")


def test_a_percentage_of_a_budget_in_dollars_caps_in_the_currency_that_is_asked_for(world: World) -> None:
    in_dollars(world)
    set_limit(
        world.programme,
        "third_parties",
        since=date(2007, 1, 1),
        source="Contract",
        fund=world.fund,
        percent=5000,
        by=world.manager,
        on=world.day,
    )
    [cap] = caps_on(world.fund, world.donor, "EUR", world.day)
    assert cap.most == Money.of("625", "EUR")
    rate(world, "USD", "2", world.day, source="A bank")
    rate_book(world.book, rate_source="InforEuro", by=world.manager, on=world.day)
    [cap] = caps_on(world.fund, world.donor, "EUR", world.day)
    assert cap.most == Money.of("625", "EUR")  # the contract names no list: the book's own counts, and no newer one


def test_an_amount_that_nobody_can_mean_is_not_expected(world: World) -> None:
    budget = a_budget(world, "1.1.1 1000")
    with refused("forecast.negative"):
        expecting(world, budget, "-1", APRIL, JULY)
    with refused("forecast.too_much"):
        expecting(world, budget, "1000.01", APRIL, JULY)


@pytest.mark.parametrize(
    "given", [{"amount": -eur("1")}, {"percent": -1}, {"percent": 10_001}, {"kind": "advance", "days": 0}]
)
def test_a_limit_that_limits_nothing_is_refused(world: World, given: dict[str, Any]) -> None:
    kind = given.pop("kind", "recipient")
    with refused("limit.absurd"):
        set_limit(world.programme, kind, since=APRIL, source="Manual", by=world.manager, on=world.day, **given)


def test_a_forecast_stays_as_it_was_made_whoever_writes(world: World) -> None:
    expecting(world, a_budget(world, "1.1.1 1000"), "300", APRIL, JULY)
    for change in ("UPDATE ledger_forecastamount SET units = 1", "DELETE FROM ledger_budgetforecast"):
        with pytest.raises(DatabaseError, match=r"forecast\.final"), open_door(), transaction.atomic():
            connection.cursor().execute(change)
