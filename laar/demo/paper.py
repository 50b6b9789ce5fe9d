"""Papers of the demo: pictures that look like scans of a commune's files in 2007–2009, drawn from a few words.

Nothing here is a scan and nobody in it exists; each picture says so in its foot. typst sets the page from the layouts in
`papers/`; what a hand does – writing, signatures, thumbprints, a page laid askew on the glass – is computed here from a
seed, so the same words always give the same bytes. No font is needed but the ones inside typst, which have no Khmer.
"""

from __future__ import annotations

import json
import math
import re
import struct
import unicodedata
import zlib
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import typst

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

Point = tuple[float, float]
#: A drawn line as an SVG path, which typst draws without evaluating anything.
Stroke = str


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
    """Draw one paper and return it as a PNG: 870 pixels wide, at most 256 colours, below 60 KB.

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


# --- a hand ----------------------------------------------------------------------------------

#: A running hand. Each letter is one or more strokes; each point two hexadecimal digits, x and y, with the base line at
#: 4, small letters up to 9, capitals up to d. The line is smooth; a point that is written twice makes it turn sharply.
LETTERS = {
    "a": "583918061434565959555564",
    "b": "0d040407294846341405",
    "c": "48391806143445",
    "d": "583918061434565d5d5564",
    "e": "0647482907143455",
    "f": "4c3d2b2724 0949",
    "g": "583918061434565959523011",
    "h": "0d04041839484554",
    "i": "09090514 0b0c",
    "j": "2929221001 2b2c",
    "k": "0d04 49060644",
    "l": "0d0d0514",
    "m": "0909040418293834344859686574",
    "n": "090904041839484554",
    "o": "2907143446482939",
    "p": "09090000 07294846341405",
    "q": "583918061434565959505061",
    "r": "0909040407293948",
    "s": "4829081736452405",
    "t": "1c1c152435 0939",
    "u": "09090514344649494554",
    "v": "0909242449",
    "w": "090914143838545469",
    "x": "0944 4904",
    "y": "0909061535474949422001",
    "z": "094949040444",
    "A": "043d3d64 1858",
    "B": "0d04 0d3d5b39090948664404",
    "C": "6b4d2d0a07244465",
    "D": "0d04 0d3d6a673404",
    "E": "5d0d0d040454 0949",
    "F": "5d0d0d04 0949",
    "G": "6b4d2d0a07244466686848",
    "H": "0d04 6d64 0969",
    "I": "1d14 0d2d 0424",
    "J": "4d4d46341405",
    "K": "0d04 5d080864",
    "L": "0d04040454",
    "M": "040d0d38386d6d64",
    "N": "040d0d64646d",
    "O": "3d1c0907143454676a5c3d",
    "P": "0d04 0d3d5c5a3808",
    "Q": "3d1c0907143454676a5c3d 3764",
    "R": "0d04 0d3d5c5a3808 2864",
    "S": "5c3d1c1a395755341405",
    "T": "3d34 0d6d",
    "U": "0d0d062444666d6d",
    "V": "0d34346d",
    "W": "0d24244b4b64648d",
    "X": "0d64 6d04",
    "Y": "0d38386d 3834",
    "Z": "0d6d6d040464",
    "0": "2d0b061434565b3d2d",
    "1": "0b2d2d24",
    "2": "0b1d3d4b4a040454",
    "3": "0c2d4c4a292947552405",
    "4": "3d070757 4a44",
    "5": "4d1d1d09092a49563404",
    "6": "4d1a062445472806",
    "7": "0d4d4d14 1949",
    "8": "3d1c1a4856341406184a4c3d",
    "9": "4b2d0b19394b4b4834",
    ".": "0405",
    ",": "1502",
    ":": "0506 0809",
    ";": "1502 1819",
    "-": "0838",
    "–": "0868",
    "—": "0868",
    "/": "035d",
    "(": "2e0b0623",
    ")": "0e2b2603",
    "'": "0d0b",
    "’": "0d0b",
    "‘": "0d0b",
    "“": "0d0b 1d1b",
    "”": "0d0b 1d1b",
    '"': "0d0b 1d1b",
    "%": "045d 0c1d2c1b0c 3546554435",
    "+": "2a26 0848",
    "=": "0747 0949",
    "?": "0b1d3d4b2927 2425",
    "!": "0d07 0405",
    "×": "0549 4509",
    "✓": "0615155c",
    "&": "541c1d2d3b0705144468",
}


class Hand:
    """Somebody's handwriting: its slant, its unrest, its pen, drawn from the seed."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.slant = random.uniform(0.05, 0.3)
        self.unrest = random.uniform(0.22, 0.34)
        self.narrow = random.uniform(0.82, 0.98)

    def words(self, text: str) -> list[dict[str, Any]]:
        """A text, word by word: width and strokes, in units of which a capital is nine high."""
        return [self.word(word) for word in text.split()]

    def word(self, text: str) -> dict[str, Any]:
        """One word. Accents are left off; a character that nobody here writes by hand leaves a gap."""
        x = 0.0
        strokes = []
        climb = self.random.gauss(0.01, 0.012)
        for letter in unicodedata.normalize("NFD", text.replace("€", "EUR").replace("…", "...")):
            if unicodedata.combining(letter):
                continue
            drawn = LETTERS.get(letter, "").split()
            low = self.random.gauss(climb * x, 0.18)
            for stroke in drawn:
                points = self._points(stroke)
                strokes.append(smooth([(x + px * self.narrow, py + low) for px, py in points], self.slant))
            x += (max((px for stroke in drawn for px, _ in read(stroke)), default=3) + 2.1) * self.narrow
        return {"width": round(x, 2), "strokes": strokes}

    def signature(self, name: str) -> list[Stroke]:
        """A signature in a box of 60 × 20 that begins like the name and gets away from it."""
        random = self.random
        x, strokes = 2.0, []
        slant, big = random.uniform(0.1, 0.5), random.uniform(1.1, 1.5)
        initials = [word[0].upper() for word in name.split() if word[0].isalpha()][: random.choice((1, 1, 2))]
        for initial in initials:
            for stroke in LETTERS.get(initial, LETTERS["S"]).split():
                strokes.append(smooth([(x + px * big, 4 + (py - 4) * big) for px, py in self._points(stroke)], slant))
            x += 6 * big
        height = random.uniform(3, 5.5)
        run: list[Point] = [(x - 1, 5.0)]
        for turn in range(random.randint(4, 8)):
            loop = random.random() < 0.3
            top = height * random.uniform(0.5, 1.0) * (2.1 if loop else 1)
            run += [
                (x + 1.1, 4 + top),
                (x + (0.1 if loop else 1.9), 4 + top * 0.9),
                (x + 2.4, 4 + random.gauss(0, 0.6)),
            ]
            x += random.uniform(2.6, 4.2)
            height *= random.uniform(0.75, 0.97) if turn else 1
        end = random.choice(("flourish", "under", "loop"))
        if end == "flourish":
            run += [(x + 5, 5.5 + random.random()), (x + 15, 7 + random.uniform(-1, 3))]
        elif end == "under":
            run += [(x + 5, 3), (x, 0.5), (x - 20, 0.2), (x - 12, -0.9), (x + 8, 1.6 + random.random())]
        else:
            run += [(x + 6, 9), (x + 3, 13), (x - 2, 9), (x + 4, 1), (x + 10, 3)]
        strokes.append(smooth(run, slant * 0.6))
        return strokes

    def thumbprint(self) -> list[Stroke]:
        """Ridges of a thumb in a box of 30 × 40: a loop or a whorl, with worn places."""
        random = self.random
        lean, core = random.uniform(-0.3, 0.3), random.uniform(-3, 3)
        phase = [random.uniform(0, math.tau) for _ in range(3)]
        strokes = []
        for ring in range(1, 11):
            grow = ring / 10
            ridge: list[Point] = []
            start, steps = random.uniform(0, math.tau), 18
            gaps = {random.randrange(steps + 1) for _ in range(random.choice((0, 1, 1, 2)))}
            for step in range(steps + 1):
                angle = start + math.tau * step / steps
                wave = 1 + 0.05 * math.sin(3 * angle + phase[0]) + 0.04 * math.sin(5 * angle + phase[1] + ring)
                x, y = 13.5 * grow * wave * math.cos(angle), 18.5 * grow * wave * math.sin(angle)
                y += core * (1 - grow) + 1.2 * math.sin(x / 4 + phase[2])
                ridge.append((15 + x + lean * y, 20 + y))
                if step in gaps and len(ridge) > 2:
                    strokes.append(smooth(ridge[:-1]))
                    ridge = []
            if len(ridge) > 1:
                strokes.append(smooth(ridge))
        return strokes

    def tick(self) -> list[Stroke]:
        """A tick in a box of 10 × 10."""
        points = [(0.5, 4.5), (3, 1), (3, 1), (6, 6), (11, 11)]
        return [smooth([(x + self.random.gauss(0, 0.5), y + self.random.gauss(0, 0.5)) for x, y in points])]

    def _points(self, stroke: str) -> list[Point]:
        """The points of a stroke as this hand hits them."""
        wobble = self.random.gauss
        exact = read(stroke)
        hit = [(x + wobble(0, self.unrest), y + wobble(0, self.unrest)) for x, y in exact]
        # A sharp turn is one point written twice: it must be hit once.
        for i in range(1, len(exact)):
            if exact[i] == exact[i - 1]:
                hit[i] = hit[i - 1]
        return hit


