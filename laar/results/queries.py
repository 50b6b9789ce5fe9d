"""How far a request has come, and the way that connects a request, its plan, its money and its papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from laar.base.models import Evidence
from laar.base.queries import attachments_of, day_of
from laar.events.models import Attendance, Event, Request
from laar.kit.figures import Figure, Ratio
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.ledger.models import Entry, Posting
from laar.plans.models import Answer, Line, Plan
from laar.plans.queries import ADOPTED, lines_answering
from laar.projects.models import Agreement, Completion, Project, Tranche, Voucher
from laar.projects.queries import AGREED
from laar.projects.rules import PAID
from laar.results.rules import STAGES

#: The verb by which each decision about a request is taken.
DECIDED_BY = {"accepted": "request.accept", "referred": "request.refer", "declined": "request.decline"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that a request has reached: the record that shows it, and the day."""

    code: str
    record: Model
    on: date

    @property
    def name(self) -> Name:
        """What the stage is called."""
        return STAGES[self.code]


def stages_of(request: Request) -> list[Stage]:
    """Every stage that a request has reached, in order; the last one is where it stands."""
    stages = [Stage("asked", request, request.event.on)]
    if request.decision:
        decided = day_of(request, DECIDED_BY[request.decision])
        stages.append(Stage(request.decision, request, decided or request.event.on))
    answers = lines_answering(request).filter(plan__state__in=ADOPTED).exclude(state="cancelled")
    ways = [_line_stages(line) for line in answers]
    farthest: list[Stage] = max(ways, key=len) if ways else []
    stages += farthest
    if request.told_at:
        stages.append(Stage("told", request.told_at, request.told_at.on))
    return stages


def _line_stages(line: Line) -> list[Stage]:
    """How far a line has carried what was asked; of several lines the one that came farthest counts."""
    stages = [Stage("planned", line, line.plan.decided_on or line.month), *_grant_stages(line)]
    if line.state == "held" and line.event:
        stages.append(Stage("done", line.event, line.event.on))
    return stages


def _grant_stages(line: Line) -> Iterator[Stage]:
    grant = Project.objects.filter(plan=line.plan, state__in=AGREED).select_related("agreement").first()
    if grant is None:
        return
    yield Stage("agreed", grant.agreement, grant.agreement.signed_on)
    for tranche in grant.agreement.tranches.filter(state__in=PAID).order_by("number")[:1]:
        if tranche.paid_on:
            yield Stage("funded", tranche, tranche.paid_on)


def stage_of(request: Request) -> Stage:
    """Where a request stands now."""
    return stages_of(request)[-1]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the way: what kind of record, and the records."""

    name: Name
    records: tuple[Model, ...]


def way_of(record: Model) -> list[Stretch]:
    """The way from what was asked to what was spent, on which this record lies; empty where it lies on none.

    A request, a line, a plan, a project, an agreement, a tranche, a voucher or an entry all show the same way.
    """
    plans = list(_plans_of(record))
    if not plans:
        return []
    plan_ids = [plan.pk for plan in plans]
    asked = Request.objects.filter(answer__line__plan__in=plan_ids)
    requests = asked.select_related("event").distinct().order_by("id")
    lines = Line.objects.filter(plan__in=plan_ids).select_related("plan", "event").order_by("plan_id", "position")
    projects = Project.objects.filter(plan__in=plan_ids).select_related("plan").order_by("id")
    agreements = Agreement.objects.filter(project__in=projects).order_by("id")
    paid = Tranche.objects.filter(agreement__in=agreements).select_related("agreement__project", "entry")
    tranches = paid.order_by("agreement_id", "number")
    vouchers = Voucher.objects.filter(tranche__in=tranches).select_related("entry").order_by("id")
    events = [line.event for line in lines if line.event]
    stretches = [
        (Name(en="Forum", km="វេទិកា"), _unique(request.event for request in requests)),
        (Name(en="Request", km="សំណូមពរ"), requests),
        (Name(en="Line of the plan", km="សកម្មភាពក្នុងផែនការ"), lines),
        (Name(en="Plan", km="ផែនការ"), plans),
        (Name(en="Grant", km="ជំនួយ"), projects),
        (Name(en="Agreement", km="កិច្ចព្រមព្រៀង"), agreements),
        (Name(en="Tranche", km="ដំណាក់កាលបើកប្រាក់"), tranches),
        (Name(en="Entry", km="ការចុះបញ្ជី"), [tranche.entry for tranche in tranches if tranche.entry]),
        (Name(en="Held", km="បានអនុវត្ត"), _unique(events)),
        (Name(en="Voucher", km="ប័ណ្ណចំណាយ"), vouchers),
        (
            Name(en="Completion", km="ការបញ្ចប់"),
            Completion.objects.filter(project__in=projects).select_related("project").order_by("id"),
        ),
    ]
    return [Stretch(name, tuple(records)) for name, records in stretches if records]


def _plans_of(record: Model) -> Iterable[Plan]:
    """The plans on whose way a record lies."""
    paths: dict[type[Model], dict[str, Any]] = {
        Plan: {"pk": record.pk},
        Line: {"lines": record.pk},
        Answer: {"lines__answers": record.pk},
        Request: {"lines__answers__request": record.pk},
        Project: {"project": record.pk},
        Agreement: {"project__agreement": record.pk},
        Tranche: {"project__agreement__tranches": record.pk},
        Voucher: {"project__agreement__tranches__vouchers": record.pk},
        Completion: {"project__completion": record.pk},
        Event: {"lines__answers__request__event": record.pk},
        Attendance: {"lines__event__attendances": record.pk},
    }
    if isinstance(record, Posting):
        return _plans_of(record.entry)
    if isinstance(record, Entry):
        cited = Tranche.objects.filter(entry=record).first() or Voucher.objects.filter(entry=record).first()
        return _plans_of(cited) if cited else ()
    path = paths.get(type(record))
    plans = Plan.objects.filter(**path).distinct() if path else Plan.objects.none()
    if isinstance(record, Event) and not plans:
        plans = Plan.objects.filter(lines__event=record.pk).distinct()
    return plans.order_by("year", "id")


def _unique(records: Iterable[Model]) -> list[Model]:
    return list({record.pk: record for record in records}.values())


@dataclass(frozen=True, slots=True)
class Traced:
    """A record of a figure: what it adds, what proves it, and the way on which it lies."""

    record: Model
    name: Name
    adds: str
    evidence: tuple[tuple[str, Evidence], ...]
    way: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure, opened: its rule, and every record behind it. A ratio opens into its two figures."""

    figure: Figure
    records: tuple[Traced, ...] = ()
    parts: tuple[Trace, ...] = field(default=())


