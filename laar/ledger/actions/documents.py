"""Documents on their way into the books: one prepares, another approves, a third pays and posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from laar.base.act import Step, act, action
from laar.base.models import Evidence, User
from laar.base.objectors import objectors_to
from laar.base.queries import papers_of
from laar.kit.money import Money
from laar.kit.names import Name, clean, listed
from laar.kit.refusals import Refusal
from laar.ledger.actions.entries import in_book_of, leg_fits, mirrored, written
from laar.ledger.actions.legs import exchanged_on
from laar.ledger.actions.lines import Leg
from laar.ledger.actions.series import next_serial
from laar.ledger.models import Book, Document, DocumentLine, Entry
from laar.ledger.queries import (
    balance_in,
    enough_for_two,
    lines_of,
    not_accounted_for,
    over_a_part,
    settled,
    twin_of,
    worth,
)
from laar.ledger.queries.entries import is_undone
from laar.ledger.rules import (
    DOCUMENT,
    DOCUMENT_PAPERS,
    advances_are_named,
    entry_balances,
    fits_its_kind,
    is_due_later,
    is_open_on,
    money_goes_its_way,
    stands_to_reason,
)
from laar.registers.models import Party


@action("document.prepare")
def prepare_document(
    book: Book,
    kind: str,
    lines: Sequence[Leg],
    *,
    text: Name,
    payee: Party | None = None,
    payee_text: str = "",
    due_on: date | None = None,
    settles: Document | None = None,
    reverses: Document | None = None,
    basis: str = "",
    papers: Mapping[str, Evidence] | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Document:
    """Prepare a document: it takes its number, and is judged as if it were posted today.

    `settles` is the advance that a liquidation or a repayment accounts for; `reverses` the document that a reversal
    undoes, whose lines it takes. Raises the refusals of `post_entry`, `document.*` and `advance.*`.
    """
    with act(by, "document.prepare", book, on=on, command=command) as step:
        book = step.subject  # its lock keeps the series, and what is settled of an advance, together
        if book.is_memorandum:
            raise Refusal("document.memorandum", book=book.name)
        is_open_on(book, on)
        if kind == "reversal" or reverses:
            lines = _mirror_of(reverses, book, kind)
        elif kind == "exchange":
            lines = exchanged_on(lines, on)
        elif said := next((leg for leg in lines if leg.in_book is not None), None):
            raise Refusal("entry.worth_said", account=said.account.name)
        for leg in lines:
            leg_fits(leg, book, None if kind == "reversal" or reverses else on)
        entry_balances([leg.amount for leg in lines], in_book_of(lines, book, on))
        name = clean(payee_text) or (payee.name.en if payee else "")
        accounts = [leg.account for leg in lines]
        fits_its_kind(kind, accounts, payee=name, due_on=due_on, basis=clean(basis), settles=settles)
        if not reverses:
            is_due_later(on, due_on)
            stands_to_reason(kind, lines, on)
            money_goes_its_way(kind, [(leg.account, leg.amount) for leg in lines])
            advances_are_named(kind, [(leg.account, leg.amount.units) for leg in lines], settles=settles)
        document = step.create(
            Document(
                programme_id=book.programme_id,
                book=book,
                kind=kind,
                year=on.year,
                serial=next_serial(book.programme_id, kind, on.year),
                on=on,
                payee=payee,
                payee_text=clean(payee_text),
                text_en=clean(text.en),
                text_km=clean(text.km),
                due_on=due_on,
                settles=settles,
                reverses=reverses,
                basis=clean(basis),
                prepared_by=by,
            )
        )
        step.create_many([_line(document, place, leg) for place, leg in enumerate(lines, 1)])
        if settles:
            _within_its_advance(settles, document, lines)
        for role, paper in (papers or {}).items():
            step.attach(document, paper, role)
    return document


@action("document.prove")
def prove_document(
    document: Document, *, paper: Evidence, role: str, by: User, on: date, command: UUID | None = None
) -> Document:
    """Add the paper that a prepared document stands on; `role` is one of `DOCUMENT_PAPERS`.

    Raises Refusal `value.unknown`, `document.papers_final`, `evidence.already_attached`.
    """
    if role not in DOCUMENT_PAPERS:
        raise Refusal("value.unknown", value=role, column=document.name, known=listed(DOCUMENT_PAPERS.values()))
    with act(by, "document.prove", document, on=on, command=command) as step:
        document = step.subject
        if document.state != DOCUMENT.initial:
            raise Refusal("document.papers_final", document=document.name)
        step.attach(document, paper, role)
        return step.result(document)


@action("document.approve")
def approve_document(
    document: Document,
    *,
    why: Name | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Document:
    """Approve a document that somebody else has prepared, with its paper beside it.

    `why` explains a bill or a list that stands beside another document, too, or by which a commune paid. Raises Refusal
    `access.same_person`, `document.paper_missing`, `document.paper_twice`.
    """
    with act(by, "document.approve", document, on=on, command=command, seen=seen) as step:
        document = step.subject
        twin = twin_of(document)
        DOCUMENT.move(document, "approve", by=by, papers=papers_of(document), twin=twin, why=why)
        if why:
            document.why_en, document.why_km = clean(why.en), clean(why.km)
        for objector in objectors_to("document.paper"):  # asked when it is known what the approver says about it
            objector(document)
        document.approved_by = by
        step.save(document)
    return document


@action("document.post")
def post_document(
    document: Document, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Document:
    """Pay an approved document and post it, with its own number; never by who approved it.

    Whoever prepared it pays it only up to the limit `two_persons`. Raises `document.day`, `document.three_persons`,
    `advance.too_much` and the refusals of `post_entry`.
    """
    with act(by, "document.post", document, on=on, command=command, seen=seen) as step:
        document = step.subject
        _same_year_not_before(document, on)
        DOCUMENT.move(document, "post", by=by, amount=worth(document), most=enough_for_two(document, on))
        if document.settles:
            step.lock(document.settles)  # two that account for one advance come one after the other
        document.entry = _posted(step, document)
        _no_box_is_overdrawn(document)
        if document.settles and not document.reverses:
            _within_its_advance(document.settles, document, ())
        document.paid_by = by
        step.save(document)
        return step.result(document)


@action("document.void")
def void_document(
    document: Document, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Document:
    """Make a document void that is not posted; it keeps its number. Raises Refusal `document.reason_missing`."""
    with act(by, "document.void", document, on=on, command=command, seen=seen) as step:
        document = step.subject
        DOCUMENT.move(document, "void", reason=reason)
        document.reason_en, document.reason_km = clean(reason.en), clean(reason.km)
        step.save(document)
    return document


def legs_of(document: Document) -> list[Leg]:
    """The lines of a document as they are posted."""
    book = document.book.currency
    return [
        Leg(
            line.account,
            line.fund,
            line.amount,
            line.purpose,
            line.place,
            line.line,
            None if line.in_book is None else Money(line.in_book, book),
        )
        for line in lines_of(document)
    ]


def _posted(step: Step[Document], document: Document) -> Entry:
    """The entry of a document, under its own number. An upper floor may object to a reversal."""
    book, text = step.lock(document.book), Name(en=document.text_en, km=document.text_km)
    if document.reverses and document.reverses.entry:
        undone = document.reverses.entry
        for objector in objectors_to("entry.reverse"):
            objector(undone)
        not_accounted_for(document.reverses)
        return mirrored(step, undone, book, text=text, serial=document.serial, settles=_taken_from(document.reverses))
    legs = exchanged_on(legs_of(document), step.on) if document.kind == "exchange" else legs_of(document)
    return written(step, book, legs, text=text, kind=document.kind, serial=document.serial, settles=document.settles)


def _taken_from(document: Document) -> Document | None:
    """The advance of which a reversal may take the last: the one that is undone, or whose liquidation is done again."""
    while document.reverses:
        document = document.reverses
    return document if document.kind == "advance" else document.settles


def _no_box_is_overdrawn(document: Document) -> None:
    """Nobody pays notes out of a box that it does not hold; the book is locked. Raises Refusal `cash.not_enough`."""
    for line in document.lines.select_related("account"):
        left = Money(0, line.currency)
        if line.account.use == "cash" and line.units < 0:
            left = balance_in(line.account_id, line.currency)
        if left.units < 0:
            raise Refusal("cash.not_enough", account=line.account.name, held=left - line.amount, asked=-line.amount)


def _line(document: Document, place: int, leg: Leg) -> DocumentLine:
    return DocumentLine(
        programme_id=document.programme_id,
        document=document,
        position=place,
        account=leg.account,
        fund=leg.fund,
        purpose=leg.purpose,
        place=leg.place,
        line=leg.line,
        currency=leg.amount.currency,
        units=leg.amount.units,
        in_book=None if leg.in_book is None else leg.in_book.units,
    )


def _mirror_of(reverses: Document | None, book: Book, kind: str) -> list[Leg]:
    """The lines of the document that a reversal undoes, with their sides changed; those without a coin follow them."""
    waits = reverses and reverses.reversed_by.exclude(state="void").exists()
    if kind != "reversal" or reverses is None or reverses.entry is None or reverses.book_id != book.pk or waits:
        raise Refusal("document.reverses_missing")
    not_accounted_for(reverses)
    return [
        Leg(
            posting.account,
            posting.fund,
            -posting.amount,
            posting.purpose,
            posting.place,
            posting.line,
            Money(-posting.in_book, book.currency),
        )
        for posting in reverses.entry.postings.exclude(units=0)
        .select_related("account", "fund", "purpose", "place", "line__budget__fund")
        .order_by("position")
    ]


def _same_year_not_before(document: Document, on: date) -> None:
    """Its number is of the year in which it was prepared. Raises Refusal `document.day`."""
    if on < document.on or on.year != document.year:
        raise Refusal("document.day", document=document.name, prepared=document.on)


def _within_its_advance(advance: Document, document: Document, lines: Sequence[Leg]) -> None:
    """What accounts for an advance never comes to more than it, with everything that waits. Raises `advance.*`."""
    undone = is_undone(advance.entry_id)
    if advance.kind != "advance" or advance.state != "posted" or advance.book_id != document.book_id or undone:
        raise Refusal("document.settles_missing")
    stands, given = settled(advance), {(line.account_id, line.fund_id) for line in lines_of(advance) if line.units > 0}
    for leg in lines:
        if leg.account.use != "advance":
            continue
        if (leg.account.pk, leg.fund.pk) not in given:
            raise Refusal("advance.other", advance=advance.name, account=leg.account.name, fund=leg.fund.name)
        if leg.amount.currency != stands.given.currency:
            raise Refusal(
                "advance.currency", advance=advance.name, wanted=stands.given.currency, currency=leg.amount.currency
            )
    together = stands.posted + stands.waiting
    if together > stands.given:
        raise Refusal("advance.too_much", advance=advance.name, paid=stands.given, sum=together)
    for of in over_a_part(advance):
        raise Refusal("advance.other", advance=advance.name, account=of.account.name, fund=of.fund.name)
