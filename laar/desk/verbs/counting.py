"""The question of a cash count: how many of each note and coin."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from laar.desk import said
from laar.desk.verbs.composite import Table
from laar.desk.verbs.questions import About, Answers, Question, WholeField
from laar.kit.money import Money
from laar.ledger.queries import kept_in
from laar.ledger.rules.cash import PIECES


@dataclass(frozen=True, kw_only=True)
class Pieces(Question):
    """A number for each note and coin of the box's currency; what is left empty is none, but somebody wrote something."""

    def fields(self, about: About) -> dict[str, forms.Field]:
        """One short field a piece, the largest first."""
        currency = kept_in(about.record)
        return {
            piece: WholeField(label=f"{said.number(_shown(piece, currency))} {currency}", required=False)
            for piece in PIECES.get(currency, ("1",))
        }

    def answer(self, typed: Answers, _about: About) -> dict[str, int]:
        """The pieces that were there; a 0 is said, too: it may be all there is to say of an empty box."""
        return {piece: number for piece, number in typed.items() if number is not None}

    def table(self, fields: list[forms.BoundField]) -> Table:
        """A line for each piece."""
        return Table([_("Pieces")], [(str(field.label), [field]) for field in fields], [])


def _shown(piece: str, currency: str) -> str:
    """`50,000`, `0.50`: a coin of a cent as it is printed."""
    return Money.of(piece, currency).figure if "." in piece else f"{int(piece):,}"
