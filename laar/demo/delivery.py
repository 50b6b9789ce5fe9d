"""The year of a social development project: the money on its way, the treasury's part, the committee, the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from laar.demo.data import Row, day, later, pair
from laar.demo.forums import report_back
from laar.demo.tale import Tale
from laar.events.actions import accept_request, raise_request
from laar.kit.money import Money
from laar.kit.names import Name
from laar.projects.actions import (
    accept_voucher,
    acknowledge_tranche,
    approve_tranche,
    bring_voucher,
    close_project,
    complete_project,
    copy_treasury_payment,
    liquidate_tranche,
    pay_tranche,
    receive_refund,
    record_visit,
    request_tranche,
    settle_project,
    verify_project,
)
from laar.projects.models import Project, Tranche

#: What a committee said after it had looked.
SAID = {
    "agrees": Name(
        en="It was done as planned; we saw it and spoke with those who use it.",
        km="បានធ្វើតាមផែនការ; យើងបានឃើញ និងសួរអ្នកប្រើ។",
    ),
    "disagrees": Name(en="Two of the machines came without their papers.", km="ម៉ាស៊ីនពីរមកដោយគ្មានលិខិតធានា។"),
    "silent": Name(en="The committee was asked and did not answer.", km="គណៈកម្មាធិការត្រូវបានសួរ តែមិនបានឆ្លើយ។"),
}
SELLER = "Dragonfly Trading (fictional)"


class Delivery:
    """The project from its agreement to its end."""

    def __init__(self, tale: Tale, row: Row, project: Callable[[], Project]) -> None:
        self.tale, self.row, self._project = tale, row, project
        self.signed, self.completed = day(row["signed"]), day(row["completed"])
        self.payments = [part.split() for part in row["payments"].split("; ")]
        self.tranches: dict[int, Tranche] = {}

    @property
    def project(self) -> Project:
        """The project, once it is agreed."""
        return self._project()

    def tell(self) -> None:
        """Two tranches, the treasury's payments, the committee's visit, completion, settlement, the end."""
        at, first, second = self.tale.at, later(self.signed, 21), self._second_on()
        at(first, lambda: self.pay(1))
        at(later(first, 6), lambda: self.arrived(1))
        for number, days in self._vouchers(1):
            at(later(first, days), lambda number=number: self.voucher(1, number))  # type: ignore[misc]  # bound at once
        at(later(second, -8), lambda: self.liquidate(1))
        at(second, lambda: self.pay(2))
        at(later(second, 6), lambda: self.arrived(2))
        for number, days in self._vouchers(2):
            at(later(second, days), lambda number=number: self.voucher(2, number))  # type: ignore[misc]  # bound at once
        for number, (on, amount) in enumerate(self.payments, start=1):
            at(day(on), lambda number=number, amount=amount: self.treasury(number, amount))  # type: ignore[misc]  # bound at once
        self._end()

    def _second_on(self) -> date:
        """Half-way through the year; later where our own office was late, which the council wrote to us about."""
        return date(2009, 9, 21) if self.tale.code == LATE else later(date(2009, 7, 27), int(self.tale.code[-2:]))

    def _vouchers(self, tranche: int) -> list[tuple[int, int]]:
        """The vouchers of a tranche and after how many days they come; a supplier sends one invoice."""
        if self.row["route"] == "supplier":
            return [(1, 24)]
        return [(1, 28), (2, 55)] if tranche == 1 else [(1, 25), (2, 48)]

    def _end(self) -> None:
        tale, at = self.tale, self.tale.at
        self._visit()
        if self.row["refund"]:
            at(later(self.completed, -2), self.refund)
        at(later(self.completed, -1), lambda: self.liquidate(2))
        at(self.completed, self.complete)
        verified = max(later(self.completed, 21), date(2010, 1, 11))
        at(verified, self.verify)
        at(later(verified, 15), self.settle)
        at(max(later(verified, 30), later(day(self.payments[-1][0]), 10)), self.close)
        if "handover" in tale.dates:
            said = [("Account", "Council and committee told what was done and what it cost, from both sources.")]
            tale.gathering("handover", tale.called("Hand-over at", "ការប្រគល់-ទទួលនៅឃុំ"), said)
            at(tale.on("handover"), lambda: report_back(tale, ["sdp", "finding"], "handover"))
        else:
            at(tale.on("forum-2009"), lambda: report_back(tale, ["sdp"], "forum-2009"))

    # ── our part ───────────────────────────────────────────────────────────────────────────────────────────────

    def pay(self, number: int) -> None:
        """Request, approval, payment: three people."""
        tale, cast, key = self.tale, self.tale.cast, f"sdp tranche {number}"
        tranche = self.project.agreement.tranches.get(number=number)
        facts = {}
        if self.row["route"] == "supplier":
            facts = {"paper": self._request(tranche), "payee": cast.parties["supplier"]}
        tale.do(f"{key} request", request_tranche, tranche, **facts)
        tale.do(f"{key} approve", approve_tranche, tranche, by=cast.manager)
        self.tranches[number] = tale.do(f"{key} pay", pay_tranche, tranche, by=cast.finance)

    def _request(self, tranche: Tranche) -> object:
        lines = [
            ("To", self.tale.cast.parties["ngo"].name.en),
            ("Request", f"Please pay {tranche.amount} to the supplier for: {self.row['goods_en']}."),
        ]
        title = f"Request {tranche.number}, {self.project.code}"
        return self.tale.paper("decision", title, lines, self.tale.of_the_council(2), called="សំណើ")

    def arrived(self, number: int) -> None:
        """The council's receipt, the supplier's delivery note, or the slip of the treasury."""
        route, tranche = self.row["route"], self.tranches[number]
        kind, title = {
            "advance": ("receipt", "Receipt"),
            "supplier": ("slip", "Delivery note"),
            "treasury": ("slip", "Deposit slip"),
        }[route]
        what = self.row["goods_en"] if route == "supplier" else f"payment {number} of the grant"
        lines = [("For", what), ("Amount", str(tranche.amount))]
        signed = [*self.tale.of_the_council(1), *(self.tale.of_the_committee(1) if route == "supplier" else [])]
        paper = self.tale.paper(kind, f"{title} {number}, {self.project.code}", lines, signed)
        name = f"sdp tranche {number} arrived"
        self.tranches[number] = self.tale.do(name, acknowledge_tranche, tranche, receipt=paper)

    def voucher(self, tranche: int, number: int) -> None:
        """What was spent comes in with its paper, and is accepted by somebody else."""
        tale, of = self.tale, self.tranches[tranche]
        full = f"{tale.code[-4:]}-S{tranche}{number}"
        text = pair(self.row, "goods" if number == 1 else "work")
        amount = self._spent(of)[number - 1]
        lines = [("Paid to", SELLER), ("For", text.en), ("Amount", str(amount))]
        paper = tale.paper("voucher", f"Voucher {full}", lines, [*tale.of_the_council(1), *tale.of_the_committee(1)])
        facts = {"number": full, "dated": tale.teller.day, "payee": SELLER, "text": text, "amount": amount}
        voucher = tale.do(f"voucher {full}", bring_voucher, of, paper=paper, **facts)
        tale.do(f"voucher {full} accepted", accept_voucher, voucher, by=tale.cast.finance)

    def _spent(self, of: Tranche) -> list[Money]:
        """What was spent of a tranche, voucher by voucher; what is paid back of the last one is not spent."""
        back = Money.of(self.row["refund"] or "0", "EUR") if of.number == 2 else Money(0, "EUR")
        return (of.amount - back).split([7, 3] if len(self._vouchers(of.number)) == 2 else [1])

    def liquidate(self, number: int) -> None:
        """Every coin of a tranche is accounted for."""
        name = f"sdp tranche {number} liquidate"
        self.tale.do(name, liquidate_tranche, self.tranches[number], by=self.tale.cast.finance)

    def refund(self) -> None:
        """What was left comes back."""
        tale, amount = self.tale, Money.of(self.row["refund"], "EUR")
        lines = [("For", "what was left of the grant"), ("Amount", str(amount))]
        paper = tale.paper("receipt", f"Refund, {self.project.code}", lines, [tale.cast.finance.name.en])
        tale.do("sdp refund", receive_refund, self.tranches[2], amount=amount, paper=paper, by=tale.cast.finance)

    # ── the commune's part ─────────────────────────────────────────────────────────────────────────────────────

    def treasury(self, number: int, riel: str) -> None:
        """What the treasury paid, from copies: contract, payment order, slip."""
        tale, amount = self.tale, Money.of(riel, "KHR")
        contract, order, slip = f"{tale.code[-4:]}/09", f"{tale.code[-4:]}-{number}", f"T{tale.code[-4:]}{number}"
        if "contract" not in tale.minutes:
            share = Money.of(self.row["share"], "KHR")
            lines = [
                ("Council", tale.council.name.en),
                ("Supplier", SELLER),
                ("For", self.row["work_en"]),
                ("Price", f"{share}, paid by the provincial treasury from the commune/sangkat fund"),
            ]
            tale.minutes["contract"] = tale.paper("agreement", f"Contract {contract}", lines, tale.of_the_council(2))
        facts = [("Contract", contract), ("Paid to", SELLER), ("Amount", str(amount))]
        papers = {
            "contract": tale.minutes["contract"],
            "payment_order": tale.paper("order", f"Payment order {order}", facts, tale.of_the_council(1)),
            "slip": tale.paper("slip", f"Slip of the treasury {slip}", facts, ["Cashier (fictional)"]),
        }
        tale.do(
            f"sdp treasury {number}",
            copy_treasury_payment,
            self.project,
            decision=tale.decisions["share"],
            budget_line="62, social services",
            contract=contract,
            order=order,
            slip=slip,
            payee=SELLER,
            amount=amount,
            papers=papers,
            by=tale.cast.finance,
        )

    # ── the end ────────────────────────────────────────────────────────────────────────────────────────────────

    def _visit(self) -> None:
        tale = self.tale
        if "monitoring" in tale.dates:
            tale.gathering(
                "monitoring", tale.called("Visit of the monitoring committee of", "ការចុះពិនិត្យរបស់គណៈកម្មាធិការតាមដានឃុំ")
            )
            tale.at(tale.on("monitoring"), self.looked)
        else:
            tale.at(later(self.completed, -3), self.looked)

    def looked(self) -> None:
        """What the committee says; a finding is answered in writing."""
        tale, opinion = self.tale, self.row["opinion"]
        event = tale.events.get("monitoring")
        facts = {"body": tale.committee, "opinion": opinion, "text": SAID[opinion], "event": event}
        tale.do("sdp visit", record_visit, self.project, **facts)
        if opinion == "disagrees":
            finding = tale.do("sdp finding", raise_request, event, text=SAID[opinion], sex="f")
            tale.requests["finding"] = tale.do("sdp finding taken up", accept_request, finding)

    def complete(self) -> None:
        """One page: what, how much, for how many."""
        tale, row = self.tale, self.row
        people, women, quantity = int(row["reached"]), int(row["reached_women"]), int(row["delivered"])
        report = tale.paper(
            "report",
            f"Completion report, {self.project.code}",
            [
                ("Delivered", f"{quantity} {row['unit_en']} of {row['quantity']}"),
                ("People", f"{people}, of them {women} women"),
                ("What was done", f"{row['goods_en']}; {row['work_en'][0].lower()}{row['work_en'][1:]}."),
            ],
            [*tale.of_the_council(1), *tale.of_the_committee(1)],
        )
        text = Name(
            en=f"{row['goods_en']}; {row['work_en'][0].lower()}{row['work_en'][1:]}.",
            km=f"{row['goods_km']}; {row['work_km']}។",
        )
        facts = {"people": people, "women": women, "quantity": quantity, "text": text, "report": report}
        tale.do("sdp complete", complete_project, self.project, **facts)

    def verify(self) -> None:
        """Somebody else than wrote the page goes and sees."""
        self.tale.do("sdp verify", verify_project, self.project, by=self.tale.cast.manager)

    def settle(self) -> None:
        """Our part is settled."""
        self.tale.do("sdp settle", settle_project, self.project, by=self.tale.cast.finance)

    def close(self) -> None:
        """And the treasury has paid the commune's."""
        self.tale.do("sdp close", close_project, self.project, by=self.tale.cast.finance)


#: Whose second tranche came late, because of us.
LATE = "210103"
