"""The cash book, the count, its difference, and what a currency is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from laar.base.guard import open_door
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import month
from laar.ledger.actions import book_count, count_cash, post_entry, revalue_account, reverse_entry, set_rate
from laar.ledger.actions.lines import Leg
from laar.ledger.models import CashCount, Difference, Entry, Limit, Posting
from laar.ledger.queries import Finding, balance, cash_book, checklist, held, trial_balance
from tests.ledger.desk_of_money import DECEMBER, Money2007, made
from tests.refused import refused_without_trace
from tests.thread import faults
from tests.world import World

LAST = date(2007, 12, 31)


@pytest.fixture
def money(world: World) -> Money2007:
    one = made(world)
    one.post(one.riel, one.income, "KHR 100000", date(2007, 11, 20))
    one.post(one.riel, one.income, "KHR 400000", date(2007, 12, 3))
    one.post(one.charges, one.riel, "KHR 150000", date(2007, 12, 3))
    one.post(one.charges, one.riel, "KHR 50000", date(2007, 12, 20))
    return one


@pytest.fixture(autouse=True)
def _november(world: World) -> None:
    for currency, rate in (("KHR", "5000"), ("USD", "1.25")):
        set_rate(
            "EUR", currency, since=date(2007, 11, 1), rate=Decimal(rate), source="bank", by=world.finance, on=world.day
        )


def counted(money: Money2007, reason: str = "", **pieces: int) -> CashCount:
    return count_cash(
        money.riel,
        pieces={piece.strip("r"): number for piece, number in pieces.items()},
        witness="Ms Chan, cashier",
        reason=Name(en=reason),
        by=money.world.finance,
        on=LAST,
    )


def test_a_cash_book_runs_from_its_opening_to_its_balance_day_by_day(money: Money2007) -> None:
    book = cash_book(money.riel, month(DECEMBER))
    assert [str(one) for one in (book.opening, book.into, book.out, book.closing)] == [
        "KHR 100,000",
        "KHR 400,000",
        "KHR 200,000",
        "KHR 300,000",
    ]
    assert [(day.on.day, day.into.figure, day.out.figure, day.closing.figure) for day in book.days] == [
        (3, "400,000", "150,000", "350,000"),
        (20, "0", "50,000", "300,000"),
    ]
    assert [running.figure for day in book.days for _, running in day.rows] == ["500,000", "350,000", "300,000"]


def test_a_cash_book_asks_the_same_few_questions_however_much_is_in_it(
    money: Money2007, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        cash_book(money.riel, month(DECEMBER))
    for _ in range(5):
        money.post(money.charges, money.riel, "KHR 1000", date(2007, 12, 21))
    with django_assert_num_queries(6):  # type: ignore[operator]
        cash_book(money.riel, month(DECEMBER))


def test_a_day_that_ends_above_the_limit_is_flagged(money: Money2007) -> None:
    with open_door():
        Limit(
            programme=money.world.programme,
            kind="cash_box",
            currency="KHR",
            units=340_000_0000,
            since=DECEMBER,
            until=date(2007, 12, 15),
            source="manual",
        ).save(force_insert=True)
    assert [day.on.day for day in cash_book(money.riel, month(DECEMBER)).over] == [3]


def test_a_count_that_agrees_needs_no_word(money: Money2007) -> None:
    count = counted(money, r50000=6)
    assert (count.amount.figure, count.difference.units, count.pieces) == ("300,000", 0, {"50000": 6})


def test_a_difference_needs_a_reason_and_is_booked_only_when_somebody_does(money: Money2007) -> None:
    with refused_without_trace("cash.reason_missing"):
        counted(money, r50000=5, r20000=2)
    count = counted(money, "A note was torn", r50000=5, r20000=2)
    entries = Entry.objects.count()
    assert held(money.riel, LAST).figure == "300,000"
    with refused_without_trace("access.same_person"):
        book_count(count, account=money.charges, fund=money.world.fund, by=money.world.finance, on=LAST)
    made_ = booked(money, count)
    assert Entry.objects.count() == entries + 1
    assert made_.entry.kind == "journal"
    assert held(money.riel, LAST).figure == "290,000"
    with refused_without_trace("count.booked_already"):
        booked(money, count)


def booked(money: Money2007, count: CashCount, on: date = LAST) -> Difference:
    """Another person than the counter books what a count showed."""
    return book_count(count, account=money.charges, fund=money.world.fund, by=money.world.manager, on=on)


@pytest.mark.parametrize("on", [LAST, date(2008, 1, 2)])
def test_of_two_counts_that_show_the_same_difference_one_is_booked(money: Money2007, on: date) -> None:
    first, second = (counted(money, "A note was torn", r50000=5, r20000=2) for _ in range(2))
    booked(money, second, on)
    with refused_without_trace("count.books_moved" if on == LAST else "count.booked_already"):
        booked(money, first, on)
    assert held(money.riel).figure == "290,000"


def test_a_count_is_not_booked_when_the_books_know_better_since(money: Money2007) -> None:
    count = counted(money, "Not found", r50000=5, r20000=2)
    money.post(money.charges, money.riel, "KHR 10000", date(2007, 12, 30))  # the receipt turned up
    with refused_without_trace("count.books_moved"):
        booked(money, count)


def test_a_difference_that_was_reversed_is_no_longer_booked(money: Money2007) -> None:
    count = counted(money, "A note was torn", r50000=5, r20000=2)
    assert point_of(money, "cash").is_met is False
    made_ = booked(money, count)
    assert point_of(money, "cash").is_met
    reverse_entry(made_.entry, reason=Name(en="It was found"), by=money.world.finance, on=LAST)
    assert point_of(money, "cash").is_met is False
    booked(money, count)
    assert point_of(money, "cash").is_met
    assert faults() == []


def point_of(money: Money2007, key: str) -> Finding:
    """What the checklist of December finds about a point."""
    return next(one.finding for one in checklist(money.world.book, month(DECEMBER)) if one.point.key == key)


def test_what_cannot_be_counted_is_refused(money: Money2007) -> None:
    with refused_without_trace("cash.piece_unknown"):
        counted(money, r75=1)
    with refused_without_trace("cash.no_box"):
        count_cash(money.bank, pieces={}, witness="x", by=money.world.finance, on=LAST)
    with refused_without_trace("cash.nothing_counted"):
        count_cash(money.riel, pieces={}, witness="x", by=money.world.finance, on=LAST)
    with refused_without_trace("cash.no_witness"):
        count_cash(money.riel, pieces={}, witness=" ", by=money.world.finance, on=LAST)


def test_a_currency_is_revalued_without_a_coin_moving(money: Money2007) -> None:
    world = money.world
    money.post(money.dollars, money.income, "USD 1000", date(2007, 12, 5))
    assert balance(money.dollars).figure == "800.00"
    set_rate("EUR", "USD", since=LAST, rate=Decimal("1.6"), source="bank", by=world.finance, on=world.day)
    entry = revalue_account(money.dollars, by=world.finance, on=LAST)
    assert [(one.account.code, one.amount.figure, one.in_book) for one in entry.postings.order_by("position")] == [
        ("1002", "0.00", -175_0000),
        ("4900", "0.00", 175_0000),
    ]
    assert (held(money.dollars).figure, balance(money.dollars).figure) == ("1,000.00", "625.00")
    assert sum(one.units for _, one in trial_balance(world.book)) == 0
    assert cash_book(money.dollars, month(DECEMBER)).closing.figure == "1,000.00"
    assert faults() == []
    with refused_without_trace("account.nothing_to_revalue"):
        revalue_account(money.dollars, by=world.finance, on=LAST)
    reverse_entry(entry, reason=Name(en="wrong"), by=world.finance, on=LAST)
    assert balance(money.dollars).figure == "800.00"


def test_an_account_in_the_currency_of_the_book_is_not_revalued(money: Money2007) -> None:
    with refused_without_trace("account.own_currency"):
        revalue_account(money.bank, by=money.world.finance, on=LAST)


def test_a_line_without_coins_never_stands_beside_one_with_coins(money: Money2007) -> None:
    world, none, some = money.world, Money(0, "USD"), Money.of("5", "EUR")
    legs = [
        Leg(money.dollars, world.fund, none, in_book=some),
        Leg(money.gain, world.fund, none, in_book=-some),
        Leg(money.bank, world.fund, some),
        Leg(money.income, world.fund, -some),
    ]
    with refused_without_trace("entry.too_short"):
        post_entry(world.book, legs, text=Name(en="x"), by=world.finance, on=LAST)
    entry = Entry(id=999_999, programme=world.programme, book=world.book, number=99, on=LAST, text_en="by hand")
    rows = [
        (money.dollars, "USD", 0, 5),
        (money.gain, "USD", 0, -5),
        (money.bank, "EUR", 1, 1),
        (money.income, "EUR", -1, -1),
    ]

    def by_hand() -> None:
        with transaction.atomic(), open_door():
            for place, (account, currency, units, worth) in enumerate(rows):
                Posting(
                    programme=world.programme,
                    entry=entry,
                    position=place,
                    account=account,
                    fund=world.fund,
                    on=LAST,
                    currency=currency,
                    units=units,
                    in_book=worth,
                ).save(force_insert=True)
            entry.save(force_insert=True)

    with pytest.raises(DatabaseError, match=r"refusal:entry\.torn"):
        by_hand()
