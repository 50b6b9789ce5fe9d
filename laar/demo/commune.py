"""The strand of one commune: what was asked at its forum, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from laar.base.actions import keep_evidence
from laar.base.models import Evidence, User
from laar.demo.cast import Cast
from laar.demo.paper import paper
from laar.demo.teller import Strand, Teller
from laar.events.actions import (
    accept_request,
    announce_event,
    hold_event,
    raise_request,
    record_attendance,
    refer_request,
    report_back_request,
)
from laar.events.models import Event, Request
from laar.events.rules import KINDS
from laar.kit.money import Money
from laar.kit.names import Name
from laar.plans.actions import (
    add_line,
    answer_line,
    approve_plan,
    cancel_line,
    close_plan,
    draft_plan,
    hold_line,
    report_plan,
    submit_plan,
)
from laar.plans.models import Line, Plan
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
from laar.projects.models import Project, Tranche

R = TypeVar("R")


@dataclass(frozen=True)
class Asked:
    """What somebody asked for at the forum, and the activity that answers it; without one it is referred."""

    text: Name
    sex: str
    activity: Name | None = None
    #: Month of 2008, people expected, budget in euro; days are counted from the first of the month.
    month: int = 0
    people: int = 0
    budget: str = "0"
    #: Why it is referred, or why the activity was cancelled.
    reason: Name = field(default_factory=lambda: Name(en=""))
    cancelled: bool = False


@dataclass
class Commune:
    """One commune's tale; a method is a chapter."""

    teller: Teller
    cast: Cast
    code: str
    forum_on: date
    asked: Sequence[Asked]
    women: int
    men: int
    field_user: str
    #: Whether the grant comes to its end within the story.
    settles: bool = True

    def tell(self) -> Strand:
        """From the forum to the report back."""
        self.place = self.cast.places[self.code]
        self.council = self.cast.parties[f"council-{self.code}"]
        self.committee = self.cast.parties[f"committee-{self.code}"]
        yield self.forum_on - timedelta(days=14)
        announced = self._announce("forum", self.forum_on, self._forum_title())
        yield self.forum_on
        forum = self._hold("forum", announced, self.women, self.men)
        requests = self._requests(forum)
        yield from self._plan_and_grant(requests)
        yield from self._year(requests)

    # ── the forum ──────────────────────────────────────────────────────────────────────────────────────────────

    def _forum_title(self) -> Name:
        said = self.place.name
        return Name(en=f"Public forum of {said.en} commune", km=f"វេទិកាសាធារណៈឃុំ{said.km}")

    def _requests(self, forum: Event) -> list[Request]:
        raised = []
        for number, asked in enumerate(self.asked, start=1):
            request = self._do(
                f"request {number}", raise_request, forum, text=asked.text, sex=asked.sex, by=self.worker
            )
            if asked.activity:
                request = self._do(f"accept {number}", accept_request, request, by=self.worker)
            else:
                request = self._do(
                    f"refer {number}",
                    refer_request,
                    request,
                    to=self.cast.parties["department"],
                    reason=asked.reason,
                    by=self.worker,
                )
            raised.append(request)
        return raised

    # ── the plan and the grant ─────────────────────────────────────────────────────────────────────────────────

    def _plan_and_grant(self, requests: Sequence[Request]) -> Strand:
        yield date(2008, 1, 8)
        plan = self._draft(requests)
        yield date(2008, 1, 22)
        said = self.place.name
        number = f"{self.code[-2:]}/08"
        minutes = self._paper(
            "decision",
            f"Council decision {number}",
            {"Decision": number, "On": "Outreach plan of 2008"},
            self._signers(3),
        )
        self.plan = self._do(
            "approve plan",
            approve_plan,
            plan,
            decision=number,
            decided_on=self.teller.day,
            paper=minutes,
            by=self.cast.manager,
        )
        project = self._do(
            "propose",
            propose_project,
            self.plan,
            code=f"OA-{self.code}-2008",
            purpose=self.cast.purposes["OA"],
            title=Name(en=f"Outreach grant 2008, {said.en}", km=f"ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ ២០០៨ ឃុំ{said.km}"),
            by=self.worker,
        )
        yield date(2008, 2, 5)
        checklist = self._paper(
            "checklist",
            "Quality checklist",
            {"Project": project.title_en},
            [self.worker.name.en, self.cast.manager.name.en],
        )
        project = self._do("check", check_project, project, checklist=checklist, by=self.worker)
        project = self._do("approve", approve_project, project, by=self.cast.manager)
        yield date(2008, 2, 12)
        self.project = self._sign(project)

    def _draft(self, requests: Sequence[Request]) -> Plan:
        said = self.place.name
        plan = self._do(
            "draft",
            draft_plan,
            self.cast.programme,
            "oa",
            place=self.place,
            owner=self.council,
            partner=self.committee,
            year=2008,
            funding="grant",
            title=Name(en=f"Outreach plan 2008, {said.en}", km=f"ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ ២០០៨ ឃុំ{said.km}"),
            by=self.worker,
        )
        self.lines: dict[int, Line] = {}
        for number, (asked, request) in enumerate(zip(self.asked, requests, strict=True), start=1):
            if asked.activity is None:
                continue
            line = self.lines[number] = self._do(
                f"line {number}",
                add_line,
                plan,
                title=asked.activity,
                place=self.place,
                month=date(2008, asked.month, 1),
                people=asked.people,
                budget=Money.of(asked.budget, "EUR"),
                by=self.worker,
            )
            self._do(f"answer {number}", answer_line, line, request, by=self.worker)
        return self._do("submit", submit_plan, plan, by=self.worker)

    def _sign(self, project: Project) -> Project:
        amounts = [Money.of(asked.budget, "EUR") for asked in self.asked if asked.activity]
        whole = sum(amounts[1:], amounts[0])
        number = f"OA/{self.code}/2008"
        paper = self._paper(
            "agreement",
            f"Agreement {number}",
            {"Amount": str(whole), "Tranches": "60 % and 40 %"},
            self._signers(1, office=True),
        )
        terms = Terms(
            number=number,
            amount=whole,
            tranches=whole.split([60, 40]),
            route="advance",
            fund=self.cast.funds["LBF"],
            bank=self.cast.accounts["101"],
            advances=self.cast.accounts["121"],
            expense=self.cast.accounts["501"],
        )
        return self._do("sign", sign_project, project, terms=terms, paper=paper, by=self.cast.manager)

    # ── the year: money, activities, vouchers ──────────────────────────────────────────────────────────────────

    def _year(self, requests: Sequence[Request]) -> Strand:
        tranches = list(self.project.agreement.tranches.order_by("number"))
        self.spent = {tranche.number: 0 for tranche in tranches}
        yield date(2008, 2, 25)
        self._pay(tranches[0])
        held: list[tuple[int, Asked, Event]] = []
        for number, line in self.lines.items():
            asked = self.asked[number - 1]
            yield date(2008, asked.month, 6 + number)
            if asked.cancelled:
                self._do(f"cancel line {number}", cancel_line, line, reason=asked.reason, by=self.worker)
                continue
            event = self._held_activity(number, asked)
            held.append((number, asked, event))
            self._do(f"hold line {number}", hold_line, line, event=event, by=self.worker)
            self._spend(tranches, number, asked)
        if self.settles:
            yield from self._settle(tranches[1], requests, held)

    def _pay(self, tranche: Tranche) -> None:
        key, amount = f"tranche {tranche.number}", tranche.amount
        self._do(f"request {key}", request_tranche, tranche, by=self.worker)
        self._do(f"approve {key}", approve_tranche, tranche, by=self.cast.manager)
        self._do(f"pay {key}", pay_tranche, tranche, by=self.cast.finance)
        receipt = self._paper(
            "receipt",
            f"Receipt, tranche {tranche.number}",
            {"Received": str(amount), "For": self.project.title_en},
            self._signers(1),
        )
        self._do(f"acknowledge {key}", acknowledge_tranche, tranche, receipt=receipt, by=self.worker)

    def _held_activity(self, number: int, asked: Asked) -> Event:
        assert asked.activity
        announced = self._announce(f"activity {number}", self.teller.day, asked.activity, kind="outreach")
        women = asked.people * 11 // 20
        return self._hold(f"activity {number}", announced, women, asked.people - women)

    def _spend(self, tranches: Sequence[Tranche], number: int, asked: Asked) -> None:
        """Vouchers fill the first tranche; when it is full it is liquidated and the second one is paid.

        What room is left is counted here, not read from the records: told again, the story takes the same turns.
        """
        first, second = tranches
        left = Money.of(asked.budget, "EUR")
        for tranche in (first, second):
            part = min(left, Money(tranche.units - self.spent[tranche.number], "EUR"))
            if not part:
                continue
            if tranche is second and not self.spent[second.number]:
                self._do("liquidate 1", liquidate_tranche, first, by=self.cast.finance)
                self._pay(second)
            self._voucher(tranche, f"{self.code[-4:]}-{number:02}{tranche.number}", asked, part)
            self.spent[tranche.number] += part.units
            left = left - part

    def _voucher(self, tranche: Tranche, number: str, asked: Asked, amount: Money) -> None:
        assert asked.activity
        payee = "Market stall of the commune"
        paper = self._paper(
            "voucher",
            f"Voucher {number}",
            {"Amount": str(amount), "Paid to": payee, "For": asked.activity.en},
            self._signers(2),
        )
        voucher = self._do(
            f"voucher {number}",
            bring_voucher,
            tranche,
            number=number,
            dated=self.teller.day,
            payee=payee,
            text=asked.activity,
            amount=amount,
            paper=paper,
            by=self.worker,
        )
        self._do(f"accept voucher {number}", accept_voucher, voucher, by=self.cast.finance)

    def _settle(self, second: Tranche, requests: Sequence[Request], held: Sequence[tuple[int, Asked, Event]]) -> Strand:
        yield date(2008, 11, 18)
        self._do("liquidate 2", liquidate_tranche, second, by=self.cast.finance)
        people = sum(asked.people for _, asked, _ in held)
        report = self._paper("report", "Completion report", {"Activities held": str(len(held))}, self._signers(2))
        project = self._do(
            "complete",
            complete_project,
            self.project,
            people=people,
            women=sum(asked.people * 11 // 20 for _, asked, _ in held),
            text=Name(en="All activities of the plan were held.", km="សកម្មភាពទាំងអស់ក្នុងផែនការត្រូវបានអនុវត្ត។"),
            report=report,
            by=self.worker,
        )
        yield date(2008, 11, 25)
        self._do("settle", settle_project, project, by=self.cast.finance)
        plan = self._do("report plan", report_plan, self.plan, by=self.worker)
        self._do("close plan", close_plan, plan, by=self.cast.manager)
        yield date(2008, 12, 9)
        said = self.place.name
        told = self._announce(
            "second forum",
            self.teller.day,
            Name(en=f"Second public forum of {said.en} commune", km=f"វេទិកាសាធារណៈលើកទីពីរឃុំ{said.km}"),
            kind="forum",
        )
        told = self._hold("second forum", told, self.women + 6, self.men - 3)
        for number, request in enumerate(requests, start=1):
            self._do(f"tell {number}", report_back_request, request, at=told, by=self.worker)

    # ── what every chapter needs ───────────────────────────────────────────────────────────────────────────────

    @property
    def worker(self) -> User:
        """The facilitator of this commune."""
        return self.cast.users[self.field_user]

    def _do(self, name: str, action: Callable[..., R], /, *args: Any, **facts: Any) -> R:
        return self.teller.tell(f"{self.code} {name}", action, *args, **facts)

    def _announce(self, key: str, day: date, title: Name, kind: str = "") -> Event:
        return self._do(
            f"announce {key}",
            announce_event,
            self.cast.programme,
            kind or key,
            place=self.place,
            host=self.council,
            day=day,
            title=title,
            by=self.worker,
        )

    def _hold(self, key: str, event: Event, women: int, men: int) -> Event:
        for sex, count in (("f", women), ("m", men)):
            self._do(f"{key} {sex}", record_attendance, event, capacity="citizen", sex=sex, count=count, by=self.worker)
        (proof,) = KINDS[event.kind].proofs
        kind = "minutes" if proof == "minutes" else "attendance"
        sheet = self._paper(
            kind, event.title_en, {"Women": str(women), "Men": str(men)}, self._signers(5), thumbprints=2
        )
        return self._do(f"hold {key}", hold_event, event, papers={proof: sheet}, by=self.worker)

    def _signers(self, count: int, *, office: bool = False) -> list[str]:
        members = self.council.members.order_by("id").select_related("person")[:count]
        signers = [member.person.name.en for member in members]
        return [*signers, self.cast.manager.name.en] if office else signers

    def _paper(
        self, kind: str, title: str, lines: Mapping[str, str], signed: Sequence[str], thumbprints: int = 0
    ) -> Evidence:
        """Draw a paper of this day and keep it as evidence."""
        said, day = self.place.name, self.teller.day
        picture = paper(
            kind,
            title=title,
            lines=[("Commune", said.en), ("Date", day.strftime("%d/%m/%Y")), *lines.items()],
            signed=signed,
            seed=f"{self.code} {kind} {title} {day}",
            thumbprints=thumbprints,
            stamp=said.en,
        )
        return self._do(
            f"paper {kind} {title} {day}",
            keep_evidence,
            self.cast.programme,
            picture,
            caption=Name(en=f"{title}, {said.en}, {day:%d %B %Y}", km=f"{PAPER_NAMES[kind]} ឃុំ{said.km} {day:%d/%m/%Y}"),
            dated=day,
            by=self.worker,
        )


#: What the papers are called in Khmer.
PAPER_NAMES = {
    "minutes": "កំណត់ហេតុ",
    "attendance": "បញ្ជីវត្តមាន",
    "decision": "សេចក្តីសម្រេច",
    "checklist": "បញ្ជីពិនិត្យគុណភាព",
    "agreement": "កិច្ចព្រមព្រៀង",
    "receipt": "បង្កាន់ដៃ",
    "voucher": "ប័ណ្ណចំណាយ",
    "report": "របាយការណ៍បញ្ចប់",
}
