"""A bank's file becomes a statement, its lines are matched with the books, and another person signs it off."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.queries import evidence_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    book_charge,
    explain_statement_line,
    keep_mapping,
    make_match,
    match_statement,
    offered,
    reconcile_statement,
    undo_match,
)
from laar.ledger.files import plain_number
from laar.ledger.models import BankStatement, Match, StatementLine
from laar.ledger.queries import free_for, proposals, stand_of
from tests.ledger.desk_of_money import COLUMNS, HEAD, Money2007, made
from tests.refused import refused, refused_without_trace
from tests.world import World

DAY = date(2007, 12, 31)


@pytest.fixture
def money(world: World) -> Money2007:
    one = made(world)
    one.post(one.bank, one.income, "EUR 5000", date(2007, 11, 15), "receipt")  # before the first statement
    one.post(one.bank, one.income, "EUR 1000", date(2007, 12, 3), "receipt")
    one.post(one.charges, one.bank, "EUR 635", date(2007, 12, 10))
    one.post(one.charges, one.bank, "EUR 40", date(2007, 12, 28))  # a cheque that is still under way
    return one


LINES = (
    "03/12/2007,Transfer of the donor,,,1000.00",
    '11/12/2007,"PV-2007-0001, outreach",,635.00,',
    "31/12/2007,Account fee,F1,12.50,",
)


def load(money: Money2007) -> BankStatement:
    return money.load(*LINES, opening="5000", closing="5352.50")


def test_a_file_becomes_a_statement_with_the_file_beside_it(money: Money2007) -> None:
    statement = load(money)
    assert [(str(one.on), one.amount.figure) for one in statement.lines.order_by("position")] == [
        ("2007-12-03", "1,000.00"),
        ("2007-12-11", "–635.00"),
        ("2007-12-31", "–12.50"),
    ]
    assert [one.role for one in evidence_of(statement)] == ["bank_file"]
    assert (statement.since, statement.until) == (date(2007, 12, 3), DAY)


def test_the_same_file_twice_is_refused_with_the_statement_that_it_became(money: Money2007) -> None:
    load(money)
    with refused_without_trace("statement.twice"):
        load(money)


def test_a_statement_that_does_not_add_up_is_refused_whole(money: Money2007) -> None:
    with refused_without_trace("statement.does_not_add") as no:
        money.load(*LINES[:2], opening="5000", closing="5352.50")
    assert str(no.value.facts["off"]) == "EUR 12.50"


def test_a_file_whose_column_changed_is_refused_with_its_name(money: Money2007) -> None:
    keep_mapping(
        money.world.programme,
        "bank",
        "Mekong Bank",
        columns={**COLUMNS, "out": "Withdrawals"},
        written={"date": "%d/%m/%Y", "decimal": "."},
        by=money.world.finance,
        on=money.world.day,
    )
    money.mapping.refresh_from_db()
    with refused_without_trace("sheet.columns") as no:
        load(money)
    assert no.value.facts["missing"] == "Withdrawals"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2007-12-03,x,,,10.00", "2007-12-03"),
        ("31/13/2007,x,,,10.00", "31/13/2007"),
        ('03/12/2007,x,,,"1.000,00"', "1.000,00"),
        ("03/12/2007,x,,,ten", "ten"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_never_guessed(
    money: Money2007, line: str, value: str
) -> None:
    with refused_without_trace("file.value") as no:
        money.load(line, opening="0", closing="10")
    assert (no.value.facts["line"], no.value.facts["value"]) == (2, value)


def test_an_amount_that_may_be_thousands_or_decimals_is_asked(money: Money2007) -> None:
    with refused_without_trace("file.ambiguous") as no:
        money.load("03/12/2007,x,,,6.848", opening="0", closing="6848")
    assert "6.848" in no.value.text.en


def test_a_row_without_a_day_is_no_line_and_is_named_before_anything_is_loaded(money: Money2007) -> None:
    rows = "\n".join((HEAD, *LINES[:2], "31/12/2007,Account fee,F1,12.50,", ",Total,,647.50,1000.00"))
    content = ("Mekong Bank\nAccount,0077\n\n" + rows).encode()
    opening, closing = Money.of("5000", "EUR"), Money.of("5352.50", "EUR")
    made = offered(money.bank, content, "x.csv", money.mapping, opening=opening, closing=closing)
    assert ([one.number for one in made.lines], made.passed) == ([5, 6, 7], [8])


def test_a_statement_begins_where_the_one_before_ended(money: Money2007) -> None:
    load(money)
    with refused_without_trace("statement.gap"):
        money.load("02/01/2008,x,,,10.00", opening="5000", closing="5010")
    with refused_without_trace("statement.overlaps"):
        money.load("31/12/2007,x,,,10.00", opening="5352.50", closing="5362.50")
    money.load("02/01/2008,x,,,10.00", opening="5352.50", closing="5362.50")


def test_a_line_is_proposed_the_posting_of_the_same_amount_or_the_one_that_it_names(money: Money2007) -> None:
    money.post(money.charges, money.bank, "EUR 635", date(2007, 12, 11))
    statement = load(money)
    first, second, third = statement.lines.order_by("position")
    found = proposals(statement)
    assert [(one.posting.entry.document, one.is_clear) for one in found[first.pk]] == [("RV-2007-0002", True)]
    assert [(one.posting.entry.document, one.is_named, one.is_clear) for one in found[second.pk]] == [
        ("PV-2007-0001", True, True),
        ("PV-2007-0003", False, False),
    ]
    assert found[third.pk] == []


def test_a_statement_is_matched_booked_and_signed_off_by_another_person(money: Money2007) -> None:
    world, statement = money.world, load(money)
    match_statement(statement, by=world.finance, on=DAY)
    stand = stand_of(statement)
    assert [one.text for one in stand.open_lines] == ["Account fee"]
    with refused_without_trace("statement.lines_open"):
        reconcile_statement(statement, by=world.manager, on=DAY)
    book_charge(
        stand.open_lines[0],
        account=money.charges,
        fund=world.fund,
        text=Name(en="Account fee"),
        by=world.finance,
        on=DAY,
    )
    stand = stand_of(statement)
    assert [(one.entry.document, one.amount.figure) for one in stand.outstanding] == [("PV-2007-0002", "–40.00")]
    assert (str(stand.booked), str(stand.books), stand.off.units) == ("EUR 5,312.50", "EUR 5,352.50", 0)
    with refused_without_trace("access.same_person"):
        reconcile_statement(statement, by=world.finance, on=DAY)
    assert reconcile_statement(statement, by=world.manager, on=DAY).state == "reconciled"
    with refused_without_trace("statement.signed"):
        undo_match(Match.objects.earliest("id"), by=world.finance, on=DAY)


def test_a_cheque_of_december_that_comes_in_january_was_outstanding_in_december(money: Money2007) -> None:
    world, december = money.world, load(money)
    match_statement(december, by=world.finance, on=DAY)
    january = money.load("03/01/2008,PV-2007-0002,,40.00,", opening="5352.50", closing="5312.50")
    match_statement(january, by=world.finance, on=date(2008, 1, 31))
    assert [one.entry.document for one in stand_of(december).outstanding] == ["PV-2007-0002"]
    assert stand_of(january).outstanding == []


def test_a_line_that_the_bank_puts_right_later_is_explained(money: Money2007) -> None:
    world, statement = money.world, load(money)
    match_statement(statement, by=world.finance, on=DAY)
    fee: StatementLine = statement.lines.get(text="Account fee")
    with refused_without_trace("statement_line.reason_missing"):
        explain_statement_line(fee, reason=Name(en=" "), by=world.finance, on=DAY)
    explain_statement_line(fee, reason=Name(en="Charged by mistake, given back in January"), by=world.finance, on=DAY)
    assert reconcile_statement(statement, by=world.manager, on=DAY).signed_by == world.manager
    after = money.load("02/01/2008,Fee given back,,,12.50", opening="5352.50", closing="5365")
    back = after.lines.get()
    explain_statement_line(back, reason=Name(en="The fee of December"), by=world.finance, on=date(2008, 1, 5))
    assert stand_of(after).off.units == 0


def test_money_that_is_in_the_books_only_before_the_first_statement_is_named(money: Money2007) -> None:
    world = money.world
    money.post(money.charges, money.bank, "EUR 7", date(2007, 11, 20))
    statement = load(money)
    match_statement(statement, by=world.finance, on=DAY)
    explain_statement_line(statement.lines.get(text="Account fee"), reason=Name(en="wrong"), by=world.finance, on=DAY)
    with refused("statement.off") as no:
        reconcile_statement(statement, by=world.manager, on=DAY)
    assert str(no.value.facts["off"]) == "EUR –7.00"


def test_only_the_same_money_is_matched_and_a_match_is_taken_back(money: Money2007) -> None:
    world, statement = money.world, load(money)
    line = statement.lines.get(position=2)
    wrong = money.bank.postings.get(units=-40_0000)
    right = money.bank.postings.get(units=-635_0000)
    with refused_without_trace("match.unequal"):
        make_match(line, postings=[wrong], by=world.finance, on=DAY)
    with refused_without_trace("match.other_account"):
        make_match(line, postings=[right.entry.postings.exclude(account=money.bank).get()], by=world.finance, on=DAY)
    make_match(line, postings=[right], by=world.finance, on=DAY)
    with refused_without_trace("match.made_already"):
        make_match(line, postings=[right], by=world.finance, on=DAY)
    undo_match(Match.objects.get(), by=world.finance, on=DAY)
    make_match(line, postings=[right], by=world.finance, on=DAY)


@pytest.mark.parametrize(
    ("text", "sign", "plain"),
    [
        ("1,270.50", ".", "1270.50"),
        ("1.270,50", ",", "1270.50"),
        ("(635.00)", ".", "-635.00"),
        ("635.00-", ".", "-635.00"),
        ("1 270,50", ",", "1270.50"),
        ("1,27,0.50", ".", None),
        ("1.270,50", ".", None),
        ("", ".", None),
    ],
)
def test_an_amount_is_read_as_the_mapping_says_that_it_is_written(text: str, sign: str, plain: str | None) -> None:
    assert plain_number(text, sign) == plain


@pytest.mark.parametrize("charges", [2, 4])
def test_a_statement_asks_the_same_few_questions_however_many_lines_it_has(
    money: Money2007, charges: int, django_assert_num_queries: object
) -> None:
    fees = [f"31/12/2007,Account fee {place},F{place},1.00," for place in range(charges)]
    statement = money.load(*LINES[:2], *fees, opening="5000", closing=f"{5365 - charges}.00")
    for _ in range(charges):
        money.post(money.charges, money.bank, "EUR 1", date(2007, 12, 30))
    match_statement(statement, by=money.world.finance, on=DAY)
    with django_assert_num_queries(9):  # type: ignore[operator]  # a fixture of pytest-django
        proposals(statement, stand_of(statement).lines)


def test_what_lies_long_before_the_first_statement_is_not_offered(money: Money2007) -> None:
    money.post(money.charges, money.bank, "EUR 7", date(2007, 10, 1))
    assert date(2007, 10, 1) not in {one.on for one in free_for(load(money))}
