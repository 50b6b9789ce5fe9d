"""Closing months and years, and opening them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.names import Name, clean, listed
from laar.kit.periods import Period, month, year
from laar.kit.refusals import Refusal
from laar.ledger.models import Book, Closing
from laar.ledger.queries import Looked, checklist, closed_year, last_closed, year_checklist
from laar.ledger.rules import CLOSING
from laar.ledger.rules.closing import in_turn


@action("month.close")
def close_month(
    book: Book,
    since: date,
    *,
    explained: Mapping[str, str] | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Closing:
    """Close a month of a book: from then on it takes no posting in, whoever writes.

    The book is held while its list is looked at, so no entry comes between. `explained` says, by point, why the month
    is closed without it. Raises Refusal `month.not_over`, `month.out_of_turn`, `month.points_open`.
    """
    span = month(since)
    with act(by, "month.close", book, on=on, command=command) as step:
        book = step.subject
        in_turn(book, span.since)
        points = _settled(checklist(book, span), explained or {})
        closing = step.create(_closing(book, span, "month", points, by=by, on=on))
        book.open_from = span.until
        step.save(book)
        return closing


@action("year.close")
def close_year(
    book: Book,
    number: int,
    *,
    explained: Mapping[str, str] | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Closing:
    """Close a year whose months are all closed: they are not opened again one by one.

    Raises Refusal `month.not_over`, `month.points_open`, `record.already_there`.
    """
    span = year(number)
    with act(by, "year.close", book, on=on, command=command) as step:
        book = step.subject
        points = _settled(year_checklist(book, span), explained or {})
        return step.create(_closing(book, span, "year", points, by=by, on=on))


def _settled(points: Sequence[Looked], explained: Mapping[str, str]) -> list[Looked]:
    """The list with what explains it; refused while something is neither met nor explained."""
    said = [Looked(one.point, one.finding, clean(explained.get(one.point.key, ""))) for one in points]
    left = [one.point.name for one in said if not one.is_done]
    if left:
        raise Refusal("month.points_open", points=listed(left))
    return said


def _closing(book: Book, span: Period, kind: str, points: Sequence[Looked], *, by: User, on: date) -> Closing:
    """The closing with its list as it stood; a month ends before it is closed."""
    assert span.until
    if on < span.until - timedelta(days=1):
        raise Refusal("month.not_over", month=f"{span.since:%Y-%m}" if kind == "month" else f"{span.since:%Y}")
    return Closing(
        programme_id=book.programme_id,
        book=book,
        kind=kind,
        since=span.since,
        until=span.until,
        closed_by=by,
        found={one.point.key: _kept(one) for one in points},
    )


def _kept(one: Looked) -> dict[str, Any]:
    said: dict[str, Any] = {
        "is_met": one.finding.is_met,
        "text": {"en": one.finding.text.en, "km": one.finding.text.km},
    }
    return said if one.finding.is_met else {**said, "why": one.why}


@action("closing.reopen")
def reopen_closing(
    closing: Closing, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Closing:
    """Open the month that was closed last, or a year, again; the manager says why, and the auditor reads it.

    Raises Refusal `month.reason_missing`, `month.not_the_last`, `month.of_a_closed_year`.
    """
    with act(by, "closing.reopen", closing, on=on, command=command, seen=seen) as step:
        closing = step.subject
        book = step.lock(closing.book)
        if closing.kind == "month" and closing.state == "closed":
            if (last := last_closed(book)) and last.pk != closing.pk:
                raise Refusal("month.not_the_last", last=last.name)
            if closed_year(book, closing.since):
                raise Refusal("month.of_a_closed_year", record=closing.name)
        CLOSING.move(closing, "reopen", reason=reason)
        closing.reason_en, closing.reason_km = clean(reason.en), clean(reason.km)
        step.save(closing)
        if closing.kind == "month":
            book.open_from = closing.since if _one_before(book, closing) else None
            step.save(book)
        return closing


def _one_before(book: Book, closing: Closing) -> bool:
    """Whether a month before it is closed still; without one the book is open from its beginning."""
    return book.closings.filter(kind="month", state="closed", since__lt=closing.since).exists()