@cache
def read(stroke: str) -> list[Point]:
    """The points of a stroke in `LETTERS`."""
    return [(int(stroke[i], 16), int(stroke[i + 1], 16)) for i in range(0, len(stroke), 2)]


def smooth(points: Sequence[Point], slant: float = 0.0) -> Stroke:
    """A smooth line through the points (Catmull–Rom as cubic curves), leaning to the right by the slant."""
    through = [(x + slant * (y - 4), -y) for x, y in points]
    ends = [through[0], *through, through[-1]]
    path = f"M{through[0][0]:.2f} {through[0][1]:.2f}C"
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        path += f"{bx + (cx - ax) / 6:.2f} {by + (cy - ay) / 6:.2f} "
        path += f"{cx - (dx - bx) / 6:.2f} {cy - (dy - by) / 6:.2f} {cx:.2f} {cy:.2f} "
    return path


def stamp_of(text: str, random: Random) -> dict[str, Any] | None:
    """A round stamp: its wording, how it was turned and where the ink did not take."""
    if not text:
        return None
    worn = [round(random.uniform(0.3, 1.3) if gap else random.uniform(3, 24), 2) for gap in (0, 1) * 6]
    return {
        "text": text.upper(),
        "turn": random.uniform(-24, 24),
        "strength": random.uniform(0.7, 0.9),
        "worn": worn,
        "dx": random.uniform(-2.5, 2.5),
        "dy": random.uniform(-2, 2),
    }


