"""The drawn papers of the demo."""

import struct
import zlib
from functools import cache
from typing import Any

import pytest

from laar.demo.hand import LETTERS, read
from laar.demo.paper import KINDS, LARGEST, paper

LINES = [
    ("No.", "014/2009"),
    ("Date", "20 February 2009"),
    ("Filters handed out as listed", "yes, 24 of 24"),
    ("Posted at the commune office", "no, by Friday"),
    ("What was done", "Filters were bought and handed out in four villages; the user groups learned to clean them."),
    ("Amount", "KHR 1,234,500"),
]
SIGNED = ["Keo Sokhom (fictional)", "Chan Sreymom (fictional)", "Meas Vanna (fictional)"]


def drawn(kind: str, **changes: Any) -> bytes:
    words: dict[str, Any] = {
        "title": "Ceramic water filters, Ponley",
        "lines": LINES,
        "signed": SIGNED,
        "seed": "one",
        "thumbprints": 1,
        "stamp": "Commune council of Ponley",
    }
    return paper(kind, **{**words, **changes})


once = cache(drawn)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height, after a look at every checksum."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, names = 8, []
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        assert struct.unpack_from(">I", png, at + 8 + size) == (zlib.crc32(png[at + 4 : at + 8 + size]),)
        if name == b"IDAT":
            pixels = zlib.decompress(png[at + 8 : at + 8 + size])
        names.append(name)
        at += 12 + size
    assert names == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height = struct.unpack_from(">II", png, 16)
    assert len(pixels) == height * (width + 1)
    return width, height


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_small_png_about_900_wide(kind):
    png = once(kind)
    width, height = size_of(png)
    assert 850 <= width <= 950
    assert (height > width) == (kind != "photo")
    assert len(png) < LARGEST


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_give_the_same_bytes_and_another_seed_does_not(kind):
    assert drawn(kind) == once(kind) != drawn(kind, seed="two")


def test_the_kinds_differ():
    assert len({once(kind) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_little_and_odd_words_are_drawn_too(kind):
    size_of(drawn(kind, title="", lines=[], signed=[], thumbprints=0, stamp=""))
    odd = [("ឃុំ", "ពន្លឺ"), ("#label", "*value* $x$ \\ <a> “quoted” é & – @ “…” # 100 %")]
    size_of(drawn(kind, title='"#panic("', lines=odd, stamp="្ & #"))


def test_a_full_attendance_sheet_stays_small():
    names = [f"Keo Sokhom {n} (fictional)" for n in range(35)]
    assert len(drawn("attendance", lines=LINES[:3], signed=names, thumbprints=9)) < LARGEST


def test_every_letter_of_the_hand_can_be_read():
    for letter, strokes in LETTERS.items():
        for stroke in strokes.split():
            assert len(stroke) % 2 == 0, letter
            assert len(read(stroke)) > 1, letter


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="not a kind of paper"):
        drawn("map")
    with pytest.raises(ValueError, match="4 thumbprints, but only 3 names"):
        drawn("receipt", thumbprints=4)
    with pytest.raises(ValueError, match="too many words for one sheet"):
        drawn("decision", lines=LINES * 30)
