"""Budgets: set once, amended by addenda, shifted between headings within the ceiling that the contract sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laar.kit.names import Name
from laar.ledger.actions import Shift, amend_budget, load_chart, load_heading, reallocate_budget, set_budget, set_limit
from laar.ledger.charts import accounts_in, headings_in, own_file
from laar.ledger.models import BudgetMove, Heading, HeadingPlan, Limit
from laar.ledger.queries import (
    account_differences,
    amount_written,
    heading_differences,
    limit_on,
    lines_or_refusal,
    planned_by_line,
    rows_judged,
    shifts_of,
)
from tests.ledger.budgets import WHY, a_budget, ceiling, line, load_form, planned, shift
from tests.refused import refused, refused_without_trace
from tests.world import World, eur

TEN_AND_TWENTY = ("1.1.1 10000", "2.2 20000", "3.3 10000")


@pytest.mark.parametrize("chart", ["eu", "small-grant", "commune"])
def test_a_form_that_is_loaded_twice_is_there_once(world: World, chart: str) -> None:
    load_form(world, chart)
    there = Heading.objects.filter(chart=chart).count()
    load_form(world, chart)
    assert Heading.objects.filter(chart=chart).count() == there > 8
    assert all(one.name_km for one in Heading.objects.filter(chart=chart))


def test_what_a_file_changes_is_listed_before_it_is_loaded(world: World) -> None:
    rows = headings_in(own_file("headings-eu.csv"), "eu.csv")
    assert len(heading_differences(world.programme, "eu", rows)) == len(rows)
    load_form(world)
    assert heading_differences(world.programme, "eu", rows) == []
    renamed = [replace(rows[0], name=Name(en="People", km="មនុស្ស")), *rows[1:-1]]
    assert [(one.code, one.what.en) for one in heading_differences(world.programme, "eu", renamed)] == [
        ("1", "is written as in the file"),
        ("12", "is not in the file and stays"),
    ]
    load_heading(world.programme, "eu", rows=renamed, by=world.finance, on=world.day)
    assert Heading.objects.get(chart="eu", code="1").name_en == "People"
    assert Heading.objects.filter(chart="eu", code="12").exists()


def test_a_chart_of_accounts_opens_what_is_missing_and_leaves_kinds_alone(world: World) -> None:
    rows = accounts_in(own_file("accounts-ngo.csv"), "accounts-ngo.csv")
    load_chart(world.book, rows=rows, by=world.finance, on=world.day)
    left = account_differences(world.book, rows)
    assert {one.what.en for one in left} == {"is not in the file and stays"}  # the five of the small world
    changed = [replace(rows[0], kind="liability"), *rows[1:]]
    load_chart(world.book, rows=changed, by=world.finance, on=world.day)
    assert world.book.accounts.get(code="101").kind == "asset"


def test_a_wrong_line_of_a_form_is_named() -> None:
    with refused("chart.line_wrong") as no:
        headings_in(b"code,parent,role,most,name_en,name_km\n1.1,1,,,A,B\n", "f.csv")
    assert "line 2" in no.value.text.en


def test_the_original_budget_is_set_once(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    assert HeadingPlan.objects.get(heading_id=line(budget, "2.2").heading_id).units == eur(20000).units
    again = [planned(world, "4.2 1")]
    with refused_without_trace("budget.set_already"):
        set_budget(budget, again, by=world.finance, on=world.day)


def test_indirect_cost_is_at_most_seven_percent_and_the_reserve_five(world: World) -> None:
    budget = a_budget(world)
    seven = [planned(world, "1.1.1 10000"), planned(world, "8 700.01")]
    with refused_without_trace("budget.over_most"):
        set_budget(budget, seven, by=world.finance, on=world.day)
    five = [planned(world, "1.1.1 10000"), planned(world, "10 500.01")]
    with refused_without_trace("budget.over_most"):
        set_budget(budget, five, by=world.finance, on=world.day)
    fits = [planned(world, text) for text in ("1.1.1 10000", "8 700", "10 500")]
    set_budget(budget, fits, by=world.finance, on=world.day)


def test_no_line_stands_in_a_row_that_the_form_computes(world: World) -> None:
    budget = a_budget(world)
    total = [planned(world, "11 5")]
    with refused_without_trace("budget.heading_computed"):
        set_budget(budget, total, by=world.finance, on=world.day)


def test_fifteen_percent_may_be_shifted_and_sixteen_need_an_addendum(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    ceiling(world, 15)
    with refused_without_trace("budget.ceiling") as no:
        shift(world, budget, "1.1.1", "2.2", "1600")
    assert "16.00 %" in no.value.text.en
    assert "article 9.4" in no.value.text.en
    shift(world, budget, "1.1.1", "2.2", "1500")
    assert planned_by_line(budget)[line(budget, "1.1.1").pk] == eur(8500).units
    shift(world, budget, "1.1.1", "2.2", "100", addendum="Addendum 1")


def test_shifts_are_cumulated_against_the_ceiling(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    ceiling(world, 15)
    shift(world, budget, "1.1.1", "2.2", "900")
    with refused_without_trace("budget.ceiling"):
        shift(world, budget, "1.1.1", "3.3", "700")
    shift(world, budget, "2.2", "1.1.1", "900")  # what goes back counts no more
    shift(world, budget, "1.1.1", "3.3", "1500")


def test_an_addendum_sets_a_new_base(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    ceiling(world, 15)
    shift(world, budget, "1.1.1", "2.2", "1500")
    more = [Shift(line(budget, "1.1.1"), eur(1500))]
    amend_budget(budget, more, addendum="Addendum 1", reason=WHY, by=world.finance, on=world.day)
    assert shifts_of(budget).base == {"1": eur(10000).units, "2": eur(21500).units, "3": eur(10000).units}
    assert shifts_of(budget).shifted == {}
    shift(world, budget, "1.1.1", "2.2", "1500")


def test_the_ceiling_is_the_one_that_holds_on_the_day(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    with refused_without_trace("budget.no_ceiling"):
        shift(world, budget, "1.1.1", "2.2", "1")
    ceiling(world, 15)
    ceiling(world, 25, since=world.day)
    assert [one.until for one in Limit.objects.order_by("since")] == [world.day, None]
    assert limit_on(world.programme, "reallocation", date(2008, 3, 9), world.fund).percent == 1500  # type: ignore[union-attr]
    shift(world, budget, "1.1.1", "2.2", "2500")


def test_within_a_heading_nothing_is_limited(world: World) -> None:
    budget = a_budget(world, "1.1.1 10000", "1.2 1000")
    shift(world, budget, "1.1.1", "1.2", "9000")
    assert shifts_of(budget).shifted == {}


def test_what_one_line_gets_others_give(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    only = [Shift(line(budget, "2.2"), eur(1))]

    def reallocate() -> None:
        reallocate_budget(budget, only, reason=WHY, by=world.finance, on=world.day)

    with refused_without_trace("budget.shift_open"):
        reallocate()
    with refused_without_trace("budget.below_zero"):
        shift(world, budget, "3.3", "2.2", "10001", addendum="A1")


def test_an_amendment_needs_its_addendum_and_may_bring_new_lines(world: World) -> None:
    budget = a_budget(world, *TEN_AND_TWENTY)
    new = [planned(world, "4.2 500")]
    with refused_without_trace("budget.addendum_missing"):
        amend_budget(budget, [], addendum=" ", lines=new, reason=WHY, by=world.finance, on=world.day)
    amend_budget(budget, [], addendum="A1", lines=new, reason=WHY, by=world.finance, on=world.day)
    assert sum(planned_by_line(budget).values()) == eur(40500).units


def test_a_file_is_judged_row_by_row_before_anything_is_written(world: World) -> None:
    budget = a_budget(world)
    file = (
        b"code,heading,name_en,name_km,year,quantity,unit_value,amount\n"
        b'a,1.1.1,Staff,,2008,12,"1,000","12,000.00"\n'
        b"b,1.1.9,Nothing,,,,,5\n"
        b"c,2.2,Fuel,,,,,6.848\n"
    )
    judged = rows_judged(budget, file, "budget.csv")
    assert [bool(row.line) for row in judged] == [True, False, False]
    assert "6,848" in judged[2].wrong.en
    with refused("budget.rows_wrong") as no:
        lines_or_refusal(judged)
    assert "line 2 below the column headings (row 3 of the sheet)" in no.value.text.en
    with refused("budget.no_decimals") as no:
        amount_written("6.848", "KHR")
    assert "Write 6848." in no.value.text.en
    good = lines_or_refusal(judged[:1])
    set_budget(budget, good, by=world.finance, on=world.day)
    assert [(one.year, one.units) for one in BudgetMove.objects.all()] == [(2008, eur(12000).units)]


def test_units_at_a_value_make_the_amount(world: World) -> None:
    budget = a_budget(world)
    wrong = replace(planned(world, "1.1.1 12001"), quantity=1200, unit_cost=eur(1000))
    with refused_without_trace("budget.product"):
        set_budget(budget, [wrong], by=world.finance, on=world.day)


def test_a_limit_says_who_says_so_and_is_one_thing(world: World) -> None:
    def limit(**more: object) -> Limit:
        return set_limit(world.programme, by=world.manager, on=world.day, since=world.day, **more)  # type: ignore[arg-type]

    with refused("limit.source_missing"):
        limit(kind="recipient", amount=eur(1), source=" ")
    with refused("limit.value"):
        limit(kind="recipient", amount=eur(1), percent=5, source="Contract")
    with refused("limit.value"):
        limit(kind="cash_box", percent=5, source="Manual")
    with refused("limit.value"):
        limit(kind="advance", amount=eur(1), source="Manual")
    assert limit(kind="advance", days=60, source="Manual").name.en.endswith("60 days")
