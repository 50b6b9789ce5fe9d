"""A social development project, from the request to the day on which both parts of its money are settled.

`Sdp(world).to("complete")` carries it that far; each stage is one call of the product's own actions and can be made by
somebody else, or with other facts, than usual.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from laar.events.actions import accept_request, announce_event, raise_request, record_attendance, record_decision
from laar.events.actions import hold_event as hold
from laar.events.models import Decision, Event, Request
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_account, open_book, open_fund, open_purpose, set_rate
from laar.ledger.models import Account, Fund, Purpose
from laar.plans.actions import add_line, answer_line, approve_plan, budget_line, draft_plan, rank_line, submit_plan
from laar.plans.models import Line, Plan
from laar.projects.actions import (
    Part,
    Terms,
    accept_voucher,
    acknowledge_tranche,
    approve_project,
    approve_tranche,
    bring_voucher,
    check_project,
    close_project,
    complete_project,
    copy_treasury_payment,
    give_opinion,
    liquidate_tranche,
    pay_tranche,
    propose_project,
    receive_refund,
    record_visit,
    request_tranche,
    require_approval,
    settle_project,
    sign_project,
    verify_project,
)
from laar.projects.models import ApprovalStep, Project, Refund, Tranche, TreasuryPayment, Visit
from tests.world import World, eur

NEEDED, GRANT, SPENT, BACK = eur(7000), eur(6800), eur("6650.50"), eur("149.50")
#: The commune's part, paid by the treasury in two payments.
PART, PAID_FIRST, PAID_LATER = (Money.of(amount, "KHR") for amount in ("12000000", "7500000", "4500000"))

STAGES = (
    "plan",
    "budget",
    "propose",
    "check",
    "hear_the_department",
    "approve",
    "sign",
    "pay",
    "receive",
    "spend",
    "pay_back",
    "liquidate",
    "complete",
    "visit",
    "verify",
    "settle",
    "treasury_pays",
    "close",
)


@dataclass
class Sdp:
    """One project of EUR 6,800 in one tranche, with a part of the commune of 12 million riel."""

    world: World
    route: str = "advance"
    number: int = 1
    done: list[str] = field(default_factory=list)

    request: Request = field(init=False)
    programme_plan: Plan = field(init=False)
    line: Line = field(init=False)
    decision: Decision = field(init=False)
    step: ApprovalStep = field(init=False)
    project: Project = field(init=False)
    tranche: Tranche = field(init=False)
    refund: Refund = field(init=False)
    payment: TreasuryPayment = field(init=False)
    visited: Visit = field(init=False)
    purpose: Purpose = field(init=False)
    memo: dict[str, Account] = field(init=False)
    fund: Fund = field(init=False)

    def to(self, stage: str) -> Sdp:
        """Carry it up to and including a stage."""
        for name in STAGES[len(self.done) : STAGES.index(stage) + 1]:
            getattr(self, name)()
            self.done.append(name)
        return self

    def before(self, stage: str) -> Sdp:
        """Carry it to just before a stage, which the test then makes itself."""
        return self.to(STAGES[STAGES.index(stage) - 1])

    def facts(self, by: str, given: dict[str, Any]) -> dict[str, Any]:
        """Who does it, and when; anything may be another."""
        return {"by": self.world.users[by], "on": self.world.day, **given}

    def event(self, kind: str, day: date | None = None) -> Event:
        """An event of the commune that was held."""
        facts = self.facts("ang", {})
        title = Name(en=f"{kind} {self.number}", km=f"{kind} {self.number}")
        world = self.world
        event = announce_event(
            world.programme, kind, place=world.ang, host=world.council, day=day or world.day, title=title, **facts
        )
        record_attendance(event, capacity="citizen", sex="f", count=30, **facts)
        return hold(event, papers={"minutes": world.paper(), "signed_sheet": world.paper()}, **facts)

    def set_up(self) -> None:
        """What there is once in a programme: who is asked about proposals, the rate, the purpose."""
        world, finance = self.world, self.facts("finance", {})
        name = Name(en="SDP", km="គម្រោង")
        self.purpose = open_purpose(world.programme, f"SDP{self.number}", name=name, kind="sdp", **finance)
        if self.number == 1:
            self.step = self.asked("Technical opinion", since=world.day)
            set_rate("EUR", "KHR", since=world.day, rate=Decimal(6000), source="test", **finance)

    def asked(self, name: str, *, since: date, position: int = 1) -> ApprovalStep:
        """The council is asked about proposals made from a day on."""
        step = {"body_kind": "council", "before": "approve", "since": since, **self.facts("manager", {})}
        return require_approval(self.world.programme, "sdp", position, name=Name(en=name, km=name), **step)

    # ── planned ─────────────────────────────────────────────────────────────────────────────────────────────────
    def plan(self) -> Plan:
        """A request of a forum becomes the first priority of an adopted investment programme."""
        world, ang = self.world, self.facts("ang", {})
        self.set_up()
        text = Name(en="Clean water", km="ទឹកស្អាត")
        self.request = accept_request(raise_request(self.event("forum"), text=text, sex="f", **ang), **ang)
        title = Name(en="Investment programme", km="កម្មវិធីវិនិយោគ")
        draft = draft_plan(
            world.programme,
            "cip",
            place=world.ang,
            owner=world.council,
            year=2008 + self.number,
            last_year=2010 + self.number,
            funding="own",
            title=title,
            **ang,
        )
        unit = Name(en="filters", km="ចម្រោះ")
        line = add_line(
            draft,
            title=text,
            place=world.ang,
            month=world.day,
            people=600,
            budget=NEEDED,
            quantity=120,
            unit=unit,
            **ang,
        )
        answer_line(line, self.request, **ang)
        self.line = rank_line(line, rank=1, **ang)
        draft = submit_plan(draft, **ang)
        self.decision = record_decision(
            self.event("council_session"), number=f"{self.number}/C", title=title, paper=world.paper(), **ang
        )
        self.programme_plan = approve_plan(draft, decision=self.decision, **self.facts("manager", {}))
        return self.programme_plan

    def budget(self, **given: Any) -> Line:
        self.line = budget_line(self.line, **{"decision": self.decision, **self.facts("ang", given)})
        return self.line

    # ── agreed ──────────────────────────────────────────────────────────────────────────────────────────────────
    def propose(self, **given: Any) -> Project:
        facts = {"line": self.line, "theme": "health_environment", **self.facts("ang", given)}
        title = Name(en="Water filters", km="ចម្រោះទឹក")
        self.project = propose_project(
            self.programme_plan, code=f"SDP-{self.number}", purpose=self.purpose, title=title, **facts
        )
        return self.project

    def check(self, **given: Any) -> Project:
        facts = {"second": self.world.witness, **self.facts("ang", given)}
        self.project = check_project(self.project, checklist=self.world.paper(), **facts)
        return self.project

    def hear_the_department(self, **given: Any) -> None:
        said = {"is_favourable": True, "text": Name(en="Fine"), "body": self.world.council, "decision": self.decision}
        give_opinion(self.project, self.step, paper=self.world.paper(), **{**said, **self.facts("ang", given)})

    def approve(self, **given: Any) -> Project:
        self.project = approve_project(self.project, **self.facts("manager", given))
        return self.project

    def part(self, **given: Any) -> Part:
        """The commune's part, in the memorandum book of its council."""
        finance = self.facts("finance", {})
        if not hasattr(self, "memo"):
            world, name = self.world, Name(en="Commune fund", km="មូលនិធិឃុំ")
            book = open_book(
                world.programme,
                f"CSF{self.number}",
                name=name,
                owner=world.council,
                currency="EUR",
                is_memorandum=True,
                **finance,
            )
            self.memo = {
                kind: open_account(book, code, name=name, kind=kind, **finance)
                for code, kind in (("601", "expense"), ("901", "income"))
            }
            self.fund = open_fund(
                world.programme, f"CSF{self.number}", name=name, kind="commune", giver=world.council, **finance
            )
        terms = {"amount": PART, "decision": self.decision, "paid_from": self.memo["income"], **given}
        return Part(fund=self.fund, expense=self.memo["expense"], **terms)

    def terms(self, **given: Any) -> Terms:
        """What is agreed; anything may be another."""
        accounts = self.world.accounts
        terms = {
            "number": f"S-{self.number}",
            "amount": GRANT,
            "tranches": [GRANT],
            "route": self.route,
            "fund": self.world.fund,
            "bank": accounts["bank"],
            "advances": accounts["advances"],
            "expense": accounts["expense"],
            **given,
        }
        return Terms(**({"share": self.part()} | terms))

    def sign(self, **given: Any) -> Project:
        facts = {"terms": self.terms() if "terms" not in given else None, **self.facts("manager", given)}
        self.project = sign_project(self.project, paper=self.world.paper(), **facts)
        self.tranche = self.project.agreement.tranches.get(number=1)
        return self.project

    # ── paid ────────────────────────────────────────────────────────────────────────────────────────────────────
    def ask(self, **given: Any) -> Tranche:
        """Request the tranche by its route."""
        world = self.world
        extra = {"paper": world.paper(), "payee": world.donor} if self.route == "supplier" else {}
        self.tranche = request_tranche(self.tranche, **{**extra, **self.facts("ang", given)})
        return self.tranche

    def pay(self) -> Tranche:
        self.tranche = approve_tranche(self.ask(), **self.facts("manager", {}))
        self.tranche = pay_tranche(self.tranche, **self.facts("finance", {}))
        self.project.refresh_from_db()
        return self.tranche

    def receive(self, **given: Any) -> Tranche:
        self.tranche = acknowledge_tranche(self.tranche, receipt=self.world.paper(), **self.facts("ang", given))
        return self.tranche

    def spend(self, amount: Money = SPENT, **given: Any) -> None:
        """A voucher, brought in and accepted."""
        voucher = bring_voucher(
            self.tranche,
            number=f"SV-{self.number}-{self.world.papers}",
            dated=self.world.day,
            payee="Workshop",
            text=Name(en="Filters", km="ចម្រោះ"),
            amount=amount,
            paper=self.world.paper(),
            **self.facts("ang", given),
        )
        accept_voucher(voucher, **self.facts("finance", {}))

    def pay_back(self, **given: Any) -> Refund:
        facts = {"amount": BACK, **self.facts("finance", given)}
        self.refund = receive_refund(self.tranche, paper=self.world.paper(), **facts)
        return self.refund

    def liquidate(self, **given: Any) -> Tranche:
        self.tranche = liquidate_tranche(self.tranche, **self.facts("finance", given))
        return self.tranche

    # ── done ────────────────────────────────────────────────────────────────────────────────────────────────────
    def complete(self, **given: Any) -> Project:
        self.project = complete_project(
            self.project,
            people=612,
            women=330,
            quantity=118,
            text=Name(en="The filters are in use.", km="ចម្រោះកំពុងប្រើប្រាស់។"),
            report=self.world.paper(),
            **self.facts("ang", given),
        )
        return self.project

    def visit(self, **given: Any) -> Visit:
        facts = {"body": self.world.committee, "opinion": "agrees", **self.facts("ang", given)}
        if "event" not in facts:
            facts["event"] = self.event("monitoring")
        self.visited = record_visit(self.project, text=Name(en="Seen", km="បានឃើញ"), **facts)
        return self.visited

    def verify(self, **given: Any) -> Project:
        self.project = verify_project(self.project, **self.facts("manager", given))
        return self.project

    def settle(self, **given: Any) -> Project:
        self.project = settle_project(self.project, **self.facts("finance", given))
        return self.project

    def copy(self, amount: Money, **given: Any) -> TreasuryPayment:
        """Copy a payment of the treasury."""
        world = self.world
        papers = {role: world.paper() for role in ("contract", "payment_order", "slip")}
        facts = {
            "decision": self.decision,
            "budget_line": "62-1",
            "contract": "C-1",
            "order": f"PO-{world.papers}",
            "slip": "T-1",
            "payee": "Workshop",
            "papers": papers,
            **self.facts("finance", given),
        }
        self.payment = copy_treasury_payment(self.project, amount=amount, **facts)
        return self.payment

    def treasury_pays(self) -> None:
        """Both payments of the commune's part."""
        self.copy(PAID_FIRST)
        self.copy(PAID_LATER)

    def close(self, **given: Any) -> Project:
        self.project = close_project(self.project, **self.facts("finance", given))
        return self.project
