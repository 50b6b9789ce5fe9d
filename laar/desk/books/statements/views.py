"""A statement: on the page, as a workbook, on paper. What the address says is what is shown, everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laar.base.access import visible
from laar.base.clock import now
from laar.desk import said
from laar.desk.books.statements.table import statement_table
from laar.desk.page import programme, reader
from laar.kit.refusals import Refusal
from laar.ledger.models import Book
from laar.ledger.queries import books_of
from laar.ledger.queries.exports import EXPORTS
from laar.ledger.queries.figures import day_of
from laar.ledger.queries.statements import KINDS, Asked, Kind, ask, choices_of
from laar.reports.statements import as_pdf, as_xlsx, printed
from laar.reports.statements.printed import about

#: How many entries a page lists, one that a telephone soon has; how many a print does, and a workbook.
ON_A_PAGE, ON_PAPER, IN_A_FILE = 40, 3000, 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Field:
    """A field of the form above a statement."""

    name: str
    html: SafeString


@require_safe
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """One statement, at the day and for the book, fund, account or commune that the address names."""
    kind, books = _kind(slug), _books(request)
    eyes, here = reader(request), programme(request)
    asked, wrong = None, None
    try:
        asked = ask(kind, here, books, request.GET, most=ON_A_PAGE)
    except Refusal as no:
        if no.status != 422:
            raise
        wrong = no.text
    made = kind.make(asked) if asked else None
    context = {
        "kind": kind,
        "asked": asked,
        "about": [(label, text) for label, text in about(asked)][1:] if asked else [],
        "fields": _fields(kind, asked, choices_of(kind, here, books), request.GET),
        "statement": made,
        "table": statement_table(made, kind.title.say(said.language()), eyes, here.currency) if made else "",
        "is_empty": made is not None and not made.rows,
        "wrong": wrong,
        "at": now(),
        "address": _addresses(kind, request, asked, goes_on=made.goes_on) if asked and made else {},
        "others": [(one, reverse("statement", args=[one.slug])) for one in KINDS.values()],
    }
    return render(request, "desk/books/statements/statement.html", context, status=422 if wrong else 200)


@require_safe
def statement_file(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """The same statement as a workbook or on paper; every entry of the period, not only a page of them."""
    if ending not in ("xlsx", "pdf"):
        raise Refusal("record.not_found")
    kind, eyes = _kind(slug), reader(request)
    with said.digits(arabic=False):  # a document is written alike, whoever takes it
        most = IN_A_FILE if ending == "xlsx" else ON_PAPER
        asked = ask(kind, programme(request), _books(request), request.GET, most=most)
        table = printed(kind, asked, kind.make(asked), eyes)
        headers = {
            "Content-Disposition": content_disposition_header(ending != "pdf", f"{table.name}.{ending}") or "",
            "Cache-Control": "no-store",
        }
        if ending == "pdf":
            return HttpResponse(as_pdf(table), content_type="application/pdf", headers=headers)
        return FileResponse(as_xlsx([table]), content_type=XLSX, headers=headers)


@require_safe
def book_export(request: HttpRequest, book: str, form: str) -> HttpResponseBase:
    """A complete book in the format of another program. It says what entries are about, so it is not for the public."""
    found = [one for one in _books(request) if one.code == book]
    if not found or form not in EXPORTS or reader(request).is_public:
        raise Refusal("record.not_found")
    make, ending = EXPORTS[form]
    day = day_of(request.GET.get("day", ""))
    lines = make(found[0], day, request.build_absolute_uri(reverse("record", args=["entry", 0])).removesuffix("0/"))
    name = f"laar-{found[0].programme.code}-{book}-{day or now().date()}.{ending}".lower()
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    return StreamingHttpResponse(
        (f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8", headers=headers
    )


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Refusal("record.not_found")
    return KINDS[slug]


def _books(request: HttpRequest) -> list[Book]:
    """The books that this reader may see. Raises Refusal `record.not_found` where there is none."""
    books = list(visible(reader(request), books_of(programme(request))))
    if not books:
        raise Refusal("record.not_found")
    return books


def _addresses(kind: Kind, request: HttpRequest, asked: Asked, *, goes_on: bool) -> dict[str, str]:
    """The same statement as files, its own address, and those of the pages before and after."""
    query = urlencode({name: text for name, text in request.GET.dict().items() if name in kind.takes})
    tail = f"?{query}" if query else ""
    files = {ending: reverse("statement_file", args=[kind.slug, ending]) + tail for ending in ("xlsx", "pdf")}
    itself = reverse("statement", args=[kind.slug]) + tail
    first = f"{itself}{'&' if query else '?'}from="
    before = {"before": f"{first}{max(0, asked.skip - asked.most)}"} if asked.skip else {}
    after = {"after": f"{first}{asked.skip + asked.most}"} if goes_on else {}
    return {"itself": itself, **files, **before, **after}


def _fields(kind: Kind, asked: Asked | None, choices: Mapping[str, Any], given: Mapping[str, str]) -> list[Field]:
    """The fields of the form, each with what is asked for now."""
    return [Field(name, mark_safe(_field(kind, name, asked, choices, given))) for name in kind.takes]


def _field(kind: Kind, name: str, asked: Asked | None, choices: Mapping[str, Any], given: Mapping[str, str]) -> str:
    label = escape(_labels()[name])
    value = _value(name, asked) if asked else given.get(name, "")
    if name not in choices:
        return (
            f'<div class="fld"><label for="f-{name}">{label}</label>'
            f'<input id="f-{name}" name="{name}" type="{"date" if asked else "text"}" value="{escape(value)}"></div>'
        )
    language = said.language()
    options = [] if name in kind.needs else [f'<option value="">{escape(_("all"))}</option>']
    for code, text in choices[name]:
        chosen = " selected" if code == value else ""
        options.append(f'<option value="{escape(code)}"{chosen}>{escape(text.say(language))}</option>')
    return (
        f'<div class="fld"><label for="f-{name}">{label}</label>'
        f'<select id="f-{name}" name="{name}">{"".join(options)}</select></div>'
    )


def _labels() -> dict[str, str]:
    return {
        "book": _("Book"),
        "account": _("Account"),
        "fund": _("Fund"),
        "place": _("Commune"),
        "since": _("From"),
        "day": _("To the end of"),
        "known": _("As it was known on"),
    }


def _value(name: str, asked: Asked) -> str:
    """What a field holds: the code of what was chosen, or a day."""
    chosen: Any = getattr(asked, name)
    if isinstance(chosen, date):
        return chosen.isoformat()
    if name == "account" and chosen:
        return f"{chosen.book.code}:{chosen.code}"
    return chosen.code if chosen else ""
