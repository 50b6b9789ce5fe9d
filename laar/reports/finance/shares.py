"""Amounts shared out so that what is printed adds up: largest remainder, for values of either sign."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from laar.kit.money import Money, coin_of


def shared_out(whole: Money, exact: Sequence[Fraction]) -> list[Money]:
    """Amounts as near to their exact values (in 1/10 000) as coins allow, which add up to the whole.

    Unlike `Money.split` the values may be of both signs: what was reversed is among them.
    """
    coin = coin_of(whole.currency)
    coins = [value / coin for value in exact]
    floors = [value.__floor__() for value in coins]
    odd = whole.units // coin - sum(floors)
    order = sorted(range(len(coins)), key=lambda place: (floors[place] - coins[place], place))
    for turn in range(odd):
        floors[order[turn % len(order)]] += 1
    return [Money(number * coin, whole.currency) for number in floors]


def rounded(exact: Fraction, currency: str) -> Money:
    """An exact value in 1/10 000, rounded once, half up, to the smallest coin."""
    return Money(1, currency).times(exact)
