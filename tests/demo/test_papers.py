"""The drawn papers of the demo."""

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops

from laar.demo.blank import MOST_ROWS
from laar.demo.hand import LETTERS, read
from laar.demo.paper import KINDS, LARGEST, TYPED, paper

LINES = [
    ("No.", "014/2009"),
    ("Date", "20 February 2009"),
    ("Filters handed out as listed", "yes, 24 of 24"),
    ("Posted at the commune office", "no, by Friday"),
    ("What was done", "Filters were bought and handed out in four villages; the user groups learned to clean them."),
    ("Amount", "KHR 1,234,500"),
]
SIGNED = ["Keo Sokhom (fictional)", "Chan Sreymom (fictional)", "Meas Vanna (fictional)"]
DRAWN = [kind for kind in KINDS if kind not in TYPED]


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


@pytest.mark.parametrize("kind", DRAWN)
def test_what_was_filled_in_by_hand_is_a_small_picture(kind: str) -> None:
    picture = Image.open(BytesIO(once(kind)))
    picture.load()
    assert picture.format == "JPEG"
    assert 600 <= picture.width <= 640
    assert len(once(kind)) < LARGEST


@pytest.mark.parametrize("kind", TYPED)
def test_what_was_typed_is_a_small_pdf_of_one_page(kind: str) -> None:
    pdf = once(kind)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page/") == 1
    assert len(pdf) < LARGEST


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_give_the_same_bytes_and_another_seed_does_not(kind: str) -> None:
    assert drawn(kind) == once(kind) != drawn(kind, seed="two")


def test_the_kinds_differ() -> None:
    assert len({once(kind) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_little_and_odd_words_are_drawn_too(kind: str) -> None:
    assert drawn(kind, title="", lines=[], signed=[], thumbprints=0, stamp="")
    odd = [("ឃុំ", "ពន្លឺ"), ("#label", "*value* $x$ \\ <a> “quoted” é & – @ “…” # 100 %")]
    assert drawn(kind, title='"#panic("', lines=odd, stamp="្ & #")


def sheet(**changes: Any) -> bytes:
    names = [f"Keo Sokhom {chr(65 + n)}n (fictional)" for n in range(24)]
    return drawn("attendance", lines=LINES[:2], signed=names, phones=["012 555 010"] * 24, thumbprints=9, **changes)


def test_a_full_attendance_sheet_stays_small() -> None:
    names = [f"Keo Sokhom {n} (fictional)" for n in range(MOST_ROWS)]
    assert len(drawn("attendance", lines=LINES[:3], signed=names, phones=["012 555 010"] * MOST_ROWS)) < LARGEST


def test_on_a_redacted_sheet_all_that_people_wrote_is_covered() -> None:
    """Two sheets of different people look the same once they are covered; where nobody signed nothing changes."""
    covered = Image.open(BytesIO(sheet(is_redacted=True))).convert("L")
    others = [f"Ros Chenda {chr(65 + n)}n (fictional)" for n in range(24)]
    twin = Image.open(
        BytesIO(
            drawn(
                "attendance",
                lines=LINES[:2],
                signed=others,
                phones=["099 555 999"] * 24,
                thumbprints=9,
                is_redacted=True,
            )
        )
    ).convert("L")
    assert ImageChops.difference(covered, twin).getextrema() == (0, 0)
    dark = Image.open(BytesIO(sheet())).convert("L")
    assert sum(covered.histogram()[:40]) > 4 * sum(dark.histogram()[:40])


def test_every_letter_of_the_hand_can_be_read() -> None:
    for letter, strokes in LETTERS.items():
        for stroke in strokes.split():
            assert len(stroke) % 2 == 0, letter
            assert len(read(stroke)) > 1, letter


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="not a kind of paper"):
        drawn("map")
    with pytest.raises(ValueError, match="4 thumbprints, but only 3 names"):
        drawn("receipt", thumbprints=4)
    with pytest.raises(ValueError, match="too many words for one sheet"):
        drawn("decision", lines=LINES * 30)
