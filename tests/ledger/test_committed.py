"""What the database looks at when a transaction commits."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from laar.base.guard import open_door
from laar.base.ids import next_id
from laar.ledger.models import Entry, Posting
from tests.world import World


def test_lines_without_their_entry_do_not_survive_the_transaction(committed_world: World) -> None:
    world = committed_world

    def orphans() -> None:
        with transaction.atomic(), open_door():
            entry = Entry(id=next_id(Entry), programme=world.programme, book=world.book, number=99, on=world.day)
            for place, units in enumerate((1, -1)):
                Posting(
                    programme=world.programme,
                    entry=entry,
                    position=place,
                    account=world.accounts["bank"],
                    fund=world.fund,
                    on=world.day,
                    currency="EUR",
                    units=units,
                    in_book=units,
                ).save(force_insert=True)

    with pytest.raises(IntegrityError):
        orphans()
    assert not Posting.objects.exists()
