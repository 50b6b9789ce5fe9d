"""Who may do what, said so that it can be read; and why somebody may not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from laar.base.clock import now
from laar.base.people.queries import own_gifts
from laar.base.rules import ROLES, WHAT_FOR, Verb, verbs
from laar.base.why import why
from laar.desk.page import reader, signed_in
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.queries import area_names
from laar.results.cards import record_called

#: What verbs are about that is no table of its own.
OTHER_NOUNS = {
    "approval": Name(en="approval", km="ការអនុម័ត"),
    "factor": Name(en="second factor", km="កត្តាទីពីរ"),
    "gazetteer": Name(en="gazetteer", km="បញ្ជីឈ្មោះទីកន្លែង"),
    "member": Name(en="member of a council", km="សមាជិកក្រុមប្រឹក្សា"),
    "parties": Name(en="people and groups", km="បុគ្គល និងក្រុម"),
    "password": Name(en="password", km="ពាក្យសម្ងាត់"),
    "treasury_payment": Name(en="payment of the treasury", km="ការទូទាត់តាមរតនាគារ"),
}


@dataclass(frozen=True, slots=True)
class Noun:
    """What some verbs are about, and those verbs."""

    key: str
    name: Name
    verbs: list[Verb]


@dataclass(frozen=True, slots=True)
class Group:
    """The nouns of one part of the work."""

    key: str
    name: Name
    nouns: list[Noun]


@require_safe
@login_required
def who_may(request: HttpRequest) -> HttpResponse:
    """Every verb and the roles that do it; with `?role=` those of one role."""
    role = request.GET.get("role", "")
    if role and role not in ROLES:
        raise Refusal("record.not_found")
    shown = [one for one in verbs() if not role or role in one.roles or one.own]
    context = {"groups": _in_groups(_by_noun(shown)), "role": role, "roles": ROLES, "what_for": WHAT_FOR}
    context |= {"own_gifts": own_gifts(reader(request)), "areas": area_names()}
    return render(request, "desk/account/who_may.html", context)


@require_safe
@login_required
def why_not(request: HttpRequest, verb: str, kind: str, key: int) -> HttpResponse:
    """Why who is signed in may, or may not, do this to this record."""
    found = next((one for one in verbs() if one.code == verb), None)
    if found is None:
        raise Refusal("record.not_found")
    answer = why(signed_in(request), found, record_called(kind, key, reader(request)), now())
    roles = [ROLES[role] for role in ROLES if role in found.roles]
    return render(request, "desk/account/why.html", {"why": answer, "roles": roles, "areas": area_names()})


#: What verbs are about, in the order of the work; what is named nowhere belongs to the house.
WORK = {
    "people": (Name(en="People and places", km="មនុស្ស និងទីកន្លែង"), (
        "party", "parties", "mandate", "member", "membership", "location", "gazetteer", "profile")),
    "asked": (Name(en="What was asked, and what was done", km="អ្វីដែលបានស្នើ និងអ្វីដែលបានធ្វើ"), (
        "event", "attendance", "request", "decision", "course", "advice")),
    "plans": (Name(en="Plans and projects", km="ផែនការ និងគម្រោង"), (
        "plan", "line", "project", "approval", "opinion", "visit")),
    "money": (Name(en="Money", km="ថវិកា"), (
        "tranche", "voucher", "refund", "treasury_payment", "contribution", "book", "account", "fund", "purpose", "rate", "entry",
        "budget", "commitment", "document", "statement", "match", "count", "closing", "heading", "series", "limit",
        "cash_count", "bank_statement", "column_mapping", "difference")),
    "proof": (Name(en="Evidence, stories and reports", km="ភស្តុតាង រឿង និងរបាយការណ៍"), (
        "evidence", "story", "paragraph", "sheet", "pack")),
}  # fmt: skip
HOUSE = Name(en="The house and its people", km="ប្រព័ន្ធ និងអ្នកប្រើប្រាស់")


def _in_groups(nouns: list[Noun]) -> list[Group]:
    """The nouns by part of the work."""
    named = {key for _, keys in WORK.values() for key in keys}
    found = [Group(key, name, [one for one in nouns if one.key in keys]) for key, (name, keys) in WORK.items()]
    found.append(Group("house", HOUSE, [one for one in nouns if one.key not in named]))
    return [one for one in found if one.nouns]


def _by_noun(shown: list[Verb]) -> list[Noun]:
    grouped: dict[str, list[Verb]] = {}
    for one in shown:
        grouped.setdefault(one.code.split(".")[0], []).append(one)
    return [Noun(key, _name_of_noun(key), found) for key, found in grouped.items()]


@cache
def _name_of_noun(noun: str) -> Name:
    """What a noun is called: as its table is, in both languages."""
    for model in apps.get_models():
        if model._meta.model_name == noun and model.__module__.startswith("laar."):
            with override("en"):
                en = str(model._meta.verbose_name)
            with override("km"):
                return Name(en=en, km=str(model._meta.verbose_name))
    return OTHER_NOUNS.get(noun, Name(en=noun))
