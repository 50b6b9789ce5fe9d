"""What the database refuses by itself, when the code is passed by. Both engines say why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from laar.base.complaints import refusal_for
from laar.base.guard import WriteOutsideAct, open_door
from laar.base.ids import next_id
from laar.ledger.models import Entry, Posting
from tests.ledger.books import post
from tests.world import World


@contextmanager
def turned_away(code: str) -> Iterator[None]:
    """The database itself refuses the block, and its words lead to the sentence of the catalogue."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), open_door():
        yield
    no = refusal_for(error.value, Entry)
    assert no is not None
    assert no.code == code


def by_hand(world: World, *amounts: tuple[str, int, int], entry: Entry | None = None) -> None:
    """Postings and then their entry, by plain ORM: (currency, units, in_book)."""
    new = entry or Entry(
        id=next_id(Entry), programme=world.programme, book=world.book, number=99, on=world.day, text_en="by hand"
    )
    start = 1 + (entry.postings.count() if entry else 0)
    for place, (currency, units, in_book) in enumerate(amounts, start=start):
        Posting(
            programme=world.programme,
            entry=new,
            position=place,
            account=world.accounts["bank"],
            fund=world.fund,
            on=world.day,
            currency=currency,
            units=units,
            in_book=in_book,
        ).save(force_insert=True)
    if entry is None:
        new.save(force_insert=True)


def test_a_balanced_entry_by_hand_is_let_in(world: World) -> None:
    with open_door():
        by_hand(world, ("EUR", 10_000, 10_000), ("EUR", -10_000, -10_000))
    assert Entry.objects.get().postings.count() == 2


@pytest.mark.parametrize(
    "amounts",
    [
        pytest.param([], id="no line"),
        pytest.param([("EUR", 10_000, 10_000)], id="one line"),
        pytest.param([("EUR", 10_000, 10_000), ("EUR", -9_999, -9_999)], id="off by 1/10 000"),
        pytest.param([("EUR", 10_000, 10_000), ("USD", -10_000, -10_000)], id="two currencies"),
        pytest.param([("KHR", 10_000, 2), ("KHR", -10_000, -1)], id="off in the book"),
        pytest.param(
            [("EUR", 10_000, 10_000), ("EUR", -10_000, -10_000), ("KHR", 1, 0), ("KHR", 1, 0)], id="second currency off"
        ),
    ],
)
def test_the_database_refuses_an_entry_that_does_not_balance(world: World, amounts: list[tuple[str, int, int]]) -> None:
    with turned_away("entry.unbalanced"):
        by_hand(world, *amounts)
    assert not Posting.objects.exists()


def test_no_line_is_added_to_an_entry_that_stands(world: World) -> None:
    entry = post(world, "debit bank EUR 1", "credit income EUR 1")
    with turned_away("entry.final"):
        by_hand(world, ("EUR", 10_000, 10_000), entry=entry)
    assert entry.postings.count() == 2


def test_a_line_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError, match="posting_is_not_zero"), transaction.atomic(), open_door():
        by_hand(world, ("EUR", 0, 0))


@pytest.mark.parametrize("model", [Entry, Posting])
def test_nothing_in_the_books_is_changed_or_taken_away(world: World, model: type[Entry] | type[Posting]) -> None:
    post(world, "debit bank EUR 1", "credit income EUR 1")
    with turned_away("entry.final"):
        model.objects.update(on=world.day.replace(year=2007))
    with turned_away("entry.final"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert model.objects.filter(on=world.day).exists()


def test_who_comes_without_opening_the_door_is_stopped_by_the_guard(world: World) -> None:
    post(world, "debit bank EUR 1", "credit income EUR 1")
    with pytest.raises(WriteOutsideAct), transaction.atomic():
        Posting.objects.update(units=5)
    with pytest.raises(WriteOutsideAct), transaction.atomic():
        by_hand(world, ("EUR", 1, 1))


@pytest.mark.django_db
def test_no_index_of_the_postings_only_repeats_how_another_begins() -> None:
    with connection.cursor() as cursor:
        kept = connection.introspection.get_constraints(cursor, "ledger_posting").values()
    indexes = [tuple(one["columns"]) for one in kept if one["index"] or one["unique"]]
    repeated = {short for short in indexes for one in indexes if one != short and one[: len(short)] == short}
    assert ("account_id", "currency", "on", "units", "in_book") in indexes
    assert repeated <= {("programme_id",)}  # every record has that one
