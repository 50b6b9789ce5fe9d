"""Closing a month while others post into it, for real: eight at one moment, each with a connection of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from laar.base.models import TrailRow
from laar.kit.names import Name
from laar.kit.periods import month
from laar.kit.refusals import Refusal
from laar.ledger.actions import close_month, credit, debit, post_entry
from laar.ledger.models import Book, Closing, Entry
from tests.base.together import at_once
from tests.refused import refused
from tests.world import World, eur

WHY = dict.fromkeys(("bank", "cash", "documents", "advances", "rates"), "done on paper before")


def one_trial(world: World, since: date) -> Counter[str]:
    """Seven post into a month while one closes it; what was posted is inside, what was refused is not, and nothing later."""
    on = month(since).last
    assert on

    def work(place: int) -> str:
        try:
            if place == 3:
                close_month(Book.objects.get(pk=world.book.pk), since, explained=WHY, by=world.finance, on=world.day)
                return f"closed after {Entry.objects.filter(on=on).count()}"
            legs = [
                debit(world.accounts["bank"], world.fund, eur(1)),
                credit(world.accounts["income"], world.fund, eur(1)),
            ]
            post_entry(world.book, legs, text=Name(en="x"), by=world.finance, on=on)
        except Refusal as no:
            return no.code
        return "posted"

    came = Counter(at_once(8, work))
    (closed,) = [word for word in came if str(word).startswith("closed")]
    inside = Entry.objects.filter(on=on).order_by("id")
    assert inside.count() == came["posted"]
    assert came["posted"] + came["month.closed"] + came["record.busy"] == 7, came
    with refused("month.closed"):
        legs = [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(1))]
        post_entry(world.book, legs, text=Name(en="x"), by=world.finance, on=on)
    # Nothing came in after the closing was written: the rows of the trail are in the order of their commits.
    newest = inside.last()
    if newest is not None:
        assert _line_of(newest) < _line_of(Closing.objects.get(since=since, state="closed"))
    del came[closed]
    return came


def _line_of(record: Entry | Closing) -> int:
    rows = TrailRow.objects.filter(table=record._meta.label_lower, key=record.pk)
    return rows.earliest("id").line_id


@pytest.mark.pg
@pytest.mark.parametrize("trials", [pytest.param(8, id="8"), pytest.param(500, id="500", marks=pytest.mark.long)])
def test_closing_a_month_while_others_post_into_it_never_leaves_an_entry_inside_after_it(
    committed_world: World, trials: int
) -> None:
    since, seen = date(1966, 1, 1), Counter[str]()
    for _ in range(trials):
        seen += one_trial(committed_world, since)
        since = month(since).until or since
    assert seen["posted"]
    assert seen["month.closed"]
