"""Numbers that were computed together, as the figures that each of them is."""

from __future__ import annotations

from laar.kit.figures import Figure, Records, Scope, figure_of
from laar.ledger.models import Posting


def told(key: str, scope: Scope, units: int, currency: str) -> Figure:
    """A figure whose value is known; its records are asked for only where it is opened, by its address."""
    return with_value(figure_of(key, scope), units, currency)


def with_value(figure: Figure, units: int, currency: str) -> Figure:
    """The same figure with a number that was computed together with others."""
    measured = Records(Posting.objects.none(), column="in_book", currency=currency)
    vars(measured)["value"] = units
    vars(figure)["measured"] = measured
    return figure
