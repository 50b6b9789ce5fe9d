"""Counting cash, booking what a count showed, and booking what a currency is worth now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions.entries import post_entry
from laar.ledger.actions.lines import Leg
from laar.ledger.actions.worth import gain_account
from laar.ledger.models import Account, BudgetLine, CashCount, Difference, Entry, Fund, Purpose
from laar.ledger.queries import booked_after, booked_difference, held, kept_in, off_on
from laar.ledger.queries.documents import rate_in_words
from laar.ledger.rules import moves_no_money
from laar.ledger.rules.cash import counted, explained_where_it_differs, not_by_the_counter

#: What a signed sheet of a count is beside it.
PAPER = "count_sheet"
#: What is worth another sum when a rate changes; what was earned or spent is not.
REVALUED = ("asset", "liability")


@action("cash.count")
def count_cash(
    account: Account,
    *,
    pieces: Mapping[str, int],
    witness: str,
    reason: Name | None = None,
    paper: Evidence | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> CashCount:
    """Write down what was in a cash box at the end of a day, note by note, beside what the books say.

    A difference needs a reason; it is booked by `book_count`, never by itself. Raises Refusal `cash.no_box`,
    `cash.no_witness`, `cash.nothing_counted`, `cash.piece_unknown`, `cash.reason_missing`.
    """
    with act(by, "cash.count", account, on=on, command=command, within=account.book) as step:  # nobody posts meanwhile
        box = step.subject
        if box.use != "cash":
            raise Refusal("cash.no_box", account=box.name)
        if not clean(witness):
            raise Refusal("cash.no_witness")
        currency, why = kept_in(box), reason or Name(en="", km="")
        found, booked = counted(pieces, currency), held(box, on)
        explained_where_it_differs(found, booked, why)
        count = step.create(
            CashCount(
                programme_id=box.programme_id,
                account=box,
                on=on,
                pieces=dict(pieces),
                currency=currency,
                units=found.units,
                booked=booked.units,
                witness=clean(witness),
                counted_by=by,
                reason_en=clean(why.en),
                reason_km=clean(why.km),
            )
        )
        if paper:
            step.attach(count, paper, PAPER)
        return count


@action("count.book")
def book_count(
    count: CashCount,
    *,
    account: Account,
    fund: Fund,
    purpose: Purpose | None = None,
    line: BudgetLine | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Difference:
    """Post the difference that a count showed: what is missing to an account of cost, what is over to one of income.

    Another person than who counted does it. Two counts may show the same difference; it is booked once, and only while
    the books still say what they said then. Raises Refusal `access.same_person`, `entry.needs_document`, `count.even`,
    `count.booked_already`, `count.books_moved`, and those of an entry.
    """
    with act(by, "count.book", count, on=on, command=command) as step:
        count = step.subject
        step.lock(count.account.book)  # nobody posts between looking and writing
        not_by_the_counter(count, by=by)
        moves_no_money([account])  # what else holds money is moved by a document
        if not count.difference:
            raise Refusal("count.even", count=count.name)
        if booked := booked_difference(count) or booked_after(count):
            raise Refusal("count.booked_already", count=count.name, entry=booked.entry.document)
        now, then = held(count.account, count.on), Money(count.booked, count.currency)
        if now != then:
            raise Refusal("count.books_moved", count=count.name, now=now, then=then)
        moved = count.difference
        entry = post_entry(
            count.account.book,
            [Leg(count.account, fund, moved, purpose), Leg(account, fund, -moved, purpose, line=line)],
            text=Name(
                en=f"Difference of the count of {count.on}: {count.reason_en or count.reason_km}"[:300],
                km=f"លម្អៀងនៃការរាប់ {count.on}៖ {count.reason_km or count.reason_en}"[:300],
            ),
            kind="journal",
            by=by,
            on=on,
        )
        return step.create(Difference(programme_id=count.programme_id, entry=entry, count=count))


@action("account.revalue")
def revalue_account(account: Account, *, by: User, on: date, command: UUID | None = None) -> Entry:
    """Book what each other currency on an account gained or lost in the currency of the book, at the rate of a day.

    No coin moves: both lines of the entry carry none of the currency, only its worth in the book, fund by fund. Raises
    Refusal `account.own_currency`, `account.not_revalued`, `account.no_gain_account`, `account.nothing_to_revalue`,
    `rate.missing`, `month.closed`.
    """
    with act(by, "account.revalue", account, on=on, command=command, within=account.book) as step:
        account, book = step.subject, step.subject.book
        if account.currency == book.currency:
            raise Refusal("account.own_currency", account=account.name)
        if account.kind not in REVALUED or account.use in ("exchange", "gain"):
            raise Refusal("account.not_revalued", account=account.name)
        gain, found = gain_account(book), off_on(account, on)
        if not found:
            raise Refusal("account.nothing_to_revalue", account=account.name, on=on)
        legs = []
        for one in found:
            legs += [
                Leg(account, one.fund, one.none, in_book=one.more),
                Leg(gain, one.fund, one.none, in_book=-one.more),
            ]
        said = "; ".join(dict.fromkeys(rate_in_words(one.rate) for one in found))
        text = Name(
            en=f"Exchange difference of {account.name.en} ({said})"[:300],
            km=f"លម្អៀងអត្រាប្ដូរប្រាក់នៃ {account.name.km} ({said})"[:300],
        )
        return step.result(post_entry(book, legs, text=text, kind="journal", by=by, on=on))
