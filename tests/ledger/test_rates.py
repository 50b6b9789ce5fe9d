"""Entries in another currency than the book's: dated rates, and no coin lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from laar.kit.names import Name
from laar.ledger.actions import credit, debit, post_entry, set_rate
from laar.ledger.models import Rate
from laar.ledger.queries import rate_on
from tests.ledger.books import in_book, lines, post, rate
from tests.refused import refused, refused_without_trace
from tests.world import World, eur

MARCH, JUNE = date(2008, 3, 1), date(2008, 6, 1)


def test_riel_are_converted_at_the_newest_rate_that_holds_on_the_day(world: World) -> None:
    march, june = rate(world, "KHR", "5800", MARCH), rate(world, "KHR", "6400", JUNE)
    before = post(world, "debit expense KHR 5800", "credit bank KHR 5800", on=date(2008, 5, 31))
    after = post(world, "debit expense KHR 6400", "credit bank KHR 6400", on=JUNE)
    assert in_book(before) == in_book(after) == ["1.00", "–1.00"]
    assert {line.rate for line in lines(before)} == {march}
    assert {line.rate for line in lines(after)} == {june}


def test_of_two_rates_of_one_day_the_one_entered_last_holds(world: World) -> None:
    rate(world, "KHR", "5800", MARCH)
    corrected = rate(world, "KHR", "5850", MARCH, source="corrected")
    assert rate_on("EUR", "KHR", MARCH) == corrected


def test_an_entry_keeps_its_rate_when_a_better_one_is_entered_later(world: World) -> None:
    rate(world, "KHR", "5800", MARCH)
    entry = post(world, "debit expense KHR 5800", "credit bank KHR 5800")
    rate(world, "KHR", "2900", MARCH, source="corrected")
    assert in_book(entry) == ["1.00", "–1.00"]


def test_a_day_before_the_first_rate_is_refused_with_that_day(world: World) -> None:
    rate(world, "KHR", "5800", JUNE)
    with refused_without_trace("rate.missing") as no:
        post(world, "debit expense KHR 4000", "credit bank KHR 4000")
    assert no.value.facts == {"currency": "KHR", "book": "EUR", "day": world.day}


def test_a_rate_into_another_book_currency_is_not_used(world: World) -> None:
    set_rate("USD", "KHR", since=MARCH, rate=Decimal(4000), source="x", by=world.finance, on=world.day)
    with refused("rate.missing"):
        rate_on("EUR", "KHR", world.day)


def test_shared_cents_go_to_the_largest_remainders(world: World) -> None:
    rate(world, "KHR", "5300", MARCH)
    entry = post(world, "debit expense KHR 100", "debit cash KHR 100", "debit advances KHR 100", "credit bank KHR 300")
    # 300 riel are 5.66 cents: 6; each hundred alone would be 1.89, three times 2 as well
    assert in_book(entry) == ["0.02", "0.02", "0.02", "–0.06"]
    entry = post(world, "debit expense KHR 40", "debit cash KHR 40", "debit advances KHR 41", "credit bank KHR 121")
    # 121 riel are 2.28 cents: 2; the cent that is left over goes to the first of the equal remainders
    assert in_book(entry) == ["0.01", "0.00", "0.01", "–0.02"]


def test_lines_in_three_currencies_balance_in_each_and_in_the_book(world: World) -> None:
    rate(world, "KHR", "5800", MARCH)
    rate(world, "USD", "1.5", MARCH)
    entry = post(
        world,
        "debit expense KHR 10000",
        "debit expense USD 10",
        "debit expense EUR 5",
        "credit bank KHR 10000",
        "credit bank USD 10",
        "credit bank EUR 5",
    )
    assert in_book(entry) == ["1.72", "6.67", "5.00", "–1.72", "–6.67", "–5.00"]
    assert [line.rate.rate if line.rate else None for line in lines(entry)[:3]] == [580_000_000_000, 150_000_000, None]


def test_euro_for_riel_needs_a_clearing_line_in_each_currency(world: World) -> None:
    rate(world, "KHR", "5800", MARCH)
    with refused_without_trace("entry.off_by"):
        post(world, "debit cash KHR 5800", "credit bank EUR 1")
    post(world, "debit cash KHR 5800", "credit advances KHR 5800", "debit advances EUR 1", "credit bank EUR 1")


def test_a_line_smaller_than_a_cent_stands_in_the_book_as_nothing(world: World) -> None:
    rate(world, "KHR", "5300", MARCH)
    assert in_book(post(world, "debit expense KHR 10", "credit bank KHR 10")) == ["0.00", "0.00"]


@pytest.mark.parametrize("amount", ["0", "-5300"])
def test_a_rate_is_more_than_nothing(world: World, amount: str) -> None:
    with refused_without_trace("rate.not_positive"):
        rate(world, "KHR", amount, MARCH)


def test_a_rate_is_more_than_nothing_as_it_is_kept(world: World) -> None:
    with refused_without_trace("rate.not_positive"):
        rate(world, "KHR", "0.000000001", MARCH)


def test_a_source_says_a_rate_once_and_another_one_is_its_next_version(world: World) -> None:
    rate(world, "KHR", "5300", MARCH)
    with refused_without_trace("record.already_there"):
        rate(world, "KHR", "5300", MARCH)
    rate(world, "KHR", "5400", MARCH)
    assert list(Rate.objects.order_by("id").values_list("version", flat=True)) == [1, 2]
    assert rate_on("EUR", "KHR", MARCH).plain == "5,400"


def test_a_leg_of_no_money_is_refused_before_a_rate_is_looked_for(world: World) -> None:
    bank, fund = world.accounts["bank"], world.fund
    with refused("entry.too_short"):
        post_entry(
            world.book,
            [debit(bank, fund, eur(0)), credit(bank, fund, eur(0))],
            text=Name(en="x"),
            by=world.finance,
            on=world.day,
        )
