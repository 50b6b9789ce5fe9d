"""A statement as it is printed: plain words and amounts, decided once for the workbook and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from laar.base.clock import now
from laar.base.readers import Eyes
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import NOTHING, Name
from laar.ledger.models import Entry
from laar.ledger.queries.statements import Asked, Cell, Kind, Statement
from laar.ledger.queries.statements.accounts import coded
from laar.reports import said
from laar.reports.rules import DEMO_LABEL

#: What stands in a cell on paper.
Plain = str | date | Money | None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: of amounts, a heading over others, or a total."""

    cells: tuple[Plain, ...]
    kind: Literal["", "heading", "total"] = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table that leaves the house, with what it says of itself."""

    name: str
    title: str
    lang: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[PrintedRow, ...]
    remarks: tuple[str, ...] = ()
    label: str = ""
    day: date = date.min
    #: Amounts in it stand without their currency.
    currency: str = ""


def printed(kind: Kind, asked: Asked, statement: Statement, eyes: Eyes) -> Printed:
    """A statement in the language of whoever asks, as these eyes may see it."""
    language = said.language()
    rows: list[PrintedRow] = []
    for part in statement.parts:
        if part.heading != NOTHING and part.rows:
            heading = part.heading.say(language)
            rows.append(PrintedRow((heading, *(None for _ in statement.columns[1:])), "heading"))
        for row in part.rows:
            cells = tuple(plain(cell, eyes) for cell in row.cells)
            rows.append(PrintedRow(cells, "total" if row.is_total else ""))
    today = said.instant(now())
    return Printed(
        name=f"laar-{asked.programme.code}-{kind.slug}-{asked.day or now().date()}-{language}".lower(),
        title=kind.title.say(language),
        lang=language,
        about=tuple(
            (label.say(language), text.say(language) if isinstance(text, Name) else text)
            for label, text in (*about(asked), (PRINTED_AT, today))
        ),
        columns=tuple((column.label.say(language), column.kind == "amount") for column in statement.columns),
        rows=tuple(rows),
        remarks=tuple(remark.text.say(language) for remark in statement.remarks),
        label=DEMO_LABEL.say(language) if asked.programme.is_demo else "",
        day=now().date(),
        currency=asked.programme.currency,
    )


PRINTED_AT = Name(en="Made on", km="ធ្វើនៅ")
NOW = Name(en="now", km="ឥឡូវ")


def about(asked: Asked) -> list[tuple[Name, Name | str]]:
    """What a statement is of: whose book, what it is narrowed to, which days."""
    told: list[tuple[Name, Name | str]] = [(Name(en="Programme", km="កម្មវិធី"), asked.programme.name)]
    book = asked.book or (asked.account.book if asked.account else None)
    if book:
        told.append((Name(en="Book", km="បញ្ជី"), coded(book)))
    for label, record in (
        (Name(en="Account", km="គណនី"), asked.account),
        (Name(en="Fund", km="មូលនិធិ"), asked.fund),
        (Name(en="Commune", km="ឃុំ/សង្កាត់"), asked.place),
    ):
        if record:
            told.append((label, coded(record)))
    if asked.since:
        told.append((Name(en="From", km="ពីថ្ងៃ"), said.day(asked.since)))
    told.append((Name(en="To the end of", km="ដល់ចុងថ្ងៃ"), said.day(asked.day) if asked.day else NOW))
    if asked.known:
        told.append((Name(en="As it was known on", km="តាមដែលបានដឹងនៅថ្ងៃ"), said.day(asked.known)))
    return [*told, (Name(en="Currency", km="រូបិយប័ណ្ណ"), asked.programme.currency)]


def plain(cell: Cell, eyes: Eyes) -> Plain:
    """A cell in words; of an entry its number and, to whoever works here, what it says."""
    if isinstance(cell, Figure):
        return Money(cell.value, cell.currency or "")
    if isinstance(cell, Name):
        return cell.say(said.language())
    return entry_said(cell, eyes) if isinstance(cell, Entry) else cell


def entry_said(entry: Entry, eyes: Eyes) -> str:
    """An entry in a list: `PV-2008-0012 Rent of March`; what somebody typed is not shown to the public."""
    number = entry.document or f"№ {entry.number}"
    text = "" if eyes.is_public else Name(en=entry.text_en, km=entry.text_km).say(said.language())
    return f"{number} {text}".strip()
