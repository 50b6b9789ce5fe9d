"""What a step takes, before it is tried: each of its conditions, how it stands, who can bring it, and what comes then.

The conditions are the guards of the table of states. They are asked one by one, with the facts that they name; nothing is
done and nothing is written. The action itself has the last word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.db.models import Model

from laar.base.clock import today
from laar.base.models import User
from laar.base.queries import doer_of, papers_of
from laar.base.rules import Verb, verb_of
from laar.events.models import Course, Event
from laar.events.queries import present_at, session_in
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.states import Guard, Machine, said_by
from laar.ledger.models import BankStatement, Document
from laar.ledger.queries import enough_for_two, stand_of, worth
from laar.plans.models import Plan
from laar.plans.queries import lines_left
from laar.projects.models import Contribution, Project, Refund, Tranche, Voucher
from laar.projects.queries import (
    any_paid,
    earlier,
    open_findings,
    outstanding,
    pending_share,
    standing_on,
    unaccounted,
    words_on,
)
from laar.projects.queries.twins import twin_anywhere
from laar.projects.rules import AGREED, PATHS
from laar.results.models import Story
from laar.results.queries.steps import SETBACKS, machine_of


def _did(verb: str) -> dict[str, Callable[[Any], object]]:
    """Who did a step that can be taken back, and what it is called."""
    return {"did_by": lambda one: doer_of(one, verb), "did": lambda _one: verb_of(verb).label}


#: The facts that the guards of a table ask for, by their names. What is not here is said on the form of the step.
FACTS: dict[type[Model], dict[str, Callable[[Any], object]]] = {
    Contribution: {
        "papers": papers_of,
        "project": lambda one: one.project,
        "path": lambda one: PATHS[one.project.kind],
        **_did("contribution.receive"),
    },
    Course: {
        "papers": papers_of,
        "planned": lambda one: session_in(one, "planned"),
        "held": lambda one: session_in(one, "held"),
    },
    BankStatement: {
        "open_lines": lambda one: len(stand_of(one).open_lines),
        "books": lambda one: stand_of(one).books,
        "bank": lambda one: stand_of(one).closing,
    },
    Document: {
        "papers": papers_of,
        "twin": twin_anywhere,
        "amount": worth,
        "most": lambda one: enough_for_two(one, today()),
    },
    Event: {"papers": papers_of, "present": present_at},
    Plan: {"lines": lambda one: one.lines.count(), "left": lambda one: lines_left(one).count()},
    Project: {
        "papers": papers_of,
        "words": words_on,
        "left": lambda one: lines_left(one.plan).count() if one.kind == "oa" else 0,
        "visits": lambda one: one.visits.count(),
        "findings": lambda one: open_findings(one).count(),
        "paid": any_paid,
        "outstanding": lambda one: outstanding(one) if one.state in AGREED else None,
        "pending": pending_share,
    },
    Story: {"papers": papers_of},
    Tranche: {
        "papers": papers_of,
        "project": lambda one: one.agreement.project,
        "path": lambda one: PATHS[one.agreement.project.kind],
        "earlier": earlier,
        "route": lambda one: one.agreement.route,
        "outstanding": unaccounted,
        "standing": standing_on,
        **_did("tranche.pay"),
    },
    Refund: {
        "project": lambda one: one.tranche.agreement.project,
        "path": lambda one: PATHS[one.tranche.agreement.project.kind],
        **_did("refund.receive"),
    },
    Voucher: {
        "papers": papers_of,
        "project": lambda one: one.tranche.agreement.project,
        "path": lambda one: PATHS[one.tranche.agreement.project.kind],
        **_did("voucher.accept"),
    },
}

#: By which verb that is brought of which a refusal speaks; what is missing otherwise comes with the form.
BROUGHT_BY = {
    "course.no_session": "event.announce",
    "course.sessions_left": "event.hold",
    "document.paper_missing": "document.prove",
    "event.nobody_present": "attendance.enter",
    "plan.lines_left": "line.hold",
    "plan.no_lines": "line.add",
    "project.findings_open": "request.accept",
    "project.lines_left": "line.hold",
    "project.never_paid": "tranche.pay",
    "project.not_settled": "voucher.bring",
    "project.share_pending": "treasury_payment.copy",
    "project.visit_missing": "visit.record",
    "project.word_against": "opinion.give",
    "project.word_missing": "opinion.give",
    "tranche.earlier_open": "tranche.liquidate",
    "tranche.not_accounted": "voucher.bring",
    "tranche.not_running": "project.resume",
}
#: Form errors: what they ask for can be said, or attached, on the form itself.
ON_THE_FORM = 422


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a step takes: it is there, it is missing, or it comes with the form."""

    says: Name
    stands: Literal["done", "now", "todo"]
    #: What is missing, in words that say what to do.
    missing: Refusal | None = None
    #: The verb by which it is brought.
    brought_by: Verb | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that could come: what it takes, where it leads, and whose turn it is then."""

    verb: Verb
    conditions: tuple[Condition, ...]
    target: Name
    then: Verb | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing but what its form asks."""
        return all(one.stands != "now" for one in self.conditions)


def ahead_of(record: Model, code: str, user: User | None) -> Ahead | None:
    """What a step of a record's own path takes; None for what is no step from where it stands."""
    table = machine_of(record)
    noun, _, word = code.partition(".")
    row = table.step(record.state, word) if table else None  # type: ignore[attr-defined]  # what has a table has a state
    if table is None or row is None or noun != record._meta.model_name:
        return None
    return Ahead(
        verb_of(code),
        tuple(_judged(guard, record, user) for guard in row.guards),
        table.states[row.target],
        _then(table, row.target, noun),
    )


def _judged(guard: Guard, record: Model, user: User | None) -> Condition:
    """How one condition stands."""
    says, known = said_by(guard), FACTS.get(type(record), {})
    asked = _asked_by(guard)
    if any(name != "by" and name not in known for name in asked) or ("by" in asked and user is None):
        return Condition(says, "todo")
    facts = {name: user if name == "by" else known[name](record) for name in asked}
    try:
        guard(record, **facts)
    except Refusal as no:
        verb = BROUGHT_BY.get(no.code)
        if verb is None and no.status == ON_THE_FORM:
            return Condition(says, "todo")
        return Condition(says, "now", no, verb_of(verb) if verb else None)
    return Condition(says, "done")


@cache
def _asked_by(guard: Guard) -> tuple[str, ...]:
    """The names of the facts that a guard looks at."""
    parameters = inspect.signature(guard).parameters.values()
    return tuple(one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY)


def _then(table: Machine, state: str, noun: str) -> Verb | None:
    """What brings it on from there."""
    codes = (f"{noun}.{word}" for word in table.verbs_from(state))
    return next((verb_of(code) for code in codes if code not in SETBACKS), None)
