"""Reads days, amounts and rates out of the files that banks publish, as a saved mapping says. Reads only.

How a day and a decimal are written is never guessed: the mapping says it, and what does not fit is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laar.kit.money import DECIMALS, Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.sheets import Row, rows_of
from laar.ledger.models import ColumnMapping
from laar.ledger.rules import RATE_SCALE

#: What stands in a column, by the kind of file: its key in the mapping and what it is called; then what is needed.
MEANINGS: dict[str, dict[str, Name]] = {
    "bank": {
        "on": Name(en="the day", km="ថ្ងៃ"),
        "text": Name(en="the text", km="អត្ថបទ"),
        "reference": Name(en="the reference", km="លេខយោង"),
        "in": Name(en="money in", km="ប្រាក់ចូល"),
        "out": Name(en="money out", km="ប្រាក់ចេញ"),
        "amount": Name(en="the amount with its sign", km="ចំនួនមានសញ្ញា"),
    },
    "rates": {
        "on": Name(en="the day", km="ថ្ងៃ"),
        "currency": Name(en="the currency", km="រូបិយប័ណ្ណ"),
        "rate": Name(en="the rate", km="អត្រា"),
        "unit": Name(en="for how many units", km="សម្រាប់ប៉ុន្មានឯកតា"),
    },
    "journal": {
        "number": Name(en="the number of the entry", km="លេខនៃការចុះបញ្ជី"),
        "on": Name(en="the day", km="ថ្ងៃ"),
        "text": Name(en="the text", km="អត្ថបទ"),
        "account": Name(en="the account", km="គណនី"),
        "fund": Name(en="the fund", km="មូលនិធិ"),
        "debit": Name(en="debit", km="ឥណពន្ធ"),
        "credit": Name(en="credit", km="ឥណទាន"),
        "amount": Name(en="the amount with its sign", km="ចំនួនមានសញ្ញា"),
        "currency": Name(en="the currency", km="រូបិយប័ណ្ណ"),
        "purpose": Name(en="the purpose", km="គោលបំណង"),
        "place": Name(en="the code of the commune", km="លេខកូដឃុំ/សង្កាត់"),
        "line": Name(en="the budget line", km="បន្ទាត់ថវិកា"),
    },
    "balances": {
        "account": Name(en="the account", km="គណនី"),
        "debit": Name(en="debit", km="ឥណពន្ធ"),
        "credit": Name(en="credit", km="ឥណទាន"),
        "amount": Name(en="the amount with its sign", km="ចំនួនមានសញ្ញា"),
    },
}
NEEDED = {
    "bank": ("on", "text"),
    "rates": ("on", "currency", "rate"),
    "journal": ("number", "on", "account", "fund"),
    "balances": ("account",),
}
#: The two columns that an amount may stand in, where it is not one with a sign.
SIDES = {"bank": ("in", "out"), "journal": ("debit", "credit"), "balances": ("debit", "credit")}
#: How days are written, as a person would show it; the way of the file is one of these.
DATES = {
    "%Y-%m-%d": Name(en="2008-12-31", km="2008-12-31"),
    "%d/%m/%Y": Name(en="31/12/2008, the day first", km="31/12/2008 ថ្ងៃមុន"),
    "%m/%d/%Y": Name(en="12/31/2008, the month first", km="12/31/2008 ខែមុន"),
    "%d.%m.%Y": Name(en="31.12.2008", km="31.12.2008"),
    "%d-%m-%Y": Name(en="31-12-2008", km="31-12-2008"),
    "%d-%b-%Y": Name(en="31-Dec-2008", km="31-Dec-2008"),
}
DECIMAL_SIGNS = {
    ".": Name(en="1,270.50 – a point before the decimals", km="1,270.50 – ចំណុចមុខក្បៀស"),
    ",": Name(en="1.270,50 – a comma before the decimals", km="1.270,50 – ក្បៀសមុខទសភាគ"),
}
A_DAY, AN_AMOUNT, A_RATE = (
    Name(en="a day", km="ថ្ងៃ"),
    Name(en="an amount in {currency}", km="ចំនួនទឹកប្រាក់ {currency}"),
    Name(en="a rate", km="អត្រា"),
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a bank's file: what came in is positive."""

    number: int
    on: date
    text: str
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ReadRate:
    """A rate of a file: one `base` costs so much of `currency`, in 1/100 000 000, from a day on."""

    number: int
    base: str
    currency: str
    since: date
    rate: int


def columns_are_said(kind: str, columns: Mapping[str, str]) -> None:
    """Refuse a mapping that leaves out what is needed. Raises Refusal `mapping.column_missing`."""
    for key in NEEDED[kind]:
        if not columns.get(key):
            raise Refusal("mapping.column_missing", wanted=MEANINGS[kind][key])
    if kind in SIDES and not columns.get("amount") and not all(columns.get(side) for side in SIDES[kind]):
        raise Refusal("mapping.column_missing", wanted=MEANINGS[kind]["amount"])


def read_statement(content: bytes, file: str, mapping: ColumnMapping, currency: str) -> list[ReadLine]:
    """The lines of a bank's file. Raises Refusal `sheet.columns` naming a column that is gone, `file.value`."""
    reading = Reading(content, file, mapping)
    return [
        ReadLine(
            row.number,
            reading.day(row, "on"),
            reading.text(row, "text")[:300],
            reading.text(row, "reference")[:100],
            reading.moved(row, currency),
        )
        for row in reading.rows
        if reading.moves(row)
    ]