# --- the drawn photograph --------------------------------------------------------------------

SHIRTS = ("#e9e4d6", "#b8483c", "#4f7aa6", "#d9a441", "#7c5a8c", "#5f8f6a", "#d98c8c", "#3f5368", "#c9c2ae")
SKIRTS = ("#3d3346", "#5b2f2a", "#2f4a3c", "#31405f", "#6b4a2b")
SKIN = ("#a9744f", "#96643f", "#b98258")


def scene(random: Random) -> str:
    """A meeting in the shade of a tree in front of a sala, in flat shapes, as SVG of 880 × 590."""
    mirror = ' transform="matrix(-1 0 0 1 880 0)"' if random.random() < 0.5 else ""
    sky, far = random.choice((("#b9cfdb", "#d6e2e2"), ("#c9d3d6", "#e0e2db"), ("#a9c6dc", "#cfe0e6")))
    ground, dust = random.choice((("#c9a878", "#bb9766"), ("#b89b74", "#a88a62"), ("#c5ab86", "#b59872")))
    parts = [
        f'<rect width="880" height="590" fill="{sky}"/><rect y="120" width="880" height="160" fill="{far}"/>',
        # Fields and a far line of trees.
        '<path d="M0 262 q60-22 120-8 t130-4 t140 2 t150-6 t160 4 t180-2 V300 H0Z" fill="#7f9a78"/>',
        '<path d="M0 280 H880 V330 H0Z" fill="#9fb06a"/><path d="M0 300 H880 V306 H0Z" fill="#8aa05c"/>',
        f'<rect y="322" width="880" height="268" fill="{ground}"/>',
        f'<path d="M0 352 q220-22 440 0 t440-6 V322 H0Z" fill="{dust}"/>',
        *(_palm(random.uniform(20, 860), random.uniform(150, 200), random) for _ in range(random.randint(2, 4))),
        _sala(random),
        _tree(random),
        '<ellipse cx="300" cy="455" rx="330" ry="92" fill="#8f744f"/>',
        '<path d="M95 440 L500 428 L560 500 L60 520Z" fill="#a8584a"/>'
        '<path d="M88 452 L508 440 M76 478 L532 465 M68 500 L548 486" stroke="#c88a6a" stroke-width="3"/>',
        _speaker(600 + random.uniform(-10, 25), 470, random),
    ]
    for row, (y, size) in enumerate(((432, 0.74), (468, 0.9), (512, 1.08))):
        seats = [90 + 62 * size * seat + row * 8 for seat in range(round(7.2 / size))]
        for x in seats:
            if random.random() < 0.88:
                parts.append(_sitting(x + random.uniform(-7, 7), y + random.uniform(-5, 5), size, random))
    parts.append(_standing(random.uniform(690, 720), 520, 1.1, random))
    if random.random() < 0.7:
        parts.append(_standing(random.uniform(775, 815), 505, 1.05, random))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 590"><g{mirror}>{"".join(parts)}</g></svg>'


