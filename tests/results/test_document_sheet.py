"""What the page of a document says before it is decided: until when it can be posted, and what the donor agreed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from laar.ledger.actions import Leg
from laar.ledger.models import Document
from laar.results.documents import DocumentSheet, sheet_of
from tests.desk.clients import client_of
from tests.ledger.papers import office
from tests.reports.budgets import budgeted, line
from tests.world import World, eur


def test_a_bill_on_a_line_says_until_when_it_can_be_posted(world: World) -> None:
    budget, bureau = budgeted(world), office(world)
    cost, bank = bureau.accounts["cost"], bureau.accounts["bank"]
    legs = [Leg(cost, budget.fund, eur("30"), line=line(budget, "2.1")), Leg(bank, budget.fund, -eur("30"))]
    document = bureau.prepared("payment", legs, on=date(2008, 2, 27))
    assert sheet_of(document).last_day == date(2008, 2, 29)  # the budget ends before the year does

    def on(day: date) -> DocumentSheet:
        return replace(sheet_of(document), today=day)

    assert (on(date(2008, 1, 1)).ends_soon, on(date(2008, 2, 27)).ends_soon) == (False, True)
    assert (on(date(2008, 2, 29)).is_late, on(date(2008, 3, 1)).is_late) == (False, True)
    page = client_of("finance").get(f"/records/document/{document.pk}/").content.decode()
    assert "It can be posted with a day up to" in page
    bureau.limit("two_persons", eur("50"))
    approved = bureau.approved(document)
    form = client_of("finance").get(f"/do/document.post/document/{approved.pk}/").content.decode()
    assert 'value="2008-02-29"' in form  # the last day on which it still can be, and not today


def test_a_document_on_no_line_can_be_posted_in_the_year_of_its_number(world: World) -> None:
    assert sheet_of(office(world).payment("30")).last_day == date(2008, 12, 31)


def test_a_receipt_beyond_what_the_donor_agreed_to_is_seen_before_it_is_approved(world: World) -> None:
    budget, bureau = budgeted(world), office(world)  # 1,960 euro are agreed

    def receipt(amount: str) -> Document:
        legs = [
            Leg(bureau.accounts["bank"], budget.fund, eur(amount)),
            Leg(world.accounts["income"], budget.fund, -eur(amount)),
        ]
        return bureau.prepared("receipt", legs)

    bureau.posted(receipt("1500"))
    within, beyond = receipt("460"), receipt("4600")
    [one], [other] = (sheet_of(document).agreed for document in (within, beyond))
    assert [one.budgets.figure, one.received.figure, one.is_over] == ["1,960.00", "1,960.00", False]
    assert other.is_over
    page = client_of("manager").get(f"/records/document/{beyond.pk}/").content.decode()
    assert "more than was agreed" in page
