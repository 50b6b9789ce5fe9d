"""The roll-ups of the lists: how many records each has, by kind and state, so that no page counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Model

from laar.base.images import Image
from laar.base.rollups import Rollup, Share, rollup
from laar.events.models import Advice, Course, Decision, Event, Request
from laar.ledger.models import Entry
from laar.plans.models import Line, Plan
from laar.projects.models import Project, Tranche, Voucher
from laar.results.models import ListCount, Story

#: The tables whose lists say how long they are. What belongs to no programme (parties, offices) is counted when asked.
COUNTED: tuple[type[Model], ...] = (
    Event, Request, Course, Advice, Decision, Plan, Line, Project, Tranche, Voucher, Entry, Story,
)  # fmt: skip


def _share_of(table: str) -> Callable[[Image], Iterator[Share]]:
    def share(row: Image) -> Iterator[Share]:
        yield (row["programme_id"], table, row.get("kind", ""), row.get("state", "")), (1,)

    return share


for counted in COUNTED:
    rollup(
        Rollup(
            source=counted,
            table=ListCount,
            keys=("programme_id", "table", "kind", "state"),
            sums=("records",),
            share=_share_of(counted._meta.label_lower),
            within={"table": counted._meta.label_lower},
        )
    )