def _palm(x: float, top: float, random: Random) -> str:
    """A sugar palm on the edge of the fields."""
    leaves = "".join(
        f'<ellipse cx="{x + 19 * math.cos(a):.0f}" cy="{top + 15 * math.sin(a):.0f}" rx="15" ry="4.5" '
        f'transform="rotate({math.degrees(a):.0f} {x + 19 * math.cos(a):.0f} {top + 15 * math.sin(a):.0f})"/>'
        for a in (math.tau * (leaf + random.uniform(-0.2, 0.2)) / 9 for leaf in range(9))
    )
    trunk = f"M{x - 3:.0f} 300 L{x - 2:.0f} {top:.0f} h4 L{x + 4:.0f} 300Z"
    return f'<path d="{trunk}" fill="#6f6250"/><g fill="#56734f">{leaves}</g>'


def _sala(random: Random) -> str:
    """The open hall of the village: a tiled roof in two tiers on posts."""
    roof, edge = random.choice((("#a5513a", "#7f3b2b"), ("#9a5a46", "#77412f"), ("#b0603c", "#88452a")))
    posts = "".join(f'<rect x="{x}" y="258" width="10" height="92" fill="#ddd0b4"/>' for x in range(548, 850, 56))
    return (
        '<rect x="536" y="342" width="316" height="22" fill="#b3a78f"/><rect x="548" y="262" width="290" height="80" '
        f'fill="#6e6353"/>{posts}<rect x="536" y="316" width="316" height="6" fill="#c9bda2"/>'
        f'<path d="M510 262 L566 206 H822 L878 262Z" fill="{roof}"/><path d="M510 262 H878 V269 H510Z" fill="{edge}"/>'
        f'<path d="M560 204 L606 160 H782 L828 204Z" fill="{roof}"/><path d="M560 204 H828 V210 H560Z" fill="{edge}"/>'
        f'<path d="M606 160 q-12-2-20-16 q14 8 28 10 H774 q14-2 28-10 q-8 14-20 16Z" fill="{edge}"/>'
        '<path d="M664 364 h60 v10 h-60z M656 374 h76 v10 h-76z" fill="#9c917b"/>'
    )


