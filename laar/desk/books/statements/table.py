"""The rows of a statement as HTML. Put together here and not in a template: a ledger page has thousands of cells."""

from __future__ import annotations

from datetime import date
from html import escape

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from laar.base.readers import Eyes
from laar.desk import said
from laar.desk.chapters.cells import day_said
from laar.desk.templatetags.laar import address, figure_address
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import NOTHING, Name
from laar.ledger.models import Entry
from laar.ledger.queries.statements import Cell, Column, Row, Statement
from laar.reports.statements.printed import entry_said


def statement_table(statement: Statement, caption: str, eyes: Eyes, currency: str) -> SafeString:
    """The table. Amounts stand without their currency where it is the programme's."""
    writer = _Writer(eyes, currency, statement.columns)
    head = "".join(f'<th scope="col"{_classes(column)}>{_label(column)}</th>' for column in statement.columns)
    body = []
    for part in statement.parts:
        if not part.rows:
            continue
        if part.heading != NOTHING:
            body.append(
                f'<tr class="group"><th scope="colgroup" colspan="{len(statement.columns)}">'
                f"{escape(part.heading.say(said.language()))}</th></tr>\n"
            )
        body += [writer.row(row) for row in part.rows]
    return mark_safe(
        f'<table class="recs list statement"><caption class="vh">{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{''.join(body)}</tbody></table>"
    )


def _label(column: Column) -> str:
    return escape(column.label.say(said.language()))


def _classes(column: Column, *, is_empty: bool = False) -> str:
    names = ["n"] if column.kind == "amount" else ["nw"] if column.kind == "day" else []
    names += [] if column.on_phone else ["hide"]
    return f' class="{" ".join(names)}"' if names else ""


class _Writer:
    """Writes the rows for one reader in one language."""

    def __init__(self, eyes: Eyes, currency: str, columns: tuple[Column, ...]) -> None:
        self.eyes, self.currency, self.language = eyes, currency, said.language()
        self.openings = [f'{_classes(column)} data-label="{_label(column)}"' for column in columns]

    def row(self, row: Row) -> str:
        """A row: its first words are its head, and lead on where there is somewhere to go."""
        head = next((place for place, cell in enumerate(row.cells) if isinstance(cell, Name | Entry)), 0)
        cells = []
        for place, (cell, opening) in enumerate(zip(row.cells, self.openings, strict=True)):
            text = self.cell(cell)
            if place == head and row.leads and text:
                text = f'<a href="{escape(leads_to(row))}">{text}</a>'
            tag = 'th scope="row"' if place == head else "td"
            cells.append(f"<{tag}{opening}>{text}</{tag[:2]}>")
        opening = '<tr class="total">' if row.is_total else "<tr>"
        return f"{opening}{''.join(cells)}</tr>\n"

    def cell(self, cell: Cell) -> str:
        """A cell; an empty one where there is nothing to say."""
        if cell is None:
            return ""
        if isinstance(cell, Figure):
            number = (
                f'<a class="f" href="{escape(figure_address(cell))}" data-figure="{escape(cell.id)}">'
                f"{escape(said.number(cell.figure))}</a>"
            )
            return self._with_currency(number, cell.currency or "")
        if isinstance(cell, Money):
            return self._with_currency(escape(said.amount(cell)), cell.currency)
        if isinstance(cell, date):
            return day_said(cell, self.language)
        if isinstance(cell, Entry):
            return f'<a href="{address(cell)}">{escape(entry_said(cell, self.eyes))}</a>'
        return escape(cell.say(self.language))

    def _with_currency(self, number: str, currency: str) -> str:
        if currency == self.currency:
            return number
        return f'<span class="m"><abbr>{escape(currency)}</abbr>{number}</span>'


def leads_to(row: Row) -> str:
    """The address of the statement to which a row leads on."""
    where = reverse("statement", args=[row.leads])
    return f"{where}?{urlencode(row.to)}" if row.to else where
