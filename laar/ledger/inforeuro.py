"""Reads the monthly accounting rates of the euro (InforEuro) as the Commission publishes them. Reads only.

Two layouts, each as JSON or as CSV with the same words in its heading:
the rates of a month, `country, currency, isoA3Code, isoA2Code, value, comment`, where the month stands in the address of
the file and not in it; and the history of one currency, `currencyIso, refCurrencyIso, amount, dateStart, dateEnd`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from laar.kit.money import DECIMALS
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES, text_of
from laar.ledger.files import ReadRate, scaled

#: Whose rates they are, as a fund's contract names them.
SOURCE = "InforEuro"
EURO = "EUR"


def read_inforeuro(content: bytes, file: str, month: date | None = None) -> list[ReadRate]:
    """The rates of a file, of the currencies known here; `month` is needed where the file does not name it.

    Raises Refusal `rate.file`, `rate.which_month`, `rate.too_fine`, and those of a sheet.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    found: dict[tuple[str, date], ReadRate] = {}
    for number, row in enumerate(_rows(text_of(content, file), file), start=1):
        one = _rate(number, row, file, month)
        if one is None:
            continue
        first = found.setdefault((one.currency, one.since), one)
        if first.rate != one.rate:  # a currency of several countries is listed with each of them
            raise Refusal("rate.file", file=file, why=f"{one.currency} {one.since}: two rates")
    if not found:
        raise Refusal("rate.file", file=file, why="no currency of it is known here")
    return list(found.values())


def _rows(text: str, file: str) -> list[dict[str, str]]:
    """The rows of either form, by the letters of their headings."""
    if text.lstrip()[:1] in ("[", "{"):
        try:
            rows = json.loads(text, parse_float=str, parse_int=str)
        except ValueError as error:
            raise Refusal("rate.file", file=file, why=error) from None
        rows = rows if isinstance(rows, list) else [rows]
        if not all(isinstance(row, dict) for row in rows):
            raise Refusal("rate.file", file=file, why="it is not a list of rates")
        return [{_key(name): _said(value) for name, value in row.items()} for row in rows]
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return [{_key(name or ""): _said(value) for name, value in row.items()} for row in rows]


def _key(heading: str) -> str:
    """`ISO A3 Code` and `isoA3Code` are one heading."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _rate(number: int, row: dict[str, str], file: str, month: date | None) -> ReadRate | None:
    """One rate; None for a currency that is not known here, and for the euro itself."""
    currency = (row.get("isoa3code") or row.get("currencyiso") or "").upper()
    value = row.get("value") or row.get("amount") or ""
    if not currency or not value:
        raise Refusal("rate.file", file=file, why=f"line {number} has no isoA3Code and value")
    if row.get("refcurrencyiso", EURO).upper() != EURO:
        raise Refusal("rate.file", file=file, why=f"line {number} is not for one euro")
    if currency not in DECIMALS or currency == EURO:
        return None
    try:
        rate = Decimal(value)
    except InvalidOperation:
        raise Refusal("rate.file", file=file, why=f"line {number}: {value}") from None
    return ReadRate(number, EURO, currency, _since(row, file, month), scaled(rate, EURO, currency))


def _since(row: dict[str, str], file: str, month: date | None) -> date:
    text = row.get("datestart", "")
    if text:
        try:
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise Refusal("rate.file", file=file, why=text) from None
    if month is None:
        raise Refusal("rate.which_month", file=file)
    return month.replace(day=1)
