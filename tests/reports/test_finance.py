"""The financial report to a donor: what it adds up to, what keeps it back, and that it stays as it was sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from laar.base.guard import open_door
from laar.kit.figures import Records, Scope, figure_of
from laar.kit.money import Money, rounded, shared_out
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.kit.refusals import Refusal
from laar.ledger.actions import reverse_entry
from laar.ledger.models import Budget
from laar.ledger.queries.conversion import report_rate
from laar.reports.actions import (
    accept_finance_report,
    explain_finance_report,
    prepare_finance_report,
    return_finance_report,
    submit_finance_report,
)
from laar.reports.checks import reports_are_as_they_were_sent
from laar.reports.finance.cells import Statement
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceFigure, FinanceReport
from tests.refused import refused
from tests.reports.budgets import (
    SINCE,
    UNTIL,
    budgeted,
    change,
    costs,
    explain_all,
    limit,
    line,
    prepared,
    spend,
)
from tests.world import World

#: A year of monthly rates as the Commission publishes them: one euro in riel, five decimals at most.
MONTHLY = (
    "5300",
    "5410.25",
    "5420.5",
    "5477.125",
    "5510",
    "5533.33",
    "5602.75",
    "5711.9",
    "5880.01",
    "5902",
    "5933.333",
    "5988.8",
)


def said(statement: Statement, row: str, column: str) -> str:
    found = statement.row(row)
    assert found is not None
    return found.cells[column].now.figure


def a_year_of_rates(world: World) -> None:
    for place, rate in enumerate(MONTHLY):
        month = SINCE.month - 1 + place
        costs(world, "KHR", rate, date(SINCE.year + month // 12, month % 12 + 1, 1))


# ── rates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_mean_of_twelve_monthly_rates_is_reproduced_to_six_digits(world: World) -> None:
    a_year_of_rates(world)
    fund = budgeted(world, "period_mean").fund
    mean = report_rate(fund, "KHR", Period(SINCE, UNTIL), SINCE)
    by_hand = sum(Decimal(rate) for rate in MONTHLY) / 12
    assert mean.printed() == f"{by_hand:,.6f}" == "5,639.166500"


@pytest.mark.parametrize(
    ("policy", "value"), [("transaction", "5500"), ("month", "5300"), ("fixed", "5300"), ("period_mean", "5400")]
)
def test_each_policy_takes_its_own_rate(world: World, policy: str, value: str) -> None:
    for since, rate in ((date(2007, 3, 1), "5300"), (date(2007, 3, 15), "5500"), (date(2007, 4, 1), "5500")):
        costs(world, "KHR", rate, since)
    fund = budgeted(world, policy).fund
    fund.rate_source = "InforEuro"
    found = report_rate(fund, "KHR", Period(date(2007, 3, 1), date(2007, 5, 1)), date(2007, 3, 20))
    assert found.rate == int(value)


def test_only_the_rates_of_the_source_that_the_contract_names_count(world: World) -> None:
    costs(world, "KHR", "5300", SINCE, source="InforEuro")
    costs(world, "KHR", "9999", SINCE, source="a bank")
    fund = budgeted(world, "month").fund
    fund.rate_source = "InforEuro"
    assert report_rate(fund, "KHR", Period(SINCE, UNTIL), SINCE).rate == 5300


def test_a_month_without_a_rate_is_named(world: World) -> None:
    fund = budgeted(world, "period_mean").fund
    with refused("rate.missing_month"):
        report_rate(fund, "KHR", Period(SINCE, UNTIL), SINCE)


@given(st.lists(st.fractions(min_value=-(10**12), max_value=10**12), min_size=1, max_size=40))
def test_parts_add_up_to_the_rounded_whole_and_none_is_a_coin_off(exact: list[Fraction]) -> None:
    whole = rounded(sum(exact, Fraction(0)), "EUR")
    parts = shared_out(whole, exact)
    assert sum(part.units for part in parts) == whole.units
    assert all(abs(part.units - value) <= 100 for part, value in zip(parts, exact, strict=True))


# ── what it adds up to ──────────────────────────────────────────────────────────────────────────────────────────────


def test_every_printed_part_adds_up_to_the_total_to_the_cent(world: World) -> None:
    a_year_of_rates(world)
    for month in range(3, 9):
        costs(world, "USD", "1.333333", date(2007, month, 1))
    budget = budgeted(world, "period_mean")
    for month in range(3, 9):
        for code, amount in (("1.1.1", "KHR 10007"), ("2.1", "KHR 3331"), ("2.1", "USD 7.77"), ("8.1", "EUR 1.01")):
            spend(world, budget, code, amount, date(2007, month, 7))
    statement = statement_of(prepared(world, budget))
    total = statement.total.cells
    lines = [row for row in statement.rows if row.kind == "line"]
    for column in statement.columns:
        if column.startswith("paid_") or column == "due":
            continue
        assert sum(row.cells[column].now.units for row in lines) == total[column].now.units, column
    by_currency = [total[f"as_{currency}"].now.units for currency in ("EUR", "KHR", "USD")]
    assert sum(by_currency) == total["period"].now.units == sum(charge.value for charge in statement.charges)
    mean = {"KHR": sum(Fraction(rate) for rate in MONTHLY[:6]) / 6, "USD": Fraction("1.333333"), "EUR": Fraction(1)}
    paid = {"KHR": 6 * 13338, "USD": Fraction("46.62"), "EUR": Fraction("6.06")}
    exact = sum(paid[currency] / rate for currency, rate in mean.items())
    assert total["period"].now == rounded(exact * 10_000, "EUR")


def test_the_form_computes_its_own_rows(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "1.1.1", "EUR 700", date(2007, 5, 1))
    spend(world, budget, "2.1", "EUR 200", date(2007, 5, 1))
    spend(world, budget, "8.1", "EUR 50", date(2007, 5, 1))
    statement = statement_of(prepared(world, budget))
    assert [said(statement, f"heading:{code}", "original") for code in ("1", "1.1", "2", "7", "8", "9", "10")] == [
        "1,200.00", "1,200.00", "600.00", "1,800.00", "100.00", "1,900.00", "60.00",
    ]  # fmt: skip
    assert said(statement, "total", "original") == "1,960.00"
    assert [said(statement, row, "to_date") for row in ("heading:7", "heading:9", "total")] == [
        "900.00",
        "950.00",
        "950.00",
    ]
    assert said(statement, "line:1.1.1", "due") == "600.00"  # six of twelve months
    assert said(statement, "line:1.1.1", "variation") == "–100.00"


def test_what_was_paid_before_the_period_is_apart_and_in_the_total_to_date(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    spend(world, budget, "2.1", "EUR 12", date(2007, 9, 1))
    spend(world, budget, "2.1", "EUR 99", date(2007, 12, 1))
    first = prepared(world, budget)
    second = prepared(world, budget, since=first.until, until=date(2007, 12, 1))
    statement = statement_of(second)
    assert [said(statement, "line:2.1", column) for column in ("before", "period", "to_date")] == [
        "30.00",
        "12.00",
        "42.00",
    ]


def test_what_was_reported_at_the_mean_of_its_period_stays_so_in_the_next_report(world: World) -> None:
    for place in range(12):
        month = date(2007 + (2 + place) // 12, (2 + place) % 12 + 1, 1)
        costs(world, "KHR", "5000" if place < 6 else "4000", month)
    budget = budgeted(world, "period_mean")
    spend(world, budget, "2.1", "KHR 50000", date(2007, 4, 1))
    spend(world, budget, "2.1", "KHR 40000", date(2007, 9, 1))
    first = prepared(world, budget)
    second = prepared(world, budget, kind="final", since=first.until)
    assert said(statement_of(first), "line:2.1", "period") == "10.00"
    statement = statement_of(second)
    assert [said(statement, "line:2.1", column) for column in ("before", "period")] == ["10.00", "10.00"]


def test_what_is_reversed_is_not_claimed(world: World) -> None:
    budget = budgeted(world)
    entry = spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    reverse_entry(entry, reason=Name(en="Wrong", km="ខុស"), by=world.finance, on=date(2007, 5, 1))
    assert said(statement_of(prepared(world, budget)), "total", "to_date") == "0.00"


# Each number counts the whole report anew: in the short run every seventh is opened, in the long one all of them.
@pytest.mark.parametrize("every", [pytest.param(7, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)])
def test_every_number_opens_to_the_records_that_add_up_to_it(world: World, every: int) -> None:
    a_year_of_rates(world)
    budget = budgeted(world, "period_mean")
    for amount in ("KHR 10007", "KHR 3331", "EUR 5.55"):
        spend(world, budget, "2.1", amount, date(2007, 4, 2))
    statement = statement_of(prepared(world, budget))
    cells = [cell for row in statement.rows for cell in row.cells.values()]
    for cell in cells[::every]:
        asked = figure_of(cell.figure.key, Scope(world.programme, more=dict(cell.figure.scope.more)))
        assert asked.value == cell.figure.value, asked.id
        if isinstance(asked.measured, Records):
            assert sum(adds for _, adds in asked.measured.contributions()) == asked.value, asked.id
            assert asked.measured.records.count() == len(list(asked.measured.contributions()))


# ── what keeps it back ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_variation_that_nobody_explains_keeps_the_report_back(world: World) -> None:
    report = prepared(world, budgeted(world))
    with refused("finance.blocked"):
        submit_finance_report(report, by=world.manager, on=world.day)
    explain_all(world, report)
    assert submit_finance_report(report, by=world.manager, on=world.day).state == "submitted"


def test_a_variation_below_the_threshold_of_the_contract_needs_no_words(world: World) -> None:
    budget = budgeted(world)
    limit(world, "variation", 1000)
    for code, amount in (("1.1.1", "545"), ("2.1", "330"), ("8.1", "50"), ("10.1", "30")):
        spend(world, budget, code, f"EUR {amount}", date(2007, 4, 1))
    rows = statement_of(prepared(world, budget)).rows
    assert {row.code: row.must_explain for row in rows if row.kind == "line"} == {
        "1.1.1": False, "2.1": False, "8.1": False, "10.1": False,
    }  # fmt: skip


def test_words_beside_a_heading_speak_for_the_lines_below_it(world: World) -> None:
    report = prepared(world, budgeted(world))
    text = Name(en="The programme began late.", km="កម្មវិធីចាប់ផ្ដើមយឺត។")
    explain_finance_report(report, row="heading:1", text=text, by=world.finance, on=world.day)
    row = statement_of(report).row("line:1.1.1")
    assert row is not None
    assert row.is_explained


@pytest.mark.parametrize(("moved", "addendum", "blocked"), [("90", "", False), ("96", "", True), ("96", "AD-1", False)])
def test_a_shift_of_sixteen_percent_is_flagged_unless_an_addendum_allows_it(
    world: World, moved: str, addendum: str, blocked: bool
) -> None:
    budget = budgeted(world)
    limit(world, "reallocation", 1500)
    change(world, budget, "reallocated", date(2007, 6, 1), addendum, **{"2.1": moved, "1.1.1": f"-{moved}"})
    report = prepared(world, budget)
    explain_all(world, report)
    statement = statement_of(report)
    assert [row.code for row in statement.rows if row.shift] == (["2"] if blocked else [])
    assert bool(statement.blocks) is blocked
    if blocked:
        with refused("finance.blocked"):
            submit_finance_report(report, by=world.manager, on=world.day)


def test_the_ceiling_is_the_one_that_holds_on_the_last_day_of_the_period(world: World) -> None:
    budget = budgeted(world)
    limit(world, "reallocation", 1500, until=date(2007, 10, 1))
    limit(world, "reallocation", 2500, since=date(2007, 10, 1))
    change(world, budget, "reallocated", date(2007, 6, 1), **{"2.1": "96", "1.1.1": "-96"})
    early = prepared(world, budget)
    late = prepared(world, budget, kind="final", since=early.until)
    assert [row.code for row in statement_of(early).rows if row.shift] == ["2"]
    assert [row.code for row in statement_of(late).rows if row.shift] == []


def test_spending_a_heading_beyond_the_ceiling_is_a_shift_too(world: World) -> None:
    budget = budgeted(world)
    limit(world, "reallocation", 1500)
    spend(world, budget, "2.1", "EUR 696", date(2007, 5, 1))
    assert [row.code for row in statement_of(prepared(world, budget)).rows if row.shift] == ["2"]


def test_indirect_cost_above_seven_percent_keeps_the_report_back(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 100", date(2007, 5, 1))
    spend(world, budget, "8.1", "EUR 7.01", date(2007, 5, 1))
    report = prepared(world, budget)
    assert "heading:8" in {block.row for block in statement_of(report).blocks}


def test_costs_on_no_line_are_in_no_total_and_must_be_explained(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "", "EUR 40", date(2007, 5, 1))
    report = prepared(world, budget)
    statement = statement_of(report)
    assert said(statement, "total", "to_date") == "0.00"
    assert said(statement, "none", "to_date") == "40.00"
    assert "none" in {block.row for block in statement.blocks}
    explain_all(world, report)
    assert statement_of(report).blocks == []


def test_who_prepared_it_does_not_submit_it(world: World) -> None:
    report = prepared(world, budgeted(world))
    explain_all(world, report)
    report.prepared_by = world.manager
    with pytest.raises(Refusal):
        submit_finance_report(report, by=world.finance, on=world.day)  # no manager
    budget = report.budget
    own = prepared_by_manager(world, budget)
    with refused("finance.earlier_waits"):
        submit_finance_report(own, by=world.manager, on=world.day)
    submit_finance_report(report, by=world.manager, on=world.day)
    with refused("access.same_person"):
        submit_finance_report(own, by=world.manager, on=world.day)


def prepared_by_manager(world: World, budget: Budget) -> FinanceReport:
    return prepare_finance_report(
        budget, kind="interim", since=date(2007, 9, 1), until=date(2007, 12, 1), by=world.manager, on=world.day
    )


def test_a_period_beyond_the_budget_or_reported_already_is_refused(world: World) -> None:
    budget = budgeted(world)
    with refused("finance.period"):
        prepared(world, budget, until=date(2008, 3, 2))
    with refused("finance.period"):
        prepared(world, budget, kind="final", until=date(2008, 1, 1))
    prepared(world, budget)
    with refused("finance.overlaps"):
        prepared(world, budget, since=date(2007, 8, 31), until=date(2007, 12, 1))


# ── as it was sent ──────────────────────────────────────────────────────────────────────────────────────────────────


def sent(world: World) -> FinanceReport:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    report = prepared(world, budget)
    explain_all(world, report)
    return submit_finance_report(report, by=world.manager, on=world.day)


def test_a_later_correction_shows_as_a_difference_and_alters_nothing_that_was_sent(world: World) -> None:
    report = sent(world)
    spend(world, report.budget, "2.1", "EUR 5", date(2007, 4, 20))
    statement = statement_of(report)
    cell = statement.total.cells["period"]
    assert (cell.amount.figure, cell.now.figure, cell.differs) == ("30.00", "35.00", True)
    assert {(row.key, column) for row, column, _ in statement.differences} >= {
        ("line:2.1", "period"),
        ("total", "to_date"),
    }
    assert list(reports_are_as_they_were_sent()) == []


def test_what_was_sent_can_not_be_altered_by_anybody(world: World) -> None:
    report = sent(world)
    alter = "UPDATE reports_financefigure SET units = units + 100 WHERE report_id = %s"
    with pytest.raises(DatabaseError, match=r"finance\.frozen"), transaction.atomic(), open_door():
        connection.cursor().execute(alter, [report.pk])


def test_verify_finds_a_report_whose_digest_is_not_that_of_its_numbers(world: World) -> None:
    report = sent(world)
    with open_door():
        FinanceFigure.objects.create(
            programme=world.programme,
            report=report,
            turn=1,
            row="posting:987654321",
            column="value",
            currency="EUR",
            units=100,
        )
    assert [fault.key for fault in reports_are_as_they_were_sent()] == [report.pk, report.pk]


def test_what_is_with_the_donor_is_not_explained_anew_until_it_comes_back(world: World) -> None:
    report = sent(world)
    text = Name(en="Another reason", km="មូលហេតុផ្សេង")
    with refused("finance.sent"):
        explain_finance_report(report, row="line:2.1", text=text, by=world.finance, on=world.day)
    with refused("finance.reason_missing"):
        return_finance_report(report, reason=Name(en=""), by=world.manager, on=world.day)
    return_finance_report(report, reason=Name(en="Sign it", km="សូមចុះហត្ថលេខា"), by=world.manager, on=world.day)
    explain_finance_report(report, row="line:2.1", text=text, by=world.finance, on=world.day)
    again = submit_finance_report(report, by=world.manager, on=world.day)
    assert (again.turn, again.state) == (2, "submitted")
    assert FinanceFigure.objects.filter(report=report).values("turn").distinct().count() == 2
    assert accept_finance_report(again, by=world.manager, on=world.day).state == "accepted"


def test_the_numbers_of_a_line_are_those_of_the_books(world: World) -> None:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 30", date(2007, 4, 1))
    row = statement_of(prepared(world, budget)).row("line:2.1")
    assert row is not None
    assert row.line == line(budget, "2.1")
    assert row.cells["period"].now == Money.of("30", "EUR")
