"""The list of first steps, the two in which a programme is founded and described, its rates, and the first list to print."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from laar.base.actions import found_programme, grant_role
from laar.base.clock import today
from laar.base.people.queries import administered, is_alone
from laar.base.queries import line_of_command
from laar.desk.start.asking import Beginner, ask, beginner, step_page
from laar.desk.verbs.questions import About, Answers, Choice, Day, Measured, MeasuredField, Pair, Question, Words, YesNo
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import set_rate
from laar.ledger.queries import newest_rates
from laar.registers.actions import Shared, list_sector, register_party, write_profile
from laar.registers.models import Party
from laar.registers.queries import body_called, known_sectors, profile_of
from laar.registers.rules import ACTION_ROLES
from laar.results.first_steps import first_steps

CURRENCIES = {code: Name(en=code, km=code) for code in DECIMALS}
#: Where each step is done.
WHERE = {
    "programme": "first_programme",
    "about": "first_about",
    "rates": "first_rates",
    "places": "first_places",
    "people": "first_people",
    "users": "users",
    "print": "first_print",
}
#: How many sectors are asked for at once; a button asks for more.
SECTORS = 4


@require_safe
@login_required
def list_of_steps(request: HttpRequest) -> HttpResponse:
    """Every step, how it stands, and the way to it."""
    who = beginner(request)
    steps = first_steps(who.programme)
    context = {
        "steps": [(one, _way(one.key, who) if one.state != "later" else "") for one in steps],
        "come": sum(one.state == "done" for one in steps),
        "of": len(steps),
        "programme": who.programme,
        "done": line_of_command(request.GET.get("done", ""), who.user),
    }
    return render(request, "desk/start/steps.html", context)


def _way(key: str, who: Beginner) -> str:
    """Where a step is done; nothing for who may not do it: programmes and users are the administrator's."""
    if key in ("programme", "users") and not administered(who.user):
        return ""
    return reverse(WHERE[key])


# ── a: the programme ────────────────────────────────────────────────────────────────────────────────────────────────

