"""Posting and reversing entries: the only two ways in which the books grow.

What may be posted directly, by `post_entry` alone? What moves no money of ours: a line on a bank account, a cash box
or an account for advances of one of our own books is refused, because money goes in and out by a document
(`documents.py`), which one prepares, another approves and a third pays, or by a step above that has its own persons
(a tranche, a refund, the bank's charge on a statement that somebody else signs off). A memorandum book copies what
others did, so anything may be copied into it. An opening balance is a document too: a receipt, with the bank's
statement as its paper. The journal of another program comes in by `import_journal`, the file beside it. Only what was
decided elsewhere long ago, and is retold here (the demonstration), is posted inside `decided_elsewhere()`.

`written` and `mirrored` are the inner steps. They take the open `Step` of the action that calls them, so only an action
can call them, and that action has judged who does it and whether it may be. They alone take the number that a document
took when it was prepared: nobody posts under the number of a document but `post_document`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from laar.base import clock
from laar.base.act import Step, act, action
from laar.base.ids import next_id
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name, clean, gives_reason
from laar.kit.refusals import Refusal
from laar.ledger.actions.lines import Leg
from laar.ledger.actions.series import next_serial
from laar.ledger.actions.worth import rests
from laar.ledger.models import Book, Document, Entry, Posting, Rate
from laar.ledger.queries import has_no_document, last_number, postings_of, rate_on, undone_by_another
from laar.ledger.rules import converted, entry_balances, is_open_on, moves_no_money

_elsewhere: ContextVar[bool] = ContextVar("decided_elsewhere", default=False)


@contextmanager
def decided_elsewhere() -> Iterator[None]:
    """What is posted here was prepared, approved and paid before there was this book: it is only retold.

    For the demonstration, and for tests of what comes after. No door opens it.
    """
    token = _elsewhere.set(True)
    try:
        yield
    finally:
        _elsewhere.reset(token)


@action("entry.post")
def post_entry(
    book: Book,
    legs: Sequence[Leg],
    *,
    text: Name,
    kind: str = "journal",
    by: User,
    on: date,
    command: UUID | None = None,
) -> Entry:
    """Post an entry to a book on a day, as a document of a kind with the next number of its series.

    What is copied into a memorandum book is no document of ours and has no number.
    Amounts in another currency than the book's are converted at the rate of the day, each currency as a whole and then
    shared out by largest remainder, so that the converted lines balance to the coin. Raises Refusal
    `entry.needs_document`, `advance.which`, `entry.off_by`, `entry.too_short`, `entry.other_book`, `entry.account_currency`,
    `entry.line_not_cost`, `entry.line_of_other_fund`, `budget.cost_outside`, `rate.missing`, `month.closed`;
    the database refuses most of the same by itself.
    """
    with act(by, "entry.post", book, on=on, command=command) as step:
        entry = written(step, step.subject, legs, text=text, kind=kind)
        if step.is_by_itself and (said := next((leg for leg in legs if leg.in_book is not None), None)):
            raise Refusal("entry.worth_said", account=said.account.name)  # a currency is revalued by its own verb
        if step.is_by_itself and not step.subject.is_memorandum and not _elsewhere.get():
            moves_no_money(leg.account for leg in legs if leg.amount)  # a currency that is revalued moves none
        return step.result(entry)


@action("entry.reverse")
def reverse_entry(
    entry: Entry,
    *,
    reason: Name,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Entry:
    """Undo an entry by its mirror image on another day; both stay. Upper floors may object.

    An entry that stands on a document is undone by a reversal of that document, which somebody else approves; any other
    that moves money by another person than who posted it. Raises Refusal `entry.has_document`, `entry.reason_missing`,
    `access.same_person`, `entry.reversed_already`, `entry.before_its_cause`, `month.closed`.
    """
    with act(by, "entry.reverse", entry, on=on, command=command, seen=seen) as step:
        entry, book = step.subject, step.lock(entry.book)
        has_no_document(entry)
        if not gives_reason(reason):
            raise Refusal("entry.reason_missing", entry=entry.name)
        if step.is_by_itself and not book.is_memorandum and not _elsewhere.get():
            undone_by_another(entry, by)
        return step.result(mirrored(step, entry, book, text=reason))


def written(
    step: Step[Any],
    book: Book,
    legs: Sequence[Leg],
    *,
    text: Name,
    kind: str,
    serial: int | None = None,
    settles: Document | None = None,
) -> Entry:
    """Write an entry into a locked book, on the day of the step: the inner step of everything that posts.

    `serial` is the number that a document took when it was prepared, in the year of that day; `settles` the advance that
    it accounts for. What the last of a currency leaves behind is booked as a gain or a loss (`rests`).
    """
    is_open_on(book, step.on)
    for leg in legs:
        leg_fits(leg, book, step.on)
    if any(leg.amount for leg in legs):  # said before a rate is looked for
        entry_balances([leg.amount for leg in legs], [])
    in_book, rates = rated(legs, book.currency, step.on, book.rate_source)
    entry_balances([leg.amount for leg in legs], in_book)
    _worth_is_of_the_day(legs, is_agreed=kind == "exchange" and serial is not None)
    if any(leg.amount for leg in legs):  # a revaluation says itself what it is worth
        for rest in rests(step, book, legs, in_book, settles):
            legs, in_book = [*legs, rest], [*in_book, rest.in_book or Money(0, book.currency)]
    entry = _entry(step, book, text)
    _number(entry, kind, serial)
    step.create_many([_posting(entry, place, leg, in_book[place], rates) for place, leg in enumerate(legs)])
    return step.add(entry)


def mirrored(
    step: Step[Any],
    entry: Entry,
    book: Book,
    *,
    text: Name,
    serial: int | None = None,
    settles: Document | None = None,
) -> Entry:
    """Write the mirror image of an entry into its locked book, on the day of the step: the inner step of a reversal.

    Money goes back at the rate at which it came. Where that is the last of a currency, or of the advance `settles`, what
    a revaluation made of it meanwhile goes with it, as in `written`.
    """
    is_open_on(book, step.on)
    if step.on < entry.on:
        raise Refusal("entry.before_its_cause", on=step.on, entry=entry.on)
    if Entry.objects.filter(reverses=entry).exists():
        raise Refusal("entry.reversed_already")
    mirror = _entry(step, book, text)
    mirror.reverses = entry
    _number(mirror, "reversal", serial)
    undone = [_mirrored(posting, mirror) for posting in postings_of(entry)]
    legs = [_leg_of(posting, book) for posting in undone]
    left = rests(step, book, legs, [Money(posting.in_book, book.currency) for posting in undone], settles)
    for place, rest in enumerate(left, start=len(undone)):
        undone.append(_posting(mirror, place, rest, rest.in_book or Money(0, book.currency), {}))
    step.create_many(undone)
    return step.add(mirror)


def _leg_of(posting: Posting, book: Book) -> Leg:
    """What a posting does, as a line."""
    return Leg(
        posting.account,
        posting.fund,
        posting.amount,
        posting.purpose,
        posting.place,
        posting.line,
        Money(posting.in_book, book.currency),
    )


def _entry(step: Step[Any], book: Book, text: Name) -> Entry:
    return Entry(
        id=next_id(Entry),
        programme_id=book.programme_id,
        book=book,
        number=last_number(book) + 1,
        on=step.on,
        recorded_on=clock.today(),
        text_en=clean(text.en),
        text_km=clean(text.km),
    )


def leg_fits(leg: Leg, book: Book, on: date | None) -> None:
    """Whether a line may stand in this book: its account, that account's currency, and the budget line it charges,
    on a day of its budget and of its grant; a reversal (`on` is None), and money that comes back, may come after it.
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
    if on is not None and not (budget.since <= on and (on < budget.until or leg.amount.units < 0)):
        last = budget.until - timedelta(days=1)
        raise Refusal("budget.cost_outside", on=on, line=line.name, budget=budget.name, since=budget.since, last=last)


