"""The entry screen: one address for each kind of document. It adds lines, shows what will be, and prepares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laar.base import store
from laar.base.access import Permission
from laar.base.act import rehearse
from laar.base.actions import keep_evidence
from laar.base.clock import now, today
from laar.base.models import Evidence, User
from laar.base.queries import day_in, line_of_command
from laar.base.rules import verb_of
from laar.desk.books.documents.kinds import SCREENS, Screen, Written, currency_of, questions_for
from laar.desk.books.documents.lines import FIRST, MORE, MOST, LineForm, Lists, count_of
from laar.desk.page import programme, signed_in
from laar.desk.templatetags.laar import address
from laar.desk.verbs.form import AskForm
from laar.desk.verbs.questions import About, Scan, kept_for
from laar.desk.verbs.sent import command_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import Item, Leg, in_book_of, prepare_document
from laar.ledger.models import Document
from laar.ledger.rules import DOCUMENTS
from laar.results.documents import Charged, Moved, charged_by, moved_by, own_book, rates_of, same_as


@dataclass
class Seen:
    """What a document would do, before it is one."""

    total: Money
    worth: Money
    moved: list[Moved]
    charged: list[Charged]
    rates: list[str]


@dataclass
class Page:
    """The screen as it was asked for or sent."""

    about: About
    kind: str
    screen: Screen
    form: AskForm
    lines: list[LineForm]
    nonce: str
    refusal: Refusal | None = None
    seen: Seen | None = None
    #: A document with the same content that the same person prepared: it is asked whether this is another one.
    same: Document | None = None
    kept: dict[str, str] = field(default_factory=dict)
    status: int = 200


@require_safe
@login_required
def documents(request: HttpRequest) -> HttpResponse:
    """The way to the documents: to write one for who does that, else the list of them."""
    try:
        writer(request)
    except Refusal:
        return redirect("chapter", slug="documents")
    return redirect("document_kinds")


@require_safe
@login_required
def kinds(request: HttpRequest) -> HttpResponse:
    """Which documents can be written."""
    writer(request)
    offered = [(kind, DOCUMENTS[kind].name) for kind in SCREENS]
    return render(request, "desk/books/documents/kinds.html", {"kinds": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a document of a kind: by keyboard alone, and without JavaScript."""
    about = writer(request)
    if kind not in SCREENS:
        raise Refusal("record.not_found")
    if request.method != "POST":
        initial = {"on": day_in(about.programme), **request.GET.dict()}
        form = AskForm(about, questions_for(kind), initial=initial)
        form.fields["on"].widget.attrs["autofocus"] = True  # who comes here comes to write, all day and by keyboard
        return _shown(request, Page(about, kind, SCREENS[kind], form, _empty(about, kind, FIRST), str(uuid4())))
    if line := line_of_command(str(command_of(request)), about.user):
        return redirect(f"{address(Document.objects.get(pk=line.key))}?{urlencode({'done': line.command})}")
    return _sent(request, about, kind)


def _sent(request: HttpRequest, about: About, kind: str) -> HttpResponse:
    screen, wants_more = SCREENS[kind], "more" in request.POST
    count = count_of(request.POST) + (MORE if wants_more else 0)
    form = AskForm(about, questions_for(kind), request.POST, request.FILES)
    lines = Lists(about, screen).forms(min(1 if screen.one_line else count, MOST), request.POST)
    page = Page(about, kind, screen, form, lines if screen.has_lines else [], request.POST.get("nonce", ""))
    answers = form.answers() if form.is_valid() else {}
    if form.errors and not wants_more:
        for line in page.lines:
            line.is_valid()
        page.status = 422
        return _shown(request, page)
    try:
        legs = _legs(page, answers)
        if legs is None or wants_more:
            page.status = 200 if wants_more else 422
        elif "check" in request.POST:
            rehearse(lambda: _document(page, answers, legs), lambda _: None)
            page.seen = _foreseen(about, legs, answers)
        elif "again" not in request.POST and (same := same_as(about.record, kind, legs, answers["text"], about.user)):
            page.same, page.status = same, 409
        else:
            return _prepared(request, page, answers, legs)
    except Refusal as no:
        page.refusal, page.status = (None, 200) if wants_more else (no, no.status)
    _keep_paper(page, answers)
    return _shown(request, page)


