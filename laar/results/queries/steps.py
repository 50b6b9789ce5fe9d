"""What can be done to a record from where it stands, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from laar.base.access import may_do
from laar.base.act import actions
from laar.base.clock import today
from laar.base.models import User
from laar.base.objectors import objectors_to
from laar.base.queries import papers_of
from laar.base.rules import Verb, verb_of
from laar.base.signatures import subject_of
from laar.events.models import Advice, Course, Event, Request
from laar.events.rules import ADVICE, COURSE, EVENT, KINDS, REQUEST
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.states import Machine
from laar.ledger.models import BankStatement, Closing, Document
from laar.ledger.queries import booked_after, booked_difference, holds_foreign
from laar.ledger.rules import CLOSING, DOCUMENT, HOLDS, STATEMENT
from laar.plans.models import Line, Plan
from laar.plans.rules import LINES, OPEN_FOR_GRANT, OPEN_FOR_LINES, PLAN
from laar.projects.models import Contribution, Project, Refund, Tranche, Voucher
from laar.projects.queries import unaccounted
from laar.projects.rules import (
    AGREED,
    CONTRIBUTION,
    NOTHING_MORE,
    OPEN_FOR_VISITS,
    OPEN_FOR_VOUCHERS,
    OPEN_FOR_WORDS,
    PATHS,
    REFUND,
    TRANCHE,
    TREASURY_PAYMENT,
    VOUCHER,
)
from laar.registers.models import Place
from laar.results.models import Story
from laar.results.rules import STORY

#: By which table a record goes its way; the tables of lines and projects depend on their kind.
MACHINES: dict[type[Model], Callable[[Any], Machine]] = {
    Advice: lambda _: ADVICE,
    Document: lambda _: DOCUMENT,
    Course: lambda _: COURSE,
    Event: lambda _: EVENT,
    Request: lambda _: REQUEST,
    Plan: lambda _: PLAN,
    Line: lambda line: LINES[line.plan.kind],
    Project: lambda project: PATHS[project.kind],
    Tranche: lambda _: TRANCHE,
    Contribution: lambda _: CONTRIBUTION,
    Voucher: lambda _: VOUCHER,
    Refund: lambda _: REFUND,
    Story: lambda _: STORY,
    BankStatement: lambda _: STATEMENT,
    Closing: lambda _: CLOSING,
}


def _is_open_line(line: Any) -> bool:
    """Whether nothing in the books stands for a line of a bank statement, and the statement is not signed off."""
    return line.statement.state == STATEMENT.initial and not line.matches.filter(is_undone=False).exists()


def _stands_alone(entry: Any) -> bool:
    """Whether an entry can be reversed by itself: neither a document nor a record above stands on it."""
    if hasattr(entry, "prepared") or hasattr(entry, "reversal"):
        return False
    try:
        for objector in objectors_to("entry.reverse"):
            objector(entry)
    except Refusal:
        return False
    return True


#: When a verb that adds something fits its subject; those that are not named fit always. The action judges again.
FITS: dict[str, Callable[[Any], bool]] = {
    "advice.give": lambda event: event.kind == "coaching" and event.state == "held",
    "attendance.correct": lambda line: line.event.state == "planned" and line.person_id is None,
    "attendance.enter": lambda event: event.state == "planned" and not event.attendances.exists(),
    "attendance.record": lambda event: event.state == "planned",
    "decision.record": lambda event: event.kind == "council_session" and event.state == "held",
    "document.prove": lambda document: document.state == DOCUMENT.initial,
    "event.correct": lambda event: event.state == "planned",
    "payment_list.draw": lambda event: event.state == "held",
    "payment_list.charge": lambda paid: paid.document is None or paid.document.state == "void",
    "payment_line.add": lambda paid: paid.document is None or paid.document.state == "void",
    "payment_line.correct": lambda line: line.sheet.document is None or line.sheet.document.state == "void",
    "request.raise": lambda event: KINDS[event.kind].takes_requests and event.state == "held",
    "request.correct": lambda request: request.state == REQUEST.initial,
    "line.add": lambda plan: plan.state in OPEN_FOR_LINES,
    "line.correct": lambda line: line.plan.state in OPEN_FOR_LINES,
    "line.answer": lambda line: line.plan.state in OPEN_FOR_LINES,
    "project.propose": lambda plan: plan.state in OPEN_FOR_GRANT or plan.kind != "oa",
    "opinion.give": lambda project: project.state in OPEN_FOR_WORDS and project.kind == "sdp",
    "visit.record": lambda project: project.state in OPEN_FOR_VISITS,
    "contribution.promise": lambda project: project.kind == "sdp" and project.state not in NOTHING_MORE,
    "contribution.offer": lambda project: project.kind == "sdp" and project.state not in NOTHING_MORE,
    "contribution.receive": lambda contribution: contribution.units < contribution.promised_units,
    "treasury_payment.copy": lambda project: project.kind == "sdp" and project.state in AGREED,
    "treasury_payment.reverse": lambda payment: payment.state == TREASURY_PAYMENT.initial,
    "tranche.reopen": lambda tranche: bool(unaccounted(tranche)),
    "voucher.bring": lambda tranche: tranche.state in OPEN_FOR_VOUCHERS,
    "refund.receive": lambda tranche: tranche.state in OPEN_FOR_VOUCHERS,
    "mandate.open": lambda party: party.kind == "council",
    "member.seat": lambda party: party.kind != "person",
    "party.erase": lambda party: party.kind == "person",
    "party.merge": lambda party: party.merged_into_id is None,
    "mandate.end": lambda mandate: mandate.until is None,
    "membership.end": lambda membership: membership.until is None,
    "role.end": lambda role: role.until is None or role.until > today(),
    "finance_report.submit": lambda report: report.state in ("draft", "returned"),
    "finance_report.return": lambda report: report.state == "submitted",
    "finance_report.accept": lambda report: report.state == "submitted",
    "account.revalue": lambda account: account.use in HOLDS and holds_foreign(account),
    "cash.count": lambda account: account.use == "cash",
    "count.book": lambda count: bool(count.difference) and not (booked_difference(count) or booked_after(count)),
    "charge.book": _is_open_line,
    "entry.reverse": _stands_alone,
    "statement_line.explain": _is_open_line,
    "statement.reconcile": lambda statement: statement.state == STATEMENT.initial,
}


#: Every table by which records of a kind can go, whatever their own kind is: what is a step there is nothing else.
TABLES: dict[type[Model], tuple[Machine, ...]] = {Line: tuple(LINES.values()), Project: tuple(PATHS.values())}
#: Steps that end, stop or send back something; they never stand first.
SETBACKS = frozenset({
    "document.void",
    "event.cancel", "course.cancel", "line.cancel", "line.drop", "line.postpone", "project.suspend", "project.terminate",
    "project.reject", "project.return", "plan.return", "request.decline", "story.withdraw", "tranche.withhold", "voucher.refuse",
    "contribution.drop",
    "closing.reopen", "entry.reverse",
    "tranche.reverse", "voucher.reverse", "refund.reverse", "treasury_payment.reverse",
})  # fmt: skip
#: What is no step of a path and has to come before the next one.
LEADS: dict[str, Callable[[Any], bool]] = {
    "count.book": lambda _count: True,
    "attendance.enter": lambda event: not event.attendances.exists(),
    "document.prove": lambda document: not papers_of(document),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb that fits a record as it stands."""

    verb: Verb
    record: Model
    #: The state to which it leads; None where it leaves the state as it is and adds something.
    target: Name | None
    #: Whether the one who asks holds a role for it here. The action itself has the last word.
    may: bool
    #: Whether it brings the record on, in this turn.
    leads: bool = False

    @property
    def is_setback(self) -> bool:
        """Whether it ends, stops or sends back something."""
        return self.verb.code in SETBACKS

    @property
    def brings_on(self) -> bool:
        """Whether it is a next step: it leads on, whoever takes it."""
        return self.leads or (self.target is not None and not self.is_setback)


