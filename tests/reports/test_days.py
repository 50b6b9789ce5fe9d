"""Costs and days: outside a budget, of another budget, too late for a report; and whose money came in."""

from __future__ import annotations

import re
from datetime import date

import pytest

from laar.base.guard import open_door
from laar.base.readers import eyes_of
from laar.kit.figures import Records, Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Expected,
    Leg,
    amend_budget,
    forecast_budget,
    open_account,
    open_budget,
    post_entry,
    reverse_entry,
    set_budget,
)
from laar.ledger.models import Account, Budget, Heading, Limit
from laar.ledger.queries import PlannedLine
from laar.reports.actions import prepare_finance_report, submit_finance_report
from laar.reports.finance.ahead import expected_of
from laar.reports.finance.annex import annex_of
from laar.reports.finance.cells import Statement
from laar.reports.finance.expenditure import expenses_of
from laar.reports.finance.funding import funding_of
from laar.reports.finance.held import held_of
from laar.reports.finance.quarter import quarter_of
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceReport
from tests.desk.clients import client_of
from tests.refused import refused
from tests.reports.budgets import SINCE, UNTIL, budgeted, costs, explain_all, limit, line, prepared, spend
from tests.world import World

WHY = Name(en="Found in a drawer", km="រកឃើញក្រោយ")


def said(statement: Statement, row: str, column: str) -> str:
    found = statement.row(row)
    assert found is not None
    return found.cells[column].now.figure


def submitted(world: World, report: FinanceReport) -> FinanceReport:
    explain_all(world, report)
    return submit_finance_report(report, by=world.manager, on=world.day)


def second_budget(world: World, first: Budget) -> Budget:
    """Another phase of the same contract, a year later, with one line."""
    made = open_budget(
        first.fund,
        "EU-C",
        name=Name(en="Phase 2", km="ដំណាក់កាលទី២"),
        chart="eu",
        currency="EUR",
        since=UNTIL,
        until=date(2009, 3, 1),
        by=world.finance,
        on=world.day,
    )
    heading = Heading.objects.get(programme=world.programme, code="2")
    planned = PlannedLine("2.9", heading, Name(en="Travel", km="ដំណើរ"), Money.of("500", "EUR"))
    set_budget(made, [planned], by=world.finance, on=world.day)
    return made


def received(world: World, budget: Budget, amount: str, on: date, account: Account | None = None) -> None:
    money = Money.of(amount, "EUR")
    income = account or world.accounts["income"]
    legs = [Leg(world.accounts["bank"], budget.fund, money), Leg(income, budget.fund, -money)]
    post_entry(world.book, legs, text=Name(en="In"), kind="receipt", by=world.finance, on=on)


# ── the days of a budget ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", [date(2007, 2, 28), date(2008, 3, 1)])
def test_a_cost_outside_the_days_of_its_budget_is_refused_and_says_what_to_do(world: World, on: date) -> None:
    budget = budgeted(world)
    with refused("budget.cost_outside") as no:
        spend(world, budget, "2.1", "EUR 30", on)
    assert "addendum" in no.value.text.en
    spend(world, budget, "", "EUR 30", on)  # on no line it may stand, and is not claimed


def test_an_addendum_makes_a_budget_longer_and_earlier_reports_keep_its_old_end(world: World) -> None:
    budget = budgeted(world)
    report = prepared(world, budget)
    assert said(statement_of(report), "line:1.1.1", "due") == "600.00"
    amend_budget(budget, [], addendum="AD-1", reason=WHY, until=date(2009, 3, 1), by=world.finance, on=world.day)
    budget.refresh_from_db()
    assert budget.until == date(2009, 3, 1)
    spend(world, budget, "2.1", "EUR 30", date(2008, 3, 5))
    assert said(statement_of(report), "line:1.1.1", "due") == "600.00"
    with refused("budget.not_longer"):
        amend_budget(budget, [], addendum="AD-2", reason=WHY, until=UNTIL, by=world.finance, on=world.day)


