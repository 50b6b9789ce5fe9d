"""Ink on paper: letters, signatures, thumbprints and stamps as little masks that are laid on a picture.

A mask is drawn once, large, and made small, so that its edges are soft; the letters of a few hands are kept. Writing a
line is then no more than laying down masks, which is what makes a thousand papers cheap.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from laar.demo.hand import Hand, Stroke, curve_of

#: How many people's hands there are, and how often each has written every letter.
HANDS, TURNS = 4, 2
#: A mask is drawn this much larger.
FINE = 4

Colour = tuple[int, int, int]
INKS: tuple[Colour, ...] = ((35, 53, 127), (31, 42, 99), (43, 69, 149), (42, 44, 58))
RED: Colour = (176, 42, 44)


def mask_of(strokes: list[Stroke], unit: float, thick: float) -> tuple[Image.Image, int, int]:
    """Strokes as a mask, one of their units being `unit` pixels, and where its corner lies from their zero."""
    lines = [[(x * unit * FINE, y * unit * FINE) for x, y in curve_of(stroke)] for stroke in strokes]
    pen = max(1, round(thick * FINE))
    left = FINE * math.floor((min(x for line in lines for x, _ in line) - pen) / FINE)
    top = FINE * math.floor((min(y for line in lines for _, y in line) - pen) / FINE)
    wide = math.ceil((max(x for line in lines for x, _ in line) + pen - left) / FINE)
    high = math.ceil((max(y for line in lines for _, y in line) + pen - top) / FINE)
    large = Image.new("L", (wide * FINE, high * FINE))
    draw = ImageDraw.Draw(large)
    for line in lines:
        draw.line([(x - left, y - top) for x, y in line], fill=235, width=pen, joint="curve")
    return large.reduce(FINE), left // FINE, top // FINE


@lru_cache(maxsize=6000)
def letter(hand: int, turn: int, char: str, cap: int) -> tuple[Image.Image | None, int, int, float]:
    """A letter of one of the hands: its mask, where it lies from the base line, how far it reaches."""
    owner = Hand(Random(f"hand {hand}"))
    owner.random = Random(f"{hand} {turn} {char}")
    strokes, width = owner.letter(char)
    unit = cap / 9
    if not strokes:
        return None, 0, 0, width * unit
    mask, dx, dy = mask_of([[(x, y + 4) for x, y in stroke] for stroke in strokes], unit, cap * 0.11)
    return mask, dx, dy, width * unit


def plain(text: str) -> str:
    """What a hand writes: accents are left off."""
    spelled = unicodedata.normalize("NFD", text.replace("€", "EUR").replace("…", "..."))
    return "".join(char for char in spelled if not unicodedata.combining(char))


def width_of(text: str, hand: int, cap: float) -> float:
    """How long a text is when written."""
    return sum(letter(hand, 0, char, round(cap))[3] for char in plain(text))


def broken(text: str, hand: int, cap: float, width: float) -> list[str]:
    """A text in lines that are not longer than the width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, hand, cap) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Page:
    """A picture of a sheet that lies a little askew; places are in millimetres from its corner."""

    def __init__(self, picture: Image.Image, scale: float, skew: float, random: Random) -> None:
        self.picture, self.scale, self.random = picture, scale, random
        self.draw = ImageDraw.Draw(picture)
        self._sine = math.sin(math.radians(skew))
        self._middle = picture.width / 2, picture.height / 2

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the sheet lies in the picture."""
        x, y = x * self.scale - self._middle[0], y * self.scale - self._middle[1]
        return self._middle[0] + x - y * self._sine, self._middle[1] + y + x * self._sine

    def lay(self, mask: Image.Image, x: float, y: float, ink: Colour) -> None:
        """Lay a mask down in ink, its corner at a place in the picture."""
        self.picture.paste(ink, (round(x), round(y)), mask)

    def write(self, x: float, y: float, text: str, *, hand: int, ink: Colour, cap: float = 2.7) -> None:
        """Write a line on the base line `y`."""
        along, size = 0.0, max(7, round(cap * self.scale))
        for char in plain(text):
            mask, dx, dy, width = letter(hand, self.random.randrange(TURNS), char, size)
            if mask:
                px, py = self.at(x + along / self.scale, y)
                self.lay(mask, px + dx, py + dy + self.random.uniform(-0.4, 0.4), ink)
            along += width

    def say(self, x: float, y: float, text: str, *, size: float, ink: Colour, anchor: str = "ls") -> None:
        """Print a line, word by word, so that it lies askew with the sheet."""
        font, text = typeface(size), text.replace("–", "-")
        if anchor != "ls":
            long = font.getlength(text) / self.scale
            x -= long / 2 if anchor == "ms" else long
        for word in text.split():
            self.draw.text(self.at(x, y), word, font=font, fill=ink, anchor="ls")
            x += font.getlength(word + " ") / self.scale

    def sign(self, x: float, y: float, name: str, *, width: float = 30) -> None:
        """Sign above the place, around its middle."""
        strokes = Hand(Random(f"{name} {self.random.random()}")).signature(name)
        unit = width * self.scale / 62
        mask, dx, dy = mask_of([[(px - 28, py + 4) for px, py in stroke] for stroke in strokes], unit, 1.3)
        px, py = self.at(x, y)
        self.lay(mask, px + dx, py + dy, self.random.choice(INKS))

    def thumb(self, x: float, y: float, *, height: float = 12) -> None:
        """Put a thumb around the place."""
        mask = thumbprint(self.random.randrange(12), round(height * self.scale))
        px, py = self.at(x, y)
        self.lay(mask, px - mask.width / 2, py - mask.height / 2, RED)

    def tick(self, x: float, y: float, ink: Colour) -> None:
        """Tick a box."""
        mask, dx, dy = mask_of(Hand(self.random).tick(), 0.4 * self.scale, 1.9)
        px, py = self.at(x, y)
        self.lay(mask, px + dx, py + dy, ink)

    def stamp(self, x: float, y: float, text: str, *, size: float = 29) -> None:
        """Stamp around the place."""
        if text:
            mask = stamp(text.upper(), self.random.randrange(3), round(size * self.scale))
            px, py = self.at(x, y)
            self.lay(mask, px - mask.width / 2, py - mask.height / 2, RED)


@lru_cache(maxsize=40)
def typeface(size: float) -> ImageFont.FreeTypeFont:
    """The typeface inside Pillow: the same on every machine."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@lru_cache(maxsize=64)
