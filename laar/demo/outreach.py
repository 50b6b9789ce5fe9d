"""Outreach: a plan a year, the grant that pays for it, the activities, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from laar.demo.data import Row, day, keyed, later, of_commune, pair
from laar.demo.forums import report_back
from laar.demo.tale import Tale
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
    postpone_line,
    report_plan,
    start_plan,
    submit_plan,
)
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

#: In which session the plan of a year is adopted, and under which number.
ADOPTED = {2008: ("session-2008", "02/08"), 2009: ("session-budget", "19/08"), 2010: ("session-2010", "07/10")}
#: The plan for the time after the programme has none of its money.
AFTER = 2010
#: Who sells to a commune what an activity needs.
SELLER = "Market stalls of the commune"
BOUGHT = Name(en="Refreshments, transport, paper and boards", km="អាហារ ការធ្វើដំណើរ ក្រដាស និងក្តារ")
#: The year in which prices rose.
DEAR = 2008


def tell(tale: Tale) -> None:
    """Put the three years on the agenda."""
    for year in ADOPTED:
        Year(tale, year).tell()


class Year:
    """The outreach plan of one commune and year."""

    def __init__(self, tale: Tale, year: int) -> None:
        self.tale, self.year = tale, year
        self.rows: Sequence[Row] = [row for row in of_commune("outreach.csv", tale.code) if row["year"] == str(year)]
        self.session, self.number = ADOPTED[year]
        self.decided = tale.on(self.session)
        self.last = max(day(row["on"]) for row in self.rows)

    @property
    def is_granted(self) -> bool:
        """Whether the programme pays for it."""
        return self.year < AFTER

    def key(self, name: str) -> str:
        """A name of this year."""
        return f"oa {self.year} {name}"

    def tell(self) -> None:
        """The year: plan, grant, activities, report."""
        at = self.tale.at
        at(later(self.decided, -10), self.draft)
        at(self.decided, self.adopt)
        if self.is_granted:
            at(later(self.decided, 2), self.propose)
            at(later(self.decided, 9), self.check)
            at(later(self.decided, 15), self.sign)
            at(later(self.decided, 24), self.pay)
        else:
            at(date(AFTER, 7, 1), self.start)
        for place, row in enumerate(self.rows):
            self._line(row, place)
        self._answers()
        if self.is_granted:
            at(later(self.last, 6), self.complete)
            at(later(self.last, 9), self.settle)
        at(later(self.last, 10), self.report)

    # ── the plan ───────────────────────────────────────────────────────────────────────────────────────────────

    def draft(self) -> None:
        """Council and committee draft it together and submit it."""
        tale = self.tale
        title = tale.called(f"Outreach plan {self.year},", f"ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ {self.year} ឃុំ")
        plan = tale.do(
            self.key("draft"),
            draft_plan,
            tale.cast.programme,
            "oa",
            place=tale.place,
            owner=tale.council,
            partner=tale.committee,
            year=self.year,
            funding="grant" if self.is_granted else "own",
            title=title,
        )
        self.lines = [self._add(plan, row) for row in self.rows]
        self.plan = tale.do(self.key("submit"), submit_plan, plan)

    def _add(self, plan: object, row: Row) -> object:
        tale, name = self.tale, self.key(row["position"])
        line = tale.do(
            f"{name} line",
            add_line,
            plan,
            title=pair(keyed("activities.csv")[row["activity"]], "activity"),
            place=tale.place,
            month=day(row["planned"]),
            people=int(row["people"]),
            budget=Money.of(row["budget"], "EUR"),
        )
        if name in tale.requests:
            tale.do(f"{name} answer", answer_line, line, tale.requests[name])
        return line

    def adopt(self) -> None:
        """The council decides on it in its session."""
        tale = self.tale
        title = Name(en=f"Outreach plan of {self.year}", km=f"ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ {self.year}")
        decision = tale.decide(self.key("plan"), self.session, self.number, title)
        self.plan = tale.do(self.key("approve"), approve_plan, self.plan, decision=decision, by=tale.cast.manager)

    def start(self) -> None:
        """After the programme, the council starts it out of its own means."""
        self.plan = self.tale.do(self.key("start"), start_plan, self.plan, by=self.tale.cast.manager)

    # ── the grant ──────────────────────────────────────────────────────────────────────────────────────────────

    def propose(self) -> None:
        """A grant is asked for."""
        tale = self.tale
        self.project = tale.do(
            self.key("propose"),
            propose_project,
            self.plan,
            code=f"OA-{tale.code}-{self.year}",
            purpose=tale.cast.purposes["OA"],
            title=tale.called(f"Outreach grant {self.year},", f"ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ {self.year} ឃុំ"),
        )

    def check(self) -> None:
        """Two people look at it, a third approves."""
        tale, second = self.tale, self.tale.cast.parties["Khun Sothea"]
        district = tale.code[:4]
        checklist = tale.shared(
            f"checklist {district} {self.year}",
            "checklist",
            f"Quality checklist: outreach grants {self.year}, {tale.cast.places[district].name_en}",
            [
                ("Every line has a month and a place", "yes"),
                ("Women and men expected", "yes, as in the plans"),
                ("Council and committee both named", "yes"),
                ("Free of works and of party matters", "yes"),
                ("Remarks", f"One list for the grants of the district, {self.year}"),
            ],
            [tale.worker.name.en, second.name.en],
        )
        project = tale.do(self.key("check"), check_project, self.project, checklist=checklist, second=second)
        self.project = tale.do(self.key("grant"), approve_project, project, by=tale.cast.manager)

    def sign(self) -> None:
        """One page is signed."""
        tale, cast = self.tale, self.tale.cast
        whole = Money(sum(Money.of(row["budget"], "EUR").units for row in self.rows), "EUR")
        number = f"OA/{tale.code}/{self.year}"
        paper = tale.paper(
            "agreement",
            f"Agreement {number}",
            [
                ("Council", tale.council.name.en),
                ("Organisation", cast.parties["ngo"].name.en),
                ("Amount", f"{whole}, in one payment"),
                ("For", f"the activities of the outreach plan of {self.year}"),
                ("Accounts", "vouchers within a month after the last activity; what is left is paid back"),
            ],
            [*tale.of_the_council(1), cast.manager.name.en],
        )
        terms = Terms(
            number=number,
            amount=whole,
            tranches=[whole],
            route="advance",
            fund=cast.funds["LBF"],
            bank=cast.accounts["101"],
            advances=cast.accounts["121"],
            expense=cast.accounts["501"],
            line=cast.lines[f"LBF 6.1-{self.year}"],
        )
        self.project = tale.do(self.key("sign"), sign_project, self.project, terms=terms, paper=paper, by=cast.manager)

    def pay(self) -> None:
        """The money goes out, and the council says that it came."""
        tale, cast = self.tale, self.tale.cast
        tranche = self.project.agreement.tranches.get()
        tale.do(self.key("request"), request_tranche, tranche)
        tale.do(self.key("release"), approve_tranche, tranche, by=cast.manager)
        tale.do(self.key("pay"), pay_tranche, tranche, by=cast.finance)
        receipt = tale.paper(
            "receipt",
            f"Receipt, {self.project.code}",
            [("For", "outreach activities of the year"), ("Amount", str(tranche.amount))],
            tale.of_the_council(1),
        )
        self.tranche = tale.do(self.key("receipt"), acknowledge_tranche, tranche, receipt=receipt)

    # ── the activities ─────────────────────────────────────────────────────────────────────────────────────────

    def _line(self, row: Row, place: int) -> None:
        at, on, name = self.tale.at, day(row["on"]), self.key(row["position"])
        if row["outcome"] == "cancelled":
            at(on, lambda: self._does_not_happen(place, cancel_line, row))
            return
        if row["outcome"] == "postponed":
            at(later(day(row["planned"]), 9), lambda: self._does_not_happen(place, postpone_line, row))
        title = pair(keyed("activities.csv")[row["activity"]], "activity")
        at(on - timedelta(10), lambda: self.tale.announce(name, "outreach", on, title))
        at(on, lambda: self._held(place, row, name))

    def _does_not_happen(self, place: int, action: object, row: Row) -> None:
        verb = "cancel" if action is cancel_line else "postpone"
        reason = pair(keyed("reasons.csv")[row["reason"]])
        name = self.key(f"{row['position']} {verb}")
        self.lines[place] = self.tale.do(name, action, self.lines[place], reason=reason)  # type: ignore[arg-type]  # one of two actions

    def _held(self, place: int, row: Row, name: str) -> None:
        event = self.tale.hold(name, int(row["women"]), int(row["men"]))
        self.lines[place] = self.tale.do(f"{name} held", hold_line, self.lines[place], event=event)

    def _answers(self) -> None:
        """What was asked a year ago is answered at the forum where that comes later, else at the last activity."""
        tale, names = self.tale, [self.key(row["position"]) for row in self.rows]
        held = [row for row in self.rows if row["outcome"] != "cancelled"]
        last = max(held, key=lambda row: row["on"])
        if self.year == AFTER - 1 and tale.on("forum-2009") > day(last["on"]):
            on, key = tale.on("forum-2009"), "forum-2009"
        else:
            on, key = day(last["on"]), self.key(last["position"])
        others = {2009: ["other forum-2008"], AFTER: ["other forum-2009"]}.get(self.year, [])
        tale.at(on, lambda: report_back(tale, [*names, *others], key))

    # ── what it cost, and the end ──────────────────────────────────────────────────────────────────────────────

    def complete(self) -> None:
        """The vouchers come in, and one page says what was done."""
        tale, cast = self.tale, self.tale.cast
        self._voucher()
        tale.do(self.key("liquidate"), liquidate_tranche, self.tranche, by=cast.finance)
        held = [row for row in self.rows if row["outcome"] != "cancelled"]
        women = sum(int(row["women"]) for row in held)
        people = women + sum(int(row["men"]) for row in held)
        report = tale.paper(
            "report",
            f"Completion report, {self.project.code}",
            [
                ("Activities held", f"{len(held)} of {len(self.rows)}"),
                ("People", str(people)),
                ("Of them women", str(women)),
            ],
            [*tale.of_the_council(1), *tale.of_the_committee(1)],
        )
        text = Name(
            en=f"{len(held)} of {len(self.rows)} activities of the plan were held.",
            km=f"បានអនុវត្តសកម្មភាព {len(held)} ក្នុងចំណោម {len(self.rows)}។",
        )
        self.project = tale.do(
            self.key("complete"), complete_project, self.project, people=people, women=women, text=text, report=report
        )

    def _voucher(self) -> None:
        """One list of what was bought, with the sellers' papers behind it."""
        tale, amount, number = self.tale, self.project.agreement.amount, f"{self.tale.code[-4:]}-{self.year % 100:02}"
        is_dear = self.year == DEAR and tale.row["dearer"]
        text = Name(
            en=BOUGHT.en + ("; fuel and rice cost a third more than planned" if is_dear else ""),
            km=BOUGHT.km + ("; ប្រេង និងអង្ករឡើងថ្លៃមួយភាគបីលើសគម្រោង" if is_dear else ""),
        )
        paper = tale.paper(
            "voucher",
            f"Voucher {number}",
            [("Paid to", SELLER), ("For", text.en), ("Amount", str(amount))],
            tale.of_the_council(2),
        )
        voucher = tale.do(
            f"voucher {number}",
            bring_voucher,
            self.tranche,
            number=number,
            dated=tale.teller.day,
            payee=SELLER,
            text=text,
            amount=amount,
            paper=paper,
        )
        tale.do(f"voucher {number} accepted", accept_voucher, voucher, by=tale.cast.finance)

    def settle(self) -> None:
        """Every coin is accounted for."""
        self.tale.do(self.key("settle"), settle_project, self.project, by=self.tale.cast.finance)

    def report(self) -> None:
        """Of every line it is known what became of it."""
        tale = self.tale
        plan = tale.do(self.key("report"), report_plan, self.plan)
        tale.do(self.key("close"), close_plan, plan, by=tale.cast.manager)
