"""Papers of the demo: pictures that look like scans of a commune's files in 2007–2009, drawn from a few words.

Nothing here is a scan and nobody in it exists; each picture says so in its foot. typst sets the page from the layouts in
`papers/`; what a hand does – writing, signatures, thumbprints, a page laid askew on the glass – is computed here from a
seed, so the same words always give the same bytes. No font is needed but the ones inside typst, which have no Khmer.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import typst
from PIL import Image

from laar.demo.hand import Hand, stamp_of
from laar.demo.scene import scene

#: What can be drawn, and where in the kind's layout the words go.
KINDS = {
    "minutes": "a ruled exercise book, written by hand: a line of `lines` is a heading and what was said under it",
    "attendance": "a table in which each of `signed` signs or puts a thumb; `lines` stand above it",
    "decision": "typed: a line labelled “No.” is the number, the rest are the articles",
    "checklist": "values that begin with yes or no are ticked, what follows is the remark; others stand in the head",
    "agreement": "typed: the first two lines are the parties, the rest the numbered clauses",
    "receipt": "a slip from a pad, written by hand; “No.” is its number, what begins with “Amount” goes into the box",
    "voucher": "a printed form in green; “No.” is its number, what begins with “Amount” goes into the big box",
    "report": "typed: short values are the facts at the top, long ones the sections",
    "photo": "a drawn scene on photographic paper; `lines` are the caption, `signed` who took it",
}

PPI = 150
PEN = ("#23357f", "#1f2a63", "#2b4593", "#2a2c3a")
#: How many bytes a picture may have.
LARGEST = 75_000


def paper(
    kind: str,
    *,
    title: str,
    lines: Sequence[tuple[str, str]],
    signed: Sequence[str],
    seed: str,
    thumbprints: int = 0,
    stamp: str = "",
) -> bytes:
    """Draw one paper and return it as a PNG: 870 pixels wide, at most 256 colours, below 75 KB.

    `lines` are labels and values; what a kind makes of them stands in `KINDS`. `signed` are the names in print under
    the signatures: say "(fictional)" in them. The last `thumbprints` of them put a thumb instead of signing (on an
    attendance sheet any of them may). `stamp` is the wording around a round red stamp, none if empty. Words that run
    long are set smaller. Characters that the built-in fonts lack, Khmer above all, are left out.

    Raises ValueError for a kind that is not in `KINDS`, for more thumbprints than names and for words that do not fit on
    one sheet.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of paper; there are {', '.join(KINDS)}")
    if thumbprints > len(signed):
        raise ValueError(f"{thumbprints} thumbprints, but only {len(signed)} names")
    random = Random(f"{kind}/{seed}")
    hand = Hand(random)
    thumbs = set(range(len(signed) - thumbprints, len(signed)))
    if kind == "attendance":
        thumbs = set(random.sample(range(len(signed)), thumbprints))
    written = kind in {"minutes", "receipt", "voucher", "checklist", "attendance"}
    data: dict[str, Any] = {
        "kind": kind,
        "title": latin(title),
        "headline": hand.words(latin(title)) if kind == "minutes" else [],
        "lines": [
            {
                "label": latin(label),
                "value": latin(value),
                "hand": hand.words(latin(value)) if written else [],
                "heading": hand.words(latin(label)) if kind == "minutes" else [],
            }
            for label, value in lines
        ],
        "signed": [
            {
                "name": latin(name),
                "hand": hand.words(latin(name).removesuffix("(fictional)")) if kind == "attendance" else [],
                "thumb": hand.thumbprint() if index in thumbs else [],
                "signature": [] if index in thumbs else hand.signature(latin(name)),
                "ink": random.choice(PEN),
                "tilt": random.uniform(-14, 14),
            }
            for index, name in enumerate(signed)
        ],
        "stamp": stamp_of(latin(stamp), random),
        "ink": random.choice(PEN),
        "tick": [hand.tick() for _ in lines],
        "skew": random.choice((-1, 1)) * random.uniform(0.2, 0.7),
        "dust": [[random.random(), random.random(), random.uniform(0.15, 0.4)] for _ in range(random.randint(3, 7))],
        "worn": random.choice(("holes", "staple", "fold")),
    }
    if kind == "photo":
        data["scene"] = scene(random)
    try:
        png = typst.compile(
            Path(__file__).with_name("papers") / "papers.typ",
            format="png",
            ppi=PPI,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(data)},
        )
    except typst.TypstError as error:
        raise ValueError(f"{kind} “{title}”: {error.message}") from error
    assert isinstance(png, bytes)
    return shrunk(png)


@cache
def fonts() -> typst.Fonts:
    """The fonts inside typst: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def latin(text: str) -> str:
    """The text in characters that the built-in fonts have."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c < "\u0250" or c in "–—‘’“”…€×→✓").strip()


def shrunk(png: bytes) -> bytes:
    """The same picture with at most 256 colours: typst writes four bytes for every dot of a nearly empty page."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    for most in (256, 100, 36):
        small = BytesIO()
        picture.quantize(most, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(small, "PNG")
        if len(small.getvalue()) < LARGEST:
            break
    return small.getvalue()
