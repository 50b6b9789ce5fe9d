"""Posting: what stands in the books, and what never gets there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from laar.kit.names import Name
from laar.ledger.actions import credit, debit, open_account, open_book, open_fund, post_entry
from laar.ledger.models import AccountMonth, Entry, Posting
from tests.ledger.books import lines, post
from tests.refused import refused, refused_without_trace
from tests.world import World, eur


def test_the_donors_money_comes_in(world: World) -> None:
    entry = post(world, "debit bank EUR 60", "debit cash EUR 40", "credit income EUR 100")
    assert [(line.position, line.account.code, str(line.amount)) for line in lines(entry)] == [
        (1, "bank", "EUR 60.00"),
        (2, "cash", "EUR 40.00"),
        (3, "income", "EUR –100.00"),
    ]
    assert {line.on for line in lines(entry)} == {entry.on} == {world.day}
    assert {line.rate for line in lines(entry)} == {None}


def test_the_entries_of_a_book_are_numbered_without_a_gap(world: World) -> None:
    numbers = [post(world, "debit bank EUR 1", "credit income EUR 1").number]
    with refused("entry.off_by"):
        post(world, "debit bank EUR 2", "credit income EUR 1")
    numbers.append(post(world, "debit bank EUR 1", "credit income EUR 1", on=date(2007, 5, 1)).number)
    assert numbers == [1, 2]


def test_each_book_numbers_its_own_entries(world: World) -> None:
    post(world, "debit bank EUR 1", "credit income EUR 1")
    book = open_book(
        world.programme, "TWO", name=Name(en="Two"), owner=world.ngo, currency="EUR", by=world.finance, on=world.day
    )
    one, two = (
        open_account(book, code, name=Name(en=code), kind="asset", by=world.finance, on=world.day) for code in "ab"
    )
    entry = post_entry(
        book,
        [debit(one, world.fund, eur(1)), credit(two, world.fund, eur(1))],
        text=Name(en="x"),
        by=world.finance,
        on=world.day,
    )
    assert entry.number == 1


def test_an_unbalanced_entry_leaves_nothing_behind(world: World) -> None:
    with refused_without_trace("entry.off_by"):
        post(world, "debit bank EUR 100", "credit income EUR 99.99")
    assert not Entry.objects.exists()
    assert not Posting.objects.exists()
    assert not AccountMonth.objects.exists()


def test_an_account_of_another_book_is_refused(world: World) -> None:
    book = open_book(
        world.programme, "TWO", name=Name(en="Two"), owner=world.ngo, currency="EUR", by=world.finance, on=world.day
    )
    with refused_without_trace("entry.other_book"):
        post_entry(
            book,
            [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(1))],
            text=Name(en="x"),
            by=world.finance,
            on=world.day,
        )


def test_a_fund_of_the_other_programme_is_refused(world: World) -> None:
    theirs = open_fund(
        world.other, "G", name=Name(en="Theirs"), kind="grant", giver=world.donor, by=world.stranger, on=world.day
    )
    legs = [debit(world.accounts["bank"], theirs, eur(1)), credit(world.accounts["income"], theirs, eur(1))]
    with refused_without_trace("record.other_programme"):
        post_entry(world.book, legs, text=Name(en="x"), by=world.finance, on=world.day)


@pytest.mark.parametrize("name", ["manager", "ang", "admin", "nobody", "stranger"])
def test_only_finance_posts(world: World, name: str) -> None:
    legs = [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(1))]
    with refused_without_trace("access.no_role"):
        post_entry(world.book, legs, text=Name(en="x"), by=world.users[name], on=world.day)


def test_an_entry_of_tomorrow_is_refused(world: World) -> None:
    with refused_without_trace("day.not_yet"):
        post(world, "debit bank EUR 1", "credit income EUR 1", on=date.today() + timedelta(days=2))  # noqa: DTZ011


def test_a_code_is_given_once_in_a_book(world: World) -> None:
    with refused_without_trace("record.already_there"):
        open_account(world.book, "bank", name=Name(en="x"), kind="asset", by=world.finance, on=world.day)


def test_a_book_is_kept_in_a_currency_that_is_known(world: World) -> None:
    with refused_without_trace("money.unknown_currency"):
        open_book(
            world.programme, "X", name=Name(en="X"), owner=world.ngo, currency="XXX", by=world.finance, on=world.day
        )
