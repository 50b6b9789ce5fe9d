"""Posting and reversing entries: the only two ways in which the books grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from laar.base import clock
from laar.base.act import act, action
from laar.base.ids import next_id
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions.series import next_serial
from laar.ledger.models import Account, Book, BudgetLine, Entry, Fund, Posting, Purpose, Rate
from laar.ledger.queries import last_number, may_be_reversed, postings_of, rate_on
from laar.ledger.rules import converted, entry_balances, is_open_on
from laar.registers.models import Place


@dataclass(frozen=True, slots=True)
class Leg:
    """One line of an entry before it is posted: a debit is positive, a credit negative."""

    account: Account
    fund: Fund
    amount: Money
    purpose: Purpose | None = None
    place: Place | None = None
    #: The budget line that a cost is charged to.
    line: BudgetLine | None = None
    #: The amount in the book's currency where it was agreed; else it is converted at the rate of the day.
    in_book: Money | None = None


def debit(
    account: Account,
    fund: Fund,
    amount: Money,
    purpose: Purpose | None = None,
    *,
    place: Place | None = None,
    line: BudgetLine | None = None,
) -> Leg:
    """A debit of a positive amount."""
    return Leg(account, fund, amount, purpose, place, line)


def credit(
    account: Account,
    fund: Fund,
    amount: Money,
    purpose: Purpose | None = None,
    *,
    place: Place | None = None,
    line: BudgetLine | None = None,
) -> Leg:
    """A credit of a positive amount."""
    return Leg(account, fund, -amount, purpose, place, line)


@action("entry.post")
def post_entry(
    book: Book,
    legs: Sequence[Leg],
    *,
    text: Name,
    kind: str = "journal",
    serial: int | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Entry:
    """Post an entry to a book on a day, as a document of a kind with the next number of its series.

    `serial` is the number that a document took when it was prepared, in the year of `on`. What is copied into a
    memorandum book is no document of ours and has no number.
    Amounts in another currency than the book's are converted at the rate of the day, each currency as a whole and then
    shared out by largest remainder, so that the converted lines balance to the coin. Raises Refusal `entry.off_by`,
    `entry.too_short`, `entry.other_book`, `entry.account_currency`, `entry.line_not_cost`, `entry.line_of_other_fund`,
    `budget.cost_outside`, `rate.missing`, `month.closed`; the database refuses the same by itself.
    """
    with act(by, "entry.post", book, on=on, command=command) as step:
        is_open_on(step.subject, on)
        for leg in legs:
            leg_fits(leg, step.subject, on)
        if any(leg.amount for leg in legs):  # said before a rate is looked for
            entry_balances([leg.amount for leg in legs], [])
        in_book, rates = rated(legs, step.subject.currency, on)
        entry_balances([leg.amount for leg in legs], in_book)
        entry = Entry(
            id=next_id(Entry),
            programme_id=book.programme_id,
            book=step.subject,
            number=last_number(step.subject) + 1,
            on=on,
            recorded_on=clock.today(),
            text_en=clean(text.en),
            text_km=clean(text.km),
        )
        _number(entry, kind, serial)
        step.create_many([_posting(entry, place, leg, in_book[place], rates) for place, leg in enumerate(legs)])
        return step.create(entry)


@action("entry.reverse")
def reverse_entry(
    entry: Entry,
    *,
    reason: Name,
    serial: int | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Entry:
    """Undo an entry by its mirror image on another day; both stay. Upper floors may object.

    An entry that stands on a document is undone by an approved reversal of that document, whose number is `serial`.
    """
    with act(by, "entry.reverse", entry, on=on, command=command, seen=seen) as step:
        book = step.lock(entry.book)
        may_be_reversed(step.subject, serial)
        is_open_on(book, on)
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
            recorded_on=clock.today(),
            text_en=clean(reason.en),
            text_km=clean(reason.km),
            reverses=step.subject,
        )
        _number(mirror, "reversal", serial)
        step.create_many([_mirrored(posting, mirror) for posting in postings_of(step.subject)])
        return step.create(mirror)


def leg_fits(leg: Leg, book: Book, on: date | None) -> None:
    """Whether a line may stand in this book: its account, that account's currency, and the budget line it charges,
    on a day of its budget; a reversal (`on` is None) may come after it.
    """
    account, line = leg.account, leg.line
    if account.book_id != book.pk:
        raise Refusal("entry.other_book", account=account.name, book=book.name)
    if account.currency and leg.amount.currency != account.currency:
        raise Refusal(
            "entry.account_currency", account=account.name, wanted=account.currency, currency=leg.amount.currency
        )
    if line is None:
        return
    if account.kind != "expense":
        raise Refusal("entry.line_not_cost", account=account.name)
    budget = line.budget
    if budget.fund_id != leg.fund.pk:
        raise Refusal("entry.line_of_other_fund", line=line.name, wanted=budget.fund.name, fund=leg.fund.name)
    if on is not None and not budget.since <= on < budget.until:
        last = budget.until - timedelta(days=1)
        raise Refusal("budget.cost_outside", on=on, line=line.name, budget=budget.name, since=budget.since, last=last)


def _number(entry: Entry, kind: str, serial: int | None) -> None:
    """Give an entry its number in the series of the programme and the year."""
    if entry.book.is_memorandum:
        return
    entry.kind, entry.year = kind, entry.on.year
    entry.serial = serial or next_serial(entry.programme_id, kind, entry.on.year)


def in_book_of(legs: Sequence[Leg], currency: str, on: date) -> list[Money]:
    """Each leg in the book's currency at the rate of a day. Raises Refusal `rate.missing`, `entry.unbalanced`."""
    return rated(legs, currency, on)[0]


