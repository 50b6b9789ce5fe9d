"""The whole thread, from what a villager asked to the answer given back: one method per stage, in `STAGES`.

`Thread(world).to("pay_first")` carries it that far and no farther; each stage is one call of the product's own actions
and can be made by somebody else than usual: `thread.approve_first(by=world.ang)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from laar.base.faults import Fault, checks
from laar.events.actions import (
    accept_request,
    announce_event,
    hold_event,
    raise_request,
    record_attendance,
    record_decision,
    report_back_request,
)
from laar.events.models import Decision, Event, Request
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, post_entry
from laar.ledger.models import Entry
from laar.plans.actions import (
    add_line,
    answer_line,
    approve_plan,
    close_plan,
    draft_plan,
    hold_line,
    report_plan,
    submit_plan,
)
from laar.plans.models import Answer, Line, Plan
from laar.projects.actions import (
    Terms,
    accept_voucher,
    acknowledge_tranche,
    approve_project,
    approve_tranche,
    bring_voucher,
    check_project,
    complete_project,
    liquidate_tranche,
    pay_tranche,
    propose_project,
    request_tranche,
    settle_project,
    sign_project,
)
from laar.projects.models import Agreement, Completion, Project, Tranche, Voucher
from tests.world import World, eur

M = TypeVar("M", bound=Model)

#: What the line costs, and how the grant is paid out.
BUDGET, GRANT, FIRST, SECOND = eur(700), eur(635), eur(400), eur(235)

STAGES = (
    "announce_forum",
    "hold_forum",
    "raise_request",
    "accept_request",
    "draft_plan",
    "add_line",
    "answer",
    "submit_plan",
    "approve_plan",
    "propose",
    "check",
    "approve",
    "sign",
    "request_first",
    "approve_first",
    "pay_first",
    "acknowledge_first",
    "hold_event",
    "hold_line",
    "bring_voucher",
    "accept_voucher",
    "liquidate_first",
    "pay_second",
    "liquidate_second",
    "complete",
    "settle",
    "report_plan",
    "close_plan",
    "report_back",
)


def fresh(record: M) -> M:
    """The record as the database has it now."""
    return type(record)._default_manager.get(pk=record.pk)


def faults() -> list[Fault]:
    """What `verify` finds; without the head file, which is written only where a transaction is really committed."""
    return [fault for name, look in checks().items() if name != "head.agrees" for fault in look()]


def fund_the_bank(world: World, amount: Money | None = None) -> Entry:
    """The donor's money comes in."""
    given = amount or eur(10_000)
    return post_entry(
        world.book,
        [debit(world.accounts["bank"], world.fund, given), credit(world.accounts["income"], world.fund, given)],
        text=Name(en="Grant received", km="បានទទួលជំនួយ"),
        by=world.finance,
        on=world.day,
    )


