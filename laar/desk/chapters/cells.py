"""How a cell is said: on the page as HTML, in a file as what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from laar.desk import said
from laar.desk.shown import tone_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.results.chapters import Cell, Column

Show = Callable[[Any], str]


def shown_in(column: Column) -> Show:
    """How the cells of a column are written as HTML, in the language of the page."""
    language = said.language()
    if column.kind in ("choice", "state"):
        known = {code: escape(str(label)) for code, label in column.choices.items()}
        if column.kind == "state":
            known = {code: _sign(code, label) for code, label in known.items()}
        return lambda cell: known.get(cell, "") if cell is not None else ""
    shows: dict[str, Show] = {
        "name": lambda cell: _name(cell, language),
        "party": lambda cell: _name(cell, language),
        "place": lambda cell: _name(cell, language),
        "day": lambda cell: day_said(cell, language),
        "money": _money,
        "number": lambda cell: escape(said.number(str(cell))),
        "word": lambda cell: _word(cell, language),
    }
    show = shows.get(column.kind, lambda cell: escape(str(cell)))
    return lambda cell: "" if cell is None else show(cell)


def _name(name: Name, language: str) -> str:
    """A name; where the page's language has none, the other one, marked as what it is."""
    own, other = (name.km, name.en) if language == "km" else (name.en, name.km)
    return (
        escape(said.name(name)) if own else f'<span lang="{"en" if language == "km" else "km"}">{escape(other)}</span>'
    )


@lru_cache(maxsize=4096)
def day_said(day: date, language: str) -> str:
    """A day, for people and for machines."""
    return f'<time datetime="{day.isoformat()}">{escape(said.day(day))}</time>'


def _money(amount: Money) -> str:
    return f'<span class="m"><abbr>{escape(amount.currency)}</abbr>{escape(said.amount(amount))}</span>'


def _sign(code: str, label: str) -> str:
    return f'<span class="st {tone_of(code)}">{label}</span>'


def _word(word: Any, language: str) -> str:
    reason = f' <span class="note">{_name(word.reason, language)}</span>' if word.reason.en or word.reason.km else ""
    return _sign(word.code, escape(word.name.say(language))) + reason


def plain(column: Column, cell: Cell) -> str | int | date | Money:
    """What stands in a file for a cell: a text in the language of the page, a number, a day, an amount."""
    if cell is None:
        return ""
    if column.kind in ("choice", "state"):
        return str(column.choices.get(str(cell), cell))
    if isinstance(cell, Name):
        return cell.say(said.language())
    if isinstance(cell, str | int | date | Money):
        return cell
    word, reason = cell.name.say(said.language()), cell.reason.say(said.language())
    return f"{word} – {reason}" if reason else word
