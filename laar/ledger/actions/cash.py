"""Counting cash, booking what a count showed, and booking what a currency is worth now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Sum

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions.entries import Leg, post_entry
from laar.ledger.models import Account, BudgetLine, CashCount, Difference, Entry, Fund, Posting, Purpose
from laar.ledger.queries import booked_after, booked_difference, held, kept_in, rate_on
from laar.ledger.rules import converted
from laar.ledger.rules.cash import counted, explained_where_it_differs, not_by_the_counter

#: What a signed sheet of a count is beside it.
PAPER = "count_sheet"


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
    `cash.no_witness`, `cash.piece_unknown`, `cash.reason_missing`.
    """
    with act(by, "cash.count", account, on=on, command=command) as step:
        box = step.subject
        if box.use != "cash":
            raise Refusal("cash.no_box", account=box.name)
        if not clean(witness):
            raise Refusal("cash.no_witness")
        step.lock(box.book)  # nobody posts between looking and writing
        currency, why = kept_in(box), reason or Name(en="", km="")
        found, booked = counted(pieces, currency), held(box, on)
        explained_where_it_differs(found, booked, why)
        count = step.create(
            CashCount(
                programme_id=box.programme_id,
                account=box,
                on=on,
                pieces={piece: number for piece, number in pieces.items() if number},
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
    the books still say what they said then. Raises Refusal `access.same_person`, `count.even`, `count.booked_already`,
    `count.books_moved`, and those of an entry.
    """
    with act(by, "count.book", count, on=on, command=command) as step:
        count = step.subject
        step.lock(count.account.book)  # nobody posts between looking and writing
        not_by_the_counter(count, by=by)
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
    """Book what an account in another currency gained or lost in the currency of the book, at the rate of a day.

    No coin moves: both lines of the entry carry none of the currency, only its worth in the book, fund by fund. Raises
    Refusal `account.own_currency`, `account.no_gain_account`, `account.nothing_to_revalue`, `rate.missing`, `month.closed`.
    """
    with act(by, "account.revalue", account, on=on, command=command) as step:
        account = step.subject
        book = step.lock(account.book)
        if not account.currency or account.currency == book.currency:
            raise Refusal("account.own_currency", account=account.name)
        gain = book.accounts.filter(use="gain", currency="").order_by("code").first()
        if gain is None:
            raise Refusal("account.no_gain_account", book=book.name)
        rate = rate_on(book.currency, account.currency, on)
        none, legs = Money(0, account.currency), []
        for fund, units, in_book in _by_fund(account, on):
            now = converted(Money(units, account.currency), rate.per_unit_of(account.currency), book.currency)
            more = now - Money(in_book, book.currency)
            if more:
                legs += [Leg(account, fund, none, in_book=more), Leg(gain, fund, none, in_book=-more)]
        if not legs:
            raise Refusal("account.nothing_to_revalue", account=account.name, on=on)
        said = f"1 {rate.base} = {rate.plain} {rate.currency}, {rate.source}, {rate.since}"
        text = Name(
            en=f"Exchange difference of {account.name.en} ({said})"[:300],
            km=f"លម្អៀងអត្រាប្ដូរប្រាក់នៃ {account.name.km} ({said})"[:300],
        )
        return step.result(post_entry(book, legs, text=text, kind="journal", by=by, on=on))


def _by_fund(account: Account, on: date) -> list[tuple[Fund, int, int]]:
    """What of an account is whose, in its own currency and in the book's, at the end of a day."""
    postings = Posting.objects.filter(account=account, currency=account.currency, on__lte=on)
    sums = postings.values_list("fund").annotate(units=Sum("units"), worth=Sum("in_book")).order_by("fund")
    funds = Fund.objects.in_bulk([row[0] for row in sums])
    return [(funds[fund], units, worth) for fund, units, worth in sums]
