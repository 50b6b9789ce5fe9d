"""A random walk: whoever tries whatever, money stays whole."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from laar.base.models import User
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.queries import balance, trial_balance
from laar.plans.actions import cancel_line
from laar.projects.actions import (
    accept_voucher,
    acknowledge_tranche,
    approve_tranche,
    complete_project,
    liquidate_tranche,
    pay_tranche,
    refuse_voucher,
    request_tranche,
    settle_project,
    withhold_tranche,
)
from laar.projects.models import Tranche, Voucher
from laar.projects.queries import accepted, outstanding
from laar.projects.rules import PAID, TRANCHE
from tests.thread import Thread, faults, fresh
from tests.world import World, eur

#: What may be tried, and who does it as a rule.
USUALLY = {
    "request": "ang",
    "approve": "manager",
    "withhold": "second",
    "pay": "finance",
    "acknowledge": "ang",
    "bring": "ang",
    "accept": "finance",
    "refuse": "finance",
    "liquidate": "finance",
    "cancel": "ang",
    "complete": "ang",
    "settle": "finance",
}
OFTEN = ("request", "approve", "pay", "acknowledge", "bring", "accept", "liquidate")
#: Amounts that fit the tranches of EUR 400 and EUR 235, and some that do not.
AMOUNTS = ("400", "235", "200", "35", "0.01", "399.99", "500")


class Walk:
    """One thread from its agreement on, and what may be tried on it."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, Random(seed)
        self.thread = Thread(world).to("sign")
        self.paper = world.paper()
        self.vouchers = 0
        self.came: Counter[str] = Counter()

    def step(self) -> None:
        """Try one verb with one person; a refusal is as good an outcome as any."""
        verb = self.chance.choice((*USUALLY, *OFTEN))
        # Mostly somebody who may, so that the walk gets somewhere.
        who = USUALLY[verb] if self.chance.random() < 0.7 else self.chance.choice(tuple(self.world.users))
        tranche = self.chance.choice(list(Tranche.objects.order_by("number")))
        said = self.tried(verb, tranche, self.world.users[who])
        if said is None:
            self.came[verb] += 1
        else:
            assert said.en
            assert said.km

    def tried(self, verb: str, tranche: Tranche, by: User) -> Name | None:
        """Do it; what was said where it is refused."""
        try:
            getattr(self, verb)(tranche, by)
        except Refusal as no:
            return no.text
        return None

    def request(self, tranche: Tranche, by: User) -> None:
        request_tranche(tranche, by=by, on=self.world.day)

    def approve(self, tranche: Tranche, by: User) -> None:
        approve_tranche(tranche, by=by, on=self.world.day)

    def withhold(self, tranche: Tranche, by: User) -> None:
        withhold_tranche(tranche, reason=Name(en="Why?"), by=by, on=self.world.day)

    def pay(self, tranche: Tranche, by: User) -> None:
        pay_tranche(tranche, by=by, on=self.world.day)

    def acknowledge(self, tranche: Tranche, by: User) -> None:
        acknowledge_tranche(tranche, receipt=self.paper, by=by, on=self.world.day)

    def liquidate(self, tranche: Tranche, by: User) -> None:
        liquidate_tranche(tranche, by=by, on=self.world.day)

    def bring(self, tranche: Tranche, by: User) -> None:
        self.vouchers += 1
        self.thread.voucher_of(tranche, f"W-{self.vouchers}", eur(self.chance.choice(AMOUNTS)), by=by)

    def accept(self, tranche: Tranche, by: User) -> None:
        for voucher in self.some_voucher(tranche):
            accept_voucher(voucher, by=by, on=self.world.day)

    def refuse(self, tranche: Tranche, by: User) -> None:
        for voucher in self.some_voucher(tranche):
            refuse_voucher(voucher, reason=Name(en="Torn"), by=by, on=self.world.day)

    def cancel(self, _: Tranche, by: User) -> None:
        cancel_line(self.thread.line, reason=Name(en="Flood"), by=by, on=self.world.day)

    def complete(self, _: Tranche, by: User) -> None:
        complete_project(
            self.thread.project, people=1, women=1, text=Name(en="x"), report=self.paper, by=by, on=self.world.day
        )

    def settle(self, _: Tranche, by: User) -> None:
        settle_project(self.thread.project, by=by, on=self.world.day)

    def some_voucher(self, tranche: Tranche) -> list[Voucher]:
        there = list(tranche.vouchers.order_by("id"))
        return [self.chance.choice(there)] if there else []

    def assert_whole(self) -> None:
        """paid = liquidated + outstanding, on the tranches as in the books."""
        world, tranches = self.world, list(Tranche.objects.order_by("number"))
        paid = sum(tranche.units for tranche in tranches if tranche.state in PAID)
        spent = sum(accepted(tranche).units for tranche in tranches)
        left = outstanding(self.thread.project)
        assert paid == spent + left.units
        assert left.units >= 0
        assert balance(world.accounts["advances"]) == left
        assert -balance(world.accounts["bank"]).units == paid
        assert balance(world.accounts["expense"]).units == spent
        assert sum(amount.units for _, amount in trial_balance(world.book)) == 0
        for tranche in tranches:
            assert tranche.state in TRANCHE.states
            assert accepted(tranche).units <= (tranche.units if tranche.state in PAID else 0)
            if tranche.state == "liquidated":
                assert accepted(tranche) == tranche.amount
            if tranche.state in PAID:
                assert tranche.approved_by_id not in (tranche.requested_by_id, tranche.paid_by_id)
        assert tranches[0].state == "liquidated" or tranches[1].state in ("scheduled", "withheld")
        if fresh(self.thread.project).state == "settled":
            assert left == eur(0)


def walk(world: World, seed: int, steps: int) -> Walk:
    one = Walk(world, seed)
    for _ in range(steps):
        one.step()
        one.assert_whole()
    assert faults() == []
    return one


@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_never_loses_a_cent(world: World, seed: int) -> None:
    assert walk(world, seed, 120).came["pay"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_a_long_random_walk_never_loses_a_cent(world: World, seed: int) -> None:
    came = walk(world, seed, 400).came
    assert came["pay"]
    assert came["accept"] + came["refuse"]
