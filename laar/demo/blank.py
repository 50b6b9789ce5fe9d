"""Empty forms on the glass of a scanner: the paper, what is printed on it, a little askew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from laar.demo.pen import Colour, typeface

#: Pixels of a millimetre: about 105 to the inch, as the scanners of the time were set to keep files small.
SCALE = 4.14
WIDE, TALL, EDGE = 148.0, 210.0, 5.0
LEFT, RIGHT, TOP = 12.0, 136.0, 22.0
BED: Colour = (222, 218, 208)
GREY: Colour = (92, 87, 79)
SHADOWS = ((0.9, (177, 172, 160)), (0.6, (195, 190, 178)), (0.3, (210, 205, 193)))
FOOT = "Demonstration: drawn, not scanned. Persons and amounts are fictional."
#: How each kind lies on the glass, in degrees.
SKEWS = (-0.55, 0.35, 0.6)
#: How many people sign on one sheet, and how high its heading is.
MOST_ROWS, HEADING = 36, 9.0
#: An empty form is drawn this much larger and then made small, so that its lines are soft.
FINE = 2


@dataclass(frozen=True, slots=True)
class Look:
    """The paper and the print of a form, and how high a sheet of it is."""

    paper: Colour
    print: Colour
    tall: float = TALL


LOOKS = {
    "voucher": Look((240, 243, 232), (47, 107, 79), 152),
    "receipt": Look((246, 233, 196), (122, 74, 82), 132),
    "order": Look((238, 241, 245), (58, 84, 124), 152),
    "slip": Look((243, 240, 236), (84, 78, 72), 132),
    "checklist": Look((243, 244, 238), (75, 90, 85)),
    "attendance": Look((245, 241, 229), (70, 66, 60)),
    "headcount": Look((245, 241, 229), (70, 66, 60), 132),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A place on a form for a value: its label, how many lines it has, whether it is a yes or a no."""

    label: str
    lines: int = 1
    is_ticked: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it is the box for the amount."""
        return self.label.lower().startswith("amount")

    @property
    def high(self) -> float:
        """How high it is."""
        if self.is_amount:
            return 15.0
        return 2.4 + 3.9 * self.lines if self.is_ticked else 3.0 + 5.2 * self.lines


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty form: its kind, its fields, whether people sign in rows, and how it lies."""

    kind: str
    fields: tuple[Field, ...]
    turn: int
    has_rows: bool = False
    has_phones: bool = False

    @property
    def columns(self) -> tuple[tuple[float, str], ...]:
        """Where the columns begin in which people sign."""
        phone = ((72.0, "Phone"),) if self.has_phones else ()
        return ((LEFT, "No."), (20.0, "Name"), *phone, (102.0, "Signature or thumbprint"))

    @property
    def below(self) -> float:
        """Where the last field ends."""
        return TOP + sum(field.high for field in self.fields)

    @property
    def row(self) -> float:
        """How high a row is in which somebody signs."""
        return (TALL - 22 - self.below - HEADING) / MOST_ROWS


class Board:
    """Where an empty form is drawn, in millimetres."""

    def __init__(self, look: Look) -> None:
        self.look, self.scale = look, SCALE * FINE
        self.picture = Image.new("RGB", (round(WIDE * self.scale), round(look.tall * self.scale)), BED)
        self.draw = ImageDraw.Draw(self.picture)

    def fill(self, x: float, y: float, wide: float, high: float, paint: Colour) -> None:
        """A patch of paint."""
        self.draw.rectangle([part * self.scale for part in (x, y, x + wide, y + high)], fill=paint)

    def box(self, x: float, y: float, wide: float, high: float, *, thick: int = 2) -> None:
        """A box in the form's print."""
        corners = [part * self.scale for part in (x, y, x + wide, y + high)]
        self.draw.rectangle(corners, outline=self.look.print, width=thick)

    def line(self, start: tuple[float, float], end: tuple[float, float], *, thick: int = 2) -> None:
        """A line in the form's print."""
        self.draw.line([part * self.scale for part in (*start, *end)], fill=self.look.print, width=thick)

    def say(self, x: float, y: float, text: str, *, size: float = 21) -> None:
        """Words in the form's print."""
        self.draw.text((x * self.scale, y * self.scale), text, font=typeface(size), fill=self.look.print, anchor="ls")

    def scanned(self, turn: int) -> Image.Image:
        """The form as the scanner saw it; the foot belongs to the picture, not to the paper."""
        picture = self.picture.reduce(FINE).rotate(-SKEWS[turn], Image.Resampling.BICUBIC, fillcolor=BED)
        below = picture.width / 2, picture.height - 5
        ImageDraw.Draw(picture).text(below, FOOT, font=typeface(10.5), fill=GREY, anchor="ms")
        return picture


@lru_cache(maxsize=64)
def empty(blank: Blank) -> Image.Image:
    """The empty form on the glass; drawn once."""
    look = LOOKS[blank.kind]
    board = Board(look)
    x, y, wide, high = EDGE - 1.5, EDGE - 1.5, WIDE - 2 * EDGE + 3, look.tall - 2 * EDGE + 1
    for shift, shade in SHADOWS:
        board.fill(x + shift, y + shift, wide, high, shade)
    board.fill(x, y, wide, high, look.paper)
    board.line((LEFT, 18.5), (RIGHT, 18.5), thick=5)
    y = TOP
    for field in blank.fields:
        _field(board, field, y)
        y += field.high
    if blank.has_rows:
        _rows(board, blank)
    return board.scanned(blank.turn)


def _field(board: Board, field: Field, y: float) -> None:
    if field.is_amount:
        red, green, blue = board.look.paper
        board.fill(LEFT, y + 1, RIGHT - LEFT, field.high - 2, (red - 9, green - 9, blue - 9))
        board.box(LEFT, y + 1, RIGHT - LEFT, field.high - 2, thick=5)
    elif field.is_ticked:
        board.box(LEFT, y, RIGHT - LEFT, field.high)
        for x in (80, 88):
            board.box(x, y + 1, 4, 4)
    else:
        board.line((49, y + field.high - 0.4), (RIGHT, y + field.high - 0.4), thick=1)
    board.say(LEFT + 2, y + 4.9, field.label)


def _rows(board: Board, blank: Blank) -> None:
    """The rows in which people sign."""
    top, high = blank.below + 3, blank.row
    first = blank.below + HEADING
    for x, title in blank.columns:
        board.say(x + 1, top + 4.2, title, size=19)
    board.line((LEFT, top), (RIGHT, top))
    for row in range(MOST_ROWS + 1):
        y = first + row * high
        board.line((LEFT, y), (RIGHT, y))
        if row < MOST_ROWS:
            board.say(LEFT + 2, y + 0.72 * high, str(row + 1), size=18)
    for x in (*(x for x, _ in blank.columns), RIGHT):
        board.line((x, top), (x, first + MOST_ROWS * high))
