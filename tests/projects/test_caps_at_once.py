"""Eight payments, or eight signatures, at one moment against a cap that allows one: one succeeds, none goes over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import open_account, open_book, set_limit
from laar.ledger.models import Account
from laar.ledger.queries import caps_on
from laar.projects.actions import Terms, pay_tranche
from laar.projects.models import Project, Tranche
from tests.base.together import at_once, trials
from tests.thread import FIRST, GRANT, Thread, faults
from tests.world import World

EIGHT = 8


@dataclass
class Elsewhere(Thread):
    """A thread that may be paid from another book."""

    accounts: dict[str, Account] = field(default_factory=dict)

    def terms(self, **given: Any) -> Terms:
        """The terms, with the accounts of that book."""
        return super().terms(**self.accounts, **given)


def another_book(world: World) -> dict[str, Account]:
    """A second book: whoever pays from it does not wait for the lock of the first."""
    book = open_book(
        world.programme, "TWO", name=Name(en="Two"), owner=world.ngo, currency="EUR", by=world.finance, on=world.day
    )
    kinds = {"bank": "asset", "advances": "asset", "expense": "expense"}
    return {
        code: open_account(book, code, name=Name(en=code), kind=kind, by=world.finance, on=world.day)
        for code, kind in kinds.items()
    }


def cap_on(world: World, cents: int, number: int) -> None:
    """How much a third party may get: each limit holds from a day after the one before it."""
    set_limit(
        world.programme,
        "recipient",
        amount=Money(cents * 100, "EUR"),
        since=date(2000, 1, 1) + timedelta(days=number),
        source="Annex I",
        by=world.manager,
        on=world.day,
    )


@pytest.mark.pg
@trials(2, 40)
def test_of_eight_payments_at_once_the_cap_lets_one_through(committed_world: World, trials: int) -> None:
    """Who was refused tries again in the next trial, beside a newcomer."""
    world, two = committed_world, another_book(committed_world)
    waiting: list[Thread] = []
    for trial in range(trials):
        cap_on(world, 10**9, 2 * trial)  # so that the newcomers can be signed
        while len(waiting) < EIGHT:
            number = trial + len(waiting) + 1
            thread = Elsewhere(world, number, accounts=two if number % 2 else {})
            thread.to("approve_first")
            waiting.append(thread)
        cap_on(world, FIRST.units * (trial + 1) // 100, 2 * trial + 1)
        keys = [thread.first.pk for thread in waiting]

        def pay(place: int, keys: list[int] = keys) -> Tranche:
            return pay_tranche(Tranche.objects.get(pk=keys[place]), by=world.finance, on=world.day)

        came = at_once(EIGHT, pay)
        assert Counter(type(one) for one in came) == {Tranche: 1, Refusal: EIGHT - 1}, came
        assert {one.code for one in came if isinstance(one, Refusal)} == {"commitment.cap"}
        (cap,) = caps_on(world.fund, world.council, "EUR", world.day)
        assert cap.paid == cap.most
        del waiting[_won(came, Tranche)]
    assert faults() == []


@pytest.mark.pg
@trials(2, 40)
def test_of_eight_signatures_at_once_the_cap_lets_one_through(committed_world: World, trials: int) -> None:
    world = committed_world
    waiting: list[Thread] = []
    for trial in range(trials):
        while len(waiting) < EIGHT:
            waiting.append(Thread(world, trial + len(waiting) + 1).before("sign"))
        cap_on(world, GRANT.units * (trial + 1) // 100, trial)

        def sign(place: int, threads: tuple[Thread, ...] = tuple(waiting)) -> Project:
            return threads[place].sign()

        came = at_once(EIGHT, sign)
        assert Counter(type(one) for one in came) == {Project: 1, Refusal: EIGHT - 1}, came
        (cap,) = caps_on(world.fund, world.council, "EUR", world.day)
        assert cap.granted == cap.most
        del waiting[_won(came, Project)]
    assert faults() == []


def _won(came: list[Any], kind: type) -> int:
    """The place of the one that succeeded."""
    (place,) = [place for place, one in enumerate(came) if isinstance(one, kind)]
    return place