def _tree(random: Random) -> str:
    """The tree that everybody sits under."""
    blobs = [(150, 120, 118), (270, 84, 128), (372, 130, 112), (70, 170, 88), (440, 182, 78), (240, 176, 120)]
    moved = [(x + random.uniform(-14, 14), y + random.uniform(-12, 12), r) for x, y, r in blobs]
    dark = "".join(f'<circle cx="{x:.0f}" cy="{y + 14:.0f}" r="{r}"/>' for x, y, r in moved)
    light = "".join(f'<circle cx="{x - 12:.0f}" cy="{y - 14:.0f}" r="{r * 0.72:.0f}"/>' for x, y, r in moved)
    spots = "".join(
        f'<circle cx="{random.uniform(60, 440):.0f}" cy="{random.uniform(40, 210):.0f}" r="{random.uniform(8, 22):.0f}"/>'
        for _ in range(12)
    )
    return (
        '<path d="M226 420 q14-90 4-190 h56 q-8 100 12 190 q14 10 34 14 h-140 q20-4 34-14Z" fill="#5f4a38"/>'
        '<path d="M250 260 q-50-30-80-70 M272 250 q40-30 84-60" stroke="#5f4a38" stroke-width="17" fill="none"/>'
        f'<g fill="#3f5a3c">{dark}</g><g fill="#587a4a">{light}</g><g fill="#6f9058">{spots}</g>'
    )


def _sitting(x: float, y: float, size: float, random: Random) -> str:
    """Somebody on the mat, seen from behind."""
    shirt, skirt = random.choice(SHIRTS), random.choice(SKIRTS)
    hair = random.choice(
        (
            '<circle cy="-52" r="13.5" fill="#2a2422"/><circle cy="-45" r="7" cx="1" fill="#2a2422"/>',
            '<circle cy="-52" r="13" fill="#2a2422"/><path d="M-8-52 h16 l3 26 h-22z" fill="#2a2422"/>',
            '<circle cy="-52" r="13" fill="#3a3432"/><path d="M-12-48 q12 10 24 0 l2 8 h-28z" fill="#c9bfae"/>',
            '<path d="M-17-48 q17 9 34 0 q-3-20-17-20 t-17 20z" fill="#cdb37c"/>',
        )
    )
    scarf = '<path d="M-14-36 q14 9 28 0 l2 7 q-16 9-32 0z" fill="#b5544c"/>' if random.random() < 0.3 else ""
    return (
        f'<g transform="translate({x:.0f} {y:.0f}) scale({size})"><path d="M-30 6 q-4-16 14-16 h32 q18 0 14 16 q-30 10-60 0z" '
        f'fill="{skirt}"/><path d="M-21-2 q-4-36 21-38 q25 2 21 38 q-21 6-42 0z" fill="{shirt}"/>'
        f'<rect x="-5" y="-46" width="10" height="10" fill="{random.choice(SKIN)}"/>{hair}{scarf}</g>'
    )


