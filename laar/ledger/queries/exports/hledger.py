"""A book as a journal of hledger: accounts and commodities declared, dimensions as tags, in-book amounts as total prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from laar.kit.money import decimals_of
from laar.ledger.models import Account, Book, Entry, Posting
from laar.ledger.queries.exports.whole import (
    accounts_of,
    amount_said,
    currencies_of,
    dimensions,
    entries_of,
)

#: The first part of an account's name, from which hledger knows its kind.
KINDS = {
    "asset": "assets",
    "liability": "liabilities",
    "equity": "equity",
    "income": "income",
    "expense": "expenses",
}
TAGS = ("code", "name", "fund", "purpose", "place", "budget_line", "number", "uid", "link", "text_km", "recorded_on")
#: What has a meaning of its own in a description, an account's name or a tag.
IN_TEXT = re.compile(r"[;|\r\n\t]+")
IN_NAME = re.compile(r"[;:\r\n\t]+")
IN_TAG = re.compile(r"[,;:\r\n\t]+")


def as_hledger(book: Book, to: date | None, link: str) -> Iterator[str]:
    """The lines of the journal, up to the end of a day; `link` is what stands before the key of an entry's page."""
    yield f"; {_words(book.code)} {_words(book.name_en)}, exported by LAAR{f' to {to.isoformat()}' if to else ''}"
    yield "; fund, purpose, place and budget_line are tags; the amount in the currency of the book is the total price (@@)"
    yield ""
    yield "decimal-mark ."
    for currency in currencies_of(book):
        yield f"commodity 1000.{'0' * decimals_of(currency)} {currency}"
    yield ""
    yield from (f"tag {name}" for name in TAGS)
    for account in accounts_of(book):
        yield f"account {account_name(account)}  ; code:{_tag(account.code)}, name:{_tag(account.name_km or account.name_en)}"
    for entry in entries_of(book, to):
        yield ""
        yield from _entry(entry, book, link)
    yield ""


def account_name(account: Account) -> str:
    """An account as hledger calls it: `assets:101 Bank, euro`."""
    name = IN_NAME.sub(" ", f"{account.code} {account.name_en}")
    return f"{KINDS[account.kind]}:{' '.join(name.split())}"  # two spaces would end it


def _entry(entry: Entry, book: Book, link: str) -> Iterator[str]:
    number = entry.document or f"{book.code}-{entry.number}"
    yield f"{entry.on.isoformat()} * ({number.replace(')', '')}) {_words(entry.text_en or entry.text_km)}"
    tags = {"number": str(entry.number), "uid": str(entry.uid), "link": f"{link}{entry.pk}/"}
    if entry.text_km:
        tags["text_km"] = _tag(entry.text_km)
    if entry.recorded_on:
        tags["recorded_on"] = entry.recorded_on.isoformat()
    for name, text in tags.items():
        yield f"    ; {name}:{text}"
    for posting in entry.postings.all():
        yield _posting(posting, book)


def _posting(posting: Posting, book: Book) -> str:
    amount = amount_said(posting, book.currency)
    tags = ", ".join(f"{name}:{_tag(code)}" for name, code in dimensions(posting).items())
    return f"    {account_name(posting.account)}    {amount}{f'  ; {tags}' if tags else ''}"


def _words(text: str) -> str:
    """A text on one line, without the signs that end it."""
    return IN_TEXT.sub(" ", text).strip()


def _tag(text: str) -> str:
    return IN_TAG.sub(" ", text).strip()
