"""How typst sets a paper of the books: a template, its data, and the fonts that are there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.reports.documents.fonts import LATIN, typeface
from laar.reports.documents.pdf import KHMER

TEMPLATES = Path(__file__).parents[1] / "templates" / "documents"
MONTHS = ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]


def set_on_paper(template: str, data: dict[str, Any]) -> bytes:
    """Set a paper. The same data gives the same bytes. Where no font has Khmer it is left out."""
    face = typeface()
    text = json.dumps({**data, "fonts": [face.khmer or LATIN, LATIN]}, ensure_ascii=False, default=date.isoformat)
    if not face.khmer:
        text = KHMER.sub("", text)
    pdf = typst.compile(
        TEMPLATES / template,
        format="pdf",
        font_paths=face.fonts,
        ignore_system_fonts=True,
        sys_inputs={"document": text},
    )
    assert isinstance(pdf, bytes)
    return pdf


def both(name: Name | None) -> dict[str, str]:
    """A name in both languages; the other one where one is missing."""
    if name is None:
        return {"km": "", "en": ""}
    return {"km": name.km or name.en, "en": name.en if name.km and name.en != name.km else ""}


def day(on: date | None) -> dict[str, str]:
    """A day in both languages."""
    if on is None:
        return {"km": "", "en": ""}
    return {"km": f"{in_khmer(on.day)} {MONTHS[on.month - 1]} {in_khmer(on.year)}", "en": f"{on.day} {on:%B %Y}"}


def figure(amount: Money) -> str:
    """An amount in figures, with its currency."""
    return f"{amount.currency} {amount.figure}"