FOUND = {
    "name": Pair(label=_("Name of the programme")),
    "code": Words(label=_("Code"), most=20, hint=_("Short, in Latin letters: it stands in addresses. As in SLAR-2.")),
    "currency": Choice(label=_("Currency of the reports"), names=CURRENCIES),
    "manages": YesNo(
        label=_("Are you its manager, too?"),
        hint=_("The manager approves plans, projects and payments. The administrator only lets people in."),
        when=lambda about: is_alone(about.user),  # else one of the others gives that role
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def programme_step(request: HttpRequest) -> HttpResponse:
    """Found a programme; whoever manages it gets that role by the same form."""
    if not administered(beginner(request).user):
        raise Refusal("record.not_found")

    def found(said: dict[str, Any], who: Beginner, command: UUID) -> None:
        name = Name(en=said["name"].en or said["name"].km, km=said["name"].km)
        made = found_programme(
            said["code"], name=name, currency=said["currency"], by=who.user, on=today(), command=command
        )
        if said.get("manages"):
            grant_role(
                who.user,
                role="manager",
                programme=made,
                since=today(),
                by=who.user,
                on=today(),
                command=uuid5(command, "manager"),
            )
        request.session["programme"] = made.code

    return ask(request, "programme", FOUND, found, initial={"currency": "EUR"})


# ── b: what it is about ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SectorLine:
    """A sector as it was typed."""

    code: str
    name: str
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class SectorLines(Question):
    """Rows of code, name and percent; those that are empty count for nothing."""

    rows: int = SECTORS

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """Three fields for each row."""
        return {
            f"{row}-{ending}": field
            for row in range(self.rows)
            for ending, field in (
                ("code", forms.CharField(label=_("Code"), max_length=10, required=False)),
                ("name", forms.CharField(label=_("Name of the sector"), max_length=200, required=False)),
                ("percent", MeasuredField(label=_("Percent"), required=False)),
            )
        }

    def answer(self, typed: Answers, _about: About) -> list[SectorLine]:
        """The rows in which something stands."""
        rows = ([typed.get(f"{row}-{ending}") for ending in ("code", "name", "percent")] for row in range(self.rows))
        return [
            SectorLine(code or "", name or "", percent or Decimal(0)) for code, name, percent in rows if code or percent
        ]

    def missing(self, typed: Answers) -> bool:
        """Whether no sector is named."""
        return not any(value for key, value in typed.items() if key.endswith("code"))


def about_questions(rows: int) -> dict[str, Question]:
    """What is asked about a programme, with so many rows for sectors."""
    return {
        "title": Pair(label=_("Title, as it stands in the contract"), is_long=True),
        "objective": Pair(label=_("Overall objective"), is_long=True, most=2000),
        "since": Day(label=_("First day")),
        "last": Day(label=_("Last day")),
        "organisation": Pair(label=_("Your organisation"), most=200),
        "role": Choice(label=_("Its role in the action"), names=ACTION_ROLES),
        "country": Pair(label=_("Country"), most=100, is_required=False),
        "sectors": SectorLines(
            label=_("Sectors, together 100 percent"),
            hint=_("The five-digit codes of the OECD, as in the contract: 15112 Decentralisation, 60."),
            rows=rows,
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def about_step(request: HttpRequest) -> HttpResponse:
    """Write what the programme is about; then the reference sheet opens."""
    profile = profile_of(beginner(request).its)
    if profile and request.method != "POST":
        return render(request, "desk/start/about.html", {**step_page(request, "about"), "profile": profile})
    typed = request.POST.get("rows", "")
    rows = min(int(typed) if typed.isdecimal() else SECTORS, 30) + (2 if "more" in request.POST else 0)
    country = Name(en="Cambodia", km="កម្ពុជា")
    return ask(
        request,
        "about",
        about_questions(rows),
        _write,
        template="desk/start/about.html",
        initial={"country": country},
        rows=rows,
    )


def _write(said: dict[str, Any], who: Beginner, command: UUID) -> None:
    """The organisation and the sectors where they are new, then the profile that cites them."""
    organisation, sectors = _organisation(said["organisation"], who, command), said.pop("sectors")
    known = known_sectors("DAC")
    for line in sectors:
        if line.code not in known:
            list_sector(
                "DAC",
                line.code,
                name=Name(en=line.name or line.code),
                source=who.its.code,
                by=who.user,
                on=today(),
                command=uuid5(command, line.code),
            )
            known.add(line.code)
    write_profile(
        who.its,
        **{**said, "organisation": organisation},
        sectors=[Shared(line.code, line.percent) for line in sectors],
        by=who.user,
        on=today(),
        command=command,
    )


def _organisation(name: Name, who: Beginner, command: UUID) -> Party:
    there = body_called("ngo", name)
    return there or register_party("ngo", name=name, by=who.user, on=today(), command=uuid5(command, "organisation"))


# ── c: rates ────────────────────────────────────────────────────────────────────────────────────────────────────────

RATE = {
    "base": Choice(label=_("One unit of"), names=CURRENCIES),
    "rate": Measured(label=_("costs"), hint=_("As in 1 EUR = 1.0850 USD.")),
    "currency": Choice(label=_("in this currency"), names=CURRENCIES),
    "since": Day(label=_("From which day")),
    "source": Words(label=_("Who says so"), hint=_("As in “InforEuro, March 2026” or the name of the bank.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rates_step(request: HttpRequest) -> HttpResponse:
    """The rates that are there, and one more."""
    currency = beginner(request).its.currency

    def enter(said: dict[str, Any], who: Beginner, command: UUID) -> None:
        set_rate(
            said["base"],
            said["currency"],
            since=said["since"],
            rate=said["rate"],
            source=said["source"],
            by=who.user,
            on=today(),
            command=command,
        )

    other = "KHR" if currency == "USD" else "USD"
    return ask(
        request,
        "rates",
        RATE,
        enter,
        template="desk/start/rates.html",
        onward="first_rates",
        initial={"base": currency, "currency": other, "since": today()},
        rates=list(newest_rates()),
    )


# ── g: the first list ───────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_required
def print_step(request: HttpRequest) -> HttpResponse:
    """Where the first lists are printed."""
    return render(request, "desk/start/print.html", {**step_page(request, "print"), "people": _list_of_people()})


def _list_of_people() -> str:
    """The list of people and groups; where there is none, the places with who is at home there."""
    for name, args in (("chapter", ["people"]), ("places", [])):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""
