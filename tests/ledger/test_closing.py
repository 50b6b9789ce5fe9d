"""A month is closed when its list is met or explained; from then on nothing gets into it, whoever writes at that moment."""

from __future__ import annotations

from datetime import date

from laar.kit.names import Name
from laar.kit.periods import month
from laar.ledger.actions import (
    close_month,
    close_year,
    count_cash,
    match_statement,
    reconcile_statement,
    reopen_closing,
    reverse_entry,
)
from laar.ledger.models import Book, Closing
from laar.ledger.queries import checklist, found_then, next_month, years_to_close
from tests.ledger.books import post
from tests.ledger.desk_of_money import DECEMBER, Money2007, made
from tests.refused import refused, refused_without_trace
from tests.world import World

LAST = date(2007, 12, 31)
WHY = dict.fromkeys(("bank", "cash", "documents", "advances", "rates"), "done on paper before")


def left(world: World) -> list[str]:
    return [one.point.key for one in checklist(world.book, month(DECEMBER)) if not one.finding.is_met]


def test_a_month_is_closed_when_everything_is_met(world: World) -> None:
    money = made(world)
    money.post(money.bank, money.income, "EUR 100", date(2007, 12, 3), "receipt")
    money.post(money.riel, money.income, "KHR 50000", date(2007, 12, 4), "receipt")
    assert left(world) == ["bank", "cash"]
    with refused_without_trace("month.points_open"):
        close_month(world.book, DECEMBER, by=world.finance, on=LAST)
    count_cash(money.riel, pieces={"50000": 1}, witness="x", by=world.finance, on=LAST)
    statement = money.load("03/12/2007,x,,,100.00", opening="0", closing="100", until=LAST)
    match_statement(statement, by=world.finance, on=LAST)
    assert left(world) == ["bank"]
    reconcile_statement(statement, by=world.manager, on=LAST)
    closing = close_month(world.book, DECEMBER, by=world.finance, on=LAST)
    assert left(world) == []
    assert all(one.finding.is_met for one in found_then(closing))
    assert Book.objects.get(pk=world.book.pk).open_from == date(2008, 1, 1)


def test_what_is_not_met_is_explained_and_stays_so_written(world: World) -> None:
    money = made(world)
    money.post(money.bank, money.income, "EUR 100", date(2007, 12, 3))
    closing = close_month(world.book, DECEMBER, explained={"bank": "The bank is late"}, by=world.finance, on=LAST)
    (bank,) = [one for one in found_then(closing) if one.point.key == "bank"]
    assert (bank.finding.is_met, bank.why) == (False, "The bank is late")


def test_a_closed_month_refuses_a_posting_and_says_where_it_goes(world: World) -> None:
    close_month(world.book, DECEMBER, by=world.finance, on=LAST)
    with refused_without_trace("month.closed") as no:
        post(world, "debit bank EUR 1", "credit income EUR 1", on=LAST)
    assert "Date it 2008-01-01 or later" in no.value.text.en
    post(world, "debit bank EUR 1", "credit income EUR 1", on=date(2008, 1, 1))


def test_an_entry_of_a_closed_month_is_reversed_in_the_open_one(world: World) -> None:
    entry = post(world, "debit bank EUR 1", "credit income EUR 1", on=LAST)
    world.accounts["bank"].refresh_from_db()
    close_month(world.book, DECEMBER, explained=WHY, by=world.finance, on=LAST)
    with refused_without_trace("month.closed"):
        reverse_entry(entry, reason=Name(en="wrong"), by=world.finance, on=LAST)
    assert reverse_entry(entry, reason=Name(en="wrong"), by=world.finance, on=date(2008, 1, 2)).on == date(2008, 1, 2)


def test_a_month_is_closed_in_its_turn_and_not_before_it_is_over(world: World) -> None:
    with refused_without_trace("month.not_over"):
        close_month(world.book, DECEMBER, by=world.finance, on=date(2007, 12, 30))
    close_month(world.book, DECEMBER, by=world.finance, on=LAST)
    with refused("month.out_of_turn"):
        close_month(world.book, date(2008, 2, 1), by=world.finance, on=world.day)
    assert next_month(Book.objects.get(pk=world.book.pk)) == month(date(2008, 1, 1))


def test_only_the_manager_opens_the_last_month_again_and_says_why(world: World) -> None:
    closings = [close_month(world.book, date(2007, number, 1), by=world.finance, on=world.day) for number in (11, 12)]
    with refused_without_trace("access.no_role"):
        reopen_closing(closings[1], reason=Name(en="wrong"), by=world.finance, on=world.day)
    with refused_without_trace("month.reason_missing"):
        reopen_closing(closings[1], reason=Name(en=""), by=world.manager, on=world.day)
    with refused_without_trace("month.not_the_last"):
        reopen_closing(closings[0], reason=Name(en="wrong"), by=world.manager, on=world.day)
    opened = reopen_closing(closings[1], reason=Name(en="An invoice was lost"), by=world.manager, on=world.day)
    assert (opened.state, opened.reason_en) == ("reopened", "An invoice was lost")
    post(world, "debit bank EUR 1", "credit income EUR 1", on=LAST)
    with refused("month.closed"):
        post(world, "debit bank EUR 1", "credit income EUR 1", on=date(2007, 11, 30))
    close_month(world.book, DECEMBER, explained=WHY, by=world.finance, on=world.day)
    assert Closing.objects.filter(since=DECEMBER).count() == 2


def test_a_year_is_closed_when_its_months_are_and_keeps_them_shut(world: World) -> None:
    december = close_month(world.book, DECEMBER, by=world.finance, on=world.day)
    world.book.refresh_from_db()
    assert [one.since.year for one in years_to_close(world.book)] == [2007]
    closing = close_year(world.book, 2007, by=world.finance, on=world.day)
    assert list(years_to_close(world.book)) == []
    with refused_without_trace("month.of_a_closed_year"):
        reopen_closing(december, reason=Name(en="wrong"), by=world.manager, on=world.day)
    reopen_closing(closing, reason=Name(en="wrong"), by=world.manager, on=world.day)
    reopen_closing(december, reason=Name(en="wrong"), by=world.manager, on=world.day)
    assert Book.objects.get(pk=world.book.pk).open_from is None


def test_a_year_with_an_open_month_cannot_be_explained_away(world: World) -> None:
    with refused_without_trace("month.points_open"):
        close_year(world.book, 2007, explained={"months": "never mind"}, by=world.finance, on=world.day)


def test_cash_that_moved_after_its_count_is_counted_anew(world: World) -> None:
    money = made(world)
    count_cash(money.riel, pieces={"100": 0}, witness="x", by=world.finance, on=date(2007, 12, 30))
    assert left(world) == []
    money.post(money.riel, money.income, "KHR 100", LAST, "receipt")
    assert left(world) == ["cash"]


def test_money_in_a_currency_without_a_rate_of_the_month_is_named(world: World) -> None:
    money: Money2007 = made(world)
    money.post(money.riel, money.income, "KHR 5000", date(2007, 12, 4), "receipt")
    january = {one.point.key: one.finding for one in checklist(world.book, month(date(2008, 1, 1)))}
    assert january["rates"].is_met
    money.post(money.riel, money.income, "KHR 5000", date(2008, 1, 4), "receipt")
    january = {one.point.key: one.finding for one in checklist(world.book, month(date(2008, 1, 1)))}
    assert "KHR" in january["rates"].text.en
