"""Papers of the demo: what looks like a commune's files of 2007–2010, drawn from a few words.

Nothing here is a scan and nobody in it exists; each paper says so in its foot. What people filled in by hand is a picture
(`forms`), what somebody typed is a PDF that typst sets from the layouts in `papers/`, a photograph is a drawn scene. What a
hand does is computed from a seed, so the same words always give the same paper. No font is needed but the ones inside
typst and Pillow, which have no Khmer.
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

from laar.demo.forms import Filled, form
from laar.demo.hand import Hand, path_of, stamp_of
from laar.demo.scene import scene

#: What can be drawn, and where in the kind's layout the words go.
KINDS = {
    "minutes": "typed: short values are the facts at the top, a long one is a heading and what was said under it",
    "decision": "typed: a line labelled “No.” is the number, the rest are the articles",
    "agreement": "typed: the first two lines are the parties, the rest the numbered clauses",
    "report": "typed: short values are the facts at the top, long ones the sections",
    "attendance": "by hand: each of `signed` signs or puts a thumb beside the name and the phone; `lines` stand above",
    "headcount": "by hand: who counted the people who came, and how many; nobody is named but who signs",
    "checklist": "by hand: values that begin with yes or no are ticked, what follows is the remark",
    "receipt": "by hand: a slip from a pad; what begins with “Amount” goes into the box",
    "voucher": "by hand: a printed form in green; what begins with “Amount” goes into the box",
    "order": "by hand: a payment order in blue",
    "slip": "by hand: the slip of the treasury or of a bank",
    "photo": "a drawn scene on photographic paper; `lines` are the caption, `signed` who took it",
}
TYPED = ("minutes", "decision", "agreement", "report")

PPI = 105
PEN = ("#23357f", "#1f2a63", "#2b4593", "#2a2c3a")
#: How many bytes a paper may have.
LARGEST = 80_000


def paper(
    kind: str,
    *,
    title: str,
    lines: Sequence[tuple[str, str]],
    signed: Sequence[str],
    seed: str,
    thumbprints: int = 0,
    stamp: str = "",
    phones: Sequence[str] = (),
    is_redacted: bool = False,
) -> bytes:
    """Draw one paper: a PDF where it is typed, else a JPEG 612 pixels wide; below 80 KB.

    `lines` are labels and values; what a kind makes of them stands in `KINDS`. `signed` are the names under the
    signatures: say "(fictional)" in them. The last `thumbprints` of them put a thumb instead of signing (on an
    attendance sheet any of them may). `stamp` is the wording around a round red stamp, none if empty. A redacted
    attendance sheet shows nobody's name, phone or mark. Characters that the built-in fonts lack, Khmer above all, are
    left out.

    Raises ValueError for a kind that is not in `KINDS`, for more thumbprints than names and for typed words that do not
    fit on one sheet.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of paper; there are {', '.join(KINDS)}")
    if thumbprints > len(signed):
        raise ValueError(f"{thumbprints} thumbprints, but only {len(signed)} names")
    random = Random(f"{kind}/{seed}")
    thumbs = set(range(len(signed) - thumbprints, len(signed)))
    if kind == "attendance":
        thumbs = set(random.sample(range(len(signed)), thumbprints))
    if kind in TYPED or kind == "photo":
        data = {
            "kind": kind,
            "title": latin(title),
            "lines": [{"label": latin(label), "value": latin(value)} for label, value in lines],
            "signed": _signed([latin(name) for name in signed], thumbs, random),
            "stamp": stamp_of(latin(stamp), random),
        }
        return _set(data, random)
    return form(
        Filled(
            kind,
            latin(title),
            tuple((latin(label), latin(value)) for label, value in lines),
            tuple(map(latin, signed)),
            tuple(phones),
            frozenset(thumbs),
            latin(stamp),
            is_redacted,
        ),
        random,
    )


def _signed(names: Sequence[str], thumbs: set[int], random: Random) -> list[dict[str, Any]]:
    """The marks of some people, as typst draws them."""
    hand = Hand(random)
    return [
        {
            "name": name,
            "thumb": [path_of(stroke) for stroke in hand.thumbprint()] if index in thumbs else [],
            "signature": [] if index in thumbs else [path_of(stroke) for stroke in hand.signature(name)],
            "ink": random.choice(PEN),
            "tilt": random.uniform(-14, 14),
        }
        for index, name in enumerate(names)
    ]


def _set(data: dict[str, Any], random: Random) -> bytes:
    """Let typst set a paper that somebody typed, or that frames a photograph."""
    kind = data["kind"]
    data |= {
        "skew": random.choice((-1, 1)) * random.uniform(0.2, 0.7),
        "dust": [[random.random(), random.random(), random.uniform(0.15, 0.4)] for _ in range(random.randint(3, 7))],
        "worn": random.choice(("holes", "staple", "fold")),
    }
    if kind == "photo":
        data["scene"] = scene(random)
    try:
        drawn = typst.compile(
            Path(__file__).with_name("papers") / "papers.typ",
            format="png" if kind == "photo" else "pdf",
            ppi=PPI,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(data)},
        )
    except typst.TypstError as error:
        raise ValueError(f"{kind} “{data['title']}”: {error.message}") from error
    assert isinstance(drawn, bytes)
    return as_jpeg(drawn) if kind == "photo" else drawn


@cache
def fonts() -> typst.Fonts:
    """The fonts inside typst: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def latin(text: str) -> str:
    """The text in characters that the built-in fonts have."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c < "\u0250" or c in "–—‘’“”…€×→✓").strip()


def as_jpeg(png: bytes) -> bytes:
    """The same picture as a camera of the time would have kept it."""
    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").save(small, "JPEG", quality=55)
    return small.getvalue()
