"""What a hand does: letters, signatures, thumbprints and ticks, computed from a seed as lines through points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

Point = tuple[float, float]
#: A drawn line: the points through which it goes, smoothly; down is positive, the base line of a letter is at -4.
Stroke = list[Point]

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

    def letter(self, letter: str) -> tuple[list[Stroke], float]:
        """One letter and its width, in units of which a capital is nine high; what nobody here writes leaves a gap."""
        strokes = [
            leaning([(px * self.narrow, py) for px, py in self._points(stroke)], self.slant)
            for stroke in LETTERS.get(letter, "").split()
        ]
        wide = max((px for stroke in LETTERS.get(letter, "").split() for px, _ in read(stroke)), default=3)
        return strokes, (wide + 2.1) * self.narrow

    def signature(self, name: str) -> list[Stroke]:
        """A signature in a box of 60 × 20 that begins like the name and gets away from it."""
        random = self.random
        x, strokes = 2.0, []
        slant, big = random.uniform(0.1, 0.5), random.uniform(1.1, 1.5)
        initials = [word[0].upper() for word in name.split() if word[0].isalpha()][: random.choice((1, 1, 2))]
        for initial in initials:
            for stroke in LETTERS.get(initial, LETTERS["S"]).split():
                strokes.append(leaning([(x + px * big, 4 + (py - 4) * big) for px, py in self._points(stroke)], slant))
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
        strokes.append(leaning(run, slant * 0.6))
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
                    strokes.append(leaning(ridge[:-1]))
                    ridge = []
            if len(ridge) > 1:
                strokes.append(leaning(ridge))
        return strokes

    def tick(self) -> list[Stroke]:
        """A tick in a box of 10 × 10."""
        points = [(0.5, 4.5), (3, 1), (3, 1), (6, 6), (11, 11)]
        return [leaning([(x + self.random.gauss(0, 0.5), y + self.random.gauss(0, 0.5)) for x, y in points])]

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


def leaning(points: Sequence[Point], slant: float = 0.0) -> Stroke:
    """The points of a letter on its base line, leaning to the right by the slant."""
    return [(x + slant * (y - 4), -y) for x, y in points]


def path_of(stroke: Stroke) -> str:
    """A smooth line through the points as an SVG path (Catmull–Rom as cubic curves)."""
    ends = [stroke[0], *stroke, stroke[-1]]
    path = f"M{stroke[0][0]:.2f} {stroke[0][1]:.2f}C"
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        path += f"{bx + (cx - ax) / 6:.2f} {by + (cy - ay) / 6:.2f} "
        path += f"{cx - (dx - bx) / 6:.2f} {cy - (dy - by) / 6:.2f} {cx:.2f} {cy:.2f} "
    return path


def curve_of(stroke: Stroke, steps: int = 5) -> Stroke:
    """The same smooth line as many short straight ones."""
    ends = [stroke[0], *stroke, stroke[-1]]
    line = [stroke[0]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c, d = (
                (-t + 2 * t * t - t**3) / 2,
                (2 - 5 * t * t + 3 * t**3) / 2,
                (t + 4 * t * t - 3 * t**3) / 2,
                (t**3 - t * t) / 2,
            )
            line.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return line


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