def test_what_is_undone_or_comes_back_after_the_last_day_is_not_claimed_in_the_final_report(world: World) -> None:
    budget = budgeted(world)
    entry = spend(world, budget, "2.1", "EUR 30", date(2008, 2, 1))
    spend(world, budget, "2.1", "EUR 70", date(2008, 2, 2))
    reverse_entry(entry, reason=WHY, by=world.finance, on=date(2008, 3, 5))
    back = spend(world, budget, "2.1", "EUR -9", date(2008, 3, 6))
    twice = spend(world, budget, "2.1", "EUR -5", date(2008, 3, 6))
    reverse_entry(twice, reason=WHY, by=world.finance, on=date(2008, 3, 7))
    interim = prepared(world, budget)
    explain_all(world, interim)
    submit_finance_report(interim, by=world.manager, on=world.day)
    final = prepared(world, budget, kind="final", since=interim.until)
    statement = statement_of(final)
    assert [said(statement, row, "to_date") for row in ("line:2.1", "none")] == ["61.00", "0.00"]
    assert any("39.00 was undone or came back" in one.text.en for one in statement.warnings)
    listed = {one.entry: one.value.figure for one in expenses_of(statement, eyes_of(world.finance))}
    assert listed[back.pk] == "–9.00"
    opens(world, statement)
    for row in statement_of(interim).rows:
        assert not any(cell.differs for cell in row.cells.values())


def test_a_cost_that_is_undone_at_another_rate_leaves_nothing_behind(world: World) -> None:
    for rate, since in (("4000", date(2007, 4, 1)), ("5000", date(2007, 9, 1))):
        costs(world, "KHR", rate, since)
    budget = budgeted(world, policy="month")
    entry = spend(world, budget, "2.1", "KHR 400000", date(2007, 4, 1))
    first = submitted(world, prepared(world, budget))
    reverse_entry(entry, reason=WHY, by=world.finance, on=date(2007, 9, 20))
    statement = statement_of(prepared(world, budget, kind="final", since=first.until))
    assert [said(statement, "line:2.1", when) for when in ("before", "period", "to_date")] == [
        "100.00",
        "–100.00",
        "0.00",
    ]
    opens(world, statement)


