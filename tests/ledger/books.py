"""How the tests of the books are written: an entry is a list of lines, `debit bank EUR 100`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import Leg, credit, debit, decided_elsewhere, post_entry, set_rate
from laar.ledger.models import Entry, Posting, Rate
from tests.world import World


def money(text: str) -> Money:
    """`EUR 1,270.00`."""
    currency, amount = text.split()
    return Money.of(amount, currency)


def leg(world: World, line: str) -> Leg:
    """`debit bank EUR 100`."""
    side, account, amount = line.split(maxsplit=2)
    return {"debit": debit, "credit": credit}[side](world.accounts[account], world.fund, money(amount))


def post(world: World, *lines: str, on: date | None = None) -> Entry:
    """Post an entry to the main book, as the finance officer does."""
    text = Name(en="Entry of a test", km="ការចុះបញ្ជីសាកល្បង")
    with decided_elsewhere():
        return post_entry(
            world.book, [leg(world, line) for line in lines], text=text, by=world.finance, on=on or world.day
        )


def rate(world: World, currency: str, amount: str, since: date, source: str = "demo rates") -> Rate:
    """One euro costs this much from a day on."""
    return set_rate("EUR", currency, since=since, rate=Decimal(amount), source=source, by=world.finance, on=world.day)


def in_book(entry: Entry) -> list[str]:
    """What the lines of an entry are worth in the currency of the book."""
    return [Money(posting.in_book, entry.book.currency).figure for posting in lines(entry)]


def lines(entry: Entry) -> list[Posting]:
    """The lines of an entry, in their order."""
    return list(entry.postings.select_related("account", "rate").order_by("position"))
