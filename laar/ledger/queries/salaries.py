"""Salaries and timesheets from a file: who worked for which budget line, and what that comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from laar.base.models import Programme
from laar.kit.money import Money
from laar.kit.periods import month
from laar.kit.refusals import Refusal
from laar.kit.sheets import Row
from laar.ledger.files import Reading, usual_salaries
from laar.ledger.models import Book, BudgetLine, ColumnMapping, Document
from laar.ledger.queries.entries import is_undone

#: Hours are counted in hundredths; so many are in the longest month.
PARTS, MOST_HOURS = 100, 31 * 24


@dataclass
class Work:
    """One row of the file: what somebody did for a budget line, and what it costs."""

    number: int
    person: str
    line: BudgetLine | None
    #: In hundredths of an hour.
    parts: int = 0
    gross: Money | None = None
    amount: Money | None = None

    @property
    def hours(self) -> str:
        """The hours as they are written; nothing where none are said."""
        return f"{self.parts / PARTS:g}" if self.parts else ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that can't be taken, and why."""

    row: int
    no: Refusal


@dataclass
class Salaries:
    """A file as it was read: its rows, what is wrong with them, and what each budget line comes to."""

    currency: str
    rows: list[Work] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many people it is about."""
        return len({one.person for one in self.rows})

    @property
    def total(self) -> Money:
        """What all rows come to."""
        return sum((one.amount for one in self.rows if one.amount), Money(0, self.currency))

    @property
    def by_line(self) -> list[tuple[BudgetLine, Money]]:
        """What each budget line comes to, in the order of their codes."""
        sums: dict[int, Money] = defaultdict(lambda: Money(0, self.currency))
        lines: dict[int, BudgetLine] = {}
        for one in self.rows:
            if one.line and one.amount:
                sums[one.line.pk] += one.amount
                lines[one.line.pk] = one.line
        return sorted(((lines[key], total) for key, total in sums.items()), key=lambda pair: pair[0].code)


def salary_mappings(programme: Programme) -> list[ColumnMapping]:
    """How the files of salaries are read that were said to be written in their own way."""
    return list(ColumnMapping.objects.filter(programme=programme, kind="salary").order_by("label"))


def salaries_in(
    programme: Programme, content: bytes, *, file: str, mapping: ColumnMapping | None, currency: str
) -> Salaries:
    """Read a file of salaries; nothing is written. Each row that can't be taken is named with a sentence.

    Without a mapping its heading has our own words. Where amounts are given they must come to the gross salary, where
    that is given, too; else the gross salary of each person is shared out by the hours of the timesheets, to the coin.
    Raises Refusal `salary.way`, `sheet.*` where the file can't be read at all.
    """
    reading = Reading(content, file, mapping or usual_salaries(content, file))
    read, known = Salaries(currency), _lines_of(programme)
    for row in reading.rows:
        _read(reading, row, known, read)
    people: dict[str, list[Work]] = defaultdict(list)
    for one in read.rows:
        people[one.person].append(one)
    for rows in people.values():
        _shared_out(rows, read)
    read.wrong.sort(key=lambda one: one.row)
    return read


def salary_of_file(book: Book, content: bytes, on: date) -> Document | None:
    """The document that a file became in the month of a day; not one that is void or was undone."""
    span, digest = month(on), sha256(content).hexdigest()
    found = Document.objects.filter(
        book=book, kind="salary", on__gte=span.since, on__lt=span.until, basis__endswith=digest
    )
    return next((one for one in found.exclude(state="void") if not is_undone(one.entry_id)), None)


def _lines_of(programme: Programme) -> dict[str, list[BudgetLine]]:
    """The budget lines by what a file calls them: by their code, and by that of their budget before it."""
    known: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(programme=programme).select_related("budget__fund", "heading"):
        known[line.code].append(line)
        known[f"{line.budget.code}/{line.code}"].append(line)
    return known


def _read(reading: Reading, row: Row, known: dict[str, list[BudgetLine]], read: Salaries) -> None:
    work = Work(row.number, reading.text(row, "person"), None)
    read.rows.append(work)
    try:
        if not work.person:
            raise Refusal("salary.nobody", row=row.number)
        work.line = _line(reading.text(row, "line"), row, known)
        work.parts = _parts(reading, row)
        for meaning in ("gross", "amount"):
            if reading.text(row, meaning):
                money = reading.amount(row, meaning, read.currency)
                if money.units < 0:
                    raise Refusal("salary.negative", row=row.number, amount=money)
                setattr(work, meaning, money)
    except Refusal as no:
        read.wrong.append(Wrong(row.number, no))


def _line(code: str, row: Row, known: dict[str, list[BudgetLine]]) -> BudgetLine:
    lines = known.get(code, [])
    if not lines:
        raise Refusal("salary.line_unknown", row=row.number, code=code)
    if len(lines) > 1:
        raise Refusal("salary.line_twice", row=row.number, code=code, example=f"{lines[0].budget.code}/{code}")
    return lines[0]


def _parts(reading: Reading, row: Row) -> int:
    """The hours in hundredths. Raises Refusal `salary.hours`."""
    try:
        parts = reading.number(row, "hours") * PARTS
    except Refusal:
        parts = None
    if parts is None or parts != int(parts) or not 0 <= parts <= MOST_HOURS * PARTS:
        raise Refusal("salary.hours", row=row.number, text=reading.text(row, "hours"))
    return int(parts)


def _shared_out(rows: Sequence[Work], read: Salaries) -> None:
    """A person's gross salary is the sum of the lines; where no amounts are given, it is shared out by the hours."""
    said = [one for one in rows if one.gross is not None]
    other = next((one for one in said if one.gross != said[0].gross), None)
    broken = {one.row for one in read.wrong}
    if other:
        facts = {"row": other.number, "person": other.person, "other": other.gross, "gross": said[0].gross}
        read.wrong.append(Wrong(other.number, Refusal("salary.gross", **facts)))
    if other or any(one.number in broken for one in rows):
        return  # what is wrong with one row of a person would only be said once more of the others
    gross, parts = said[0].gross if said else None, [one.parts for one in rows]
    if gross is not None and not any(one.amount for one in rows) and any(parts):
        for one, share in zip(rows, gross.split(parts), strict=True):
            one.amount = share
    for one in rows:
        if one.amount is None:
            read.wrong.append(Wrong(one.number, Refusal("salary.amount", row=one.number, person=one.person)))
    together = sum((one.amount for one in rows if one.amount), Money(0, read.currency))
    if gross is not None and together != gross and all(one.amount is not None for one in rows):
        no = Refusal("salary.sum", person=rows[0].person, sum=together, gross=gross)
        read.wrong.append(Wrong(rows[0].number, no))
