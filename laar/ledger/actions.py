"""Writes of the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from laar.base.act import act, action
from laar.base.ids import next_id
from laar.base.models import Programme, User
from laar.base.queries import installation
from laar.kit.money import Money, decimals_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Fund, Posting, Purpose, Rate
from laar.ledger.queries import last_number, postings_of, rate_on
from laar.ledger.rules import RATE_SCALE, converted, entry_balances
from laar.registers.models import Party


@action("book.open")
def open_book(
    programme: Programme,
    code: str,
    *,
    name: Name,
    owner: Party,
    currency: str,
    by: User,
    on: date,
    is_memorandum: bool = False,
    command: UUID | None = None,
) -> Book:
    """Open a book for a body; a memorandum book copies somebody else's money from papers.

    Entries may be in any currency; the book is kept in the programme's, so that figures add up one column of all books.
    """
    decimals_of(currency)
    if currency != programme.currency:
        raise Refusal("book.currency", currency=currency, wanted=programme.currency)
    with act(by, "book.open", programme, on=on, command=command) as step:
        return step.create(
            Book(
                programme=programme,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                owner=owner,
                currency=currency,
                is_memorandum=is_memorandum,
            )
        )


@action("account.open")
def open_account(
    book: Book, code: str, *, name: Name, kind: str, by: User, on: date, command: UUID | None = None
) -> Account:
    """Open an account in a book."""
    with act(by, "account.open", book, on=on, command=command) as step:
        return step.create(
            Account(
                programme_id=book.programme_id,
                book=step.subject,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                kind=kind,
            )
        )


@action("fund.open")
def open_fund(
    programme: Programme,
    code: str,
    *,
    name: Name,
    kind: str,
    giver: Party,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Fund:
    """Open a fund: whose money it is."""
    with act(by, "fund.open", programme, on=on, command=command) as step:
        return step.create(
            Fund(
                programme=programme,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                kind=kind,
                giver=giver,
            )
        )


@action("purpose.open")
def open_purpose(
    programme: Programme, code: str, *, name: Name, kind: str, by: User, on: date, command: UUID | None = None
) -> Purpose:
    """Open a purpose: what money is for."""
    with act(by, "purpose.open", programme, on=on, command=command) as step:
        return step.create(
            Purpose(programme=programme, code=code, name_en=clean(name.en), name_km=clean(name.km), kind=kind)
        )


@action("rate.set")
def set_rate(
    base: str,
    currency: str,
    *,
    since: date,
    rate: Decimal,
    source: str,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Rate:
    """Enter how much of `currency` one unit of `base` costs from a day on, and who says so."""
    decimals_of(base), decimals_of(currency)
    kept = int(rate * RATE_SCALE)
    if kept <= 0:
        raise Refusal("rate.not_positive", currency=currency, base=base)
    if kept != rate * RATE_SCALE:
        raise Refusal("rate.too_fine", rate=rate, currency=currency, base=base)
    with act(by, "rate.set", installation(), on=on, command=command) as step:
        return step.create(Rate(base=base, currency=currency, since=since, rate=kept, source=clean(source)))


@dataclass(frozen=True, slots=True)
class Leg:
    """One line of an entry before it is posted: a debit is positive, a credit negative."""

    account: Account
    fund: Fund
    amount: Money
    purpose: Purpose | None = None
    #: The amount in the book's currency where it was agreed; else it is converted at the rate of the day.
    in_book: Money | None = None


def debit(account: Account, fund: Fund, amount: Money, purpose: Purpose | None = None) -> Leg:
    """A debit of a positive amount."""
    return Leg(account, fund, amount, purpose)


def credit(account: Account, fund: Fund, amount: Money, purpose: Purpose | None = None) -> Leg:
    """A credit of a positive amount."""
    return Leg(account, fund, -amount, purpose)


@action("entry.post")
def post_entry(
    book: Book, legs: Sequence[Leg], *, text: Name, by: User, on: date, command: UUID | None = None
) -> Entry:
    """Post an entry to a book on a day.

    Amounts in another currency than the book's are converted at the rate of the day, each currency as a whole and then
    shared out by largest remainder, so that the converted lines balance to the coin. Raises Refusal `entry.off_by`,
    `entry.too_short`, `entry.other_book`, `rate.missing`; the database refuses the same by itself.
    """
    with act(by, "entry.post", book, on=on, command=command) as step:
        for leg in legs:
            if leg.account.book_id != book.pk:
                raise Refusal("entry.other_book", account=leg.account.name, book=book.name)
        entry_balances([leg.amount for leg in legs], [])
        in_book, rates = _in_book(legs, step.subject.currency, on)
        entry_balances([leg.amount for leg in legs], in_book)
        entry = Entry(
            id=next_id(Entry),
            programme_id=book.programme_id,
            book=step.subject,
            number=last_number(step.subject) + 1,
            on=on,
            text_en=clean(text.en),
            text_km=clean(text.km),
        )
        step.create_many([_posting(entry, place, leg, in_book[place], rates) for place, leg in enumerate(legs)])
        return step.create(entry)


@action("entry.reverse")
def reverse_entry(
    entry: Entry, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Entry:
    """Undo an entry by its mirror image on another day; both stay. Upper floors may object."""
    with act(by, "entry.reverse", entry, on=on, command=command, seen=seen) as step:
        book = step.lock(entry.book)
        if on < step.subject.on:
            raise Refusal("entry.before_its_cause", on=on, entry=step.subject.on)
        if Entry.objects.filter(reverses=step.subject).exists():
            raise Refusal("entry.reversed_already")
        mirror = Entry(
            id=next_id(Entry),
            programme_id=entry.programme_id,
            book=book,
            number=last_number(book) + 1,
            on=on,
            text_en=clean(reason.en),
            text_km=clean(reason.km),
            reverses=step.subject,
        )
        step.create_many([_mirrored(posting, mirror) for posting in postings_of(step.subject)])
        return step.create(mirror)


def _in_book(legs: Sequence[Leg], currency: str, on: date) -> tuple[list[Money], dict[str, Rate]]:
    """Each leg in the book's currency, and the rates that were used."""
    found: dict[int, Money] = {}
    rates: dict[str, Rate] = {}
    sides: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, leg in enumerate(legs):
        if leg.amount.currency == currency:
            found[place] = leg.amount
        elif leg.in_book is not None:
            found[place] = Money(0, currency) + leg.in_book  # refuses a third currency
            if (leg.in_book.units > 0) != (leg.amount.units > 0):
                raise Refusal("entry.unbalanced")
        else:
            sides[leg.amount.currency, leg.amount.units > 0].append(place)
    for (foreign, _), places in sides.items():
        rate = rates.setdefault(foreign, rate_on(currency, foreign, on))
        total = sum(legs[place].amount.units for place in places)
        whole = converted(Money(total, foreign), rate.per_unit_of(foreign), currency)
        shares = whole.split([abs(legs[place].amount.units) for place in places])
        found.update(zip(places, shares, strict=True))
    return [found[place] for place in range(len(legs))], rates


def _posting(entry: Entry, place: int, leg: Leg, in_book: Money, rates: dict[str, Rate]) -> Posting:
    return Posting(
        programme_id=entry.programme_id,
        entry=entry,
        position=place + 1,
        account=leg.account,
        fund=leg.fund,
        purpose=leg.purpose,
        on=entry.on,
        currency=leg.amount.currency,
        units=leg.amount.units,
        in_book=in_book.units,
        rate=rates.get(leg.amount.currency) if leg.in_book is None else None,
    )


def _mirrored(posting: Posting, mirror: Entry) -> Posting:
    return Posting(
        programme_id=mirror.programme_id,
        entry=mirror,
        position=posting.position,
        account=posting.account,
        fund=posting.fund,
        purpose=posting.purpose,
        on=mirror.on,
        currency=posting.currency,
        units=-posting.units,
        in_book=-posting.in_book,
        rate=posting.rate,
    )
