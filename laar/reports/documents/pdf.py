"""A document as PDF: tagged, with its title and language, one A4 sheet after the other. typst sets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typst

from laar.reports.documents.coverage import STANDARD, missing_signs
from laar.reports.documents.document import Document
from laar.reports.documents.fonts import LATIN, Typeface, typeface
from laar.reports.documents.words import KEPT_WHOLE

TEMPLATE = Path(__file__).parents[1] / "templates" / "documents" / "sheet.typ"
#: With this sign a Khmer text ends.
END = "៕"
#: A run of Khmer, with the spaces in it.
KHMER = re.compile(r"[\u1780-\u17ff\u19e0-\u19ff\u200b]+(?:\s+[\u1780-\u17ff\u19e0-\u19ff\u200b]+)*")


def as_pdf(document: Document) -> bytes:
    """Set a document. The same document gives the same bytes.

    Raises Refusal `document.no_khmer_font` for one in Khmer where no font has it; an English one is set without the
    Khmer in it then. A sign that no font has is printed as `□`.
    """
    face = typeface()
    if document.lang == "km":
        face.need_khmer()
    data = _data(document, face)
    try:
        return _set(data, face)
    except typst.TypstError:
        missing = missing_signs(_texts(data), face)
        if not missing:
            raise
        return _set(_each_text(data, lambda text: text.translate(missing)), face)


def _set(data: dict[str, Any], face: Typeface) -> bytes:
    pdf = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=face.fonts,
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        sys_inputs={"document": json.dumps(data, default=date.isoformat)},
    )
    assert isinstance(pdf, bytes)
    return pdf


def _texts(value: Any) -> list[str]:
    """Every text in it."""
    found: list[str] = []

    def look(text: str) -> str:
        found.append(text)
        return text

    _each_text(value, look)
    return found


def _data(document: Document, face: Typeface) -> dict[str, Any]:
    return {
        **printable(asdict(document), face),
        "fonts": [face.khmer or LATIN, LATIN],
        "end": END if face.khmer else "",
        "whole": KEPT_WHOLE,
    }


def printable(data: dict[str, Any], face: Typeface) -> dict[str, Any]:
    """What is to be set, with each text as these fonts can print it."""
    said: dict[str, Any] = _each_text(data, _printable if face.khmer else _without_khmer)
    return said


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(one, change) for key, one in value.items()}
    return [_each_text(one, change) for one in value] if isinstance(value, (list, tuple)) else value


def _printable(text: str) -> str:
    """Khmer fonts lack the narrow space that parts the thousands; a space from another font is too narrow to be seen."""
    return text.replace("\u202f", "\u00a0")


def _without_khmer(text: str) -> str:
    """A text without its runs of Khmer: better nothing than boxes."""
    return KHMER.sub("", text).strip() if KHMER.search(text) else text
