"""The whole thread, end to end, and what it leaves behind."""

from __future__ import annotations

from laar.base.models import TrailLine
from laar.ledger.queries import balance
from laar.projects.queries import outstanding
from tests.thread import FIRST, GRANT, STAGES, Thread, faults, fresh, fund_the_bank
from tests.world import World, eur


def test_a_request_can_be_carried_to_its_answer(world: World) -> None:
    thread = Thread(world).to("report_back")
    assert thread.done == list(STAGES)
    assert [record.state for record in (thread.request, thread.plan, thread.line, thread.project, thread.second)] == [
        "reported_back",
        "closed",
        "held",
        "settled",
        "liquidated",
    ]
    assert faults() == []


def test_a_settled_grant_has_left_the_bank_and_become_an_expense(world: World) -> None:
    fund_the_bank(world)
    thread = Thread(world).to("settle")
    assert {code: balance(account) for code, account in world.accounts.items()} == {
        "bank": eur(10_000) - GRANT,
        "cash": eur(0),
        "advances": eur(0),
        "income": -eur(10_000),
        "expense": GRANT,
    }
    assert outstanding(thread.project) == eur(0)


def test_paying_a_tranche_posts_an_entry_and_starts_the_plan_as_its_effects(world: World) -> None:
    thread = Thread(world).before("pay_first")
    assert thread.plan.state == "approved"
    tranche = thread.pay_first()
    paid = TrailLine.objects.get(verb="tranche.pay")
    assert {line.verb for line in paid.effects.all()} == {"entry.post", "commitment.draw", "plan.start"}
    assert fresh(thread.plan).state == "running"
    assert (tranche.paid_by, tranche.paid_on) == (world.finance, world.day)
    postings = tranche.entry.postings.order_by("position")
    assert [(posting.account.code, posting.amount) for posting in postings] == [("advances", FIRST), ("bank", -FIRST)]
    assert {posting.purpose for posting in postings} == {world.purpose}


def test_the_second_tranche_does_not_start_the_plan_again(world: World) -> None:
    Thread(world).to("pay_second")
    assert TrailLine.objects.filter(verb="plan.start").count() == 1
