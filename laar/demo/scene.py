"""The drawn scene that stands for a photograph: a meeting in the shade of a tree, in flat shapes."""

from __future__ import annotations

import math
from random import Random

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
