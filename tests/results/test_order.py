"""How the house stands: the months of our own books are closed while somebody remembers them."""

from __future__ import annotations

from datetime import date

import pytest

from laar.results.queries.order import order_of
from tests.ledger.books import post
from tests.world import World


@pytest.mark.parametrize(("today", "is_late"), [(date(2007, 5, 31), False), (date(2007, 6, 1), True)])
def test_a_month_is_long_open_when_the_one_after_it_is_over_too(world: World, today: date, is_late: bool) -> None:
    assert order_of(world.programme, today).months == ()  # nothing is posted yet
    post(world, "debit bank EUR 1000", "credit income EUR 1000", on=date(2007, 4, 2))
    (april,) = order_of(world.programme, today).months
    assert (april.book, april.month.since, april.is_late) == (world.book, date(2007, 4, 1), is_late)
