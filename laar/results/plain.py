"""What a column keeps for the machine, in words: amounts beside `units`, and lists that are kept whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.events.models import PaymentLine
from laar.kit.money import Money
from laar.kit.names import Name, say_now
from laar.ledger.files import DATES, DECIMAL_SIGNS, MEANINGS, ROUNDS
from laar.ledger.models import (
    BankStatement,
    BudgetLine,
    CashCount,
    Closing,
    ColumnMapping,
    CommitmentMove,
    DocumentLine,
    Posting,
)
from laar.ledger.queries import found_then
from laar.projects.models import Contribution, Delivery
from laar.registers.models import Profile

Column = tuple[type[models.Model], str]

#: Columns in 1/10 000 of the currency of their own record, beside `units`: what they are called.
IN_ITS_CURRENCY: dict[Column, Any] = {
    (BankStatement, "opening"): _("opening balance"),
    (BankStatement, "closing"): _("closing balance"),
    (CashCount, "booked"): _("in the books"),
}
#: Those of another currency: what they are called, and the amount that they are of a record.
AMOUNTS: dict[Column, tuple[Any, Callable[[Any], Money]]] = {
    (BudgetLine, "unit_cost"): (_("unit value"), lambda one: Money(one.unit_cost, one.budget.currency)),
    (CommitmentMove, "out"): (_("advanced"), lambda one: Money(one.out, one.commitment.currency)),
    (Contribution, "promised_units"): (_("promised"), lambda one: one.promised),
    (Contribution, "worth"): (_("worth to the programme"), lambda one: Money(one.worth, one.programme.currency)),
    (Delivery, "worth"): (_("worth to the programme"), lambda one: Money(one.worth, one.programme.currency)),
    (DocumentLine, "in_book"): (
        _("in the currency of the book"),
        lambda one: Money(one.in_book, one.account.book.currency),
    ),
    (PaymentLine, "travel"): (_("travel"), lambda one: Money(one.travel, one.sheet.currency)),
    (PaymentLine, "meals"): (_("meals"), lambda one: Money(one.meals, one.sheet.currency)),
    (Posting, "in_book"): (_("in the currency of the book"), lambda one: Money(one.in_book, one.account.book.currency)),
    (Profile, "whole_units"): (_("cost of the whole action, as the lead states it"), lambda one: one.whole),
}


def amount_of(model: type[models.Model], column: str, row: Mapping[str, Any]) -> Money | None:
    """The amount that a column of a row is, in the currency of the row; None where it is none."""
    if row.get("currency") and (column == "units" or (model, column) in IN_ITS_CURRENCY):
        return Money(int(row[column]), str(row["currency"]))
    return None


def label_of(column: models.Field[Any, Any]) -> str:
    """What a column is called for people: an amount without how it is kept."""
    if column.name == "units":
        return str(_("amount"))
    key = (column.model, column.name)
    return str(AMOUNTS[key][0] if key in AMOUNTS else IN_ITS_CURRENCY.get(key, column.verbose_name))


def in_words(model: type[models.Model], column: str, value: Any) -> str | None:
    """A list that is kept whole, as it is read aloud, or an amount of which only the number is known; None for all else."""
    if (model, column) in AMOUNTS:
        return f"{Decimal(int(value)).scaleb(-4):,.2f}"
    said = LISTS.get((model, column))
    return said(value) if said else None


def _pieces(pieces: Mapping[str, int]) -> str:
    """Notes and coins, the largest first."""
    return ", ".join(f"{pieces[note]} × {int(note):,}" for note in sorted(pieces, key=int, reverse=True))


def _columns(columns: Mapping[str, str]) -> str:
    names: dict[str, Name] = {key: name for kind in MEANINGS.values() for key, name in kind.items()}
    return "; ".join(
        f"{say_now(names[key])}: {heading}" for key, heading in columns.items() if heading and key in names
    )


def _written(written: Mapping[str, Any]) -> str:
    ways: dict[str, Name] = {**DATES, **DECIMAL_SIGNS, **ROUNDS}
    return "; ".join(say_now(ways[one]) if one in ways else str(one) for one in written.values() if one)


def points_of(closing: Closing) -> Iterator[tuple[str, str]]:
    """Each point of the checklist of a closing with what was found, and why it was closed all the same."""
    for one in found_then(closing):
        yield say_now(one.point.name), say_now(one.finding.text) + (f" – {one.why}" if one.why else "")


def _checklist(found: Mapping[str, Any]) -> str:
    return "; ".join(f"{point}: {said}" for point, said in points_of(Closing(found=found)))


LISTS: dict[Column, Callable[[Any], str]] = {
    (CashCount, "pieces"): _pieces,
    (ColumnMapping, "columns"): _columns,
    (ColumnMapping, "written"): _written,
    (Closing, "found"): _checklist,
}
