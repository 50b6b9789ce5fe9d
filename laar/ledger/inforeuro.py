"""Reads the monthly accounting rates of the euro (InforEuro) as the Commission publishes them. Reads only.

Its public interface answers with JSON in two layouts. `…/budg/inforeuro/api/public/monthly-rates?year=&month=`: the rates
of a month, `country, currency, isoA3Code, isoA2Code, value, comment`, where the month stands in the address and not in the
file. `…/api/public/currencies/<code>`: the history of one currency, `currencyIso, refCurrencyIso, amount, dateStart,
dateEnd`. The names of the fields are those that public programs read which call it; no example of a CSV of the Commission
was to be had. So a CSV or workbook is read here where it has these same names in its heading; one with other names is read
by a mapping, as the list of any bank is (`laar.ledger.files.read_rates`, one euro costs so much).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from laar.kit.money import DECIMALS
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES, rows_of, text_of
from laar.ledger.files import ReadRate, scaled

#: Whose rates they are, as a fund's contract names them.
SOURCE = "InforEuro"
EURO = "EUR"
#: What either layout has to name.
MONTHLY, HISTORY = ("isoA3Code", "value"), ("currencyIso", "amount", "dateStart")


def read_inforeuro(content: bytes, file: str, of: date | None = None) -> list[ReadRate]:
    """The rates of a file, of the currencies known here; `of` is a day of their month where the file does not name it.

    Raises Refusal `rate.file`, `rate.which_month`, `rate.too_fine`, and those of a sheet.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=file, most=MOST_BYTES // 2**20)
    found: dict[tuple[str, date], ReadRate] = {}
    for number, row in _rows(content, file):
        one = _rate(number, row, file, of)
        if one is None:
            continue
        first = found.setdefault((one.currency, one.since), one)
        if first.rate != one.rate:  # a currency of several countries is listed with each of them
            raise Refusal("rate.file", file=file, why=f"{one.currency} {one.since}: two rates")
    if not found:
        raise Refusal("rate.file", file=file, why="no currency of it is known here")
    return list(found.values())


def _rows(content: bytes, file: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of either form, with where they stand."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        return list(enumerate(_listed(content, file), start=1))
    try:
        return [(row.number, row.cells) for row in rows_of(content, columns=MONTHLY, file=file)]
    except Refusal as no:
        if no.code != "sheet.columns":
            raise
    try:
        return [(row.number, row.cells) for row in rows_of(content, columns=HISTORY, file=file)]
    except Refusal:
        raise Refusal("rate.file", file=file, why=f"{', '.join(MONTHLY)}: –") from None


def _listed(content: bytes, file: str) -> list[dict[str, str]]:
    try:
        rows = json.loads(text_of(content, file), parse_float=str, parse_int=str)
    except ValueError as error:
        raise Refusal("rate.file", file=file, why=error) from None
    rows = rows if isinstance(rows, list) else [rows]
    if not all(isinstance(row, dict) for row in rows):
        raise Refusal("rate.file", file=file, why="it is not a list of rates")
    return [{name: _said(value) for name, value in row.items()} for row in rows]


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _rate(number: int, row: dict[str, str], file: str, of: date | None) -> ReadRate | None:
    """One rate; None for a currency that is not known here, and for the euro itself."""
    currency = (row.get("isoA3Code") or row.get("currencyIso") or "").upper()
    value = row.get("value") or row.get("amount") or ""
    if not currency or not value:
        raise Refusal("rate.file", file=file, why=f"line {number} has no isoA3Code and value")
    if row.get("refCurrencyIso", EURO).upper() != EURO:
        raise Refusal("rate.file", file=file, why=f"line {number} is not for one euro")
    if currency not in DECIMALS or currency == EURO:
        return None
    try:
        rate = Decimal(value)
    except InvalidOperation:
        raise Refusal("rate.file", file=file, why=f"line {number}: {value}") from None
    return ReadRate(number, EURO, currency, _since(row, file, of), scaled(rate, EURO, currency))


def _since(row: dict[str, str], file: str, of: date | None) -> date:
    text = row.get("dateStart", "")
    if text:
        try:
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise Refusal("rate.file", file=file, why=text) from None
    if of is None:
        raise Refusal("rate.which_month", file=file)
    return of.replace(day=1)
