"""Entering limits: up to what something may go, from which day, and who says so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Programme, User
from laar.kit.money import Money
from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Fund, Limit
from laar.ledger.rules import LIMITS, SHARES
from laar.ledger.rules.budgets import is_possible


@action("limit.set")
def set_limit(
    programme: Programme,
    kind: str,
    *,
    since: date,
    source: str,
    fund: Fund | None = None,
    amount: Money | None = None,
    percent: int | None = None,
    days: int | None = None,
    until: date | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Limit:
    """Enter a limit with the days on which it holds (`until` is the first without it), and who says so.

    `percent` is in 1/100 %. The one that held before for the same thing ends where this one begins; neither is
    overwritten. Raises Refusal `limit.value`, `limit.absurd`, `limit.source_missing`, `period.reversed`.
    """
    with act(by, "limit.set", programme, on=on, command=command) as step:
        if not clean(source):
            raise Refusal("limit.source_missing")
        given = [value for value in (amount, percent, days) if value is not None]
        fits = (percent is None or kind in SHARES) and (days is not None) == (kind == "advance")
        if len(given) != 1 or not fits or (kind == "reallocation" and percent is None):
            raise Refusal("limit.value", kind=LIMITS.get(kind, kind))
        is_possible(kind, amount=amount, percent=percent, days=days)
        if until and until <= since:
            raise Refusal("period.reversed")
        before = Limit.objects.filter(programme=programme, kind=kind, fund=fund, since__lt=since, until__isnull=True)
        for one in before:
            ended = step.lock(one)
            ended.until = since
            step.save(ended)
        return step.create(
            Limit(
                programme=step.subject,
                kind=kind,
                fund=fund,
                currency=amount.currency if amount else "",
                units=amount.units if amount else None,
                percent=percent,
                days=days,
                since=since,
                until=until,
                source=clean(source),
            )
        )
