"""Statements by account: the journal, a page of the ledger, the trial balance, where the money lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from laar.kit.figures import Scope
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Account, AccountMonth, Book, Entry, FundMonth, Posting
from laar.ledger.queries.statements.statement import (
    Asked,
    Column,
    Part,
    Remark,
    Row,
    Statement,
    statement,
    where,
)
from laar.ledger.queries.sums import Moved, as_known, moved_up_to, on_or_before
from laar.ledger.queries.told import told
from laar.ledger.rules import ACCOUNT_KINDS, MONEY_USES

TOTAL = Name(en="Total", km="សរុប")
DATE = Column(Name(en="Date", km="កាលបរិច្ឆេទ"), "day")
ENTRY = Column(Name(en="Entry", km="ការចុះបញ្ជី"))
ACCOUNT = Column(Name(en="Account", km="គណនី"))
FUND = Column(Name(en="Fund", km="មូលនិធិ"), on_phone=False)
DEBIT = Column(Name(en="Debit", km="ឥណពន្ធ"), "amount")
CREDIT = Column(Name(en="Credit", km="ឥណទាន"), "amount")
AMOUNT = Column(Name(en="Amount", km="ចំនួនទឹកប្រាក់"), "amount")

ALL_LISTED = Name(
    en="The first {most} entries are listed; the totals are of all. Choose a shorter period, or take the file.",
    km="បង្ហាញការចុះបញ្ជី {most} ដំបូង; ចំនួនសរុបគិតទាំងអស់។ សូមជ្រើសរើសរយៈពេលខ្លីជាង ឬយកឯកសារ។",
)
BALANCED = Name(
    en="Debits and credits are equal: the trial balance is zero.",
    km="ឥណពន្ធ និងឥណទានស្មើគ្នា៖ តុល្យការសាកល្បងស្មើសូន្យ។",
)
UNBALANCED = Name(
    en="Debits and credits differ by {off}. Run `laar verify` and do not report from this book.",
    km="ឥណពន្ធ និងឥណទានខុសគ្នា {off}។ សូមដំណើរការ `laar verify` ហើយកុំធ្វើរបាយការណ៍ពីបញ្ជីនេះ។",
)


def coded(record: Any) -> Name:
    """A code and a name: `101 Bank, euro`."""
    name = record.name
    return Name(en=f"{record.code} {name.en}", km=f"{record.code} {name.km or name.en}")


def entries_of(asked: Asked, book: Book) -> QuerySet[Entry]:
    """The entries of a book in the period that is asked for, in the order of days."""
    entries = Entry.objects.filter(book=book)
    if asked.known:
        entries = entries.filter(recorded_on__lte=asked.known) | entries.filter(recorded_on=None)
    if asked.since:
        entries = entries.filter(on__gte=asked.since)
    return entries.filter(on_or_before(asked.day)).order_by("on", "id")


@statement(
    "journal",
    title=Name(en="Journal", km="ទិនានុប្បវត្តិ"),
    says=Name(en="every entry of a book with its lines, day by day", km="ការចុះបញ្ជីទាំងអស់ក្នុងបញ្ជី តាមថ្ងៃ"),
    takes=("book", "since"),
    needs=("book",),
    begins="month",
)
def journal(asked: Asked) -> Statement:
    """Every entry with its lines; debits and credits of the whole period below."""
    book = asked.book
    assert book is not None
    lines = Posting.objects.select_related("account", "fund", "place").order_by("position")
    entries = entries_of(asked, book).prefetch_related(Prefetch("postings", lines))
    listed = list(entries[asked.skip : asked.skip + asked.most + 1])
    rows = [row for entry in listed[: asked.most] for row in _lines(entry, book)]
    by_side = _turnover(asked, book)
    sides = [
        asked.told(units, book=book.code, show=show, **asked.period)
        for show, units in zip(("debits", "credits"), by_side, strict=True)
    ]
    total = Row((None, TOTAL, None, None, None, *sides), is_total=True)
    return Statement(
        (DATE, ENTRY, ACCOUNT, FUND, AMOUNT, _in(DEBIT, book), _in(CREDIT, book)),
        (Part((*rows, total) if rows else ()),),
        _cut(listed, asked),
        goes_on=len(listed) > asked.most,
    )


def _lines(entry: Entry, book: Book) -> Iterator[Row]:
    """The lines of an entry; day and number stand on the first."""
    for place, one in enumerate(entry.postings.all()):
        money = Money(abs(one.in_book), book.currency)
        fund = one.fund.name
        yield Row(
            (
                None if place else entry.on,
                None if place else entry,
                coded(one.account),
                fund
                if one.place is None
                else Name(en=f"{fund.en}; {one.place.name.en}", km=f"{fund.km}; {one.place.name.km}"),
                Money(one.units, one.currency),
                money if one.in_book > 0 else None,
                money if one.in_book < 0 else None,
            )
        )


def _turnover(asked: Asked, book: Book) -> tuple[int, int]:
    """Debits and credits of a book in the period."""
    postings = Posting.objects.filter(
        on_or_before(asked.day), as_known(asked.known), programme=asked.programme, account__book=book
    )
    if asked.since:
        postings = postings.filter(on__gte=asked.since)
    sums = postings.aggregate(
        debits=Sum("in_book", filter=Q(in_book__gt=0)), credits=Sum("in_book", filter=Q(in_book__lt=0))
    )
    return sums["debits"] or 0, -(sums["credits"] or 0)


def _in(column: Column, book: Book) -> Column:
    """A column with the currency of its numbers in its head."""
    label = Name(en=f"{column.label.en}, {book.currency}", km=f"{column.label.km}, {book.currency}")
    return Column(label, column.kind, column.on_phone)


def _cut(listed: Sequence[object], asked: Asked) -> tuple[Remark, ...]:
    if len(listed) <= asked.most or asked.skip:
        return ()
    return (Remark("plain", ALL_LISTED.format(most=f"{asked.most:,}")),)


@statement(
    "ledger",
    title=Name(en="Ledger page of an account", km="ទំព័រសៀវភៅធំនៃគណនី"),
    says=Name(
        en="what an account began with, every posting, and what it held after each",
        km="សមតុល្យដើមគ្រា ការចុះបញ្ជីនីមួយៗ និងសមតុល្យក្រោយការចុះបញ្ជី",
    ),
    takes=("account", "fund", "since"),
    needs=("account",),
    begins="year",
)
def ledger(asked: Asked) -> Statement:
    """One account: opening balance, postings with the balance after each entry, closing balance."""
    account = asked.account
    assert account is not None
    book = account.book
    scope = {"book": book.code, "account": account.code, **({"fund": asked.fund.code} if asked.fund else {})}
    before = _opening(asked, account)
    postings = _postings(asked, account)
    listed = list(postings[asked.skip : asked.skip + asked.most + 1])
    foreign = account.currency if account.currency not in ("", book.currency) else ""
    rows = [_opened(asked, scope, before, foreign)] if asked.since and not asked.skip else []
    running = before + _moved_by(postings[: asked.skip]) if asked.skip else before
    for one, after in zip_longest(listed[: asked.most], listed[1 : asked.most + 1]):
        if one is None:
            break
        running += Moved(one.units, one.in_book)
        is_last = after is None or after.entry_id != one.entry_id
        rows.append(_posted(asked, scope, one, running, foreign, is_last=is_last))
    if len(listed) <= asked.most:
        rows.append(_closed(asked, scope, running, foreign))
    columns = [DATE, ENTRY, FUND, AMOUNT, _in(DEBIT, book), _in(CREDIT, book), _in(BALANCE, book)]
    if foreign:
        columns.append(Column(Name(en=f"Balance, {foreign}", km=f"សមតុល្យ, {foreign}"), "amount"))
    return Statement(tuple(columns), (Part(tuple(rows)),), _cut(listed, asked), goes_on=len(listed) > asked.most)


BALANCE = Column(Name(en="Balance", km="សមតុល្យ"), "amount")
OPENING = Name(en="Opening balance", km="សមតុល្យដើមគ្រា")
CLOSING = Name(en="Closing balance", km="សមតុល្យចុងគ្រា")


def _opening(asked: Asked, account: Account) -> Moved:
    """What an account held before the first day of the period."""
    if asked.since is None:
        return Moved()
    before = moved_up_to(
        FundMonth if asked.fund else AccountMonth,
        ["account_id"],
        where(asked, account_id=account.pk),
        day=asked.since - timedelta(days=1),
        known=asked.known,
    )
    return before.get((account.pk,), Moved())


def _moved_by(postings: QuerySet[Posting]) -> Moved:
    """What the postings of the pages before add up to."""
    sums = postings.aggregate(units=Sum("units"), in_book=Sum("in_book"))
    return Moved(int(sums["units"] or 0), int(sums["in_book"] or 0))


def _postings(asked: Asked, account: Account) -> QuerySet[Posting]:
    postings = Posting.objects.filter(
        on_or_before(asked.day), as_known(asked.known), **where(asked, account_id=account.pk)
    ).select_related("entry__book", "fund")
    if asked.since:
        postings = postings.filter(on__gte=asked.since)
    return postings.order_by("on", "entry_id", "position")


def _balances(asked: Asked, scope: dict[str, str], held: Moved, foreign: str, **more: str) -> list[Any]:
    """A balance in the currency of the book, and in the account's own where that is another."""
    known = {"known": asked.known.isoformat()} if asked.known else {}
    scope = {**scope, **known, **more}
    own = [asked.told(held.units, currency=foreign, **scope)] if foreign else []
    return [asked.told(held.in_book, **scope), *own]


