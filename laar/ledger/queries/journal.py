"""The journal of another program, read before anything is written: each row that can't stand is said for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from laar.base import clock
from laar.kit.figures import Figure, Scope
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.sheets import Row
from laar.ledger.files import Reading
from laar.ledger.models import (
    Account,
    AccountMonth,
    Book,
    BudgetLine,
    ColumnMapping,
    Fund,
    ImportedEntry,
    Purpose,
)
from laar.ledger.queries.rates import rate_on
from laar.ledger.queries.sums import Moved, moved_up_to
from laar.ledger.queries.told import told
from laar.ledger.rules import entry_balances, is_open_on
from laar.ledger.rules.journal import WHATS
from laar.registers.models import Place


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A row of the file: a debit is positive."""

    row: int
    account: Account
    fund: Fund
    amount: Money
    purpose: Purpose | None = None
    place: Place | None = None
    line: BudgetLine | None = None


@dataclass(frozen=True, slots=True)
class ForeignEntry:
    """The rows of one number: an entry of the other program."""

    number: str
    on: date
    text: str
    lines: tuple[ForeignLine, ...]

    @property
    def digest(self) -> str:
        """What its rows say, in one word: the same rows have the same one, in whatever order."""
        said = sorted(
            f"{one.account.code}|{one.fund.code}|{one.amount.currency}|{one.amount.units}" for one in self.lines
        )
        return sha256("\n".join((self.number, self.on.isoformat(), *said)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that can't stand, and why."""

    row: int
    why: Name


@dataclass
class JournalRead:
    """A file as it was read: what would be posted, and what can't be."""

    entries: list[ForeignEntry] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def since(self) -> date:
        """Its first day."""
        return min(entry.on for entry in self.entries)

    @property
    def until(self) -> date:
        """Its last day."""
        return max(entry.on for entry in self.entries)


def read_journal(book: Book, content: bytes, file: str, mapping: ColumnMapping) -> JournalRead:
    """Read a journal and judge every row. Raises Refusal `sheet.columns` and the like where it can't be read at all."""
    reading = Reading(content, file, mapping)
    known, read = _Known(book), JournalRead()
    rows: dict[str, list[tuple[Row, date, ForeignLine]]] = defaultdict(list)
    broken: set[str] = set()
    for row in reading.rows:
        number = reading.text(row, "number")
        try:
            rows[number].append((row, reading.day(row, "on"), known.line(reading, row)))
        except Refusal as no:
            broken.add(number)
            read.refused.append(RefusedRow(row.number, no.text))
    there = {
        (one.number, one.year): one
        for one in ImportedEntry.objects.filter(book=book, number__in=list(rows)).select_related("source", "entry")
    }
    for number, own in rows.items():
        if number in broken:
            continue  # one row of it is refused already: what is left of it can't balance
        entry = ForeignEntry(number, own[0][1], reading.text(own[0][0], "text"), tuple(line for _, _, line in own))
        try:
            _stands(entry, [day for _, day, _ in own], known, there.get((number, entry.on.year)))
        except Refusal as no:
            read.refused.append(RefusedRow(own[0][0].number, no.text))
        else:
            read.entries.append(entry)
    read.refused.sort(key=lambda one: one.row)
    return read


def _stands(entry: ForeignEntry, days: Sequence[date], known: _Known, there: ImportedEntry | None) -> None:
    """Refuse an entry that can't be posted as it is."""
    for day in days:
        if day != entry.on:
            raise Refusal("journal.days", number=entry.number, one=entry.on, other=day)
    if there is not None:
        if there.digest == entry.digest:
            raise Refusal("journal.there", number=entry.number, on=there.entry.recorded_on)
        raise Refusal("journal.changed", number=entry.number)
    if entry.on > clock.today():
        raise Refusal("journal.future", on=entry.on)
    is_open_on(known.book, entry.on)
    entry_balances([line.amount for line in entry.lines], [])
    for line in entry.lines:
        if line.amount.currency != known.book.currency:
            known.rate(line.amount.currency, entry.on)


class _Known:
    """What the codes of a file can mean, each table read once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.accounts = {one.code: one for one in book.accounts.select_related("book")}
        self.funds = {one.code: one for one in Fund.objects.filter(programme=book.programme_id)}
        self.purposes = {one.code: one for one in Purpose.objects.filter(programme=book.programme_id)}
        self.places: dict[str, Place | None] = {}
        lines = BudgetLine.objects.filter(programme=book.programme_id).select_related("budget__fund", "heading")
        self.lines = {(one.budget.fund_id, one.code): one for one in lines}
        self.rates: set[tuple[str, date]] = set()

    def line(self, reading: Reading, row: Row) -> ForeignLine:
        """A row with what its codes mean. Raises Refusal for the first thing that is wrong with it."""
        account = _one(self.accounts.get, reading.text(row, "account"), "account")
        fund = _one(self.funds.get, reading.text(row, "fund"), "fund")
        currency = reading.text(row, "currency").upper() or account.currency or self.book.currency
        amount = reading.sided(row, currency)
        if account.currency and account.currency != currency:
            raise Refusal("entry.account_currency", account=account.name, wanted=account.currency, currency=currency)
        if not amount:
            raise Refusal("entry.too_short")
        code = reading.text(row, "line")
        line = _one(lambda one: self.lines.get((fund.pk, one)), code, "line") if code else None
        if line is not None and account.kind != "expense":
            raise Refusal("entry.line_not_cost", account=account.name)
        purpose, place = reading.text(row, "purpose"), reading.text(row, "place")
        return ForeignLine(
            row.number,
            account,
            fund,
            amount,
            _one(self.purposes.get, purpose, "purpose") if purpose else None,
            _one(self.place, place, "place") if place else None,
            line,
        )

    def place(self, code: str) -> Place | None:
        """The place with this code, as it is now."""
        if code not in self.places:
            self.places[code] = Place.objects.filter(code=code, until=None).first()
        return self.places[code]

    def rate(self, currency: str, day: date) -> None:
        """Refuse a day for which there is no rate."""
        if (currency, day) not in self.rates:
            rate_on(self.book.currency, currency, day, self.book.rate_source)
            self.rates.add((currency, day))


def _one(find: Callable[[str], Any], code: str, what: str) -> Any:
    found = find(code)
    if found is None:
        raise Refusal("journal.unknown", what=WHATS[what], code=code)
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """An account in both programs: what theirs says, what ours says, how far they are apart."""

    code: str
    account: Account | None
    theirs: Money | None
    ours: Figure

    @property
    def off(self) -> Money:
        """Theirs less ours."""
        currency = self.ours.currency or ""
        return (self.theirs or Money(0, currency)) - Money(int(self.ours.value), currency)


def compared(book: Book, content: bytes, file: str, mapping: ColumnMapping, day: date) -> list[Compared]:
    """The balances of their file beside ours at the end of a day, account by account; also what only one of them has.

    Raises Refusal `sheet.columns`, `file.value`, `file.ambiguous`.
    """
    reading = Reading(content, file, mapping)
    theirs: dict[str, Money] = defaultdict(lambda: Money(0, book.currency))
    for row in reading.rows:
        theirs[reading.text(row, "account")] += reading.sided(row, book.currency)
    accounts = {one.code: one for one in book.accounts.order_by("code")}
    sums = moved_up_to(
        AccountMonth,
        ["account_id"],
        {"programme_id": book.programme_id, "account_id": [one.pk for one in accounts.values()]},
        day=day,
    )
    return list(_beside(book, theirs, accounts, {key: moved for (key,), moved in sums.items()}, day))


def _beside(
    book: Book, theirs: dict[str, Money], accounts: dict[str, Account], sums: dict[int, Moved], day: date
) -> Iterator[Compared]:
    for code in sorted(accounts.keys() | theirs.keys()):
        account = accounts.get(code)
        held = sums.get(account.pk, Moved()).in_book if account else 0
        if not held and code not in theirs:
            continue
        scope = Scope(book.programme, more={"book": book.code, "account": code, "day": day.isoformat()})
        yield Compared(code, account, theirs.get(code), told("books.balance", scope, held, book.currency))