def _standing(x: float, y: float, size: float, random: Random) -> str:
    """Somebody standing at the side, listening."""
    skin = random.choice(SKIN)
    return (
        f'<g transform="translate({x:.0f} {y:.0f}) scale({size})"><ellipse cy="2" rx="26" ry="5" fill="#8f744f"/>'
        f'<path d="M-13-60 h26 l4 58 h-34z" fill="{random.choice(SKIRTS)}"/>'
        f'<path d="M-15-58 l-3-44 q18-12 36 0 l-3 44z" fill="{random.choice(SHIRTS)}"/>'
        f'<path d="M-18-100 q-10 22-2 40 l6-2 q-4-18 2-36z M18-100 q10 22 2 40 l-6-2 q4-18-2-36z" fill="{skin}"/>'
        f'<rect x="-4" y="-112" width="8" height="9" fill="{skin}"/><circle cy="-120" r="12" fill="{skin}"/>'
        '<path d="M-13-119 q0-15 13-15 t13 15 q-6-8-13-7 t-13 7z" fill="#2a2422"/></g>'
    )


def _speaker(x: float, y: float, random: Random) -> str:
    """Who speaks, with a flip chart."""
    marks = "".join(f"M-92-{118 - 14 * line} h{random.uniform(24, 46):.0f}" for line in range(4))
    return (
        f'<g transform="translate({x:.0f} {y:.0f})">'
        '<path d="M-100-60 l-10 70 M-44-60 l10 70 M-72-60 v62" stroke="#6b5a44" stroke-width="4"/>'
        '<path d="M-104-134 h64 v78 h-64z" fill="#f1ede0"/>'
        f'<path d="{marks}" stroke="#3f5368" stroke-width="3" transform="translate(-2 0)"/>'
        '<path d="M12-92 q-26-2-40-14" stroke="#a9744f" stroke-width="7" fill="none"/></g>'
        + _standing(x + 22, y + 6, 1.0, random)
    )


# --- a smaller PNG ---------------------------------------------------------------------------

#: How many bytes a picture may have.
LARGEST = 60_000

CHANGE = re.compile(rb"[^\0]")


def shrunk(png: bytes) -> bytes:
    """The same picture with at most 256 colours: typst writes four bytes for every dot of a nearly empty page."""
    width, height, channels = decoded(png)
    for most in (256, 100, 36):
        small = coloured(width, height, channels, most)
        if len(small) < LARGEST:
            break
    return small


def coloured(width: int, height: int, channels: Sequence[bytes], most: int) -> bytes:
    """A PNG with at most so many colours of a picture given as its reds, greens and blues."""
    sample = Counter(zip(*(channel[::101] for channel in channels), strict=True)).most_common()
    common = [colour for colour, _ in sample[:48]]
    # Ink is thin: a sample hardly meets it, and it must not turn grey.
    cuts = divided([*common[:12], *(tuple(bytes.fromhex(pen[1:])) for pen in PEN), *common[12:]], most)
    # The number of a bin is put together from the three channels by adding them up as three large integers.
    total, step, shares = 0, 1, []
    for channel, cut in zip(channels, cuts, strict=True):
        shares.append(bytes(bisect_right(cut, value) * step for value in range(256)))
        total += int.from_bytes(channel.translate(shares[-1]), "little")
        step *= len(cut) + 1
    dots = total.to_bytes(width * height, "little")
    # A bin shows the colour that is most common in it, or one that is there.
    palette: dict[int, bytes] = {}
    for colour, _ in sample:
        palette.setdefault(sum(share[value] for share, value in zip(shares, colour, strict=True)), bytes(colour))
    usual = next(iter(palette))
    for dot in sorted(set(dots.translate(None, bytes((usual,)))) - set(palette)):
        first = dots.index(dot)
        palette[dot] = bytes(channel[first] for channel in channels)
    number = bytearray(256)
    for index, dot in enumerate(palette):
        number[dot] = index
    numbers = dots.translate(bytes(number))
    rows = b"".join(b"\0" + numbers[row * width : (row + 1) * width] for row in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", b"".join(palette.values()))
        + _chunk(b"IDAT", zlib.compress(rows, 6))
        + _chunk(b"IEND", b"")
    )