def _opened(asked: Asked, scope: dict[str, str], before: Moved, foreign: str) -> Row:
    assert asked.since
    day = asked.since - timedelta(days=1)
    balances = _balances(asked, scope, before, foreign, day=day.isoformat())
    return Row((asked.since, OPENING, None, None, None, None, *balances), is_total=True)


def _posted(asked: Asked, scope: dict[str, str], one: Posting, running: Moved, foreign: str, *, is_last: bool) -> Row:
    """A posting. Where an entry touches the account twice, the balance stands beside the last of its lines."""
    money = Money(abs(one.in_book), one.entry.book.currency)
    columns = 2 if foreign else 1
    balances = _balances(asked, scope, running, foreign, entry=str(one.entry_id)) if is_last else [None] * columns
    return Row(
        (
            one.on,
            one.entry,
            one.fund.name,
            Money(one.units, one.currency),
            money if one.in_book > 0 else None,
            money if one.in_book < 0 else None,
            *balances,
        )
    )


def _closed(asked: Asked, scope: dict[str, str], held: Moved, foreign: str) -> Row:
    balances = _balances(asked, scope, held, foreign, **({"day": asked.day.isoformat()} if asked.day else {}))
    return Row((asked.day, CLOSING, None, None, None, None, *balances), is_total=True)


