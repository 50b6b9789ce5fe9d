"""What an agreement promises, what caps hold it back, and when the money is a cost."""

from __future__ import annotations

from datetime import date
from typing import Any

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_fund, set_limit
from laar.ledger.models import BudgetLine, Commitment, HeadingMonth, Limit, Posting
from laar.ledger.queries import balance, caps_on, promised
from laar.projects.actions import Terms, receive_refund, terminate_project
from laar.projects.queries import unaccounted
from tests.ledger.budgets import a_budget
from tests.refused import refused_without_trace
from tests.sdp import Sdp
from tests.thread import FIRST, GRANT, Thread, faults
from tests.world import World, eur


def moves(commitment: Commitment) -> list[tuple[str, str]]:
    """What happened to a commitment."""
    return [(move.kind, move.amount.figure) for move in commitment.moves.order_by("id")]


def cap(world: World, kind: str, amount: Money, since: date = date(2007, 1, 1)) -> Limit:
    """A cap on grants to third parties."""
    return set_limit(
        world.programme, kind, amount=amount, since=since, source="Annex I", by=world.manager, on=world.day
    )


class Budgeted(Thread):
    """A thread whose grant is charged to a line of the budget of its fund."""

    def terms(self, **given: Any) -> Terms:
        """The terms, with the line."""
        return super().terms(line=BudgetLine.objects.get(code="6.1"), **given)


def budgeted(world: World, stage: str) -> Thread:
    """A budget, and a thread that is charged to it."""
    a_budget(world, "6.1 1000")
    return Budgeted(world).to(stage)


def test_an_agreement_promises_its_amount_and_each_step_of_the_money_is_told(world: World) -> None:
    thread = budgeted(world, "liquidate_first")
    commitment = thread.agreement.commitment
    assert (commitment.recipient, commitment.place, commitment.purpose) == (world.council, world.ang, world.purpose)
    assert moves(commitment) == [("made", "635.00"), ("drawn", "–400.00"), ("accounted", "0.00")]
    assert promised(commitment) == eur(235)
    assert HeadingMonth.objects.get().units == FIRST.units  # the voucher is charged to the line of the agreement
    assert faults() == []


def test_where_the_fund_has_a_budget_the_agreement_names_a_line_of_it(world: World) -> None:
    a_budget(world, "6.1 1000")
    thread = Thread(world).before("sign")
    with refused_without_trace("commitment.line_missing"):
        thread.sign()


def test_what_is_terminated_lets_the_rest_go(world: World) -> None:
    sdp = Sdp(world).to("sign")
    terminate_project(sdp.project, reason=Name(en="Flood", km="ទឹកជំនន់"), by=world.manager, on=world.day)
    commitment = sdp.project.agreement.commitment
    assert [kind for kind, _ in moves(commitment)] == ["made", "released"]
    assert promised(commitment) == eur(0)
    assert faults() == []


def test_what_is_settled_after_a_refund_promises_nothing_more(world: World) -> None:
    thread = Thread(world).to("settle")
    assert promised(thread.agreement.commitment) == eur(0)


def test_what_comes_back_is_promised_again(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    receive_refund(thread.first, amount=eur(50), paper=world.paper(), by=world.finance, on=world.day)
    assert promised(thread.agreement.commitment) == eur(285)
    assert sum(move.out for move in thread.agreement.commitment.moves.all()) == eur(350).units
    assert faults() == []


def test_no_third_party_is_promised_more_than_its_cap(world: World) -> None:
    cap(world, "recipient", eur(634))
    thread = Thread(world).before("sign")
    with refused_without_trace("commitment.cap") as no:
        thread.sign()
    assert "Annex I" in no.value.text.en
    cap(world, "recipient", GRANT, since=world.day)
    thread.sign()
    assert [(one.granted, one.paid) for one in caps_on(world.fund, world.council, "EUR", world.day)] == [
        (GRANT, eur(0))
    ]


def test_what_was_let_go_is_free_for_others(world: World) -> None:
    first = Sdp(world).to("sign")
    cap(world, "third_parties", first.project.agreement.amount + eur(600))
    second = Thread(world, 2).before("sign")
    with refused_without_trace("commitment.cap"):
        second.sign()
    terminate_project(first.project, reason=Name(en="Flood", km="ទឹកជំនន់"), by=world.manager, on=world.day)
    second.sign()


def test_a_cap_that_was_lowered_holds_when_it_is_paid(world: World) -> None:
    thread = Thread(world).to("approve_first")
    cap(world, "third_parties", eur(399))
    with refused_without_trace("commitment.cap"):
        thread.pay_first()
    cap(world, "third_parties", eur(400), since=world.day)
    thread.pay_first()


def test_a_tranche_is_a_cost_when_it_is_paid_where_the_contract_says_so(world: World) -> None:
    fund = open_fund(
        world.programme,
        "T",
        name=Name(en="Cost on transfer"),
        kind="grant",
        giver=world.donor,
        cost_on="transfer",
        by=world.finance,
        on=world.day,
    )
    world.fund = fund
    thread = budgeted(world, "pay_first")
    assert balance(world.accounts["expense"]) == FIRST
    assert balance(world.accounts["advances"]) == eur(0)
    assert Posting.objects.get(account=world.accounts["expense"]).line == thread.agreement.commitment.line
    thread.acknowledge_first()
    receive_refund(thread.first, amount=eur(100), paper=world.paper(), by=world.finance, on=world.day)
    assert balance(world.accounts["expense"]) == eur(300)
    thread.voucher = thread.voucher_of(thread.first, "V-1", eur(300))
    voucher = thread.accept_voucher()
    assert (voucher.entry, voucher.only_accounts) == (None, True)
    assert balance(world.accounts["expense"]) == eur(300)  # it only accounts for it
    assert unaccounted(thread.first) == eur(0)
    thread.liquidate_first()
    assert HeadingMonth.objects.get().units == eur(300).units
    assert faults() == []
