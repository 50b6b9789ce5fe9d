"""Reads days, amounts and rates out of the files of banks and other programs, as a saved mapping says. Reads only.

There is one reader for all of them: statements, rates, journals, balances, salaries. How a day and a decimal are written
is never guessed: the mapping says it, and what does not fit, or fits twice, is refused with its line. What a workbook
keeps as a number or a day is one, however it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laar.kit.money import DECIMALS, Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.sheets import ENCODINGS, UTF_8, Row, rows_of
from laar.ledger.models import ColumnMapping
from laar.ledger.rules import RATE_SCALE, SALARY_COLUMNS, SALARY_NEEDED, columns_fit

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
    "salary": {
        "person": Name(en="the person", km="បុគ្គល"),
        "line": Name(en="the budget line", km="បន្ទាត់ថវិកា"),
        "hours": Name(en="the hours", km="ម៉ោង"),
        "gross": Name(en="the gross salary", km="ប្រាក់បៀវត្សសរុប"),
        "amount": Name(en="the amount of the line", km="ចំនួនទឹកប្រាក់នៃបន្ទាត់"),
    },
}
NEEDED = {
    "bank": ("on", "text"),
    "rates": ("currency", "rate"),
    "journal": ("number", "on", "account", "fund"),
    "balances": ("account",),
    "salary": SALARY_NEEDED,
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
    "%d/%m/%y": Name(en="31/12/08, the day first", km="31/12/08 ថ្ងៃមុន"),
    "%m/%d/%y": Name(en="12/31/08, the month first", km="12/31/08 ខែមុន"),
    "%d-%b-%Y": Name(en="31-Dec-2008", km="31-Dec-2008"),
    "%d-%b-%y": Name(en="31-Dec-08", km="31-Dec-08"),
    "%d %b %Y": Name(en="31 Dec 2008", km="31 Dec 2008"),
    "%Y/%m/%d": Name(en="2008/12/31", km="2008/12/31"),
    "%Y%m%d": Name(en="20081231", km="20081231"),
}
#: The shape of a day written so: `strptime` alone is content with less.
SHAPES = {"%d": r"\d{1,2}", "%m": r"\d{1,2}", "%y": r"\d{2}", "%Y": r"\d{4}", "%b": r"[A-Za-z]{3}"}
#: The time of the day, which some banks write behind it.
AN_HOUR = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AaPp][Mm])?$")
DECIMAL_SIGNS = {
    ".": Name(en="1,270.50 – a point before the decimals", km="1,270.50 – ចំណុចមុខក្បៀស"),
    ",": Name(en="1.270,50 – a comma before the decimals", km="1.270,50 – ក្បៀសមុខទសភាគ"),
}
#: Which way round a list of rates says them.
ROUNDS = {
    "foreign": Name(en="one dollar costs 4,000 riel", km="១ ដុល្លារ = ៤,០០០ រៀល"),
    "own": Name(en="one euro costs 1.47 dollars, 5,900 riel", km="១ អឺរ៉ូ = ១.៤៧ ដុល្លារ ឬ ៥,៩០០ រៀល"),
}
A_DAY, AN_AMOUNT, A_NUMBER = (
    Name(en="a day", km="ថ្ងៃ"),
    Name(en="an amount in {currency}", km="ចំនួនទឹកប្រាក់ {currency}"),
    Name(en="a number", km="លេខ"),
)
#: `USD`, or `USD/KHR` as a national bank writes which pair it is.
A_CURRENCY = re.compile(r"([A-Z]{3})(?:\s*/\s*([A-Z]{3}))?")


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


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """The lines of a bank's file, and the rows with an amount but no day: a sum, a balance, or a line that was spoilt."""

    lines: list[ReadLine]
    passed: list[int]


def columns_are_said(kind: str, columns: Mapping[str, str]) -> None:
    """Refuse a mapping that leaves out what is needed. Raises Refusal `mapping.column_missing`, `salary.way`."""
    for key in NEEDED[kind]:
        if not columns.get(key):
            raise Refusal("mapping.column_missing", wanted=MEANINGS[kind][key])
    if kind == "salary":
        columns_fit(columns)
    if kind in SIDES and not columns.get("amount") and not all(columns.get(side) for side in SIDES[kind]):
        raise Refusal("mapping.column_missing", wanted=MEANINGS[kind]["amount"])