@statement(
    "trial-balance",
    title=Name(en="Trial balance", km="តុល្យការសាកល្បង"),
    says=Name(en="every account of a book; together they are zero", km="គណនីទាំងអស់ក្នុងបញ្ជី; សរុបស្មើសូន្យ"),
    takes=("book",),
    needs=("book",),
)
def trial_balance_of(asked: Asked) -> Statement:
    """Every account that ever moved with its balance on its side, and whether both sides are equal."""
    book = asked.book
    assert book is not None
    accounts = list(book.accounts.order_by("code"))
    sums = _by_account(asked, [account.pk for account in accounts])
    rows, off = [], 0
    sides = {"debit": 0, "credit": 0}
    for account in accounts:
        if (account.pk,) not in sums:
            continue
        units = sums[account.pk,].in_book
        off += units
        sides["debit" if units > 0 else "credit"] += abs(units)
        show = {"show": "owed"} if units < 0 else {}
        told_ = asked.told(abs(units), book=book.code, account=account.code, **asked.days, **show)
        rows.append(
            Row(
                (
                    coded(account),
                    ACCOUNT_KINDS[account.kind],
                    None if units < 0 else told_,
                    told_ if units < 0 else None,
                ),
                "ledger",
                {"account": f"{book.code}:{account.code}", **asked.days},
            )
        )
    scope = Scope(asked.programme, more={"book": book.code, **asked.days})
    together = [told(f"books.{side}_balances", scope, units, book.currency) for side, units in sides.items()]
    rows.append(Row((TOTAL, None, *together), is_total=True))
    remark = Remark("no", UNBALANCED.format(off=Money(off, book.currency))) if off else Remark("ok", BALANCED)
    return Statement((ACCOUNT, KIND, _in(DEBIT, book), _in(CREDIT, book)), (Part(tuple(rows)),), (remark,))


