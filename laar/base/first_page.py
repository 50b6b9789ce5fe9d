"""Of a PDF: how many pages it has, and a picture of the first one.

A PDF comes from outside and may be broken on purpose. So typst draws it in a process of its own, which may die or be too
slow without taking the house along; and nothing here believes what the file says of itself beyond a number of pages.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import typst

#: What is larger is not drawn: it would hold up a small machine.
LARGEST = 20 * 1024 * 1024
#: Seconds for one drawing.
PATIENCE = 10
#: How wide it is drawn, in points at 72 a inch, which are pixels here.
WIDTH = 640
#: How much of a packed stream is unpacked at most.
UNPACKED = 1 << 20

_PACKED = re.compile(rb"/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)
_TREE = re.compile(rb"/Type\s*/Pages\b(?:(?!/Type\s*/Page\b).){0,4000}?/Count\s+(\d+)", re.DOTALL)
_TREE_BACKWARDS = re.compile(rb"/Count\s+(\d+)(?:(?!endobj|/Type\s*/Page\b).){0,4000}?/Type\s*/Pages\b", re.DOTALL)

LAYOUT = "#set page(width: auto, height: auto, margin: 0pt)\n#image({name}, page: 1, width: {width}pt)\n"


def pages_of(content: bytes) -> int | None:
    """How many pages a PDF says that it has; None where that can't be read."""
    if not content.startswith(b"%PDF"):
        return None
    parts = [content, *filter(None, map(_unpacked, _PACKED.findall(content)))]
    counts = [int(count) for part in parts for tree in (_TREE, _TREE_BACKWARDS) for count in tree.findall(part)]
    return max(counts, default=None)  # the root of the tree counts them all


def picture_of(path: Path) -> bytes | None:
    """The first page of a PDF as PNG; None where it can't be drawn."""
    if path.stat().st_size > LARGEST:
        return None
    command = [sys.executable, "-m", __name__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def drawn(path: Path) -> bytes:
    """Let typst draw the first page; it reads nothing but a folder in which there is only this file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(path.read_bytes())
        layout = Path(folder) / "page.typ"
        layout.write_text(LAYOUT.format(name='"paper.pdf"', width=WIDTH), encoding="utf-8")
        made = typst.compile(
            str(layout), root=folder, format="png", ppi=72, font_paths=typst.Fonts(include_system_fonts=False)
        )
        if isinstance(made, bytes):
            return made
    raise ValueError("a page is one picture")


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, UNPACKED)
    except zlib.error:
        return b""


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(Path(sys.argv[1])))
