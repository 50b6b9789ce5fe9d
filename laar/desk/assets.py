"""What the pages load, made from its sources: one style sheet, and the Khmer letters as a web font.

The style is written in small files by subject (`css/`); the font comes as a package and is never in this repository. Both
are made anew when a source is newer, as the Khmer words are.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
SOURCES = HERE / "css"
BUILT = HERE / "static" / "desk" / "built"
STYLE, PACKED, LETTERS = BUILT / "laar.css", BUILT / "laar.css.gz", BUILT / "khmer.woff2"
#: In this order: what comes later may say otherwise.
SUBJECTS = (
    "tokens",
    "type",
    "frame",
    "figures",
    "tables",
    "forms",
    "documents",
    "states",
    "evidence",
    "charts",
    "finance",
    "people",
    "lists",
    "start",
    "books",
    "cash",
    "budgets",
    "print",
)
#: The package that brings the font.
PACKAGE = "fontpkg_noto_sans_khmer"
#: What is kept of it: the Khmer letters and signs, what joins or parts them, the circle under a lone vowel.
KHMER = (range(0x1780, 0x1800), range(0x19E0, 0x1A00), range(0x200B, 0x200E), (0x20, 0xA0, 0x2060, 0x25CC))
#: Two real weights in one file of 30 KB: a heading in Khmer is never thickened by the browser.
WEIGHTS = (400, 600)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def build() -> None:
    """Make what is missing or older than its sources."""
    BUILT.mkdir(parents=True, exist_ok=True)
    font = typeface()
    if font and _is_older(LETTERS, [font, Path(__file__)]):
        _write(LETTERS, letters(font))
        stamp.cache_clear()
    parts = [SOURCES / f"{subject}.css" for subject in SUBJECTS]
    named = [LETTERS] if LETTERS.exists() else []  # the style names the font by its digits
    if _is_older(STYLE, [*parts, Path(__file__), *named]):
        style = joined(parts).replace(f'url("{LETTERS.name}")', f'url("{LETTERS.name}{version_of(LETTERS)}")').encode()
        _write(PACKED, gzip.compress(style, mtime=0))  # whoever can unpack it gets this one
        _write(STYLE, style)
        stamp.cache_clear()


def joined(parts: list[Path]) -> str:
    """The files one after the other, without comments and the white space that only people need."""
    text = COMMENT.sub("", "\n".join(part.read_text(encoding="utf-8") for part in parts))
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};])\s*", r"\1", text).replace(";}", "}").strip() + "\n"


def typeface() -> Path | None:
    """The font file of the package; None where it was left out, and the reader's own Khmer font has to do."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return next(Path(places[0]).glob("files/*.ttf"), None) if places else None


def letters(font: Path) -> bytes:
    """The Khmer letters of a variable font from regular to semi-bold, with all rules that shape them, for the web."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 5, 13, 14]  # the licence asks that its name and its words stay in the font
    options.notdef_outline = True
    smaller = subset.Subsetter(options)
    smaller.populate(unicodes=[sign for signs in KHMER for sign in signs])
    whole = TTFont(font, recalcTimestamp=False)  # the same package makes the same bytes, and so the same address
    smaller.subset(whole)
    made = instancer.instantiateVariableFont(whole, {"wght": WEIGHTS, "wdth": 100})
    options.flavor = "woff2"
    file = BytesIO()
    subset.save_font(made, file, options)
    return file.getvalue()


@cache
def stamp(made: Path) -> str:
    """A few digits of what is made that change with it: an address with them is kept for good and never asked for again."""
    return hashlib.sha256(made.read_bytes()).hexdigest()[:8] if made.exists() else ""


def version_of(made: Path) -> str:
    """The end of the address of what is made; empty where it was not."""
    return f"?v={stamp(made)}" if made.exists() else ""


def _is_older(target: Path, sources: list[Path]) -> bool:
    return not target.exists() or target.stat().st_mtime < max(source.stat().st_mtime for source in sources)


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all: two processes may start at once."""
    part = target.with_suffix(f".{os.getpid()}.new")
    part.write_bytes(content)
    part.replace(target)


if __name__ == "__main__":
    build()