def read_rates(content: bytes, file: str, mapping: ColumnMapping) -> list[ReadRate]:
    """The rates of a national bank's list: how much of its own currency so many units of another one cost.

    Currencies that are not known here are passed over. Raises Refusal `sheet.columns`, `file.value`, `rate.too_fine`.
    """
    reading, own = Reading(content, file, mapping), str(mapping.written.get("quoted_in", ""))
    found = []
    for row in reading.rows:
        base = reading.text(row, "currency").upper()
        if base in DECIMALS and base != own:
            rate = reading.number(row, "rate") / (reading.number(row, "unit") or 1)
            found.append(ReadRate(row.number, base, own, reading.day(row, "on"), scaled(rate, base, own)))
    return found


def scaled(rate: Decimal, base: str, currency: str) -> int:
    """A rate as it is kept. Raises Refusal `rate.not_positive`, `rate.too_fine`."""
    kept = int(rate * RATE_SCALE)
    if kept <= 0:
        raise Refusal("rate.not_positive", currency=currency, base=base)
    if kept != rate * RATE_SCALE:
        raise Refusal("rate.too_fine", rate=rate, currency=currency, base=base)
    return kept


class Reading:
    """A file with its mapping."""

    def __init__(self, content: bytes, file: str, mapping: ColumnMapping) -> None:
        self.file, self.columns, self.written = file, dict(mapping.columns), dict(mapping.written)
        wanted = tuple(dict.fromkeys(one for one in self.columns.values() if one))
        self.rows: list[Row] = rows_of(content, columns=wanted, file=file)
        self.is_workbook = content.startswith(b"PK")

    def text(self, row: Row, key: str) -> str:
        """What stands in a column; empty where the mapping has none."""
        column = self.columns.get(key)
        return row[column] if column else ""

    def day(self, row: Row, key: str) -> date:
        """A day, written as the mapping says; a workbook keeps its days as days."""
        text = self.text(row, key)
        ways = [str(self.written.get("date", "%Y-%m-%d"))] + (["%Y-%m-%d"] if self.is_workbook else [])
        for way in ways:
            try:
                return datetime.strptime(text, way).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise self._wrong(row, text, A_DAY)

    def moves(self, row: Row) -> bool:
        """Whether any amount stands in the line: a bank writes carried balances and remarks between its lines."""
        return any(self.text(row, key).strip(" -–0.,") for key in ("amount", "in", "out"))

    def moved(self, row: Row, currency: str) -> Money:
        """What came in; negative where it went out."""
        if self.columns.get("amount"):
            return self._amount(row, "amount", currency)
        into, out = (self._amount(row, key, currency) for key in ("in", "out"))
        return into - Money(abs(out.units), currency)

    def sided(self, row: Row, currency: str) -> Money:
        """What is debited; negative where it is credited. Raises Refusal `journal.ambiguous`, `file.value`."""
        for key in ("amount", "debit", "credit"):
            self._is_clear(row, self.text(row, key))
        if self.columns.get("amount"):
            return self._amount(row, "amount", currency)
        return self._amount(row, "debit", currency) - self._amount(row, "credit", currency)

    def _is_clear(self, row: Row, text: str) -> None:
        """Refuse `6.848`: three digits behind the decimal sign are thousands in one country and a mistake in the other."""
        sign = re.escape(str(self.written.get("decimal", ".")))
        if not self.is_workbook and re.fullmatch(rf"[-–(]?\d{{1,3}}{sign}\d{{3}}\)?", text.strip()):
            raise Refusal("journal.ambiguous", line=row.number, file=self.file, value=text)

    def number(self, row: Row, key: str) -> Decimal:
        """A number with its decimals; zero where the column is empty or not there."""
        text = self.text(row, key)
        if not text:
            return Decimal(0)
        plain = plain_number(text, str(self.written.get("decimal", ".")), is_workbook=self.is_workbook)
        if plain is None:
            raise self._wrong(row, text, A_RATE)
        return Decimal(plain)

    def _amount(self, row: Row, key: str, currency: str) -> Money:
        text = self.text(row, key)
        if not text.strip(" -–"):
            return Money(0, currency)
        wrong = self._wrong(row, text, AN_AMOUNT.format(currency=currency))
        plain = plain_number(text, str(self.written.get("decimal", ".")), is_workbook=self.is_workbook)
        if plain is None:
            raise wrong
        try:
            return Money.of(plain, currency)
        except Refusal:
            raise wrong from None

    def _wrong(self, row: Row, value: str, kind: Name) -> Refusal:
        return Refusal("file.value", line=row.number, file=self.file, value=value, kind=kind)


def plain_number(text: str, decimal: str, *, is_workbook: bool = False) -> str | None:
    """`1.270,50` as `1270.50`, when a comma is said to stand before the decimals; None for what does not fit.

    Brackets or a sign behind mean less, as banks write it. A workbook keeps numbers as numbers, with a point.
    """
    bare = re.sub(r"\s|'", "", text).replace("–", "-")
    is_less = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-") or bare.endswith("-")
    bare = bare.strip("()-+")
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"(\d{{1,3}}({re.escape(group)}\d{{3}})+|\d+)({re.escape(decimal)}\d+)?", bare):
        bare = bare.replace(group, "").replace(decimal, ".")
    elif not (is_workbook and re.fullmatch(r"\d+(\.\d+)?", bare)):
        return None
    return f"-{bare}" if is_less else bare


def written_as(date_: str, decimal: str, **more: Any) -> dict[str, Any]:
    """How days and amounts are written, as a mapping keeps it."""
    return {"date": date_, "decimal": decimal, **more}
