"""Charts made of type and rules, drawn by the server: here the geometry, in `parts/charts/` the drawing.

Whoever shows one brings the numbers and how they are said; nothing here asks for any. Coordinates are whole numbers,
because a page in Khmer would write a fraction with a comma. Every chart knows its own table: nobody has to see a drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laar.kit.names import Name

#: How a tile is filled. Each can be told from the others without colour.
Fill = Literal["solid", "half", "hatched", "none", ""]


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it is said, and where it opens."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart's table."""

    label: Name
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What every chart has: what it shows, in a few words."""

    title: Name

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """What stands over the columns of its table."""
        return ("", _("Value"))

    @property
    def rows(self) -> list[Row]:
        """The same numbers as a table."""
        raise NotImplementedError


# ── bullet bars: what was reached, and the upright of what was promised ─────────────────────────────────────────────

#: The length of a bar.
BAR = 320


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bar: how long, and where the promise stands. Both in one unit, whichever it is."""

    label: Name
    value: int
    target: int
    reached: Reading
    promised: Reading


@dataclass(frozen=True, slots=True)
class Bullets(Chart):
    """Bars of one kind below each other; each has a scale of its own, up to what was promised or reached."""

    bullets: tuple[Bullet, ...]

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """Reached, promised."""
        return ("", _("Reached"), _("Promised"))

    @property
    def rows(self) -> list[Row]:
        """A line for each bar."""
        return [Row(one.label, (one.reached, one.promised)) for one in self.bullets]

    @property
    def drawn(self) -> list[tuple[Bullet, int, int]]:
        """Each bar with its length and the place of its upright."""
        return [(one, *_to_scale((one.value, one.target), BAR)) for one in self.bullets]


# ── money by source: the project's solid, the commune's own hatched ─────────────────────────────────────────────────

#: Width and height of the bar, and how far its hatching lines are apart.
WIDTH, HEIGHT, APART = 640, 28, 12