@dataclass
class Thread:
    """One request on its way through one outreach plan and its grant of EUR 635 in two tranches."""

    world: World
    #: Distinguishes two threads in one world; each has its own year.
    number: int = 1
    done: list[str] = field(default_factory=list)

    forum: Event = field(init=False)
    request: Request = field(init=False)
    plan: Plan = field(init=False)
    line: Line = field(init=False)
    link: Answer = field(init=False)
    project: Project = field(init=False)
    agreement: Agreement = field(init=False)
    first: Tranche = field(init=False)
    second: Tranche = field(init=False)
    event: Event = field(init=False)
    voucher: Voucher = field(init=False)
    completion: Completion = field(init=False)
    meeting: Event = field(init=False)

    def to(self, stage: str) -> Thread:
        """Carry it up to and including a stage."""
        for name in STAGES[len(self.done) : STAGES.index(stage) + 1]:
            getattr(self, name)()
            self.done.append(name)
        return self

    def before(self, stage: str) -> Thread:
        """Carry it to just before a stage, which the test then makes itself."""
        return self.to(STAGES[STAGES.index(stage) - 1])

    @property
    def year(self) -> int:
        return 2007 + self.number

    def _facts(self, by: str, given: dict[str, Any]) -> dict[str, Any]:
        return {"by": self.world.users[by], "on": self.world.day, **given}

    def event_on(self, day: date, kind: str, title: str, **given: Any) -> Event:
        """An event that was announced, held with 53 women and 40 men, and has its papers."""
        host = given.pop("host", self.world.council)
        facts = self._facts("ang", given)
        event = announce_event(
            self.world.programme,
            kind,
            place=self.world.ang,
            host=host,
            day=day,
            title=Name(en=title, km=title),
            **facts,
        )
        for sex, count in (("f", 53), ("m", 40)):
            record_attendance(event, capacity="citizen", sex=sex, count=count, **facts)
        papers = {"minutes": self.world.paper(), "signed_sheet": self.world.paper()}
        return hold_event(event, papers=papers, **facts)

    # ── asked ───────────────────────────────────────────────────────────────────────────────────────────────────
    def announce_forum(self, **given: Any) -> Event:
        self.forum = announce_event(
            self.world.programme,
            "forum",
            place=self.world.ang,
            host=self.world.council,
            day=self.world.day - timedelta(days=20),
            title=Name(en=f"Forum {self.number}", km=f"វេទិកា {self.number}"),
            **self._facts("ang", given),
        )
        return self.forum

    def hold_forum(self, **given: Any) -> Event:
        facts = self._facts("ang", given)
        for sex, count in (("f", 60), ("m", 40)):
            record_attendance(self.forum, capacity="citizen", sex=sex, count=count, **facts)
        self.forum = hold_event(self.forum, papers={"minutes": self.world.paper()}, **facts)
        return self.forum

    def raise_request(self, **given: Any) -> Request:
        text = Name(en="Clean water for the school", km="ទឹកស្អាតសម្រាប់សាលារៀន")
        self.request = raise_request(self.forum, text=text, sex="f", **self._facts("ang", given))
        return self.request

    def accept_request(self, **given: Any) -> Request:
        self.request = accept_request(self.request, **self._facts("ang", given))
        return self.request

    # ── planned ─────────────────────────────────────────────────────────────────────────────────────────────────
    def draft_plan(self, **given: Any) -> Plan:
        facts = {"partner": self.world.committee, "funding": "grant", **self._facts("ang", given)}
        self.plan = draft_plan(
            self.world.programme,
            "oa",
            place=self.world.ang,
            owner=self.world.council,
            year=self.year,
            title=Name(en=f"Outreach plan {self.year}", km=f"ផែនការ {self.year}"),
            **facts,
        )
        return self.plan

    def add_line(self, **given: Any) -> Line:
        self.line = add_line(
            self.plan,
            title=Name(en="Water filters shown", km="បង្ហាញចម្រោះទឹក"),
            place=self.world.ang,
            month=self.world.day,
            people=90,
            **{"budget": BUDGET, **self._facts("ang", given)},
        )
        return self.line

    def answer(self, **given: Any) -> Answer:
        self.link = answer_line(self.line, self.request, **self._facts("ang", given))
        return self.link

    def submit_plan(self, **given: Any) -> Plan:
        self.plan = submit_plan(self.plan, **self._facts("ang", given))
        return self.plan

    def approve_plan(self, **given: Any) -> Plan:
        facts = self._facts("manager", given)
        if "decision" not in facts:
            facts["decision"] = self.decision(f"{self.number}/08")
        self.plan = approve_plan(self.plan, **facts)
        return self.plan

    def decision(self, number: str, **given: Any) -> Decision:
        """A numbered decision of the council, in a session of its own."""
        session = self.event_on(self.world.day, "council_session", f"Session {number}")
        title = Name(en=f"Decision {number}", km=f"សេចក្តីសម្រេច {number}")
        facts = self._facts("ang", given)
        return record_decision(session, number=number, title=title, paper=self.world.paper(), **facts)

    # ── agreed ──────────────────────────────────────────────────────────────────────────────────────────────────
    def propose(self, **given: Any) -> Project:
        title = Name(en=f"Outreach grant {self.number}", km=f"ជំនួយ {self.number}")
        facts = {"code": f"OA-{self.number}", **self._facts("ang", given)}
        self.project = propose_project(self.plan, purpose=self.world.purpose, title=title, **facts)
        return self.project

    def check(self, **given: Any) -> Project:
        facts = {"second": self.world.witness, **self._facts("ang", given)}
        self.project = check_project(self.project, checklist=self.world.paper(), **facts)
        return self.project

    def approve(self, **given: Any) -> Project:
        self.project = approve_project(self.project, **self._facts("manager", given))
        return self.project

    def terms(self, **given: Any) -> Terms:
        """The terms of the agreement, two tranches; anything may be another."""
        accounts = self.world.accounts
        terms = {
            "number": f"A-{self.number}",
            "amount": GRANT,
            "tranches": [FIRST, SECOND],
            "route": "advance",
            "fund": self.world.fund,
            "bank": accounts["bank"],
            "advances": accounts["advances"],
            "expense": accounts["expense"],
            **given,
        }
        return Terms(**terms)

    def sign(self, **given: Any) -> Project:
        facts = {"terms": self.terms(), **self._facts("manager", given)}
        self.project = sign_project(self.project, paper=self.world.paper(), **facts)
        self.agreement = self.project.agreement
        self.first, self.second = self.agreement.tranches.order_by("number")
        return self.project

    # ── funded ──────────────────────────────────────────────────────────────────────────────────────────────────
    def request_first(self, **given: Any) -> Tranche:
        self.first = request_tranche(self.first, **self._facts("ang", given))
        return self.first

    def approve_first(self, **given: Any) -> Tranche:
        self.first = approve_tranche(self.first, **self._facts("manager", given))
        return self.first

    def pay_first(self, **given: Any) -> Tranche:
        self.first = pay_tranche(self.first, **self._facts("finance", given))
        self.plan = fresh(self.plan)
        return self.first

    def acknowledge_first(self, **given: Any) -> Tranche:
        self.first = acknowledge_tranche(self.first, receipt=self.world.paper(), **self._facts("ang", given))
        return self.first

    # ── done ────────────────────────────────────────────────────────────────────────────────────────────────────
    def hold_event(self, **given: Any) -> Event:
        self.event = self.event_on(self.world.day, "outreach", f"Water filters {self.number}", **given)
        return self.event

    def hold_line(self, **given: Any) -> Line:
        self.line = hold_line(self.line, event=self.event, **self._facts("ang", given))
        return self.line

    def voucher_of(self, tranche: Tranche, number: str, amount: Money, **given: Any) -> Voucher:
        """Bring in a voucher of any amount."""
        return bring_voucher(
            tranche,
            number=number,
            dated=self.world.day,
            payee="Village shop",
            text=Name(en="Filters", km="ចម្រោះទឹក"),
            amount=amount,
            **self._facts("ang", {"paper": self.world.paper(), **given}),
        )

    def bring_voucher(self, **given: Any) -> Voucher:
        self.voucher = self.voucher_of(self.first, f"V-{self.number}-1", FIRST, **given)
        return self.voucher

    def accept_voucher(self, **given: Any) -> Voucher:
        self.voucher = accept_voucher(self.voucher, **self._facts("finance", given))
        return self.voucher

    def liquidate_first(self, **given: Any) -> Tranche:
        self.first = liquidate_tranche(self.first, **self._facts("finance", given))
        return self.first

    def pay_second(self) -> Tranche:
        """The second tranche in one go."""
        day, users = self.world.day, self.world.users
        second = request_tranche(self.second, by=users["ang"], on=day)
        second = approve_tranche(second, by=users["manager"], on=day)
        self.second = pay_tranche(second, by=users["finance"], on=day)
        return self.second

    def liquidate_second(self) -> Tranche:
        """Receipt, voucher and liquidation of the second tranche in one go."""
        day, users = self.world.day, self.world.users
        self.second = acknowledge_tranche(self.second, receipt=self.world.paper(), by=users["ang"], on=day)
        voucher = self.voucher_of(self.second, f"V-{self.number}-2", SECOND)
        accept_voucher(voucher, by=users["finance"], on=day)
        self.second = liquidate_tranche(self.second, by=users["finance"], on=day)
        return self.second

    def complete(self, **given: Any) -> Project:
        self.project = complete_project(
            self.project,
            people=93,
            women=53,
            text=Name(en="The filters are in use.", km="ចម្រោះទឹកកំពុងប្រើប្រាស់។"),
            report=self.world.paper(),
            **self._facts("ang", given),
        )
        self.completion = self.project.completion
        return self.project

    def settle(self, **given: Any) -> Project:
        self.project = settle_project(self.project, **self._facts("finance", given))
        return self.project

    # ── told ────────────────────────────────────────────────────────────────────────────────────────────────────
    def report_plan(self, **given: Any) -> Plan:
        self.plan = report_plan(self.plan, **self._facts("ang", given))
        return self.plan

    def close_plan(self, **given: Any) -> Plan:
        self.plan = close_plan(self.plan, **self._facts("manager", given))
        return self.plan

    def report_back(self, **given: Any) -> Request:
        self.meeting = self.event_on(self.world.day, "forum", f"Answers {self.number}")
        self.request = report_back_request(self.request, at=self.meeting, **self._facts("ang", given))
        return self.request
