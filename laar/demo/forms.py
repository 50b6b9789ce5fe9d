"""Printed forms that people filled in by hand: vouchers, receipts, orders, checklists, lists of those present.

The empty form is drawn once for its labels and laid askew; what the hands did is laid on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from random import Random

from laar.demo.blank import HEADING, LOOKS, MOST_ROWS, RIGHT, SCALE, SKEWS, TOP, WIDE, Blank, Field, Look, empty
from laar.demo.pen import HANDS, INKS, Colour, Page, broken, width_of

#: What takes two lines on a printed form.
LONG = ("for", "request", "opinion", "remarks")
#: How high people write, how long a written line may be, and where it begins.
CAP, LONGEST, INDENT = 2.7, 81.0, 50.0


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands on a form: labels and values, names, phones."""

    kind: str
    title: str
    lines: tuple[tuple[str, str], ...]
    signed: tuple[str, ...]
    phones: tuple[str, ...] = ()
    thumbs: frozenset[int] = frozenset()
    stamp: str = ""
    is_redacted: bool = False


def form(filled: Filled, random: Random) -> bytes:
    """Fill in a form and return the scan as JPEG."""
    look, turn, has_rows = LOOKS[filled.kind], random.randrange(len(SKEWS)), filled.kind == "attendance"
    fields = tuple(_field(filled.kind, label, value) for label, value in filled.lines)
    blank = Blank(filled.kind, fields, turn, has_rows, bool(filled.phones))
    page = Page(empty(blank).copy(), SCALE, SKEWS[turn], random)
    hand, ink = random.randrange(HANDS), random.choice(INKS)
    page.say(12, 16, filled.title, size=19 if len(filled.title) < 44 else 15, ink=look.print)
    _values(page, filled, fields, hand, ink)
    if has_rows:
        page.stamp(WIDE - 30, look.tall - 24, filled.stamp)
        _rows(page, filled, blank, ink)
    else:
        _signatures(page, filled, look)
    scan = BytesIO()
    page.picture.save(scan, "JPEG", quality=52)
    return scan.getvalue()


def _field(kind: str, label: str, value: str) -> Field:
    """The place for a value: a form is printed with two lines for what is usually long."""
    is_ticked = kind == "checklist" and is_tick(value)
    return Field(label, max(len(spread(value, is_ticked)), 2 if label.lower() in LONG else 1), is_ticked)


def is_tick(value: str) -> bool:
    """Whether a value of a checklist begins with yes or no."""
    return value.lower().startswith(("yes", "no,", "no "))


@lru_cache(maxsize=4000)
def spread(value: str, is_ticked: bool) -> tuple[str, ...]:
    """A value in the lines that it takes on the form; of a tick, the remark."""
    if is_ticked:
        return (value.partition(",")[2].strip(),)
    return (value,) if len(value) < 34 else tuple(broken(value, 0, CAP * SCALE, (LONGEST - 2) * SCALE))


def _values(page: Page, filled: Filled, fields: tuple[Field, ...], hand: int, ink: Colour) -> None:
    """Write the values beside their labels."""
    y = TOP
    for field, (_, value) in zip(fields, filled.lines, strict=True):
        lines = spread(value, field.is_ticked)
        if field.is_amount:
            page.write(46, y + 10.2, value, hand=hand, ink=ink, cap=4.2)
        elif field.is_ticked:
            page.tick(80.5 if value.lower().startswith("yes") else 88.5, y + 4.6, ink)
            page.write(97, y + 4.4, lines[0], hand=hand, ink=ink, cap=2.1)
        else:
            longest = max(1, *(width_of(line, hand, CAP * SCALE) for line in lines))
            for place, line in enumerate(lines):
                cap = CAP * min(1.0, LONGEST * SCALE / longest)
                page.write(INDENT, y + 5.4 + 5.2 * place, line, hand=hand, ink=ink, cap=cap)
        y += field.high


def _rows(page: Page, filled: Filled, blank: Blank, ink: Colour) -> None:
    """Each signs on a line of their own; on a redacted copy nobody can be recognised."""
    high = blank.row
    for place, name in enumerate(filled.signed[:MOST_ROWS]):
        y = blank.below + HEADING + high * (place + 0.72)
        if filled.is_redacted:
            _cover(page, blank, y)
            continue
        hand = page.random.randrange(HANDS)
        page.write(21, y, name.removesuffix(" (fictional)"), hand=hand, ink=ink, cap=min(2.5, high * 0.45))
        if filled.phones:
            page.write(73, y, filled.phones[place], hand=hand, ink=ink, cap=min(2.1, high * 0.4))
        if place in filled.thumbs:
            page.thumb(118, y - high * 0.2, height=min(10.0, high * 1.25))
        else:
            page.sign(118, y, name, width=min(30.0, high * 4.2))


def _cover(page: Page, blank: Blank, y: float) -> None:
    """Lay black bars over what somebody wrote."""
    starts = [x for x, _ in blank.columns[1:]]
    for start, end in zip(starts, [*starts[1:], RIGHT], strict=True):
        corners = page.at(start + 1, y - blank.row * 0.56), page.at(end - 2, y + blank.row * 0.16)
        page.draw.rectangle(corners, fill=(24, 23, 22))


def _signatures(page: Page, filled: Filled, look: Look) -> None:
    """Names with their marks above, at the foot of the form."""
    count = len(filled.signed)
    columns = max(1, min(count, 3))
    for place, name in enumerate(filled.signed):
        x = 12 + (WIDE - 24) * (place % columns + 0.5) / columns
        y = look.tall - 15 - 24 * ((count - 1) // 3 - place // 3)
        if place in filled.thumbs:
            page.thumb(x, y - 7)
        else:
            page.sign(x, y - 3, name)
        page.draw.line((*page.at(x - 19, y), *page.at(x + 19, y)), fill=look.print)
        page.say(x, y + 4, name, size=10, ink=look.print, anchor="ms")
    if filled.stamp:
        page.stamp(12 + (WIDE - 24) * 0.5 / columns - 12, look.tall - 22, filled.stamp)