KIND = Column(Name(en="Kind", km="ប្រភេទ"), on_phone=False)


def _by_account(asked: Asked, accounts: list[int], *by: str) -> dict[tuple[Any, ...], Moved]:
    """What each of some accounts holds; an account that never moved is not there."""
    narrowed = where(asked, account_id=accounts)
    rollup = FundMonth if asked.fund else AccountMonth
    return moved_up_to(rollup, ["account_id", *by], narrowed, day=asked.day, known=asked.known)


@statement(
    "cash",
    title=Name(en="Cash position", km="ស្ថានភាពសាច់ប្រាក់"),
    says=Name(
        en="every bank account and cash box, in its own currency and in the book's",
        km="គណនីធនាគារ និងបេឡាទាំងអស់ តាមរូបិយប័ណ្ណរបស់ខ្លួន និងរបស់បញ្ជី",
    ),
    takes=("fund",),
)
def cash(asked: Asked) -> Statement:
    """Every bank account and cash box in each currency that it holds."""
    accounts = list(
        Account.objects.filter(book__in=asked.books, use__in=MONEY_USES)
        .select_related("book")
        .order_by("book__is_memorandum", "book__code", "code")
    )
    sums = _by_account(asked, [account.pk for account in accounts], "currency")
    fund = {"fund": asked.fund.code} if asked.fund else {}
    rows, whole = [], 0
    for account in accounts:
        held = {currency: moved for (key, currency), moved in sums.items() if key == account.pk}
        for currency in sorted(held) or [account.currency or account.book.currency]:
            moved = held.get(currency, Moved())
            whole += moved.in_book
            scope = {"book": account.book.code, "account": account.code, **fund, **asked.days}
            rows.append(_kept(asked, account, currency, moved, scope))
    total = Row((TOTAL, None, None, asked.told(whole, use="money", **fund, **asked.days)), is_total=True)
    return Statement((ACCOUNT, BOOK, OWN, VALUE), (Part((*rows, total) if rows else ()),))


BOOK = Column(Name(en="Book", km="បញ្ជី"), on_phone=False)
OWN = Column(Name(en="In its currency", km="តាមរូបិយប័ណ្ណរបស់ខ្លួន"), "amount")
VALUE = Column(Name(en="In the book's currency", km="តាមរូបិយប័ណ្ណរបស់បញ្ជី"), "amount")


def _kept(asked: Asked, account: Account, currency: str, moved: Moved, scope: dict[str, str]) -> Row:
    """What an account holds in one currency, and what that is worth in the book's."""
    own = asked.told(moved.units, currency=currency, **scope)
    value = asked.told(moved.in_book, kept_in=currency, **scope)
    leads = {"account": f"{account.book.code}:{account.code}", **asked.days}
    return Row((coded(account), account.book.name, own, value), "ledger", leads)
