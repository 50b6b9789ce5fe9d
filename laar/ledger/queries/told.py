"""Numbers that were computed together, as the figures that each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject

from laar.kit.figures import Figure, Records, Scope, figure_of
from laar.ledger.models import Posting


@dataclass(frozen=True)
class Reckoned(Records):
    """Records each with a share that was reckoned and is no column of theirs: a converted amount, a part of a budget."""

    shares: Mapping[int, int] = field(default_factory=dict)
    total: int = 0

    def __post_init__(self) -> None:
        vars(self)["value"] = self.total

    def contributions(self) -> Iterator[tuple[Any, int]]:
        """Each record with its share."""
        for record in self.records.iterator(chunk_size=2000):
            yield record, self.shares.get(record.pk, 0)


def when_opened(asked: Callable[[], QuerySet[Any]]) -> QuerySet[Any]:
    """The records of a number that is reckoned already, asked for where it is opened.

    Of the hundreds of numbers of a report one is opened; to word the questions of all took longer than to reckon them.
    """
    return cast(QuerySet[Any], SimpleLazyObject(asked))


def told(key: str, scope: Scope, units: int, currency: str) -> Figure:
    """A figure whose value is known; its records are asked for only where it is opened, by its address."""
    return with_value(figure_of(key, scope), units, currency)


def with_value(figure: Figure, units: int, currency: str) -> Figure:
    """The same figure with a number that was computed together with others."""
    measured = Records(Posting.objects.none(), column="in_book", currency=currency)
    vars(measured)["value"] = units
    vars(figure)["measured"] = measured
    return figure
