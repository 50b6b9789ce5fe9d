"""A book as a file of Beancount: accounts opened, commodities declared, dimensions as metadata, in-book amounts as prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from laar.kit.money import decimals_of
from laar.ledger.models import Account, Book, Entry, Posting
from laar.ledger.queries.exports.whole import (
    accounts_of,
    amount_said,
    currencies_of,
    dimensions,
    entries_of,
    first_day,
)

KINDS = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")


def as_beancount(book: Book, to: date | None, link: str) -> Iterator[str]:
    """The lines of the file, up to the end of a day; `link` is what stands before the key of an entry's page."""
    names = account_names(book)
    opened = ((first_day(book) or date(2000, 1, 1)) - timedelta(days=1)).isoformat()
    yield f"; {_quoted(f'{book.code} {book.name_en}')}, exported by LAAR{f' to {to.isoformat()}' if to else ''}"
    yield f'option "title" {_quoted(f"{book.code} {book.name_en}")}'
    yield f'option "operating_currency" "{book.currency}"'
    # A total price is divided by the units and multiplied again: what is lost there is far below 1/10 000.
    yield f'option "inferred_tolerance_default" "{book.currency}:0.00005"'
    yield ""
    for currency in currencies_of(book):
        yield f"{opened} commodity {currency}"
        yield f"  precision: {decimals_of(currency)}"
    yield ""
    for account in accounts_of(book):
        yield f"{opened} open {names[account.pk]}{_only_in(account, book)}"
        yield f"  code: {_quoted(account.code)}"
        yield f"  name_en: {_quoted(account.name_en)}"
        if account.name_km:
            yield f"  name_km: {_quoted(account.name_km)}"
    for entry in entries_of(book, to):
        yield ""
        yield from _entry(entry, book, names, link)
    yield ""


def _only_in(account: Account, book: Book) -> str:
    """The currencies of an account that is kept in one: its own, and the book's, in which it may be revalued."""
    if not account.currency:
        return ""
    return f" {account.currency}" if account.currency == book.currency else f" {account.currency},{book.currency}"


def account_names(book: Book) -> dict[int, str]:
    """Every account as Beancount calls it, by its key: `Assets:101-Bank-euro`, each name once."""
    names: dict[int, str] = {}
    for account in accounts_of(book):
        name = _name(account)
        names[account.pk] = f"{name}-{account.pk}" if name in names.values() else name
    return names


def _name(account: Account) -> str:
    own = NOT_IN_A_NAME.sub("-", f"{account.code} {account.name_en}").strip("-") or str(account.pk)
    return f"{KINDS[account.kind]}:{own[0].upper()}{own[1:]}"


def _entry(entry: Entry, book: Book, names: dict[int, str], link: str) -> Iterator[str]:
    number = entry.document or f"{book.code}-{entry.number}"
    yield f"{entry.on.isoformat()} * {_quoted(entry.text_en or entry.text_km)}"
    yield f"  document_number: {_quoted(number)}"
    yield f'  number: "{entry.number}"'
    yield f'  uid: "{entry.uid}"'
    yield f"  link: {_quoted(f'{link}{entry.pk}/')}"
    if entry.text_km:
        yield f"  text_km: {_quoted(entry.text_km)}"
    if entry.recorded_on:
        yield f"  recorded_on: {entry.recorded_on.isoformat()}"
    for posting in entry.postings.all():
        yield _posting(posting, book, names)
        for name, code in dimensions(posting).items():
            yield f"    {name}: {_quoted(code)}"


def _posting(posting: Posting, book: Book, names: dict[int, str]) -> str:
    """A line. A price and no cost: money in another currency is held as such and not in lots, as the books hold it."""
    amount = amount_said(posting, book.currency)
    return f"  {names[posting.account_id]}  {amount}"


def _quoted(text: str) -> str:
    """A text between quotation marks, on one line."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
