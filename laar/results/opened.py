"""A figure as it is opened on a page: every record, what it adds, and whether this reader may open it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Model

from laar.base.access import visible
from laar.base.papers import Paper, papers_shown
from laar.base.readers import Eyes, Reader, eyes_of, name_for
from laar.base.trail import digests_of
from laar.kit.figures import Figure, Ratio, Records, Total
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.small import counts_people, is_hidden
from laar.results.queries import attached_to

#: How many records a page shows; the total is of all of them.
MOST = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """A record behind a figure. Closed to the reader, it shows that it exists and its digest, and nothing else."""

    record: Model
    name: Name
    #: None: so few people may not be counted before this reader.
    adds: Money | int | None
    is_open: bool
    digest: str
    evidence: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with its records; a ratio or a total with its figures, a total with their records, too."""

    figure: Figure
    records: tuple[Opened, ...] = ()
    parts: tuple[OpenedFigure, ...] = ()
    count: int = 0
    #: Of a part of a total: whether it is taken off.
    is_less: bool = False
    #: So few people that neither their number nor their rows are shown to this reader.
    is_hidden: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether it is counted from records, and not made of other figures."""
        return isinstance(self.figure.measured, Records)


def opened(figure: Figure, reader: Reader) -> OpenedFigure:
    """Open a figure for a reader. The value is never narrowed to what the reader may see."""
    measured, eyes = figure.measured, eyes_of(reader)
    if isinstance(measured, Ratio):
        return OpenedFigure(figure, parts=(OpenedFigure(measured.part), OpenedFigure(measured.whole)))
    if isinstance(measured, Total):
        return OpenedFigure(
            figure,
            parts=(
                *(_part(part, eyes) for part in measured.plus),
                *(replace(_part(part, eyes), is_less=True) for part in measured.less),
            ),
        )
    counts = not counts_people(figure) or eyes.inside(figure.scope.programme)
    if not counts and is_hidden(figure):
        return OpenedFigure(figure, is_hidden=True)
    contributions = [pair for pair, _ in zip(measured.contributions(), range(MOST), strict=False)]
    model = measured.records.model
    keys = [record.pk for record, _ in contributions]
    open_keys = set(visible(eyes, model._default_manager.filter(pk__in=keys)).values_list("pk", flat=True))
    digests = digests_of(model, keys)
    proven = _proven([record for record, _ in contributions if record.pk in open_keys], eyes)
    return OpenedFigure(
        figure,
        records=tuple(
            Opened(
                record,
                name_for(eyes, record),
                adds_of(measured, adds) if counts else None,
                record.pk in open_keys,
                digests.get(record.pk, ""),
                proven.get(record.pk, ()),
            )
            for record, adds in contributions
        ),
        count=measured.records.count(),
    )


def _part(figure: Figure, reader: Reader) -> OpenedFigure:
    """A part of a total, with its records at once where it has records of its own."""
    return opened(figure, reader) if isinstance(figure.measured, Records) else OpenedFigure(figure)


def _proven(records: list[Model], eyes: Eyes) -> dict[int, tuple[Paper, ...]]:
    """The papers of each record, as these eyes may see them."""
    attached = attached_to(records)
    distinct = {one.pk: one for own in attached.values() for one in own}
    shown = dict(zip(distinct, papers_shown(eyes, distinct.values()), strict=True))
    return {key: tuple(shown[one.pk] for one in own) for key, own in attached.items()}


def adds_of(measured: Records, adds: int) -> Money | int:
    """What a record adds, as money where the figure is money."""
    return Money(adds, measured.currency) if measured.currency else adds
