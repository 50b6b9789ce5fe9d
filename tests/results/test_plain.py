"""Nobody is shown how the house keeps something: an amount is an amount, a list is read aloud."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import translation

from laar.base.readers import NOBODY
from laar.base.recorded import recorded_models
from laar.base.trail import history
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import close_month, count_cash, open_account
from laar.ledger.models import CashCount, ColumnMapping
from laar.results.cards import changes_of, said_of
from laar.results.plain import AMOUNTS, IN_ITS_CURRENCY, LISTS, in_words, label_of
from tests.ledger.papers import office
from tests.world import World


def test_every_column_that_keeps_an_amount_or_a_list_is_said_in_words() -> None:
    seen = 0
    for model in recorded_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.JSONField):
                assert (model, column.name) in LISTS, column
            if "1/10 000" in str(column.verbose_name) and column.name != "units":
                assert (model, column.name) in IN_ITS_CURRENCY.keys() | AMOUNTS.keys(), column
            seen += isinstance(column, models.JSONField)
            assert "1/10 000" not in label_of(column)
    assert seen > 3


def test_a_count_says_its_notes_what_the_books_have_and_how_far_that_is(world: World) -> None:
    box = open_account(
        world.book, "box", name=Name(en="box"), kind="asset", use="cash", currency="EUR", by=world.finance, on=world.day
    )
    count = count_cash(
        box, pieces={"50": 1, "20": 3}, witness="Ratha (fictional)",
        reason=Name(en="A note is missing"), by=world.finance, on=date(2007, 12, 31),
    )  # fmt: skip
    said = {one.label: one.text or one.amount for one in said_of(count)}
    assert said["notes and coins"] == "1 × 50, 3 × 20"
    assert (said["amount"], said["in the books"], said["difference"]) == (
        *(Money(units, "EUR") for units in (1_100_000, 0, 1_100_000)),
    )
    made = {one.label: one.after for one in changes_of(history(count), NOBODY)[0].columns}
    assert made["notes and coins"] == "1 × 50, 3 × 20"
    assert made["in the books"] == Money(0, "EUR")


def test_a_mapping_of_columns_is_read_in_both_languages() -> None:
    columns = {"on": "Value date", "in": "Credit", "out": ""}
    assert in_words(ColumnMapping, "columns", columns) == "the day: Value date; money in: Credit"
    with translation.override("km"):
        assert in_words(ColumnMapping, "columns", columns) == "ថ្ងៃ: Value date; ប្រាក់ចូល: Credit"
    assert in_words(CashCount, "witness", "x") is None


def test_a_closed_month_says_each_point_of_its_checklist_and_why_it_was_closed_without_it(world: World) -> None:
    here = office(world)
    here.posted(here.payment("10"))
    why = dict.fromkeys(("bank", "cash", "documents", "advances", "rates"), "done on paper before")
    closed = close_month(world.book, date(2008, 3, 1), explained=why, by=world.finance, on=date(2008, 4, 5))
    said = {one.label: one.text for one in said_of(closed)}
    assert "done on paper before" in said["Bank reconciled"]
    assert said["Trial balance is zero"] == "in order"