def thumbprint(number: int, height: int) -> Image.Image:
    """One of the thumbprints."""
    strokes = Hand(Random(f"thumb {number}")).thumbprint()
    mask, _, _ = mask_of(strokes, height / 40, height / 40 * 1.1)
    mask = mask.rotate(Random(number).uniform(-14, 14), Image.Resampling.BICUBIC, expand=True)
    return mask.point([level * 85 // 100 for level in range(256)])


@lru_cache(maxsize=128)
def stamp(text: str, turn: int, size: int) -> Image.Image:
    """The round stamp of an office that does not exist, with the places where its ink did not take."""
    random, big = Random(f"{text} {turn}"), size * 2
    mask = Image.new("L", (big, big))
    draw, middle, r = ImageDraw.Draw(mask), big / 2, big / 2 - 2
    for radius, thick in ((r, 5), (r * 0.93, 2), (r * 0.6, 3)):
        draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=220, width=thick)
    for y in (-0.2, 0.2):
        draw.line((middle - r * 0.43, middle + y * r, middle + r * 0.43, middle + y * r), fill=200, width=3)
    draw.text((middle, middle), "DEMO", font=typeface(r * 0.3), fill=215, anchor="mm")
    step = min(13.0, 318 / max(len(text), 1))
    font = typeface(min(r * 0.2, r * math.radians(step) * 1.2))
    for place, char in enumerate(text):
        angle = (place - (len(text) - 1) / 2) * step
        glyph = Image.new("L", (40, 40))
        ImageDraw.Draw(glyph).text((20, 20), char, font=font, fill=random.randint(150, 235), anchor="mm")
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x, y = middle + r * 0.77 * math.sin(math.radians(angle)), middle - r * 0.77 * math.cos(math.radians(angle))
        mask.paste(255, (round(x - 20), round(y - 20)), glyph)
    for _ in range(14):
        x, y, blot = random.uniform(0, big), random.uniform(0, big), random.uniform(2, 9)
        draw.ellipse((x - blot, y - blot / 2, x + blot, y + blot / 2), fill=0)
    mask = mask.rotate(random.uniform(-24, 24), Image.Resampling.BICUBIC).reduce(2)
    return mask.point([level * 78 // 100 for level in range(256)])
