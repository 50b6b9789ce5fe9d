"""Verbs that need a book and an account of it at one moment: one waits for the other, and none for ever."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import close_month, count_cash, load_chart, revalue_account
from laar.ledger.charts import AccountRow
from laar.ledger.models import Account, Book, Document, Entry
from laar.ledger.queries import balance
from tests.base.together import at_once
from tests.ledger.books import money, rate
from tests.ledger.papers import Office, office
from tests.thread import faults
from tests.world import World, eur

EIGHT, TWENTY = 8, 20
WHY = dict.fromkeys(("bank", "cash", "documents", "advances", "rates"), "done on paper before")


@pytest.fixture
def here(committed_world: World) -> Office:
    for currency, one in (("KHR", "5000"), ("USD", "1.25")):
        rate(committed_world, currency, one, date(2007, 1, 1))
    return office(committed_world)


@pytest.mark.pg
@pytest.mark.parametrize("trials", [pytest.param(5, id="5"), pytest.param(60, id="60", marks=pytest.mark.long)])
def test_what_locks_a_book_and_its_accounts_locks_the_book_first(here: Office, trials: int) -> None:
    world = here.world
    here.fill(money("KHR 5000"))
    since = date(2007, 1, 1)
    for trial in range(trials):
        names = Name(en=f"box {trial}"), Name(en=f"usd {trial}")
        rows = [
            AccountRow("box", "asset", "cash", "KHR", names[0]),
            AccountRow("usd", "asset", "bank", "USD", names[1]),
        ]
        rate(world, "KHR", str(5000 + trial), date(2008, 1, 1))

        def do(place: int, rows: list[AccountRow] = rows, since: date = since) -> object:
            book = Book.objects.get(pk=world.book.pk)
            box, fresh = Account.objects.get(pk=here.accounts["box"].pk), world.day
            if place % 4 == 0:
                return load_chart(book, rows=rows, by=world.finance, on=fresh)
            if place % 4 == 1:
                return count_cash(box, pieces={"5000": 1}, witness="Ms Chan", by=world.finance, on=fresh)
            if place % 4 == 2:
                return revalue_account(box, by=world.finance, on=fresh)
            return close_month(book, since, explained=WHY, by=world.finance, on=fresh)

        came = at_once(EIGHT, do)
        wrong = [one for one in came if isinstance(one, Exception) and not isinstance(one, Refusal)]
        codes = {one.code for one in came if isinstance(one, Refusal)}
        assert wrong == []
        assert codes <= {"account.nothing_to_revalue", "month.out_of_turn", "record.already_there"}, came
        book = Book.objects.get(pk=world.book.pk)
        if book.open_from:
            since = book.open_from if book.open_from < date(2008, 3, 1) else since
    assert faults() == []


@pytest.mark.pg
@pytest.mark.parametrize("trials", [pytest.param(1, id="1"), pytest.param(25, id="25", marks=pytest.mark.long)])
def test_the_same_command_sent_twenty_times_pays_once(here: Office, trials: int) -> None:
    for trial in range(1, trials + 1):
        approved, command = here.approved(here.payment("10")), uuid4()

        def pay(_place: int, key: int = approved.pk, command: UUID = command) -> Document:
            from_there = Document.objects.get(pk=key)
            return here.cashier_posts(from_there, command=command)

        came = at_once(TWENTY, pay)
        assert {one.pk for one in came if isinstance(one, Document)} == {approved.pk}, came
        assert sum(isinstance(one, Document) for one in came) == TWENTY, came
        assert Entry.objects.filter(kind="payment").count() == trial
    assert balance(here.accounts["bank"]) == -eur(10 * trials)
    assert faults() == []