def _number(entry: Entry, kind: str, serial: int | None) -> None:
    """Give an entry its number in the series of the programme and the year."""
    if entry.book.is_memorandum:
        return
    entry.kind, entry.year = kind, entry.on.year
    entry.serial = serial or next_serial(entry.programme_id, kind, entry.on.year)


def in_book_of(legs: Sequence[Leg], book: Book, on: date) -> list[Money]:
    """Each leg in the book's currency at the rate of a day. Raises Refusal `rate.missing`, `entry.unbalanced`."""
    return rated(legs, book.currency, on, book.rate_source)[0]


def rated(legs: Sequence[Leg], currency: str, on: date, source: str) -> tuple[list[Money], dict[str, Rate]]:
    """Each leg in the book's currency, and the rates that were used: those that the book is kept with (`source`)."""
    found: dict[int, Money] = {}
    rates: dict[str, Rate] = {}
    sides: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, leg in enumerate(legs):
        if leg.amount.currency == currency:
            found[place] = leg.amount
        elif leg.in_book is not None:
            found[place] = Money(0, currency) + leg.in_book  # refuses a third currency
            if leg.in_book.units * leg.amount.units < 0:  # three riel are worth nothing, and never less
                raise Refusal("entry.unbalanced")
        elif not leg.amount:
            raise Refusal("entry.too_short")
        else:
            sides[leg.amount.currency, leg.amount.units > 0].append(place)
    for (foreign, _), places in sides.items():
        rate = rates.setdefault(foreign, rate_on(currency, foreign, on, source))
        total = sum(legs[place].amount.units for place in places)
        whole = converted(Money(total, foreign), rate.per_unit_of(foreign), currency)
        shares = whole.split([abs(legs[place].amount.units) for place in places])
        found.update(zip(places, shares, strict=True))
    return [found[place] for place in range(len(legs))], rates


def _worth_is_of_the_day(legs: Sequence[Leg], *, is_agreed: bool) -> None:
    """What money is worth in the book nobody writes down: but for what was agreed it is the rate of the day."""
    said = next((leg for leg in legs if leg.in_book is not None and leg.amount), None)
    if said and not is_agreed:
        raise Refusal("entry.worth_said", account=said.account.name)


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