@dataclass(frozen=True, slots=True)
class Source:
    """Money from one source, in 1/10 000 of one currency."""

    label: Name
    units: int
    said: Reading
    #: The commune's own: hatched on every page and on paper, never a paler shade of somebody else's.
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class MoneyBar(Chart):
    """What something cost, by who paid it."""

    sources: tuple[Source, ...]

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """Source, amount."""
        return (_("Source"), _("Amount"))

    @property
    def rows(self) -> list[Row]:
        """A line for each source."""
        return [Row(one.label, (one.said,)) for one in self.sources]

    @property
    def drawn(self) -> list[tuple[Source, int, int]]:
        """Each source with where its piece begins and how wide it is."""
        total = sum(one.units for one in self.sources) or 1
        ends, sofar = [0], 0
        for one in self.sources:
            sofar += one.units
            ends.append(WIDTH * sofar // total)
        return [(one, start, end - start) for one, (start, end) in zip(self.sources, pairwise(ends), strict=True)]

    @property
    def hatching(self) -> str:
        """The lines of a hatched piece, as a path over the whole bar."""
        return hatching(WIDTH, HEIGHT, APART)


# ── a step line: money as it went out ───────────────────────────────────────────────────────────────────────────────

#: The field of the line; to its right stands the last value, below it the years.
LEFT, RIGHT, TOP, BOTTOM = 8, 236, 16, 150


@dataclass(frozen=True, slots=True)
class Point:
    """How much it was altogether from this day on."""

    day: date
    value: int
    said: Reading


@dataclass(frozen=True, slots=True)
class Steps(Chart):
    """A sum that grows by steps. Between two days nothing happened, so the line is level there."""

    points: tuple[Point, ...]
    since: date
    until: date

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """Day, altogether."""
        return (_("Day"), _("Altogether"))

    @property
    def days(self) -> list[tuple[date, Reading]]:
        """A line for each step, by its day."""
        return [(point.day, point.said) for point in self.points]

    @property
    def line(self) -> str:
        """The path of the line."""
        path = [f"M{LEFT} {BOTTOM}"]
        path += [f"H{self._x(point.day)}V{self._y(point.value)}" for point in self.points]
        return "".join([*path, f"H{RIGHT}"])

    @property
    def end(self) -> int:
        """How high it ends."""
        return self._y(self.points[-1].value) if self.points else BOTTOM

    @property
    def years(self) -> list[tuple[int, int]]:
        """Each new year within the time, and where it stands."""
        first = self.since.year if self.since == date(self.since.year, 1, 1) else self.since.year + 1
        return [(year, self._x(date(year, 1, 1))) for year in range(first, self.until.year + 1)]

    def _x(self, day: date) -> int:
        whole = max((self.until - self.since).days, 1)
        return LEFT + (RIGHT - LEFT) * min(max((day - self.since).days, 0), whole) // whole

    def _y(self, value: int) -> int:
        most = max((point.value for point in self.points), default=0) or 1
        return BOTTOM - (BOTTOM - TOP) * value // most


# ── slopes: before and after ────────────────────────────────────────────────────────────────────────────────────────

#: Of one slope: where its two uprights stand, its highest and its lowest line.
BEFORE, AFTER, HIGH, LOW = 40, 120, 14, 70


@dataclass(frozen=True, slots=True)
class Slope:
    """One thing measured twice."""

    label: Name
    before: int
    after: int
    said_before: Reading
    said_after: Reading

    @property
    def fell(self) -> bool:
        """Whether it is less than before: then the line is broken."""
        return self.after < self.before


@dataclass(frozen=True, slots=True)
class Slopes(Chart):
    """Several things measured twice, on one scale from `least` to `most`."""

    slopes: tuple[Slope, ...]
    least: int
    most: int

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """Before, after."""
        return ("", _("Before"), _("After"))

    @property
    def rows(self) -> list[Row]:
        """A line for each."""
        return [Row(one.label, (one.said_before, one.said_after)) for one in self.slopes]

    @property
    def drawn(self) -> list[tuple[Slope, int, int]]:
        """Each slope with the heights of its two ends."""
        return [(one, self._y(one.before), self._y(one.after)) for one in self.slopes]

    def _y(self, value: int) -> int:
        return LOW - (LOW - HIGH) * (value - self.least) // max(self.most - self.least, 1)


# ── places: a strip by district, and a schematic map ────────────────────────────────────────────────────────────────

#: The side of a tile on the map, the gap beside it: with both a finger meets one tile only.
TILE, GAP = 44, 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: its short code, its name, how it stands, where it opens; on a map also its column and its row."""

    code: str
    name: Name
    fill: Fill
    stands: Name
    address: str
    column: int = 0
    row: int = 0

    @property
    def x(self) -> int:
        """Where it begins, from the left."""
        return self.column * (TILE + GAP)

    @property
    def y(self) -> int:
        """Where it begins, from above."""
        return self.row * (TILE + GAP)


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one district."""

    name: Name
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Strip(Chart):
    """All places of a programme, by district; the key says what the fills mean."""

    groups: tuple[Group, ...]
    key: tuple[tuple[Fill, Name], ...]

    @property
    def heads(self) -> tuple[str | Promise, ...]:
        """Place, how it stands."""
        return (_("Place"), _("How it stands"))

    @property
    def tiles(self) -> list[Tile]:
        """All of them."""
        return [tile for group in self.groups for tile in group.tiles]

    @property
    def width(self) -> int:
        """How wide the map is."""
        return max((tile.x for tile in self.tiles), default=0) + TILE

    @property
    def height(self) -> int:
        """How high the map is."""
        return max((tile.y for tile in self.tiles), default=0) + TILE

    @property
    def hatching(self) -> str:
        """The lines of a hatched tile, within its edges."""
        return "".join(
            f"M{max(0, at - TILE)} {min(at, TILE)}L{min(at, TILE)} {max(0, at - TILE)}" for at in range(6, 2 * TILE, 6)
        )


def hatching(width: int, height: int, apart: int) -> str:
    """Slanting lines over a rectangle, as a path; what is beyond its edges has to be cut off."""
    return "".join(f"M{x} {height}l{height} -{height}" for x in range(-height + apart // 2, width, apart))


def _to_scale(values: Sequence[int], length: int) -> tuple[int, int]:
    most = max(*values, 1)
    value, target = (length * max(one, 0) // most for one in values)
    return value, target
