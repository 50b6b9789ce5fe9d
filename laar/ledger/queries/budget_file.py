"""A budget as a file has it: every row read and judged, so that what is wrong is said before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from laar.kit.money import Money, decimals_of
from laar.kit.names import NOTHING, Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.sheets import Row, rows_of
from laar.ledger.models import Budget, Heading
from laar.ledger.queries.budgets import headings_of
from laar.registers.models import Place
from laar.registers.queries import known_codes

#: The columns that a file must have; it may have `name_km`, `year`, `place`, `unit_en`, `unit_km`, `quantity`, `unit_value`.
COLUMNS = ("code", "heading", "name_en", "amount")

refusal(
    "budget.two_ways",
    en="“{text}” can be read in two ways. Write {thousands} or {decimals}.",
    km="«{text}» អាចអានបានពីរបែប។ សូមសរសេរ {thousands} ឬ {decimals}។",
    status=422,
)
refusal(
    "budget.no_decimals",
    en="“{text}” has decimals, and {currency} has none. Write {thousands}.",
    km="«{text}» មានទសភាគ ប៉ុន្តែ {currency} គ្មានទេ។ សូមសរសេរ {thousands}។",
    status=422,
)
refusal(
    "budget.cell",
    en="“{value}” in the column {column} can't be read. Correct it.",
    km="មិនអាចអាន «{value}» ក្នុងជួរឈរ {column} ទេ។ សូមកែ។",
    status=422,
)
refusal(
    "budget.rows_wrong",
    en="{wrong} of {rows} lines can't be taken. Look first at line {line} below the column headings (row {row} of the sheet): "
    "{why} Correct them; nothing was written.",
    km="{wrong} បន្ទាត់ក្នុងចំណោម {rows} មិនអាចយកបាន។ សូមមើលជាមុនបន្ទាត់ទី {line} ក្រោមចំណងជើងជួរឈរ (ជួរដេក {row} នៃតារាង)៖ "
    "{why} សូមកែ; មិនបានសរសេរអ្វីទេ។",
    status=422,
)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line as somebody plans it: its heading, its amount, and how that is reckoned."""

    code: str
    heading: Heading
    name: Name
    amount: Money
    year: int | None = None
    place: Place | None = None
    unit: Name = NOTHING
    #: In 1/100.
    quantity: int | None = None
    unit_cost: Money | None = None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row of the file with the line that it makes, or what is wrong with it."""

    number: int
    code: str
    line: PlannedLine | None = None
    wrong: Name = field(default=NOTHING)


def rows_judged(budget: Budget, data: bytes, file: str) -> list[JudgedRow]:
    """Every row of a file, read as a line of this budget. Raises Refusal where it is no table at all."""
    headings = {one.code: one for one in headings_of(budget.programme, budget.chart)}
    places = known_codes()
    judged = []
    for row in rows_of(data, columns=COLUMNS, file=file):
        try:
            judged.append(JudgedRow(row.number, row["code"], _line(row, budget, headings, places)))
        except Refusal as no:
            judged.append(JudgedRow(row.number, row["code"], wrong=no.text))
    return judged


def lines_or_refusal(judged: list[JudgedRow]) -> list[PlannedLine]:
    """The lines of a file, all of them or none. Raises Refusal `budget.rows_wrong`."""
    wrong = [row for row in judged if row.line is None]
    if wrong:
        first, line = wrong[0], judged.index(wrong[0]) + 1
        raise Refusal(
            "budget.rows_wrong", wrong=len(wrong), rows=len(judged), line=line, row=first.number, why=first.wrong
        )
    return [row.line for row in judged if row.line]


def amount_written(text: str, currency: str) -> Money:
    """An amount as typed; what can be read in two ways is asked. Raises `budget.two_ways`, `budget.no_decimals`."""
    whole, _dot, rest = text.partition(".")
    if re.fullmatch(r"\d{1,3}", whole) and re.fullmatch(r"\d{3}", rest):
        if not decimals_of(currency):
            raise Refusal("budget.no_decimals", text=text, currency=currency, thousands=f"{whole}{rest}")
        raise Refusal("budget.two_ways", text=text, thousands=f"{whole},{rest}", decimals=f"{whole}.{rest[:2]}")
    return Money.of(text, currency)


def _line(row: Row, budget: Budget, headings: dict[str, Heading], places: dict[str, Place]) -> PlannedLine:
    if not row["code"]:
        raise Refusal("budget.cell", column="code", value="")
    heading = headings.get(row["heading"])
    if heading is None:
        raise Refusal("budget.no_heading", heading=row["heading"] or "–", chart=budget.chart)
    if row["place"] and row["place"] not in places:
        raise Refusal("budget.cell", column="place", value=row["place"])
    unit_cost = amount_written(row["unit_value"], budget.currency) if row["unit_value"] else None
    return PlannedLine(
        code=row["code"],
        heading=heading,
        name=Name(en=row["name_en"], km=row["name_km"]),
        amount=amount_written(row["amount"], budget.currency),
        year=_whole(row, "year"),
        place=places.get(row["place"]),
        unit=Name(en=row["unit_en"], km=row["unit_km"]),
        quantity=_hundredths(row, "quantity"),
        unit_cost=unit_cost,
    )


def _whole(row: Row, column: str) -> int | None:
    if row[column] and not re.fullmatch(r"\d{1,4}", row[column]):
        raise Refusal("budget.cell", column=column, value=row[column])
    return int(row[column]) if row[column] else None


def _hundredths(row: Row, column: str) -> int | None:
    if row[column] and not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", row[column]):
        raise Refusal("budget.cell", column=column, value=row[column])
    return int(Decimal(row[column]) * 100) if row[column] else None


def product(quantity: int, unit_cost: Money) -> Money:
    """So many hundredths of a unit at a value each, rounded to the coin."""
    return unit_cost.times(Fraction(quantity, 100))