def ways_of(kind: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """What has to be said of how a kind of file writes: the day only where it has a column of days."""
    day = ("date",) if columns.get("on") else ()
    return (*day, "decimal", *(("quoted_in",) if kind == "rates" else ()))


def way_is_said(kind: str, columns: Mapping[str, str], written: Mapping[str, Any]) -> None:
    """Refuse a mapping that leaves open how days and amounts are written. Raises Refusal `mapping.way_missing`."""
    known: dict[str, Collection[str]] = {
        "date": DATES,
        "decimal": DECIMAL_SIGNS,
        "encoding": ENCODINGS,
        "quoted_in": DECIMALS,
        "round": ROUNDS,
    }
    needed = ways_of(kind, columns)
    for key, ways in known.items():
        if (key in needed or written.get(key)) and written.get(key) not in ways:
            raise Refusal("mapping.way_missing")


def read_statement(content: bytes, file: str, mapping: ColumnMapping, currency: str) -> ReadStatement:
    """The lines of a bank's file. Raises Refusal `sheet.columns` naming a column that is gone, `file.*`.

    A row without a day is no line of the account; that none is lost so is seen where the lines come to the balances.
    """
    reading = Reading(content, file, mapping)
    moving = [row for row in reading.rows if reading.moves(row)]
    lines = [
        ReadLine(
            row.number,
            reading.day(row, "on"),
            reading.text(row, "text")[:300],
            reading.text(row, "reference")[:100],
            reading.moved(row, currency),
        )
        for row in moving
        if reading.text(row, "on")
    ]
    return ReadStatement(lines, [row.number for row in moving if not reading.text(row, "on")])


def read_rates(content: bytes, file: str, mapping: ColumnMapping, of: date | None = None) -> list[ReadRate]:
    """The rates of a national bank's list; `of` is their day where no column says it.

    Currencies that are not known here are passed over. Raises Refusal `sheet.columns`, `file.*`, `rate.which_day`,
    `rate.not_positive`, `rate.too_fine`.
    """
    reading, own = Reading(content, file, mapping), str(mapping.written.get("quoted_in", ""))
    is_dated, is_of_own = bool(reading.columns.get("on")), mapping.written.get("round") == "own"
    if not is_dated and of is None:
        raise Refusal("rate.which_day", file=file)
    found = []
    for row in reading.rows:
        pair = A_CURRENCY.fullmatch(reading.text(row, "currency").upper())
        if pair is None or pair[1] not in DECIMALS or pair[1] == own or pair[2] not in (None, own):
            continue
        base, currency = (own, pair[1]) if is_of_own else (pair[1], own)
        rate = reading.number(row, "rate") / (reading.number(row, "unit") or 1)
        since = reading.day(row, "on") if is_dated or of is None else of
        found.append(ReadRate(row.number, base, currency, since, scaled(rate, base, currency)))
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
        self.decimal = str(self.written.get("decimal", "."))
        wanted = tuple(dict.fromkeys(one for one in self.columns.values() if one))
        encoding = str(self.written.get("encoding", UTF_8))
        self.rows: list[Row] = rows_of(content, columns=wanted, file=file, encoding=encoding)

    def text(self, row: Row, key: str) -> str:
        """What stands in a column; empty where the mapping has none."""
        column = self.columns.get(key)
        return row[column] if column else ""

    def day(self, row: Row, key: str) -> date:
        """A day, written as the mapping says; a workbook keeps its days as days. Raises Refusal `file.value`."""
        text, kept = self.text(row, key), self._kept(row, key)
        if isinstance(kept, date):
            return kept
        day = day_written(AN_HOUR.sub("", text), str(self.written.get("date", "%Y-%m-%d")))
        if day is None:
            raise self._wrong(row, text, A_DAY)
        return day

    def moves(self, row: Row) -> bool:
        """Whether any amount stands in the line: a bank writes carried balances and remarks between its lines."""
        return any(self.text(row, key).strip(" -–0.,") for key in ("amount", "in", "out"))

    def moved(self, row: Row, currency: str) -> Money:
        """What came in; negative where it went out. Raises Refusal `file.value`, `file.ambiguous`."""
        if self.columns.get("amount"):
            return self.amount(row, "amount", currency)
        into, out = (self.amount(row, key, currency) for key in ("in", "out"))
        return into - Money(abs(out.units), currency)

    def sided(self, row: Row, currency: str) -> Money:
        """What is debited; negative where it is credited. Raises Refusal `file.value`, `file.ambiguous`."""
        if self.columns.get("amount"):
            return self.amount(row, "amount", currency)
        return self.amount(row, "debit", currency) - self.amount(row, "credit", currency)

    def number(self, row: Row, key: str) -> Decimal:
        """A number with its decimals; zero where the column is empty or not there. Raises Refusal `file.value`."""
        text, kept = self.text(row, key), self._kept(row, key)
        if isinstance(kept, Decimal):
            return kept
        plain = plain_number(text, self.decimal) if text else "0"
        if plain is None:
            raise self._wrong(row, text, A_NUMBER)
        return Decimal(plain)

    def amount(self, row: Row, key: str, currency: str) -> Money:
        """An amount; zero where the column is empty or not there. Raises Refusal `file.value`, `file.ambiguous`.

        `6.848` is asked: three digits behind the decimal sign are thousands in one country and a mistake in the other.
        """
        text, kept = self.text(row, key), self._kept(row, key)
        if not text.strip(" -–"):
            return Money(0, currency)
        if isinstance(kept, Decimal):
            plain: str | None = f"{kept:f}"
        elif re.fullmatch(rf"[-–(]?\d{{1,3}}{re.escape(self.decimal)}\d{{3}}\)?", text):
            raise Refusal("file.ambiguous", line=row.number, file=self.file, value=text)
        else:
            plain = plain_number(text, self.decimal)
        try:
            return Money.of(plain or "", currency)
        except Refusal:
            raise self._wrong(row, text, AN_AMOUNT.format(currency=currency)) from None

    def _kept(self, row: Row, key: str) -> Decimal | date | None:
        return row.kept.get(self.columns.get(key, ""))

    def _wrong(self, row: Row, value: str, kind: Name) -> Refusal:
        return Refusal("file.value", line=row.number, file=self.file, value=value, kind=kind)


def day_written(text: str, way: str) -> date | None:
    """A day that is written in one of `DATES`; None for what is not."""
    shape = re.sub(r"%[a-zA-Z]", lambda part: SHAPES[part[0]], re.escape(way))
    if way.startswith("%Y"):
        shape = shape.replace("{1,2}", "{2}")  # 2008111 would be a day in two ways
    try:
        return datetime.strptime(text, way).date() if re.fullmatch(shape, text) else None  # noqa: DTZ007 - no zone
    except ValueError:
        return None


def usual_salaries(content: bytes, file: str) -> ColumnMapping:
    """How a file of salaries is read that has our own words in its heading: by those that are there.

    Raises Refusal `sheet.columns` and the like.
    """
    needed = tuple(SALARY_COLUMNS[key] for key in SALARY_NEEDED)
    there = rows_of(content, columns=needed, file=file)[0].cells
    columns = {key: heading for key, heading in SALARY_COLUMNS.items() if heading in there}
    return ColumnMapping(kind="salary", columns=columns, written={"decimal": "."})


def plain_number(text: str, decimal: str) -> str | None:
    """`1.270,50` as `1270.50`, when a comma is said to stand before the decimals; None for what does not fit.

    Brackets or a sign behind mean less, as banks write it.
    """
    bare = re.sub(r"\s|'", "", text).replace("–", "-")
    is_less = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-") or bare.endswith("-")
    bare = bare.strip("()-+")
    group = "," if decimal == "." else "."
    if not re.fullmatch(rf"(\d{{1,3}}({re.escape(group)}\d{{3}})+|\d+)({re.escape(decimal)}\d+)?", bare):
        return None
    bare = bare.replace(group, "").replace(decimal, ".")
    return f"-{bare}" if is_less else bare
