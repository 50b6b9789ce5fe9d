"""Whatever legs and rates come: an entry is refused, or it stands exact to 1/10 000."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laar.kit.money import Money, coin_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import Leg, post_entry
from laar.ledger.models import Entry
from laar.ledger.queries import trial_balance
from tests.ledger.books import rate
from tests.thread import faults
from tests.world import World

ACCOUNTS = ("bank", "cash", "advances", "income", "expense")
LEG = st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(["EUR", "KHR", "USD"]), st.integers(-3_000_000, 3_000_000))
RATE = st.decimals("0.0001", "30000", places=6)


def closed(legs: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The same legs with what is missing in each currency credited to the bank."""
    sums: Counter[str] = Counter()
    for _, currency, coins in legs:
        sums[currency] += coins
    return [*legs, *(("bank", currency, -coins) for currency, coins in sums.items() if coins)]


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(LEG, min_size=1, max_size=7), is_closed=st.booleans(), khr=RATE, usd=RATE)
def test_an_entry_is_refused_or_balances_exactly(
    world: World, drawn: list[tuple[str, str, int]], is_closed: bool, khr: Decimal, usd: Decimal
) -> None:
    legs = closed(drawn) if is_closed else drawn
    sums: Counter[str] = Counter()
    for _, currency, coins in legs:
        sums[currency] += coins
    stands = len(legs) > 1 and all(coins for *_, coins in legs) and not any(sums.values())
    with transaction.atomic():
        rate(world, "KHR", str(khr), date(2008, 1, 1))
        rate(world, "USD", str(usd), date(2008, 1, 1))
        came = posted(world, legs)
        if isinstance(came, Entry):
            assert stands
            assert_exact(world, came, {"EUR": Decimal(1), "KHR": khr, "USD": usd})
        else:
            assert not stands
            assert came.code in ("entry.off_by", "entry.too_short")
            assert not Entry.objects.exists()
        transaction.set_rollback(True)


def posted(world: World, legs: list[tuple[str, str, int]]) -> Entry | Refusal:
    """The entry, or why there is none."""
    made = [
        Leg(world.accounts[account], world.fund, Money(coins * coin_of(currency), currency))
        for account, currency, coins in legs
    ]
    try:
        return post_entry(world.book, made, text=Name(en="drawn"), by=world.finance, on=world.day)
    except Refusal as no:
        return no


def assert_exact(world: World, entry: Entry, rates: dict[str, Decimal]) -> None:
    postings = list(entry.postings.all())
    assert sum(posting.in_book for posting in postings) == 0
    assert sum(amount.units for _, amount in trial_balance(world.book)) == 0
    for posting in postings:
        assert posting.in_book * posting.units >= 0
        # A cent more or less where the cents of a side were shared out, never two.
        assert abs(posting.in_book - posting.units / rates[posting.currency]) < 100 + 50
    assert faults() == []
