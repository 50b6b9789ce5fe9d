"""The list of expenditure: every cost behind a report, posting by posting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from laar.base.readers import Eyes, name_for
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Document, Entry, Posting
from laar.reports.finance.cells import Statement
from laar.reports.finance.charges import (
    costs_of,
)


@dataclass(frozen=True, slots=True)
class Expense:
    """A line of the list of expenditure."""

    posting: int
    record: Entry
    entry: int
    document: str
    on: date
    line: str
    #: As far as the reader may see it.
    payee: Name
    text: Name
    paid: Money
    #: How much of its currency one unit of the report's costs; None where there is nothing to convert.
    rate: Fraction | None
    value: Money
    #: The earlier report whose days it belongs to, where that was sent without it.
    corrects: Name | None = None


def expenses_of(statement: Statement, eyes: Eyes) -> list[Expense]:
    """Every cost of the period, posting by posting; of a report that was sent those that were sent."""
    report = statement.report
    inside = [one for one in statement.charges if one.is_new]
    corrects = {one.key: one.corrects for one in inside if one.corrects}
    values = {one.key: one.value for one in inside}
    rates = {one.key: one.rate for one in inside}
    if report.is_sent:
        values = statement.sent_values
    found = (
        costs_of(report.budget, report.until)
        .filter(pk__in=values)
        .select_related("entry", "line", "account", "account__book", "rate")
    )
    payees = _payees(found, eyes)
    knows = eyes.inside(report.programme)
    return [
        Expense(
            posting.pk,
            posting.entry,
            posting.entry_id,
            posting.entry.document,
            posting.on,
            posting.line.code if posting.line else "",
            payees.get(posting.entry_id, Name(en="")),
            Name(en=posting.entry.text_en, km=posting.entry.text_km) if knows else posting.entry.public_name,
            posting.amount,
            rates.get(posting.pk),
            Money(values[posting.pk], statement.currency),
            corrects[posting.pk].name if posting.pk in corrects else None,
        )
        for posting in found
    ]


def _payees(postings: Iterable[Posting], eyes: Eyes) -> dict[int, Name]:
    """To whom each entry was paid: the party as this reader may know it, or the name on the receipt."""
    papers = Document.objects.filter(entry__in={one.entry_id for one in postings}).select_related("payee", "programme")
    return {
        paper.entry_id or 0: name_for(eyes, paper.payee)
        if paper.payee
        else Name(en=paper.payee_text if eyes.inside(paper.programme) else "")
        for paper in papers
    }
