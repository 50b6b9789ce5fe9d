"""The files of the story: who, where, when, how much. Every number in them is made up; only their sums are not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from laar.kit.names import Name

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


@cache
def rows(file: str) -> tuple[Row, ...]:
    """The rows of a data file."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def keyed(file: str, column: str = "key") -> dict[str, Row]:
    """The rows of a data file by one of its columns."""
    return {row[column]: row for row in rows(file)}


def of_commune(file: str, code: str) -> Iterator[Row]:
    """The rows of a data file that are about a commune."""
    return (row for row in rows(file) if row["commune"] == code)


def texts() -> dict[str, Any]:
    """The words of the published sheet."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "sheet.yml").read_text(encoding="utf-8"))
    return loaded


def stories() -> list[dict[str, Any]]:
    """The stories, with their texts."""
    loaded: list[dict[str, Any]] = yaml.safe_load((DATA / "stories.yml").read_text(encoding="utf-8"))
    return loaded


def pair(row: dict[str, str], stem: str = "") -> Name:
    """A pair of names from a row: `title` reads `title_en` and `title_km`."""
    stem = f"{stem}_" if stem else ""
    return Name(en=row[f"{stem}en"], km=row[f"{stem}km"])


def day(text: str) -> date:
    """A day of a data file."""
    return date.fromisoformat(text)


def later(on: date, days: int) -> date:
    """So many days later, or on the Monday after where that is a weekend."""
    then = on + timedelta(days)
    return then + timedelta(7 - then.weekday()) if then.weekday() > 4 else then
