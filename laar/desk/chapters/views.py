"""One page for every register: the list, by what it is narrowed, what it adds up to, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from laar.base.access import Permission
from laar.base.clock import now
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.base.rules import Verb, verb_of
from laar.base.signatures import subject_of
from laar.desk import said
from laar.desk.chapters.cells import shown_in
from laar.desk.chapters.files import FILES, as_csv, file_name, lines_about, said_value
from laar.desk.chapters.form import fields, is_open
from laar.desk.chapters.table import Heading, table
from laar.desk.page import programme, reader, user
from laar.kit.refusals import Refusal
from laar.results.chapters import Asked, Chapter, Page, ask, chapter_called, chapters, length_of, totals_of

#: Kinds of columns that stand to the right, and those that are never broken into two lines.
NUMBERS = ("money", "number")
SHORT = ("code", "day", "place")
#: How many rows are printed at most.
PRINTED = 2000
#: How many rows a page has.
ROWS = 50


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    label: str
    value: str
    without: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every list that this reader may have."""
    eyes = reader(request)
    open_ = [chapter for chapter in chapters().values() if chapter.open_to(eyes)]
    return render(request, "desk/chapters.html", {"programme": programme(request), "chapters": open_})


@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One list. A filter that can't be read is said beside its field, and nothing that was typed is lost."""
    asked = _asked(request, slug)
    is_printed = "print" in request.GET
    if is_printed:
        asked.must_be_right()
        page = asked.page(size=PRINTED)
    else:
        page = asked.page(after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=ROWS)
    return render(
        request,
        "desk/chapter.html",
        {
            "chapter": asked.chapter,
            "asked": asked,
            "page": page,
            "table": _table(asked, page),
            "search": fields(asked, search=True),
            # Asked for only where somebody narrows: what can be chosen costs as much as the rows.
            "others": fields(asked, search=False) if "narrow" in request.GET or is_open(asked) else "",
            "chips": [_chip(asked, name) for name in asked.given if name not in asked.wrong],
            "length": length_of(asked),
            "totals": totals_of(asked) if "totals" in request.GET and not asked.wrong else None,
            "at": now(),
            "is_printed": is_printed,
            "about": lines_about(asked) if is_printed else (),
            "sort": request.GET.get("sort", "") if asked.order != asked.chapter.order else "",
            "address": _addresses(asked, page),
            "makes": _made_here(request, asked.chapter),
        },
        status=422 if asked.wrong else 200,
    )


@require_safe
def chapter_file(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """The same list as a file; what is shown decides what is in it."""
    if ending not in FILES:
        raise Refusal("record.not_found")
    asked = _asked(request, slug)
    make, media_type = FILES[ending]
    made = make(asked)
    headers = {
        "Content-Disposition": content_disposition_header(True, file_name(asked, ending)) or "",
        "Cache-Control": "no-store",
    }
    if make is as_csv:
        return StreamingHttpResponse(made, content_type=media_type, headers=headers)
    return FileResponse(made, content_type=media_type, headers=headers)


def _asked(request: HttpRequest, slug: str) -> Asked:
    eyes: Eyes = reader(request)
    there: Programme = programme(request)
    return ask(chapter_called(slug, eyes), there, eyes, request.GET.dict())


def _table(asked: Asked, page: Page) -> str:
    """The rows as a table, each leading to its record."""
    kind = asked.chapter.model._meta.model_name
    shows = [shown_in(column) for column in asked.columns]
    where = reverse("record", args=[kind, 0]).removesuffix("0/")
    return table(
        asked.chapter.title.say(said.language()),
        list(_headings(asked)),
        (
            (f"{where}{row.key}/", [show(cell) for show, cell in zip(shows, row.cells, strict=True)])
            for row in page.rows
        ),
    )


def _headings(asked: Asked) -> Any:
    for column in asked.columns:
        order = href = ""
        if column.sort:
            falls = asked.order == f"-{column.sort}"
            order = "descending" if falls else "ascending" if asked.order == column.sort else ""
            href = _address(asked, sort=column.name if order != "ascending" else f"-{column.name}")
        yield Heading(
            capfirst(str(column.label)),
            is_number=column.kind in NUMBERS,
            is_short=column.kind in SHORT,
            is_code=column.kind == "code",
            on_phone=column.on_phone,
            href=href,
            order=order,
        )


def _chip(asked: Asked, name: str) -> Chip:
    label = next(capfirst(str(one.label)) for one in asked.filters if one.name == name)
    return Chip(label, said_value(asked, name), _address(asked, **{name: ""}))


def _address(asked: Asked, **changes: str) -> str:
    """The address of this list, with some of what it says changed."""
    order = next(
        (
            ("-" if asked.order.startswith("-") else "") + column.name
            for column in asked.columns
            if column.sort and asked.order != asked.chapter.order and column.sort == asked.order.removeprefix("-")
        ),
        "",
    )
    said_ = {**asked.given, "sort": order, **changes}
    query = urlencode({name: text for name, text in said_.items() if text})
    where = _where(asked.chapter.slug, said.language())
    return f"{where}?{query}" if query else where


@cache
def _where(slug: str, _language: str) -> str:
    """The address of a list; a page names it twenty times."""
    return reverse("chapter", args=[slug])


def _addresses(asked: Asked, page: Page) -> dict[str, str]:
    """Where else one may go from here."""
    itself = _address(asked)
    query = itself.partition("?")[2]
    tail = f"?{query}" if query else ""
    files = {ending: reverse("chapter_file", args=[asked.chapter.slug, ending]) + tail for ending in FILES}
    return {
        "itself": itself,
        "all": reverse("chapter", args=[asked.chapter.slug]),
        "before": _address(asked, before=page.before) if page.before else "",
        "after": _address(asked, after=page.after) if page.after else "",
        "totals": _address(asked, totals="1"),
        "narrow": _address(asked, narrow="1"),
        "print": _address(asked, print="1"),
        **files,
    }


def _made_here(request: HttpRequest, chapter: Chapter) -> Verb | None:
    """The verb that makes a record of this list, where it has no parent and whoever asks may do it somewhere."""
    who = user(request)
    if who is None or not chapter.verb or subject_of(chapter.verb) not in (None, Programme):
        return None
    verb, here = verb_of(chapter.verb), programme(request)
    roles = Permission(who, verb, now()).roles
    return verb if any(role.programme_id in (None, here.pk) for role in roles) else None
