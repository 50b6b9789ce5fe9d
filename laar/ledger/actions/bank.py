"""Loading bank statements, matching them with the books, and signing them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from laar.base.act import act, action
from laar.base.actions import keep_evidence
from laar.base.models import Programme, User
from laar.kit.money import Money
from laar.kit.names import Name, clean, gives_reason
from laar.kit.refusals import Refusal
from laar.ledger.actions.entries import post_entry
from laar.ledger.actions.lines import Leg
from laar.ledger.files import ReadLine, columns_are_said, read_statement, way_is_said
from laar.ledger.models import (
    Account,
    BankStatement,
    BudgetLine,
    ColumnMapping,
    Difference,
    Fund,
    Match,
    Posting,
    Purpose,
    StatementLine,
)
from laar.ledger.queries import (
    booked_difference,
    kept_in,
    overlapping,
    proposals,
    stand_of,
    statement_before,
    statement_of_file,
    summed,
)
from laar.ledger.rules import STATEMENT, moves_no_money

#: What the bank's file is beside a statement.
PAPER = "bank_file"


@action("mapping.keep")
def keep_mapping(
    programme: Programme,
    kind: str,
    label: str,
    *,
    columns: Mapping[str, str],
    written: Mapping[str, Any],
    by: User,
    on: date,
    command: UUID | None = None,
) -> ColumnMapping:
    """Keep which column of a kind of file is what, and how it writes days and amounts; said anew, it is corrected.

    Raises Refusal `mapping.label_missing`, `mapping.column_missing`, `mapping.way_missing`, `salary.way`.
    """
    said = {key: clean(heading) for key, heading in columns.items() if clean(heading)}
    if not clean(label):
        raise Refusal("mapping.label_missing")
    columns_are_said(kind, said)
    way_is_said(kind, said, written)
    with act(by, "mapping.keep", programme, on=on, command=command) as step:
        there = ColumnMapping.objects.filter(programme=step.subject, kind=kind, label=clean(label)).first()
        if there is None:
            return step.create(
                ColumnMapping(
                    programme=step.subject, kind=kind, label=clean(label), columns=said, written=dict(written)
                )
            )
        there = step.lock(there)
        there.columns, there.written = said, dict(written)
        step.save(there)
        return step.result(there)


@dataclass(frozen=True, slots=True)
class Offered:
    """A statement as a file offers it: looked at before anything is written."""

    account: Account
    lines: Sequence[ReadLine]
    opening: Money
    closing: Money
    since: date
    until: date
    sha256: str
    #: The rows that have an amount and no day.
    passed: Sequence[int] = ()

    @property
    def sum(self) -> Money:
        """What its lines add up to."""
        return summed(self.lines, self.opening.currency)


def offered(
    account: Account,
    content: bytes,
    file: str,
    mapping: ColumnMapping,
    *,
    opening: Money,
    closing: Money,
    since: date | None = None,
    until: date | None = None,
) -> Offered:
    """A bank's file as the statement that it would be; writes nothing. Raises whatever loading it would raise.

    The days are those of its lines where they are not said.
    """
    if account.use != "bank":
        raise Refusal("statement.no_bank", account=account.name)
    digest = sha256(content).hexdigest()
    if there := statement_of_file(account, digest):
        raise Refusal("statement.twice", statement=there.name)
    read = read_statement(content, file, mapping, kept_in(account))
    lines = read.lines
    days = [line.on for line in lines]
    first, last = since or min(days, default=until or date.min), until or max(days, default=since or date.min)
    if first > last:
        raise Refusal("period.reversed")
    for line in lines:
        if not first <= line.on <= last:
            raise Refusal("statement.outside", line=line.number, file=file, day=line.on, since=first, until=last)
    made = Offered(account, lines, opening, closing, first, last, digest, read.passed)
    if opening + made.sum != closing:
        came_to = opening + made.sum
        raise Refusal(
            "statement.does_not_add",
            opening=opening,
            lines=made.sum,
            sum=came_to,
            closing=closing,
            off=came_to - closing,
        )
    if there := overlapping(account, first, last):
        raise Refusal("statement.overlaps", statement=there.name)
    before = statement_before(account, first)
    if before and before.closing != opening.units:
        told = Money(before.closing, before.currency)
        raise Refusal("statement.gap", closing=told, until=before.until, opening=opening)
    return made


@action("statement.import")
def import_statement(
    account: Account,
    content: bytes,
    *,
    file: str,
    mapping: ColumnMapping,
    opening: Money,
    closing: Money,
    since: date | None = None,
    until: date | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> BankStatement:
    """Load a bank's file as a statement, whole or not at all; the file is kept beside it.

    Raises Refusal `statement.no_bank`, `statement.twice`, `statement.does_not_add`, `statement.gap`,
    `statement.overlaps`, `statement.outside`, `sheet.columns` with the column that is gone, `file.value` and
    `file.ambiguous` with the line.
    """
    with act(by, "statement.import", account, on=on, command=command) as step:
        account = step.subject
        made = offered(account, content, file, mapping, opening=opening, closing=closing, since=since, until=until)
        statement = step.create(
            BankStatement(
                programme_id=account.programme_id,
                account=account,
                since=made.since,
                until=made.until,
                currency=opening.currency,
                opening=opening.units,
                closing=closing.units,
                imported_by=by,
            )
        )
        step.create_many([_line(statement, place, line) for place, line in enumerate(made.lines, start=1)])
        paper = keep_evidence(
            account.programme,
            content,
            caption=Name(en=f"{statement.name.en}: {file}"[:300], km=f"{statement.name.km}៖ {file}"[:300]),
            dated=made.until,
            is_table=True,
            by=by,
            on=on,
        )
        step.attach(statement, paper, PAPER)
        return statement


def _line(statement: BankStatement, position: int, line: ReadLine) -> StatementLine:
    return StatementLine(
        programme_id=statement.programme_id,
        statement=statement,
        position=position,
        on=line.on,
        text=clean(line.text),
        reference=clean(line.reference),
        units=line.amount.units,
    )


@action("match.make")
def make_match(
    line: StatementLine, *, postings: Sequence[Posting], by: User, on: date, command: UUID | None = None
) -> StatementLine:
    """Say that a line of the bank and one or several postings are the same money.

    Raises Refusal `match.unequal`, `match.other_account`, `match.made_already`, `statement.signed`.
    """
    with act(by, "match.make", line, on=on, command=command) as step:
        line = step.subject
        statement = step.lock(line.statement)
        _still_open(statement)
        if line.matches.filter(is_undone=False).exists():
            raise Refusal("match.made_already")
        for posting in postings:
            if posting.account_id != statement.account_id:
                raise Refusal("match.other_account", posting=posting.name, account=statement.account.name)
            if posting.matches.filter(is_undone=False).exists():
                raise Refusal("match.made_already")
        books = sum((posting.amount for posting in postings), Money(0, statement.currency))
        if books != line.amount:
            raise Refusal("match.unequal", line=line.amount, books=books)
        step.create_many([_match(line, posting, by) for posting in postings])
        return step.result(line)


def _match(line: StatementLine, posting: Posting, by: User) -> Match:
    return Match(programme_id=line.programme_id, line=line, posting=posting, matched_by=by)


@action("statement.match")
def match_statement(statement: BankStatement, *, by: User, on: date, command: UUID | None = None) -> BankStatement:
    """Match every line for which only one posting fits, or the one whose number the bank's text names."""
    with act(by, "statement.match", statement, on=on, command=command) as step:
        statement = step.subject
        _still_open(statement)
        taken: set[int] = set()
        made = []
        for found in proposals(statement).values():
            clear = next((one for one in found if one.is_clear), None)
            if clear and clear.posting.pk not in taken:
                taken.add(clear.posting.pk)
                made.append(_match(clear.line, clear.posting, by))
        step.create_many(made)
        return step.result(statement)


