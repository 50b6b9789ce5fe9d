"""A figure as it is opened on a page: every record, what it adds, and whether this reader may open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from laar.base.access import visible
from laar.base.models import Evidence, User
from laar.base.trail import digests_of
from laar.kit.figures import Figure, Ratio, Records
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.results.queries import papers

#: How many records a page shows; the total is of all of them.
MOST = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """A record behind a figure. Closed to the reader, it shows that it exists and its digest, and nothing else."""

    record: Model
    adds: Money | int
    is_open: bool
    digest: str
    evidence: tuple[tuple[str, Evidence], ...]

    @property
    def name(self) -> Name:
        """What the record is called."""
        return name_of(self.record)


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with its records, or, for a ratio, with its two figures."""

    figure: Figure
    records: tuple[Opened, ...] = ()
    parts: tuple[Figure, ...] = ()
    count: int = 0


def opened(figure: Figure, reader: User | None) -> OpenedFigure:
    """Open a figure for a reader. The value is never narrowed to what the reader may see."""
    measured = figure.measured
    if isinstance(measured, Ratio):
        return OpenedFigure(figure, parts=(measured.part, measured.whole))
    contributions = [pair for pair, _ in zip(measured.contributions(), range(MOST), strict=False)]
    model = measured.records.model
    keys = [record.pk for record, _ in contributions]
    open_keys = set(visible(reader, model._default_manager.filter(pk__in=keys)).values_list("pk", flat=True))
    digests = digests_of(model, keys)
    proven = papers([record for record, _ in contributions if record.pk in open_keys])
    return OpenedFigure(
        figure,
        records=tuple(
            Opened(
                record,
                _adds(measured, adds),
                record.pk in open_keys,
                digests.get(record.pk, ""),
                tuple(proven[record.pk]) if record.pk in open_keys else (),
            )
            for record, adds in contributions
        ),
        count=measured.records.count(),
    )


def _adds(measured: Records, adds: int) -> Money | int:
    return Money(adds, measured.currency) if measured.currency else adds
