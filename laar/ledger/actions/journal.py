"""Bringing in the journal of another program: every row or none, the file kept beside it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base import clock
from laar.base.act import Step, act, action
from laar.base.actions import keep_evidence
from laar.base.ids import next_id
from laar.base.models import User
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions.entries import _number, _posting, leg_fits, rated
from laar.ledger.actions.lines import Leg
from laar.ledger.models import Book, ColumnMapping, Entry, ImportedEntry, JournalImport
from laar.ledger.queries import has_documents, last_number
from laar.ledger.queries.journal import ForeignEntry, read_journal
from laar.ledger.rules import HOLDS, entry_balances

#: As what the file is attached.
PAPER = "journal_file"


@action("journal.import")
def import_journal(
    book: Book,
    content: bytes,
    *,
    file: str,
    mapping: ColumnMapping,
    by: User,
    on: date,
    command: UUID | None = None,
) -> JournalImport:
    """Post every entry of a journal file on its own day, or none; the file is kept as evidence.

    What the file calls an entry is brought in once. A bank, cash or advance account that documents stand on, each
    approved by somebody else, takes nothing from a file. Raises Refusal `journal.moves_money`, `journal.refused` with the
    first row that can't stand, and those of reading a file.
    """
    with act(by, "journal.import", book, on=on, command=command) as step:
        book = step.subject
        read = read_journal(book, content, file, mapping)
        if read.refused:
            first = read.refused[0]
            raise Refusal("journal.refused", count=len(read.refused), file=file, line=first.row, why=first.why)
        made = step.create(
            JournalImport(
                programme_id=book.programme_id,
                book=book,
                mapping=mapping,
                file=file[-120:],
                since=read.since,
                until=read.until,
                entries=len(read.entries),
                imported_by=by,
            )
        )
        for account in {line.account for one in read.entries for line in one.lines if line.account.use in HOLDS}:
            if has_documents(account):
                raise Refusal("journal.moves_money", account=account.name)
        number = last_number(book)
        for place, foreign in enumerate(read.entries, start=1):
            _brought_in(step, made, book, foreign, number + place)
        paper = keep_evidence(
            book.programme,
            content,
            caption=Name(en=f"{made.name.en}"[:300], km=f"{made.name.km}"[:300]),
            dated=read.until,
            is_table=True,
            by=by,
            on=on,
        )
        step.attach(made, paper, PAPER)
        return made


def _brought_in(step: Step[Book], made: JournalImport, book: Book, foreign: ForeignEntry, number: int) -> None:
    """Post one entry on its own day, as a journal voucher. Gains and losses are in that journal; none is added."""
    legs = [Leg(one.account, one.fund, one.amount, one.purpose, one.place, one.line) for one in foreign.lines]
    for leg in legs:
        leg_fits(leg, book, foreign.on)
    in_book, rates = rated(legs, book.currency, foreign.on, book.rate_source)
    entry_balances([leg.amount for leg in legs], in_book)
    entry = Entry(
        id=next_id(Entry),
        programme_id=book.programme_id,
        book=book,
        number=number,
        on=foreign.on,
        recorded_on=clock.today(),
        text_en=clean(f"{foreign.number} {foreign.text}")[:300],
    )
    _number(entry, "journal", None)
    step.create_many([_posting(entry, place, leg, in_book[place], rates) for place, leg in enumerate(legs)])
    step.add(entry)
    step.add(
        ImportedEntry(
            programme_id=book.programme_id,
            source=made,
            book=book,
            entry=entry,
            number=foreign.number,
            year=foreign.on.year,
            digest=foreign.digest,
        )
    )