@action("match.undo")
def undo_match(match: Match, *, by: User, on: date, command: UUID | None = None) -> StatementLine:
    """Take a match back: it was other money. Raises Refusal `match.undone_already`, `statement.signed`."""
    with act(by, "match.undo", match, on=on, command=command) as step:
        match = step.subject
        _still_open(step.lock(match.line.statement))
        if match.is_undone:
            raise Refusal("match.undone_already")
        match.is_undone = True
        step.save(match)
        return step.result(match.line)


@action("charge.book")
def book_charge(
    line: StatementLine,
    *,
    account: Account,
    fund: Fund,
    text: Name,
    purpose: Purpose | None = None,
    budget_line: BudgetLine | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Difference:
    """Post what only the bank knew of, a charge or interest, and match it with its line.

    Raises Refusal `match.made_already`, `entry.needs_document`, `statement.signed`, `month.closed`, and those of an entry.
    """
    with act(by, "charge.book", line, on=on, command=command) as step:
        line = step.subject
        statement = step.lock(line.statement)
        _still_open(statement)
        if line.matches.filter(is_undone=False).exists() or booked_difference(line):
            raise Refusal("match.made_already")
        bank, moved = statement.account, line.amount
        moves_no_money([account])  # a transfer or an advance is a document, which is then matched
        entry = post_entry(
            bank.book,
            [Leg(bank, fund, moved, purpose), Leg(account, fund, -moved, purpose, line=budget_line)],
            text=text,
            kind="receipt" if moved.units > 0 else "payment",
            by=by,
            on=on,
        )
        difference = step.create(Difference(programme_id=line.programme_id, entry=entry, line=line))
        step.add(_match(line, entry.postings.get(account=bank), by))
        return difference


@action("statement_line.explain")
def explain_statement_line(
    line: StatementLine, *, reason: Name, by: User, on: date, command: UUID | None = None
) -> StatementLine:
    """Say why nothing in the books stands for a line: the bank's mistake, which it puts right later.

    Raises Refusal `statement_line.reason_missing`, `match.made_already`, `statement.signed`.
    """
    with act(by, "statement_line.explain", line, on=on, command=command) as step:
        line = step.subject
        _still_open(step.lock(line.statement))
        if not gives_reason(reason):
            raise Refusal("statement_line.reason_missing")
        if line.matches.filter(is_undone=False).exists():
            raise Refusal("match.made_already")
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        step.save(line)
        return line


@action("statement.reconcile")
def reconcile_statement(
    statement: BankStatement, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> BankStatement:
    """Sign a statement off: by another person than who loaded it, when everything is matched, booked or explained.

    Raises Refusal `access.same_person`, `statement.lines_open`, `statement.off`.
    """
    with act(by, "statement.reconcile", statement, on=on, command=command, seen=seen) as step:
        statement = step.subject
        step.lock(statement.account.book)  # nothing is posted into it while it is looked at
        stand = stand_of(statement)
        STATEMENT.move(
            statement, "reconcile", by=by, open_lines=len(stand.open_lines), books=stand.books, bank=stand.closing
        )
        statement.signed_by = by
        step.save(statement)
        return statement


def _still_open(statement: BankStatement) -> None:
    """What was signed off stays as it was signed. Raises Refusal `statement.signed`."""
    if statement.state != STATEMENT.initial:
        raise Refusal("statement.signed", statement=statement.name)