def trace(figure: Figure) -> Trace:
    """Open a figure down to the evidence of every record."""
    measured = figure.measured
    if isinstance(measured, Ratio):
        return Trace(figure, parts=(trace(measured.part), trace(measured.whole)))
    contributions = list(measured.contributions())
    proven = papers([record for record, _ in contributions])
    return Trace(
        figure,
        tuple(
            Traced(
                record,
                name_of(record),
                Money(adds, measured.currency).figure if measured.currency else f"{adds:,}",
                evidence=tuple(proven[record.pk]),
                way=tuple(way_of(record)),
            )
            for record, adds in contributions
        ),
    )


def papers(records: Sequence[Model]) -> dict[int, list[tuple[str, Evidence]]]:
    """What proves each of some records of one table: its own evidence, and that of the vouchers that belong to it.

    The same few queries for one record and for five hundred.
    """
    owners: dict[tuple[str, int], list[int]] = defaultdict(list)
    for record in records:
        owners[record._meta.label_lower, record.pk].append(record.pk)
    if records and isinstance(records[0], Tranche):
        _own_vouchers(owners, {record.pk: [record.pk] for record in records})
    if records and isinstance(records[0], Posting):
        _own_payments(owners, [record for record in records if isinstance(record, Posting)])
    found: dict[int, list[tuple[str, Evidence]]] = defaultdict(list)
    for attachment in attachments_of(owners):
        for key in owners[attachment.table, attachment.key]:
            found[key].append((attachment.role, attachment.evidence))
    return found


def _own_vouchers(owners: dict[tuple[str, int], list[int]], tranches: dict[int, list[int]]) -> None:
    """The evidence of a voucher also proves the tranche that it was spent of."""
    for voucher, tranche in Voucher.objects.filter(tranche__in=tranches).values_list("pk", "tranche_id").order_by("pk"):
        owners["projects.voucher", voucher] += tranches[tranche]


def _own_payments(owners: dict[tuple[str, int], list[int]], postings: Sequence[Posting]) -> None:
    """The evidence of the tranche or voucher that an entry posted also proves the lines of the entry."""
    by_entry: dict[int, list[int]] = defaultdict(list)
    for posting in postings:
        by_entry[posting.entry_id].append(posting.pk)
    for voucher, entry in Voucher.objects.filter(entry__in=by_entry).values_list("pk", "entry_id").order_by("pk"):
        owners["projects.voucher", voucher] += by_entry[entry or 0]
    tranches = Tranche.objects.filter(entry__in=by_entry).values_list("pk", "entry_id").order_by("pk")
    for tranche, entry in tranches:
        owners["projects.tranche", tranche] += by_entry[entry or 0]