def divided(flats: Sequence[tuple[int, ...]], most: int) -> list[list[int]]:
    """Where to divide red, green and blue into bins, at most so many altogether.

    First so that the flat colours of the picture, the common ones before the rare, fall into different bins; then
    evenly, for the edges between them.
    """
    cuts = [[90, 180], [90, 180], [128]]

    def room(channel: int) -> bool:
        return math.prod(len(cut) + 1 + (index == channel) for index, cut in enumerate(cuts)) <= most

    def same(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        return all(bisect_right(cut, a) == bisect_right(cut, b) for cut, a, b in zip(cuts, one, other, strict=True))

    for index, one in enumerate(flats):
        for other in flats[:index]:
            apart, channel = max((abs(a - b), at) for at, (a, b) in enumerate(zip(one, other, strict=True)))
            if apart > 7 and room(channel) and same(one, other):
                insort(cuts[channel], (one[channel] + other[channel] + 1) // 2)
    while free := [channel for channel in range(3) if room(channel)]:
        gaps = [
            (high - low, (high + low) // 2, channel)
            for channel in free
            for low, high in pairwise([0, *cuts[channel], 256])
        ]
        _, middle, channel = max(gaps)
        insort(cuts[channel], middle)
    return cuts


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the reds, greens and blues of a PNG as typst writes it: opaque, eight bits to each."""
    chunks = dict[bytes, bytes]()
    at = 8
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        chunks[name] = chunks.get(name, b"") + png[at + 8 : at + 8 + size]
        at += 12 + size
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    raw = zlib.decompress(chunks[b"IDAT"], bufsize=height * (4 * width + 1))
    return width, height, [b"".join(_channel(raw, width, channel)) for channel in range(3)]


def _channel(raw: bytes, width: int, channel: int) -> Iterator[bytes]:
    """One colour of a PNG, row by row. A row was stored as differences to what is left of it and above, in five ways.

    Rows are added as large integers with a byte in each lane, which is fast without an array library.
    """
    low, high = int.from_bytes(b"\x7f" * width, "little"), int.from_bytes(b"\x80" * width, "little")
    nothing = above = bytes(width)
    size = 4 * width + 1
    for start in range(0, len(raw), size):
        how, row = raw[start], raw[start + 1 + channel : start + size : 4]
        if how == 1:
            number, shift = int.from_bytes(row, "little"), 8
            while shift < 8 * width:
                left = (number << shift) & (low | high)
                number = ((number & low) + (left & low)) ^ ((number ^ left) & high)
                shift *= 2
            row = number.to_bytes(width, "little")
        elif how == 2:
            if row == nothing:
                row = above
            else:
                a, b = int.from_bytes(row, "little"), int.from_bytes(above, "little")
                row = (((a & low) + (b & low)) ^ ((a ^ b) & high)).to_bytes(width, "little")
        elif how == 3:
            row = _averaged(row, above)
        elif how == 4:
            row = _predicted(row, above)
        above = row
        yield row


def _averaged(differences: bytes, above: bytes) -> bytes:
    """A row that was stored as the difference to the average of the left and the upper neighbour."""
    left = 0
    dots = bytearray()
    for difference, up in zip(differences, above, strict=True):
        left = difference + (left + up >> 1) & 255
        dots.append(left)
    return bytes(dots)


def _predicted(differences: bytes, above: bytes) -> bytes:
    """A row that was stored as the difference to the likeliest of three neighbours (Paeth).

    Where the row above has just been repeated and no difference follows, it goes on being repeated: on most of a page.
    """
    dots = bytearray(above)
    done = 0
    while change := CHANGE.search(differences, done):
        done = change.start()
        left = corner = above[done - 1] if done else 0
        for at in range(done, len(above)):
            up = above[at]
            less, more = (left, up) if left < up else (up, left)
            if corner >= more:
                likeliest = less
            elif corner <= less:
                likeliest = more
            else:
                a, b, c = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
                likeliest = left if a <= b and a <= c else up if b <= c else corner
            dots[at] = left = differences[at] + likeliest & 255
            done = at + 1
            if left == up:
                break
            corner = up
    return bytes(dots)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
