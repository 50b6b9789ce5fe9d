"""Spans of days. Every period is half-open, `[since, until)`: the day it ends is the first day of the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` up to, not including, `until`; an open end is None."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"a period ends after it begins: {self.since} – {self.until}")

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (other.until is None or self.since < other.until) and (self.until is None or other.since < self.until)

    @property
    def last(self) -> date | None:
        """The last day that belongs to it."""
        return self.until - timedelta(days=1) if self.until else None

    def months(self) -> Iterator[date]:
        """The first day of every calendar month that the period touches; refuses an open one."""
        if self.until is None:
            raise ValueError("an open period has no last month")
        month = self.since.replace(day=1)
        while month < self.until:
            yield month
            month = (month + timedelta(days=32)).replace(day=1)


def year(number: int) -> Period:
    """A calendar year, which is also the fiscal year of a commune (Sub-decree 26 of 2002)."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def month(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1))
