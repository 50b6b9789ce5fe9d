"""The numbers of the documents: one series for each kind, programme and year, without a gap."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base import clock
from laar.base.act import act
from laar.base.faults import checks
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, next_serial, open_account, open_book, post_entry, reverse_entry
from laar.ledger.models import Entry, PlaceYear, Series
from laar.ledger.rollups import PLACE_YEARS
from tests.ledger.books import post
from tests.refused import refused, refused_without_trace
from tests.world import World, eur


def paid(world: World, kind: str = "payment", *, on: date | None = None, amount: str = "1") -> Entry:
    """An entry that is a document of a kind."""
    legs = [
        debit(world.accounts["expense"], world.fund, eur(amount), place=world.ang),
        credit(world.accounts["bank"], world.fund, eur(amount)),
    ]
    return post_entry(world.book, legs, text=Name(en="x"), kind=kind, by=world.finance, on=on or world.day)


def test_each_kind_and_each_year_has_its_own_numbers(world: World) -> None:
    numbers = [
        paid(world).document,
        paid(world).document,
        paid(world, "advance").document,
        paid(world, on=date(2007, 12, 31)).document,
        paid(world).document,
    ]
    assert numbers == ["PV-2008-0001", "PV-2008-0002", "AV-2008-0001", "PV-2007-0001", "PV-2008-0003"]


def test_a_refused_posting_gives_its_number_back(world: World) -> None:
    with refused("period.reversed"), act(world.finance, "entry.post", world.book, on=world.day):
        assert paid(world).document == "PV-2008-0001"
        raise Refusal("period.reversed")
    assert paid(world).document == "PV-2008-0001"


def test_a_reversal_is_a_document_of_its_own(world: World) -> None:
    mirror = reverse_entry(paid(world), reason=Name("wrong place"), by=world.finance, on=world.day)
    assert mirror.document == "RJ-2008-0001"
    assert {posting.place_id for posting in mirror.postings.all()} == {world.ang.pk, None}


def test_a_copy_of_somebody_elses_money_is_no_document_of_ours(world: World) -> None:
    book = open_book(
        world.programme,
        "COPY",
        name=Name(en="Copied"),
        owner=world.ngo,
        currency="EUR",
        is_memorandum=True,
        by=world.finance,
        on=world.day,
    )
    income, expense = (
        open_account(book, kind, name=Name(en=kind), kind=kind, by=world.finance, on=world.day)
        for kind in ("income", "expense")
    )
    entry = post_entry(
        book,
        [debit(expense, world.fund, eur(1)), credit(income, world.fund, eur(1))],
        text=Name(en="x"),
        by=world.finance,
        on=world.day,
    )
    assert entry.document == ""
    assert not Series.objects.exists()


def test_verify_names_a_series_with_a_gap(world: World) -> None:
    paid(world)
    assert list(checks()["books.numbers"]()) == []
    with act(world.finance, "entry.post", world.book, on=world.day):
        next_serial(world.programme.pk, "payment", 2008)
    (fault,) = checks()["books.numbers"]()
    assert "PV-2008" in fault.text.en


def test_an_account_is_kept_in_its_own_currency_only(world: World) -> None:
    box = open_account(
        world.book,
        "box",
        name=Name(en="Cash, riel"),
        kind="asset",
        use="cash",
        currency="KHR",
        by=world.finance,
        on=world.day,
    )
    with refused_without_trace("entry.account_currency"):
        post_entry(
            world.book,
            [debit(box, world.fund, eur(1)), credit(world.accounts["bank"], world.fund, eur(1))],
            text=Name(en="x"),
            by=world.finance,
            on=world.day,
        )


def test_what_is_spent_for_a_place_is_kept_by_year(world: World) -> None:
    paid(world, amount="2.50")
    paid(world, amount="0.50")
    paid(world, on=date(2007, 12, 31), amount="4")
    post(world, "debit bank EUR 9", "credit income EUR 9")  # of no place
    kept = PlaceYear.objects.order_by("year").values_list("year", "place_id", "in_book")
    assert [(year, place, str(Money(units, "EUR"))) for year, place, units in kept] == [
        (2007, world.ang.pk, "EUR 4.00"),
        (2008, world.ang.pk, "EUR 3.00"),
    ]
    assert PLACE_YEARS.kept() == PLACE_YEARS.recount()


@pytest.mark.parametrize("kind", ["journal", "reversal"])
def test_the_day_on_which_it_was_written_down_is_kept(world: World, kind: str) -> None:
    entry = paid(world, on=date(2007, 5, 1))
    if kind == "reversal":
        entry = reverse_entry(entry, reason=Name("wrong"), by=world.finance, on=date(2007, 6, 1))
    assert entry.recorded_on == clock.today() > entry.on