def _keep_paper(page: Page, answers: dict[str, Any]) -> None:
    """A browser does not send a chosen file twice: where the page is shown again, the paper is kept."""
    scan: Scan | None = answers.get("paper")
    if scan and not scan.kept and not page.kept:
        try:
            _kept(page.about, scan, answers, page)
        except Refusal as no:
            page.refusal, page.status = no, no.status


def _legs(page: Page, answers: dict[str, Any]) -> list[Leg] | None:
    """The lines of the entry; None where one of those that were typed can't be read."""
    book, items = page.about.record, list[Item | None]()
    currency = currency_of(book, answers)
    for line in page.lines:
        line.in_currency(currency)
        if not line.is_empty and line.is_valid():
            items.append(line.item(currency, items[-1] if items else None))
    wrong = any(not line.is_empty and line.errors for line in page.lines)
    if wrong or not answers:
        return None
    if not items and page.screen.has_lines:
        raise Refusal("entry.too_short")
    written = Written(book, answers["on"], answers, [item for item in items if item])
    return page.screen.legs(written)


def _prepared(request: HttpRequest, page: Page, answers: dict[str, Any], legs: list[Leg]) -> HttpResponse:
    scan, command = answers["paper"], command_of(request)
    papers = {page.screen.paper: _kept(page.about, scan, answers, page)} if scan else {}
    document = _document(page, answers, legs, papers=papers, command=command)
    return redirect(f"{address(document)}?{urlencode({'done': command})}")


def _document(page: Page, answers: dict[str, Any], legs: list[Leg], **more: Any) -> Document:
    """Prepare it, or rehearse that: looked at first or sent, it is judged by the same action."""
    return prepare_document(
        page.about.record,
        page.kind,
        legs,
        text=answers["text"],
        by=page.about.user,
        on=answers["on"],
        **{name: answers[name] for name in page.screen.passes if answers.get(name)},
        **more,
    )


def _kept(about: About, scan: Scan, answers: dict[str, Any], page: Page) -> Evidence:
    """The paper as evidence. It stays kept if the document is refused, and is not sent again."""
    text: Name = answers["text"]
    piece = keep_evidence(
        about.programme,
        store.read(scan.kept.sha256) if scan.kept else scan.content or b"",
        caption=Name(en=f"{scan.label.en.capitalize()}: {text.en}"[:300], km=f"{scan.label.km}៖ {text.km}"[:300]),
        dated=answers["on"],
        is_personal=scan.is_personal,
        signed_by=scan.signed_by,
        by=about.user,
        on=today(),
    )
    page.kept["paper-kept"] = kept_for(about.user, piece)
    return piece


def _foreseen(about: About, legs: list[Leg], answers: dict[str, Any]) -> Seen:
    """What the document would do. Raises Refusal `rate.missing`, `entry.unbalanced`."""
    book, on = about.record, answers["on"]
    worth = sum((one.units for one in in_book_of(legs, book, on) if one.units > 0), 0)
    currency = legs[0].amount.currency if legs else book.currency
    total = sum(leg.amount.units for leg in legs if leg.amount.units > 0 and leg.amount.currency == currency)
    return Seen(
        total=Money(total, currency),
        worth=Money(worth, book.currency),
        moved=moved_by(legs),
        charged=charged_by(legs, on),
        rates=rates_of({leg.amount.currency for leg in legs}, book, on),
    )


def writer(request: HttpRequest) -> About:
    """Who writes documents here, and into which book. Raises Refusal `record.not_found`."""
    who: User = signed_in(request)
    where = programme(request)
    book = own_book(where, request.GET.get("book", ""))
    if not Permission(who, verb_of("document.prepare"), now()).reaches(book):
        raise Refusal("record.not_found")
    return About(verb="document.prepare", programme=where, user=who, record=book)


def _empty(about: About, kind: str, count: int) -> list[LineForm]:
    screen = SCREENS[kind]
    return Lists(about, screen).forms(1 if screen.one_line else count) if screen.has_lines else []


def _shown(request: HttpRequest, page: Page) -> HttpResponse:
    if page.kept:
        data = request.POST.copy()
        for name, signed in page.kept.items():
            data[name] = signed
        page.form = AskForm(page.about, questions_for(page.kind), data)
    context = {
        "page": page,
        "form": page.form,
        "refusal": page.refusal,
        "wrong_lines": [line for line in page.lines if line.is_bound and not line.is_empty and line.errors],
        "kind": DOCUMENTS[page.kind],
        "book": page.about.record,
        "more": _("%(count)s more lines") % {"count": MORE},
    }
    return render(request, "desk/books/documents/new.html", context, status=page.status)
