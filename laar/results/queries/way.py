"""The way that connects what was asked, its plan, its money and its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from laar.events.models import Attendance, Decision, Event, Request
from laar.kit.names import Name
from laar.ledger.models import Entry, Posting
from laar.plans.models import Answer, Line, Plan
from laar.plans.queries import onward, origins_of
from laar.projects.models import (
    Agreement,
    Completion,
    Opinion,
    Project,
    Refund,
    Share,
    Tranche,
    TreasuryPayment,
    Visit,
    Voucher,
)

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the way: what kind of record, and the records."""

    name: Name
    records: tuple[Model, ...]


#: What a stretch is called, in the order of the way.
NAMES = {
    "asked_at": Name(en="Asked at", km="ស្នើនៅ"),
    "request": Name(en="Request", km="សំណូមពរ"),
    "line": Name(en="Line of the plan", km="ចំណុចក្នុងផែនការ"),
    "plan": Name(en="Plan", km="ផែនការ"),
    "decision": Name(en="Council decision", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា"),
    "project": Name(en="Grant", km="ជំនួយ"),
    "opinion": Name(en="Word on the proposal", km="មតិលើសំណើ"),
    "agreement": Name(en="Agreement", km="កិច្ចព្រមព្រៀង"),
    "tranche": Name(en="Tranche", km="ដំណាក់កាលបើកប្រាក់"),
    "entry": Name(en="Entry", km="ការចុះបញ្ជី"),
    "held": Name(en="Held", km="បានអនុវត្ត"),
    "voucher": Name(en="Voucher", km="ប័ណ្ណចំណាយ"),
    "refund": Name(en="Refund", km="ប្រាក់បង្វិល"),
    "treasury": Name(en="Paid by the treasury", km="រតនាគារបានបង់"),
    "visit": Name(en="Word of the committee", km="មតិរបស់គណៈកម្មាធិការ"),
    "completion": Name(en="Completion", km="ការបញ្ចប់"),
}


def way_of(record: Model) -> list[Stretch]:
    """The way from what was asked to what was spent, on which this record lies; empty where it lies on none.

    A request, a line, a plan, a decision, a project, an agreement, a tranche, a voucher, a payment of the treasury or
    an entry all show the same way. An outreach grant carries all lines of its plan, a project its one line; a line goes
    back to the lines whose need it continues.
    """
    projects = [record] if isinstance(record, Project) else list(_projects_of(record))
    lines = _lines_of(record, projects)
    if not lines and not projects:
        return []
    line_ids = [line.pk for line in lines]
    asked = Request.objects.filter(answer__line__in=line_ids)
    requests = list(asked.select_related("event").distinct().order_by("id"))
    money = _of_projects(projects)
    found: dict[str, Iterable[Model]] = {
        "asked_at": _unique(request.event for request in requests),
        "request": requests,
        "line": lines,
        "plan": _unique(line.plan for line in lines),
        "decision": _decisions(lines, money.get("opinion", ()), money.get("agreement", ())),
        "held": _unique(line.event for line in lines if line.event),
        **money,
    }
    stretches = [(name, tuple(found.get(key, ()))) for key, name in NAMES.items()]
    return [Stretch(name, records) for name, records in stretches if records]


def _of_projects(projects: list[Project]) -> dict[str, Iterable[Any]]:
    """What belongs to some projects, by stretch."""
    if not projects:
        return {}
    mine = [project.pk for project in projects]
    tranches = list(
        Tranche.objects.filter(agreement__project__in=mine)
        .select_related("agreement__project", "entry")
        .order_by("agreement_id", "number")
    )
    vouchers = Voucher.objects.filter(tranche__agreement__project__in=mine).select_related("entry")
    refunds = Refund.objects.filter(tranche__agreement__project__in=mine).select_related("tranche__agreement__project")
    payments = TreasuryPayment.objects.filter(share__agreement__project__in=mine)
    return {
        "project": projects,
        "opinion": _ordered(Opinion.objects.filter(project__in=mine).select_related("step", "body")),
        "agreement": _ordered(Agreement.objects.filter(project__in=mine).select_related("project", "share")),
        "tranche": tranches,
        "entry": [tranche.entry for tranche in tranches if tranche.entry],
        "voucher": _ordered(vouchers),
        "refund": _ordered(refunds),
        "treasury": _ordered(payments.select_related("share__agreement__project")),
        "visit": _ordered(Visit.objects.filter(project__in=mine).select_related("project")),
        "completion": _ordered(Completion.objects.filter(project__in=mine).select_related("project")),
    }


def _decisions(lines: list[Line], opinions: Iterable[Opinion], agreements: Iterable[Agreement]) -> list[Decision]:
    """The council's decisions on the plans, the budget, the proposal and the commune's part."""
    ids = [line.decision_id for line in lines] + [line.plan.decision_id for line in lines]
    ids += [opinion.decision_id for opinion in opinions]
    ids += [part.decision_id for part in map(share_of, agreements) if part]
    known = {key for key in ids if key is not None}
    return list(Decision.objects.filter(pk__in=known).select_related("council").order_by("on", "id"))


def share_of(agreement: Agreement) -> Share | None:
    """The commune's part of an agreement, where there is one."""
    part: Share | None = getattr(agreement, "share", None)
    return part


def on_way(way: Iterable[Stretch], model: type[M]) -> list[M]:
    """The records of a table that lie on a way, in their order."""
    return [record for stretch in way for record in stretch.records if isinstance(record, model)]


def _projects_of(record: Model) -> QuerySet[Project]:
    """The projects on whose way a record lies."""
    path = _PROJECT_OF.get(type(record))
    if path is None:
        if isinstance(record, Posting):
            return _projects_of(record.entry)
        return Project.objects.none()
    return _ordered(Project.objects.filter(path(record)).select_related("plan", "line").distinct())


def _by_line(lines: Q) -> Q:
    """Projects of these lines: their own, those of lines that continue them, or the grant of their outreach plan."""
    found = Line.objects.filter(lines)
    return Q(line__in=onward(found)) | Q(kind="oa", plan__in=found.values("plan"))


#: By which question the projects of a record are found.
_PROJECT_OF: dict[type[Model], Callable[[Any], Q]] = {
    Project: lambda one: Q(pk=one.pk),
    Plan: lambda one: _by_line(Q(plan=one.pk)),
    Line: lambda one: _by_line(Q(pk=one.pk)),
    Answer: lambda one: _by_line(Q(answers=one.pk)),
    Request: lambda one: _by_line(Q(answers__request=one.pk)),
    Event: lambda one: _by_line(Q(answers__request__event=one.pk) | Q(event=one.pk)) | Q(visits__event=one.pk),
    Attendance: lambda one: _by_line(Q(event=one.event_id)),
    Decision: lambda one: (
        _by_line(Q(plan__decision=one.pk) | Q(decision=one.pk))
        | Q(opinions__decision=one.pk)
        | Q(agreement__share__decision=one.pk)
    ),
    Opinion: lambda one: Q(pk=one.project_id),
    Visit: lambda one: Q(pk=one.project_id),
    Agreement: lambda one: Q(pk=one.project_id),
    Completion: lambda one: Q(pk=one.project_id),
    Tranche: lambda one: Q(agreement=one.agreement_id),
    Share: lambda one: Q(agreement=one.agreement_id),
    Voucher: lambda one: Q(agreement__tranches=one.tranche_id),
    Refund: lambda one: Q(agreement__tranches=one.tranche_id),
    TreasuryPayment: lambda one: Q(agreement__share=one.share_id),
    Entry: lambda one: (
        Q(agreement__tranches__entry=one.pk)
        | Q(agreement__tranches__vouchers__entry=one.pk)
        | Q(agreement__tranches__refunds__entry=one.pk)
        | Q(agreement__share__payments__entry=one.pk)
    ),
}


def _lines_of(record: Model, projects: list[Project]) -> list[Line]:
    """The lines on the way: those of the projects, or of a record that no project carries yet, with their origins."""
    mine = Q(pk__in=[project.line_id for project in projects if project.line_id])
    mine |= Q(plan__in=[project.plan_id for project in projects if not project.line_id])
    if not projects:
        found_by = _LINE_OF.get(type(record))
        mine = found_by(record) if found_by else Q(pk__in=[])
    lines = Line.objects.filter(mine).select_related("plan", "event", "continues__plan").distinct()
    found = list(lines.order_by("plan_id", "position"))
    origins = [origin for line in found if line.continues for origin in reversed(origins_of(line)[1:])]
    return _unique([*origins, *found])


#: By which question the lines of a record are found, where no project carries them.
_LINE_OF: dict[type[Model], Callable[[Any], Q]] = {
    Plan: lambda one: Q(plan=one.pk),
    Line: lambda one: Q(pk=one.pk),
    Answer: lambda one: Q(answers=one.pk),
    Request: lambda one: Q(pk__in=onward(Line.objects.filter(answers__request=one.pk))),
    Event: lambda one: Q(answers__request__event=one.pk) | Q(event=one.pk),
    Attendance: lambda one: Q(event=one.event_id),
    Decision: lambda one: Q(plan__decision=one.pk) | Q(decision=one.pk),
}


def _ordered(records: QuerySet) -> QuerySet:  # type: ignore[type-arg]  # of any table
    return records.order_by("id")


def _unique(records: Iterable) -> list:  # type: ignore[type-arg]  # of any table
    return list({record.pk: record for record in records}.values())