def step_words(model: type[Model]) -> frozenset[str]:
    """The verbs that are steps of some path of records of a kind."""
    tables = TABLES.get(model) or tuple(MACHINES[model](None) for _ in (1,) if model in MACHINES)
    return frozenset(step.verb for table in tables for step in table.steps)


def machine_of(record: Model) -> Machine | None:
    """The table of states by which a record goes its way; None for what has no states."""
    found = MACHINES.get(type(record))
    return found(record) if found else None


def state_of(record: Model) -> Name | None:
    """What the state of a record is called."""
    found = machine_of(record)
    return found.states[record.state] if found else None  # type: ignore[attr-defined]  # what has a machine has a state


def steps_from_here(record: Model, table: Machine) -> list[Verb]:
    """The steps of its path that leave the state in which a record is, but for those that have nothing to do there."""
    codes = [f"{record._meta.model_name}.{word}" for word in table.verbs_from(record.state)]  # type: ignore[attr-defined]
    return [verb_of(code) for code in codes if FITS.get(code, _always)(record)]


def deeds_for(record: Model, user: User | None, at: datetime) -> list[Deed]:
    """What can be done to a record from where it stands: the steps of its path first, in their order."""
    table = machine_of(record)
    state = getattr(record, "state", "")
    next_steps = {step.verb: table.states[step.target] for step in table.steps if step.source == state} if table else {}
    found = []
    about = _verbs_about(type(record))
    may = may_do(user, about, record, at)
    for verb in about:
        noun, word = verb.code.split(".")
        is_own = noun == record._meta.model_name
        if is_own and word in step_words(type(record)) and word not in next_steps:
            continue
        if FITS.get(verb.code, _always)(record):
            target = next_steps.get(word) if is_own else None
            leads = verb.code in LEADS and LEADS[verb.code](record)
            found.append(Deed(verb, record, target, verb.code in may, leads))
    order = {word: place for place, word in enumerate(next_steps)}
    return sorted(found, key=lambda deed: _turn(deed, order))


def _turn(deed: Deed, order: dict[str, int]) -> tuple[bool, bool, bool, int]:
    """What has to come first, then the steps in the order of their table, then those that end something, then the rest."""
    return not deed.leads, deed.target is None, deed.is_setback, order.get(deed.verb.code.partition(".")[2], 0)


#: What is made at a place and has no other parent.
MADE_AT_A_PLACE = ("event.announce", "plan.draft", "party.register", "story.write")


def adds_at(place: Place, user: User | None, at: datetime) -> list[Verb]:
    """What somebody may make at a place."""
    made = [verb_of(code) for code in MADE_AT_A_PLACE]
    may = may_do(user, made, place, at)
    return [verb for verb in made if verb.code in may]


def _always(_record: Model) -> bool:
    return True


@cache
def _verbs_about(model: type[Model]) -> tuple[Verb, ...]:
    return tuple(verb_of(code) for code in sorted(actions()) if subject_of(code) is model)
