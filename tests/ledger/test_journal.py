"""The journal of another program: looked at row by row, brought in whole or not at all, and once."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.queries import evidence_of
from laar.ledger.actions import import_journal, keep_mapping
from laar.ledger.models import ColumnMapping, Entry, ImportedEntry, JournalImport
from laar.ledger.queries import trial_balance
from laar.ledger.queries.journal import compared, read_journal
from tests.ledger.books import rate
from tests.ledger.papers import office
from tests.refused import refused, refused_without_trace
from tests.thread import faults
from tests.world import World

HEAD = "Voucher,Date,Memo,Acct,Donor,Dr,Cr,Cur,Commune\n"
GOOD = (
    HEAD
    + 'V1,03/03/2008,Rent,expense,G,"1,270.00",,EUR,210101\n'
    + 'V1,03/03/2008,Rent,bank,G,,"1,270.00",EUR,\n'
    + "V2,04/03/2008,Meals,expense,G,57000,,KHR,\n"
    + "V2,04/03/2008,Meals,cash,G,,57000,KHR,\n"
)


@pytest.fixture
def mapping(world: World) -> ColumnMapping:
    """Which column of their file is what."""
    rate(world, "KHR", "5700", date(2008, 1, 1))
    columns = {
        "number": "Voucher", "on": "Date", "text": "Memo", "account": "Acct", "fund": "Donor", "debit": "Dr",
        "credit": "Cr", "currency": "Cur", "place": "Commune",
    }  # fmt: skip
    written = {"date": "%d/%m/%Y", "decimal": "."}
    return keep_mapping(
        world.programme, "journal", "Their program", columns=columns, written=written, by=world.finance, on=world.day
    )


def brought(world: World, mapping: ColumnMapping, text: str = GOOD) -> JournalImport:
    return import_journal(world.book, text.encode(), file="march.csv", mapping=mapping, by=world.finance, on=world.day)


def test_a_journal_is_posted_entry_by_entry_on_its_own_days_and_its_file_is_kept(
    world: World, mapping: ColumnMapping
) -> None:
    made = brought(world, mapping)
    assert (made.entries, made.since, made.until) == (2, date(2008, 3, 3), date(2008, 3, 4))
    assert [(entry.on.day, entry.document, entry.text_en) for entry in Entry.objects.order_by("number")] == [
        (3, "JV-2008-0001", "V1 Rent"),
        (4, "JV-2008-0002", "V2 Meals"),
    ]
    assert {account.code: amount.figure for account, amount in trial_balance(world.book)} == {
        "bank": "–1,270.00", "cash": "–10.00", "expense": "1,280.00",
    }  # fmt: skip
    assert Entry.objects.get(number=1).postings.get(account__code="expense").place == world.ang
    assert [paper.role for paper in evidence_of(made)] == ["journal_file"]
    assert faults() == []


def test_the_same_rows_are_not_brought_in_twice(world: World, mapping: ColumnMapping) -> None:
    brought(world, mapping)
    read = read_journal(world.book, GOOD.encode(), "march.csv", mapping)
    assert not read.entries
    assert "was brought in already" in read.refused[0].why.en
    with refused_without_trace("journal.refused"):
        brought(world, mapping)
    assert ImportedEntry.objects.count() == 2


def test_the_same_number_with_other_lines_is_refused(world: World, mapping: ColumnMapping) -> None:
    brought(world, mapping)
    read = read_journal(world.book, GOOD.replace("1,270.00", "1,271.00").encode(), "march.csv", mapping)
    assert "already with other lines" in read.refused[0].why.en


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('V1,03/03/2008,Rent,expense,G,"1,280.00",,EUR,', "does not balance"),
        ("V1,03/03/2008,Rent,nothing,G,1270.00,,EUR,", "no account of this book called “nothing”"),
        ("V1,03/03/2008,Rent,expense,Z,1270.00,,EUR,", "no fund called “Z”"),
        ("V1,03/03/2008,Rent,expense,G,6.848,,EUR,", "may be thousands or decimals"),
        ("V1,03/03/2008,Rent,expense,G,1270.50,,KHR,", "can't be read as an amount in KHR"),
        ("V1,13/13/2008,Rent,expense,G,1270.00,,EUR,", "can't be read as a day"),
        ("V1,03/03/2999,Rent,expense,G,1270.00,,EUR,", "rows of"),
        ("V1,04/03/2008,Rent,expense,G,1270.00,,EUR,", "An entry is of one day"),
        ("V1,03/03/2008,Rent,expense,G,0.00,,EUR,", "none of them zero"),
        ("V1,03/03/2008,Rent,expense,G,1270.00,,EUR,999999", "no place called “999999”"),
    ],
)
def test_a_row_that_cant_stand_is_said_and_nothing_is_posted(
    world: World, mapping: ColumnMapping, row: str, why: str
) -> None:
    lines = GOOD.splitlines()
    lines[1] = row
    spoiled = "\n".join(lines) + "\n"
    read = read_journal(world.book, spoiled.encode(), "march.csv", mapping)
    assert why in read.refused[0].why.en
    assert read.refused[0].why.km
    assert [entry.number for entry in read.entries] == ["V2"]
    with refused_without_trace("journal.refused"):
        brought(world, mapping, spoiled)
    assert not Entry.objects.exists()


def test_a_closed_month_and_a_day_without_a_rate_are_refused(world: World, mapping: ColumnMapping) -> None:
    world.book.open_from = date(2008, 4, 1)
    read = read_journal(world.book, GOOD.encode(), "march.csv", mapping)
    assert all("The books are closed" in one.why.en for one in read.refused)
    world.book.open_from = None
    read = read_journal(world.book, GOOD.replace("/2008", "/2007").encode(), "march.csv", mapping)
    assert "There is no rate" in read.refused[0].why.en


def test_a_file_whose_column_is_gone_is_refused_with_its_name(world: World, mapping: ColumnMapping) -> None:
    with refused("sheet.columns") as no:
        read_journal(world.book, GOOD.replace("Donor", "Funder").encode(), "march.csv", mapping)
    assert "Donor" in no.value.text.en


def test_their_balances_stand_beside_ours_and_what_differs_is_listed(world: World, mapping: ColumnMapping) -> None:
    brought(world, mapping)
    theirs = keep_mapping(
        world.programme, "balances", "Their program", columns={"account": "A", "debit": "D", "credit": "C"},
        written={"date": "%d/%m/%Y", "decimal": "."}, by=world.finance, on=world.day,
    )  # fmt: skip
    file = "A,D,C\nexpense,1280.00,\nbank,,1270.00\nloan,5.00,\n"
    rows = compared(world.book, file.encode(), "balances.csv", theirs, date(2008, 3, 31))
    assert [(row.code, row.off.figure) for row in rows] == [
        ("bank", "0.00"), ("cash", "10.00"), ("expense", "0.00"), ("loan", "5.00"),
    ]  # fmt: skip


def test_an_account_that_moves_by_documents_takes_nothing_from_a_file(world: World, mapping: ColumnMapping) -> None:
    here = office(world)
    here.posted(here.payment("10"))
    text = GOOD.replace(",bank,", ",571,")
    with refused("journal.moves_money"):
        brought(world, mapping, text)
    assert not JournalImport.objects.exists()
