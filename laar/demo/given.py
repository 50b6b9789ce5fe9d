"""What villagers gave to a project of their commune themselves: promised at its start, received on a signed list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from laar.demo.data import Row, later, of_commune, pair
from laar.demo.tale import Tale
from laar.kit.money import Money
from laar.projects.actions import offer_contribution, promise_contribution, receive_contribution
from laar.projects.models import Contribution, Project


class Given:
    """One contribution to a project."""

    contribution: Contribution

    def __init__(self, tale: Tale, row: Row, project: Callable[[], Project]) -> None:
        self.tale, self.row, self.project = tale, row, project

    def promise(self) -> None:
        """The committee says what the villagers will bring; the facilitator writes it down."""
        tale, row = self.tale, self.row
        facts = {"giver": tale.cast.parties[f"committee-{tale.code}"], "text": pair(row, "text")}
        if row["kind"] == "cash":
            amount = Money.of(row["price"], "KHR")
            self.contribution = tale.do("given promise", promise_contribution, self.project(), amount=amount, **facts)
            return
        self.contribution = tale.do(
            "given offer",
            offer_contribution,
            self.project(),
            quantity=int(row["quantity"]),
            unit=pair(row, "unit"),
            price=Money.of(row["price"], "KHR"),
            basis=row["basis"],
            **facts,
        )

    def receive(self) -> None:
        """The list of who gave is brought to the office, where somebody else writes it down."""
        tale, of = self.tale, self.contribution
        lines = [
            ("For", of.text_en),
            ("Quantity", f"{of.quantity or ''} {of.unit_en}".strip()),
            ("Worth", str(of.promised)),
        ]
        signed = [*tale.of_the_committee(2), f"{tale.row['chief_of_village']} (fictional)"]
        paper = tale.paper(
            "receipt", f"List of what was given, {of.project.code}", lines, signed, thumbprints=1, called="បញ្ជីវិភាគទាន"
        )
        came: dict[str, Any] = {"amount": of.promised}
        if of.quantity:
            came = {"quantity": of.quantity, "counted_by": signed[-1]}
        self.contribution = tale.do(
            "given receive", receive_contribution, of, paper=paper, by=tale.cast.manager, **came
        )


def tell(tale: Tale, signed: date, project: Callable[[], Project]) -> None:
    """Put what the villagers gave on the agenda, some days after the signature."""
    for row in of_commune("given.csv", tale.code):
        given = Given(tale, row, project)
        tale.at(later(signed, int(row["after"])), given.promise)
        tale.at(later(signed, int(row["received"])), given.receive)
