"""Opening books, accounts, funds and purposes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Programme, User
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Fund, Purpose
from laar.ledger.queries.rates import rate_sources
from laar.registers.models import Party


@action("book.open")
def open_book(
    programme: Programme,
    code: str,
    *,
    name: Name,
    owner: Party,
    currency: str,
    rate_source: str = "",
    by: User,
    on: date,
    is_memorandum: bool = False,
    command: UUID | None = None,
) -> Book:
    """Open a book for a body; a memorandum book copies somebody else's money from papers.

    Entries may be in any currency; the book is kept in the programme's, so that figures add up one column of all books.
    `rate_source` is whose rates convert them; empty: the newest of any.
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
                rate_source=clean(rate_source),
                is_memorandum=is_memorandum,
            )
        )


@action("book.rate")
def rate_book(
    book: Book, *, rate_source: str = "", by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Book:
    """Say with whose rates a book is kept from now on; what was posted stays as it was converted.

    Raises Refusal `rate.source_unknown`.
    """
    with act(by, "book.rate", book, on=on, command=command, seen=seen) as step:
        book = step.subject
        book.rate_source = clean(rate_source)
        if book.rate_source and book.rate_source not in (known := rate_sources()):
            raise Refusal("rate.source_unknown", source=book.rate_source, known=", ".join(known) or "–")
        step.save(book)
        return book


@action("account.open")
def open_account(
    book: Book,
    code: str,
    *,
    name: Name,
    kind: str,
    use: str = "",
    currency: str = "",
    holder: Party | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Account:
    """Open an account in a book.

    `use` says what is special about it; `currency` is the only one in which it is kept, where there is one (a bank
    account, a cash box); `holder` keeps it. Raises Refusal `money.unknown_currency`.
    """
    if currency:
        decimals_of(currency)
    with act(by, "account.open", book, on=on, command=command) as step:
        return step.create(
            Account(
                programme_id=book.programme_id,
                book=step.subject,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                kind=kind,
                use=use,
                currency=currency,
                holder=holder,
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
    currency: str = "",
    rate_policy: str = "transaction",
    rate_source: str = "",
    cost_on: str = "liquidation",
    donor_share: int | None = None,
    since: date | None = None,
    until: date | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Fund:
    """Open a fund: whose money it is, and what its contract says.

    `currency`, `rate_policy` and `rate_source` say how its reports convert; `cost_on` when an advance becomes a cost;
    `donor_share` is the part of the eligible cost that the donor pays, in 1/100 %. `until` is the day after its last.
    """
    if currency:
        decimals_of(currency)
    with act(by, "fund.open", programme, on=on, command=command) as step:
        return step.create(
            Fund(
                programme=programme,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                kind=kind,
                giver=giver,
                currency=currency,
                rate_policy=rate_policy,
                rate_source=clean(rate_source),
                cost_on=cost_on,
                donor_share=donor_share,
                since=since,
                until=until,
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
