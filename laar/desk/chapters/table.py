"""One table for everything that comes in rows, made for speed.

Django's template was half the cost of a list page, so the rows are put together here. Whoever hands in a cell hands in
HTML: text goes through `escape` first, as `cells.py` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: what it is called, and how it is put in order."""

    label: str
    #: Right-aligned, for numbers.
    is_number: bool = False
    #: Never broken into two lines: a code, a day.
    is_short: bool = False
    #: What stands for a thing in speech: after its name, small and quiet.
    is_code: bool = False
    on_phone: bool = True
    #: The address that puts the list in this order; empty where it can't be.
    href: str = ""
    #: `ascending`, `descending`, or empty where the list is in another order.
    order: str = ""


def table(caption: str, headings: Sequence[Heading], rows: Iterable[tuple[str, Sequence[str]]]) -> SafeString:
    """The table. Each row is an address and its cells as HTML; the first cell is the row's head and its link."""
    first, *others = [_opening(heading) for heading in headings]
    tag = f'<tr><th scope="row"{first}>'
    cells = [f"<td{one}>" for one in others]
    body = []
    for href, (head, *rest) in rows:
        line = "".join([f"{opening}{cell}</td>" for opening, cell in zip(cells, rest, strict=True)])
        body.append(f'{tag}<a href="{escape(href)}">{head}</a></th>{line}</tr>\n')
    return mark_safe(
        f'<table class="recs list"><caption class="vh">{escape(caption)}</caption>\n'
        f"<thead><tr>{''.join(map(_head, headings))}</tr></thead>\n<tbody>{''.join(body)}</tbody></table>"
    )


def _opening(heading: Heading) -> str:
    """The attributes of every cell below a heading."""
    return f'{_classes(heading)} data-label="{escape(heading.label)}"'


def _classes(heading: Heading) -> str:
    names = [
        name
        for name, has in (
            ("n", heading.is_number),
            ("nw", heading.is_short),
            ("code", heading.is_code),
            ("hide", not heading.on_phone),
        )
        if has
    ]
    return f' class="{" ".join(names)}"' if names else ""


def _head(heading: Heading) -> str:
    label = escape(heading.label)
    heading = replace(heading, is_code=False)  # only what stands below it is quiet
    order = f' aria-sort="{heading.order}"' if heading.order else ""
    said = f'<a href="{escape(heading.href)}">{label}</a>' if heading.href else label
    return f'<th scope="col"{_classes(heading)}{order}>{said}</th>'
