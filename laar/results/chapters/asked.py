"""A list as somebody asked for it: what an address says, the rows that answer it, and one page of them."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from laar.base.access import sees_all, visible
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.queries import communes_of
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import Cell, Column
from laar.results.chapters.filters import Filter, Options, cleaned

#: How many rows a page has.
PAGE = 50
#: How many communes are offered at once; of more only the districts, and the communes of the chosen one.
FEW_PLACES = 60
#: How many rows are read at once where all of them are wanted.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a list: its key, and what its cells hold."""

    key: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the signs that lead to the pages beside it; empty where there is none."""

    rows: list[Row]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Asked:
    """A chapter, asked by a reader about a programme."""

    chapter: Chapter
    programme: Programme
    eyes: Eyes
    #: What the address says, by the names of filters, as it was typed.
    given: Mapping[str, str]
    order: str

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """By what this reader may ask."""
        return self.chapter.filters_for(self.eyes)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What this reader is shown."""
        return self.chapter.columns_for(self.eyes)

    @cached_property
    def _cleaned(self) -> tuple[dict[str, Any], dict[str, Refusal]]:
        values: dict[str, Any] = {}
        wrong: dict[str, Refusal] = {}
        for one in self.filters:
            if one.name in self.given:
                try:
                    values[one.name] = cleaned(one, self.given[one.name], self.programme)
                except Refusal as no:
                    wrong[one.name] = no
        if isinstance(values.get("from"), date) and isinstance(values.get("to"), date):
            since, until = values["from"], values["to"]
            if until < since:
                wrong["to"] = Refusal("list.reversed", since=since, until=until)
        return values, wrong

    @property
    def values(self) -> dict[str, Any]:
        """What was meant by what was typed, where that can be read."""
        return self._cleaned[0]

    @property
    def wrong(self) -> dict[str, Refusal]:
        """What can't be read, and why, by the names of the filters."""
        return self._cleaned[1]

    def must_be_right(self) -> None:
        """Refuse to give anything out while a filter is wrong. Raises Refusal `list.filter_wrong`."""
        for no in self.wrong.values():
            raise Refusal("list.filter_wrong", why=no.text)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The records that answer, as far as this reader may see them; none while a filter is wrong."""
        rows = self.chapter.rows(self.programme)
        if self.wrong:
            return rows.none()
        return visible(self.eyes, narrowed(self.filters, rows, self.values))

    @cached_property
    def sees_all(self) -> bool:
        """Whether nothing of the list is closed to this reader."""
        return sees_all(self.eyes, self.chapter.model, self.programme)

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.given)

    @cached_property
    def options(self) -> dict[str, Options]:
        """What can be chosen, by the names of the filters; the number of questions does not grow with the rows."""
        return {
            one.name: places_of(self.programme, self.given.get(one.name, ""))
            if one.kind == "place"
            else one.options(self.programme)
            for one in self.filters
            if one.kind in ("choice", "place")
        }

    def page(self, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
        """One page: the first one, the one after a sign, or the one before it.

        It goes on from the last record shown, not from a number of rows, so nothing is shown twice or left out while
        others write. Raises Refusal `list.page_unknown`.
        """
        path, falls = self._way
        back = bool(before) and not after
        up = falls == back  # do the values grow on the way that is read?
        sign = after or before
        rows = _beyond(self.rows, path, _read_sign(sign), up=up) if sign else self.rows
        ordered = rows.order_by(*_order(path, not up))
        try:
            found = self._read(ordered[: size + 1], path)
        except (ValueError, ValidationError):
            raise Refusal("list.page_unknown") from None
        more, found = len(found) > size, found[:size]
        if back:
            found.reverse()
        return Page(
            [row for row, _ in found],
            before=_sign(found[0]) if found and (more if back else bool(after)) else "",
            after=_sign(found[-1]) if found and (back or more) else "",
        )

    def every_row(self, most: int) -> Iterator[Row]:
        """All rows, in their order, read in pieces. Raises Refusal `list.too_many` before the first one."""
        self.must_be_right()
        if self.rows.order_by("pk").values_list("pk")[most : most + 1]:
            raise Refusal("list.too_many", most=f"{most:,}")
        return self._in_pieces()

    def _in_pieces(self) -> Iterator[Row]:
        path, falls = self._way
        values = self.rows.order_by(*_order(path, falls)).values_list(*self._paths(path)).iterator(CHUNK)
        while piece := list(islice(values, CHUNK)):
            yield from (row for row, _ in self._made(piece))

    @property
    def _way(self) -> tuple[str, bool]:
        """The path by which the list is put in order, and whether the last comes first."""
        return self.order.removeprefix("-"), self.order.startswith("-")

    def _paths(self, path: str) -> tuple[str, ...]:
        return ("pk", path, *(path for column in self.columns for path in column.paths))

    def _read(self, rows: QuerySet[Any], path: str) -> list[tuple[Row, Any]]:
        return self._made(list(rows.values_list(*self._paths(path))))

    def _made(self, found: Sequence[Sequence[Any]]) -> list[tuple[Row, Any]]:
        """The rows of some values, each with what it is put in order by."""
        keys = [values[0] for values in found]
        looked_up = {column.name: column.find(keys) for column in self.columns if column.find}
        made = []
        for values in found:
            place, cells = 2, []
            for column in self.columns:
                width = len(column.paths)
                if column.find:
                    cells.append(looked_up[column.name].get(values[0]))
                else:
                    cells.append(column.cell(values[place : place + width]))
                place += width
            made.append((Row(values[0], tuple(cells)), values[1]))
        return made


def ask(chapter: Chapter, programme: Programme, eyes: Eyes, said: Mapping[str, str]) -> Asked:
    """What an address says of a list: its filters, and its order where it may be put in order like that."""
    asked = Asked(chapter, programme, eyes, {}, chapter.order)
    given = {one.name: said[one.name].strip() for one in asked.filters if said.get(one.name, "").strip()}
    order = order_named(asked.columns, said.get("sort", "")) or chapter.order
    return replace(asked, given=given, order=order)


def order_named(columns: Sequence[Column], name: str) -> str:
    """The order that an address calls by a column, `-` before it where the last comes first; empty where there is none."""
    for column in columns:
        if column.sort and column.name == name.removeprefix("-"):
            return ("-" if name.startswith("-") else "") + column.sort
    return ""


def narrowed(filters: Sequence[Filter], rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
    """The rows for which every filter holds."""
    for one in filters:
        if one.name in values:
            rows = one.narrow(rows, values[one.name])
    return rows


def places_of(programme: Programme, chosen: str) -> list[tuple[str, Name]]:
    """The places of a programme that can be chosen, the communes below their district.

    Where a programme works in very many communes, its districts, and the communes of the district that is chosen.
    """
    columns = [f"place__{up}{name}" for up in ("", "parent__") for name in ("code", "name_en", "name_km")]
    every = communes_of(programme).select_related(None).values_list(*columns).distinct()
    found = list(every[: FEW_PLACES + 1])
    if len(found) > FEW_PLACES:
        near = list(every.filter(place__code__startswith=chosen[:4])) if len(chosen) >= 4 else []
        districts = every.order_by("place__parent__code").values_list(*columns[3:], *columns[3:]).distinct()
        found = sorted({*districts, *near}, key=lambda one: one[0])
    places: dict[str, Name] = {}
    for code, en, km, parent, parent_en, parent_km in found:
        places.setdefault(parent, Name(en=parent_en or parent_km, km=parent_km or parent_en))
        places.setdefault(code, Name(en=en or km, km=km or en))
    return sorted(places.items())


def _order(path: str, falls: bool) -> tuple[str, ...]:
    sign = "-" if falls else ""
    return (f"{sign}{path}",) if path in ("id", "pk") else (f"{sign}{path}", f"{sign}pk")


def _beyond(rows: QuerySet[Any], path: str, sign: tuple[Any, int], *, up: bool) -> QuerySet[Any]:
    """The rows after a place in the order: `up` where the values grow on the way. The first condition is for the index."""
    value, key = sign
    than = "gt" if up else "lt"
    if path in ("id", "pk"):
        return rows.filter(**{f"pk__{than}": key})
    try:
        return rows.filter(
            Q(**{f"{path}__{than}e": value}) & (Q(**{f"{path}__{than}": value}) | Q(**{f"pk__{than}": key}))
        )
    except (ValueError, TypeError, ValidationError):
        raise Refusal("list.page_unknown") from None


def _sign(found: tuple[Row, Any]) -> str:
    """Where a row stands in the order, as an address writes it; nobody has to read it."""
    row, value = found
    said = json.dumps([value.isoformat() if isinstance(value, date) else value, row.key], separators=(",", ":"))
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


#: No value of an order is longer; brackets without end would exhaust the reader of JSON.
LONGEST_SIGN = 1000


def _read_sign(sign: str) -> tuple[Any, int]:
    if len(sign) > LONGEST_SIGN:
        raise Refusal("list.page_unknown")
    try:
        value, key = json.loads(urlsafe_b64decode(sign + "=" * (-len(sign) % 4)))
    except (ValueError, TypeError, binascii.Error):
        raise Refusal("list.page_unknown") from None
    if not isinstance(key, int) or not isinstance(value, str | int):
        raise Refusal("list.page_unknown")
    return value, key
