"""A report on paper: landscape A4, tagged, in Khmer or English. typst sets it."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils import translation

from laar.reports import said
from laar.reports.documents.fonts import LATIN, typeface
from laar.reports.documents.words import KEPT_WHOLE
from laar.reports.finance.grid import Form, Grid
from laar.reports.finance.xlsx import printed

TEMPLATE = Path(__file__).parents[1] / "templates" / "documents" / "finance.typ"
#: What stands on the right of its column.
RIGHT = frozenset({"money", "percent", "rate", "number"})


def as_pdf(form: Form) -> bytes:
    """Set a form on paper. The same form gives the same bytes. Raises Refusal `document.no_khmer_font`."""
    face = typeface()
    if form.lang == "km":
        face.need_khmer()
    with translation.override(form.lang), said.digits(arabic=False):
        data = {
            "lang": form.lang,
            "title": form.title,
            "kind": form.kind,
            "about": form.about,
            "grids": [_grid(grid) for grid in form.grids],
            "signed": form.signed,
            "label": form.label,
            "page_of": form.page_of,
            "author": form.author,
            "day": form.day.isoformat(),
            "fonts": [face.khmer or LATIN, LATIN],
            "whole": KEPT_WHOLE,
        }
    pdf = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=face.fonts,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"document": json.dumps(data).replace("\\u202f", "\\u00a0")},
    )
    assert isinstance(pdf, bytes)
    return pdf


def _grid(grid: Grid) -> dict[str, object]:
    return {
        "title": grid.title,
        "note": grid.note,
        "widths": [column.width for column in grid.columns],
        "right": [column.kind in RIGHT for column in grid.columns],
        "head": [column.label for column in grid.columns],
        "lines": [
            {
                "kind": line.kind,
                "depth": line.depth,
                "cells": [printed(value, column) for value, column in zip(line.cells, grid.columns, strict=True)],
            }
            for line in grid.lines
        ],
    }
