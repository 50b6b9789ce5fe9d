"""One view does every verb: it asks, says what it will change, does it, or shows the two versions that collide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from laar.base import store
from laar.base.access import openable
from laar.base.act import actions
from laar.base.actions import keep_evidence
from laar.base.clock import now, today
from laar.base.models import Evidence, TrailLine
from laar.base.queries import line_of_command
from laar.base.readers import is_closed
from laar.base.rules import verb_of
from laar.base.signatures import takes
from laar.desk.page import reader, user
from laar.desk.templatetags.laar import address
from laar.desk.verbs.asks import FIRST
from laar.desk.verbs.conflict import clash, merged
from laar.desk.verbs.consequence import consequence
from laar.desk.verbs.form import DeedForm, FirstForm
from laar.desk.verbs.prefill import as_it_is
from laar.desk.verbs.questions import About, Scan, kept_for
from laar.desk.verbs.resumed import Typed, keep_typed, typed_before, whose
from laar.desk.verbs.sent import command_of, command_with
from laar.desk.verbs.subject import about
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.reports.models import FinanceReport
from laar.results.cards import card_of
from laar.results.queries.conditions import ahead_of
from laar.results.queries.steps import deeds_for, machine_of

#: No key of a row has so many digits.
LONGEST_KEY = 19


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, verb: str, kind: str = "", key: int = 0) -> HttpResponse:
    """A verb: what it asks and what it will change; sent, it is done."""
    who = user(request)
    if who is None:
        if request.method == "POST":
            keep_typed(request)
        return redirect_to_login(request.get_full_path())
    typed = typed_before(request, who) if request.method == "GET" else None
    sent = command_with(typed.data, MultiValueDict()) if typed else None
    if request.method == "POST":
        sent = command_of(request)
    if sent and (line := line_of_command(str(sent), who)):
        return redirect(_done_before(request, line))  # sent twice, done once: both see what was done
    try:
        asked = about(request, verb, kind, key, who)
    except Refusal as no:
        if no.status != 403 or not kind:
            raise
        context = {"refusal": no, "why": reverse("why", args=[verb, kind, key])}
        return render(request, "desk/refused.html", context, status=403)
    if verb in FIRST:
        first = FirstForm(asked, request.GET)
        if not first.is_valid():
            is_whole = set(FIRST[verb]) <= set(request.GET)
            again = first if is_whole else FirstForm(asked, initial=request.GET.dict())
            return _page(request, asked, again, is_first=True)
        asked = replace(asked, first=first.answers())
    return _sent(request, asked) if request.method == "POST" else _asking(request, asked, typed)


def _asking(request: HttpRequest, asked: About, typed: Typed | None) -> HttpResponse:
    if typed:
        form = DeedForm(asked, typed.data, initial=as_it_is(asked))
        return _page(request, asked, form, seen=_seen(typed.data), nonce=typed.data.get("nonce", ""), typed=typed)
    form = DeedForm(asked, initial=as_it_is(asked))
    return _page(request, asked, form, seen=asked.version)


def _sent(request: HttpRequest, asked: About) -> HttpResponse:
    form = DeedForm(asked, request.POST, request.FILES, initial=as_it_is(asked))
    answers = form.answers() if form.is_valid() else {}
    seen, nonce = _seen(request.POST), request.POST.get("nonce", "")
    if form.errors:
        return _page(request, asked, form, seen=seen, nonce=nonce, status=422)
    kept: dict[str, str] = {}
    try:
        answers = _with_papers(asked, answers, kept)
        result = _done(asked, answers, seen, command := command_of(request))
    except Refusal as no:
        return _refused(request, asked, form, no, seen=seen, nonce=nonce, kept=kept)
    return redirect(f"{_after(request, asked, result)}?{urlencode({'done': command})}")


def _refused(
    request: HttpRequest,
    asked: About,
    form: DeedForm,
    no: Refusal,
    *,
    seen: int | None,
    nonce: str,
    kept: dict[str, str],
) -> HttpResponse:
    """The same page again, with everything that was typed and the reason; or the two versions that collide."""
    data = request.POST.copy()
    for field, signed in kept.items():
        data[field] = signed
    if no.code == "record.changed_since" and seen is not None:
        kind = asked.record._meta.model_name
        fresh = about(request, asked.verb, kind, asked.record.pk, asked.user)
        found = clash(fresh.record, seen, reader(request))
        again = DeedForm(fresh, merged(fresh, form, data), initial=as_it_is(fresh))
        return _page(request, fresh, again, seen=fresh.version, clash=found, refusal=no, status=no.status)
    again = DeedForm(asked, data, initial=as_it_is(asked))
    return _page(request, asked, again, seen=seen, nonce=nonce, refusal=no, status=no.status)


def _done(asked: About, answers: dict[str, Any], seen: int | None, command: UUID) -> Any:
    if takes(asked.verb, "seen"):
        if seen is None:
            raise Refusal("form.not_ours")
        answers["seen"] = seen
    subject = () if asked.record is None else (asked.record,)
    return actions()[asked.verb](*subject, **asked.first, **answers, by=asked.user, command=command)


def _with_papers(asked: About, answers: dict[str, Any], kept: dict[str, str]) -> dict[str, Any]:
    """The answers with every scan kept as evidence. It stays kept if the action is refused, and is not sent again."""

    def keep(scan: Scan, field: str) -> Evidence:
        piece = keep_evidence(
            asked.programme,
            store.read(scan.kept.sha256) if scan.kept else scan.content or b"",
            caption=_caption(asked, scan.label),
            dated=answers["on"],
            is_personal=scan.is_personal,
            signed_by=scan.signed_by,
            by=asked.user,
            on=today(),
        )
        kept[f"{field}-kept"] = kept_for(asked.user, piece)
        return piece

    made: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, Scan):
            made[name] = keep(value, name)
        elif isinstance(value, dict) and all(isinstance(one, Scan) for one in value.values()):
            made[name] = {role: keep(one, f"{name}-{role}") for role, one in value.items()}
        else:
            made[name] = value
    return made


def _caption(asked: About, what: Name) -> Name:
    record: Any = asked.record
    if record is not None and is_closed(record):
        return Name(en=what.en.capitalize(), km=what.km)  # what it is about is not for everybody
    name = getattr(record, "name", None) or asked.programme.name
    return Name(en=f"{what.en.capitalize()}: {name.en}"[:300], km=f"{what.km}៖ {name.km or name.en}"[:300])


def _seen(sent: QueryDict) -> int | None:
    text = sent.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < LONGEST_KEY else None


def _done_before(request: HttpRequest, line: TrailLine) -> str:
    """Where one goes on after something that was done already."""
    made = apps.get_model(line.table)._default_manager.filter(pk=line.key).first()
    where = address(made) if made and openable(reader(request), [made]) else "/"
    return f"{where}?{urlencode({'done': line.command})}"


def _after(request: HttpRequest, asked: About, result: Any) -> str:
    """Where one goes on: the record that was made or changed, or the one from which one came; a report is a page."""
    for record in (result, asked.record):
        if isinstance(record, Model) and openable(reader(request), [record]):
            return reverse("finance_report", args=[record.pk]) if isinstance(record, FinanceReport) else address(record)
    return "/"


def _page(
    request: HttpRequest, asked: About, form: DeedForm, *, nonce: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    table = machine_of(asked.record) if asked.record is not None else None
    deeds = deeds_for(asked.record, asked.user, now()) if table else []
    target = next((deed.target for deed in deeds if deed.verb.code == asked.verb), None)
    context = {
        "about": asked,
        "verb": verb_of(asked.verb),
        "record": asked.record if asked.record != asked.programme else None,
        "form": form,
        "nonce": nonce or str(uuid4()),
        "whose": whose(asked.user),
        "others": [deed for deed in deeds if deed.may and deed.target and deed.verb.code != asked.verb]
        if target
        else [],
        "state": table.states[asked.record.state] if table else None,
        "target": target,
        "card": card_of(asked.record, reader(request)) if target else None,
        "ahead": ahead_of(asked.record, asked.verb, asked.user) if target else None,
        "told": None if "clash" in more else consequence(asked, form, reader(request)),
        **more,
    }
    return render(request, "desk/do.html", context, status=status)