def rated(legs: Sequence[Leg], currency: str, on: date) -> tuple[list[Money], dict[str, Rate]]:
    """Each leg in the book's currency, and the rates that were used."""
    found: dict[int, Money] = {}
    rates: dict[str, Rate] = {}
    sides: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, leg in enumerate(legs):
        if leg.amount.currency == currency:
            found[place] = leg.amount
        elif leg.in_book is not None:
            found[place] = Money(0, currency) + leg.in_book  # refuses a third currency
            if leg.amount and (leg.in_book.units > 0) != (leg.amount.units > 0):
                raise Refusal("entry.unbalanced")
        elif not leg.amount:
            raise Refusal("entry.too_short")
        else:
            sides[leg.amount.currency, leg.amount.units > 0].append(place)
    for (foreign, _), places in sides.items():
        rate = rates.setdefault(foreign, rate_on(currency, foreign, on, _only_fund(legs, foreign)))
        total = sum(legs[place].amount.units for place in places)
        whole = converted(Money(total, foreign), rate.per_unit_of(foreign), currency)
        shares = whole.split([abs(legs[place].amount.units) for place in places])
        found.update(zip(places, shares, strict=True))
    return [found[place] for place in range(len(legs))], rates


def _only_fund(legs: Sequence[Leg], currency: str) -> Fund | None:
    """The fund whose money moves in a currency, where it is one: its contract may name whose rates count."""
    funds = {leg.fund.pk: leg.fund for leg in legs if leg.amount.currency == currency}
    return next(iter(funds.values())) if len(funds) == 1 else None


def _posting(entry: Entry, place: int, leg: Leg, in_book: Money, rates: dict[str, Rate]) -> Posting:
    return Posting(
        programme_id=entry.programme_id,
        entry=entry,
        position=place + 1,
        account=leg.account,
        fund=leg.fund,
        purpose=leg.purpose,
        place=leg.place,
        line=leg.line,
        heading=leg.line.heading if leg.line else None,
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
        place=posting.place,
        line=posting.line,
        heading=posting.heading,
        on=mirror.on,
        currency=posting.currency,
        units=-posting.units,
        in_book=-posting.in_book,
        rate=posting.rate,
    )