def test_what_was_charged_outside_the_days_before_that_was_refused_is_shown_as_not_claimed(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    with open_door():
        Budget.objects.filter(pk=budget.pk).update(since=date(2007, 5, 1))
    budget.refresh_from_db()
    report = prepared(world, budget, since=date(2007, 5, 1))
    statement = statement_of(report)
    assert [said(statement, row, "to_date") for row in ("line:2.1", "total", "none")] == ["0.00", "0.00", "30.00"]
    assert "none" in {block.row for block in statement.blocks}
    opens(world, statement, "line:2.1", "none", "total")


# ── two budgets of one fund ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_one_budget_paid_is_in_no_report_of_another(world: World) -> None:
    first = budgeted(world)
    second = second_budget(world, first)
    spend(world, first, "2.1", "EUR 30", date(2007, 4, 1))
    spend(world, second, "2.9", "EUR 7", date(2008, 3, 5))
    spend(world, first, "", "EUR 2", date(2008, 3, 5))  # on no line: of the phase whose day it is
    one = statement_of(prepared(world, first, kind="final"))
    two = statement_of(prepared(world, second, kind="interim", since=UNTIL, until=date(2008, 9, 1)))
    assert (said(one, "total", "to_date"), said(one, "none", "to_date")) == ("30.00", "0.00")
    assert (said(two, "total", "to_date"), said(two, "none", "to_date")) == ("7.00", "2.00")
    assert len({charge.key for charge in [*one.charges, *two.charges]}) == 3 == len(one.charges) + len(two.charges)
    opens(world, two, "line:2.9", "none", "total")


# ── currencies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_budget_is_in_the_currency_of_its_contract(world: World) -> None:
    budget = budgeted(world)
    with refused("budget.other_currency"):
        open_budget(
            budget.fund,
            "US",
            name=Name(en="Dollars"),
            chart="eu",
            currency="USD",
            since=SINCE,
            until=UNTIL,
            by=world.finance,
            on=world.day,
        )


def test_the_threshold_of_a_contract_in_another_currency_is_converted(world: World) -> None:
    costs(world, "KHR", "5000", SINCE)
    budget = budgeted(world)
    with open_door():
        Limit.objects.create(
            programme=world.programme,
            kind="variation",
            currency="KHR",
            units=Money.of("250000", "KHR").units,  # fifty euro
            since=SINCE,
            source="contract",
        )
    spend(world, budget, "2.1", "EUR 250", date(2007, 4, 1))
    spend(world, budget, "1.1.1", "EUR 549", date(2007, 4, 1))
    rows = {row.code: row.must_explain for row in statement_of(prepared(world, budget)).rows if row.kind == "line"}
    assert (rows["2.1"], rows["1.1.1"]) == (False, True)


# ── too late ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cost_that_comes_after_the_report_of_its_days_is_a_named_correction_in_the_next(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    first = submitted(world, prepared(world, budget))
    spend(world, budget, "2.1", "EUR 5", date(2007, 4, 20))
    spend(world, budget, "2.1", "EUR 12", date(2007, 9, 20))
    second = prepared(world, budget, since=first.until, until=date(2007, 12, 1))
    statement = statement_of(second)
    assert [said(statement, "line:2.1", column) for column in ("before", "period", "to_date")] == [
        "30.00",
        "17.00",
        "47.00",
    ]
    assert [charge.corrects for charge in statement.corrections] == [first]
    assert any(first.name.en in one.text.en for one in statement.warnings)
    [late] = [one for one in expenses_of(statement, eyes_of(world.finance)) if one.corrects]
    assert (late.on, late.value.figure) == (date(2007, 4, 20), "5.00")
    opens(world, statement)
    assert "correction of" in str(annex_of(statement, "en", eyes=eyes_of(world.finance), on=world.day))

    submitted(world, second)
    assert statement_of(first).differences == []  # the next report has it: the first is as it was sent
    third = prepared(world, budget, kind="final", since=second.until)
    assert said(statement_of(third), "line:2.1", "before") == "47.00"


def test_reports_follow_each_other_by_their_days_and_not_by_their_numbers(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    later = prepare_finance_report(
        budget, kind="interim", since=date(2007, 9, 1), until=date(2007, 12, 1), by=world.finance, on=world.day
    )
    earlier = prepared(world, budget)
    assert earlier.number > later.number
    explain_all(world, later)
    with refused("finance.earlier_waits"):
        submit_finance_report(later, by=world.manager, on=world.day)
    submitted(world, earlier)
    submitted(world, later)


def test_a_report_over_months_that_are_not_closed_says_so(world: World) -> None:
    report = prepared(world, budgeted(world))
    assert any("not closed" in one.text.en for one in statement_of(report).warnings)
    with open_door():
        type(world.book).objects.filter(pk=world.book.pk).update(open_from=report.until)
    assert not any("not closed" in one.text.en for one in statement_of(report).warnings)


# ── what came in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_interest_is_no_instalment_and_stands_on_its_own_line(world: World) -> None:
    budget = budgeted(world)
    interest = open_account(
        world.book, "404", name=Name(en="Interest"), kind="income", use="interest", by=world.finance, on=world.day
    )
    received(world, budget, "1000", date(2007, 5, 1))
    received(world, budget, "3.50", date(2007, 5, 1), interest)
    report = prepared(world, budget)
    funding = funding_of(statement_of(report))
    assert funding.received.figure == "1,000.00"
    assert [(one.name.en, one.period.figure) for one in funding.sources][:2] == [
        (budget.fund.giver.name.en, "1,000.00"),
        ("Interest on what the donor paid in advance", "3.50"),
    ]
    for one in funding.sources:
        assert one.figure is not None
        opened = figure_of(one.figure.key, Scope(world.programme, more=dict(one.figure.scope.more)))
        assert Money(opened.value, "EUR") == one.to_date
    assert client_of("finance").get(f"/reports/finance/{report.pk}/").status_code == 200
    assert figure_of("donor.amount", Scope(world.programme, more={"fund": "EU"})).figure == "1,000.00"
    assert figure_of("finance.received", Scope(world.programme, more={"report": str(report.pk)})).figure == "1,000.00"


def test_a_receipt_that_is_booked_late_leaves_the_report_that_was_sent_and_comes_into_the_next(world: World) -> None:
    budget = budgeted(world)
    received(world, budget, "1000", date(2007, 5, 1))
    first = submitted(world, prepared(world, budget))
    received(world, budget, "250", date(2007, 6, 1))
    second = prepared(world, budget, kind="final", since=first.until)
    earlier, later = (funding_of(statement_of(one)) for one in (first, second))
    assert (earlier.received.figure, [one.amount.figure for one in earlier.instalments]) == ("1,000.00", ["1,000.00"])
    assert earlier.differs  # what the donor has is shown, and beside it what it comes to now
    assert (later.sources[0].before.figure, later.sources[0].period.figure) == ("1,000.00", "250.00")
    asked = Scope(world.programme, more={"report": str(second.pk), "when": "period"})
    assert figure_of("finance.received", asked).figure == "250.00"
    page = client_of("finance").get(f"/reports/finance/{first.pk}/").content.decode()
    assert re.search(r'sealed"[^>]*>1,000.00</a><span class="since">now 1,250.00', page)

    submitted(world, second)
    assert funding_of(statement_of(second)).received.figure == "1,250.00"
    assert not funding_of(statement_of(first)).differs  # the next report has it


def test_what_is_booked_after_a_report_was_sent_leaves_its_columns_lines_and_sources_as_they_are(world: World) -> None:
    costs(world, "USD", "2", date(2007, 5, 1))
    budget = budgeted(world)
    received(world, budget, "1000", date(2007, 5, 1))
    spend(world, budget, "2.1", "EUR 30", date(2007, 5, 20))
    report = submitted(world, prepared(world, budget))
    before = statement_of(report)
    spend(world, budget, "2.1", "USD 20", date(2007, 5, 21))
    after = statement_of(report)
    assert after.currencies == before.currencies == ["EUR"]
    period = after.total.cells["period"]
    assert (period.amount.figure, period.now.figure) == ("30.00", "40.00")
    assert sum(row.cells["period"].amount.units for row in after.rows if row.line) == period.amount.units


def test_what_the_books_hold_stands_beside_what_the_report_says_is_left(world: World) -> None:
    costs(world, "KHR", "4000", date(2007, 5, 1))
    costs(world, "KHR", "5000", date(2007, 5, 15))
    budget = budgeted(world, policy="month")
    received(world, budget, "1000", date(2007, 5, 1))
    spend(world, budget, "2.1", "KHR 500000", date(2007, 5, 20))  # 100 euro in the books, 125 by the contract
    report = prepared(world, budget)
    funding = funding_of(statement_of(report))
    held = held_of(report, funding)
    assert held.apart is not None
    assert [funding.balance.figure, held.whole.figure, held.apart.figure] == ["875.00", "900.00", "25.00"]
    for figure in (held.apart, held.whole, *(part for _, part in held.parts)):
        assert figure_of(figure.key, Scope(world.programme, more=dict(figure.scope.more))).value == figure.value
    assert sum(part.value for _, part in held.parts) == held.whole.value
    assert "25.00" in client_of("finance").get(f"/reports/finance/{report.pk}/").content.decode()

    sent = submitted(world, report)
    spend(world, budget, "2.1", "EUR 10", date(2007, 5, 21))
    later = held_of(sent, funding_of(statement_of(sent))).apart
    assert later is not None
    assert figure_of("finance.apart", Scope(world.programme, more=dict(later.scope.more))).value == later.value


# ── the ceiling ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_report_flags_as_a_shift_is_what_a_reallocation_would_be_refused_for(world: World) -> None:
    budget = budgeted(world)
    limit(world, "reallocation", 1500)
    spend(world, budget, "2.1", "EUR 690", date(2007, 5, 1))  # exactly fifteen percent beyond 600
    assert [row.code for row in statement_of(prepared(world, budget)).rows if row.shift] == []
    spend(world, budget, "2.1", "EUR 0.01", date(2007, 5, 1))
    assert [row.code for row in statement_of(FinanceReport.objects.get()).rows if row.shift] == ["2"]


def opens(world: World, statement: Statement, *rows: str) -> None:
    """Every number of a statement, or of some of its rows, opens to the records that add up to it."""
    for row in filter(None, map(statement.row, rows)) if rows else statement.rows:
        for cell in row.cells.values():
            asked = figure_of(cell.figure.key, Scope(world.programme, more=dict(cell.figure.scope.more)))
            assert asked.value == cell.figure.value, asked.id
            if isinstance(asked.measured, Records):
                assert sum(adds for _, adds in asked.measured.contributions()) == asked.value, asked.id


# ── a quarter ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_next_quarters_are_as_the_forecast_says_and_every_number_opens(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 10))
    quarter = quarter_of(budget, 2007, 2)
    assert quarter is not None
    assert [one.next.figure for one in quarter.ahead if one.row.code == "2.1"] == ["213.75"]  # 570 over eight months
    expected = Expected(line(budget, "2.1"), date(2007, 7, 1), date(2007, 10, 1), Money.of("99", "EUR"))
    forecast_budget(budget, [expected], by=world.finance, on=world.day)
    quarter = quarter_of(budget, 2007, 2)
    assert quarter is not None
    assert [(one.next.figure, one.later.figure) for one in quarter.ahead if one.row.code == "2.1"] == [
        ("99.00", "0.00")
    ]
    for one in quarter.ahead:
        shown = [*expected_of(quarter.statement, one), one.row.left]
        for figure in shown:
            assert figure is not None
            assert figure_of(figure.key, Scope(world.programme, more=dict(figure.scope.more))).value == figure.value
    for row in quarter.headings:
        assert row.allowed is not None
        opened = figure_of(row.allowed.key, Scope(world.programme, more=dict(row.allowed.scope.more)))
        assert opened.value == row.allowed.value
    page = client_of("finance").get("/reports/finance/quarter/EU-B/2007/2/")
    assert page.status_code == 200
    cells = re.findall(r'<td class="n"[^>]*>(.*?)</td>', page.content.decode(), re.S)
    assert cells
    assert [cell for cell in cells if cell.strip() and "href" not in cell] == []
    assert quarter.statement.total.allowed is not None
