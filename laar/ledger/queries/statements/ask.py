"""From what stands in an address to what a statement is asked for; what can't be read is refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.base.queries import day_in
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Fund, PlaceYear
from laar.ledger.queries.figures import day_of
from laar.ledger.queries.statements.accounts import coded
from laar.ledger.queries.statements.statement import Asked, Kind
from laar.registers.models import Place

T = TypeVar("T")

#: How many entries were on the pages before, as an address writes it.
FEW_DIGITS = re.compile(r"[0-9]{1,9}")

#: A field of the form: its code, and what can be chosen; nothing where it is a day.
Choices = dict[str, list[tuple[str, Name]]]


def ask(kind: Kind, programme: Programme, books: Sequence[Book], given: Mapping[str, str], *, most: int = 500) -> Asked:
    """What a statement is asked for. What is needed and was not chosen is the first there is.

    Raises Refusal `record.not_found` for what there is not, `statement.day` for what is no day.
    """
    asked = {name: given.get(name, "").strip() for name in kind.takes}
    days = {name: _day(asked[name]) for name in ("since", "day", "known") if asked.get(name)}
    since = days.get("since")
    if since is None and kind.begins and "since" not in given:
        until = days.get("day") or _last_day(books) or day_in(programme)
        since = date(until.year, until.month if kind.begins == "month" else 1, 1)
    return Asked(
        programme=programme,
        books=tuple(books),
        book=_book(kind, books, asked.get("book", "")),
        account=_account(kind, books, asked.get("account", "")),
        fund=_fund(kind, programme, asked.get("fund", "")),
        place=_place(kind, programme, asked.get("place", "")),
        since=since,
        day=days.get("day"),
        known=days.get("known"),
        most=most,
        skip=_skip(given.get("from", "")),
    )


def _skip(text: str) -> int:
    return int(text) if FEW_DIGITS.fullmatch(text) else 0


def _last_day(books: Sequence[Book]) -> date | None:
    """The day of the newest entry: a statement of a programme that is over begins where there is something to see."""
    newest = Entry.objects.filter(book__in=[book for book in books if not book.is_memorandum] or list(books))
    return newest.order_by("-on").values_list("on", flat=True).first()


def choices_of(kind: Kind, programme: Programme, books: Sequence[Book]) -> Choices:
    """What can be chosen in the fields of a statement that are no days."""
    found: Choices = {}
    if "book" in kind.takes:
        found["book"] = [(book.code, coded(book)) for book in books]
    if "account" in kind.takes:
        accounts = _accounts(books)
        found["account"] = [(f"{one.book.code}:{one.code}", _in_its_book(one, len(books) > 1)) for one in accounts]
    if "fund" in kind.takes:
        found["fund"] = [(one.code, coded(one)) for one in _funds(programme)]
    if "place" in kind.takes:
        found["place"] = [(one.code, coded(one)) for one in _places(programme)]
    return found


def _in_its_book(account: Account, tells: bool) -> Name:
    name = coded(account)
    return Name(en=f"{account.book.code}: {name.en}", km=f"{account.book.code}: {name.km}") if tells else name


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise Refusal("statement.day", text=text)
    return day


def _book(kind: Kind, books: Sequence[Book], code: str) -> Book | None:
    if not code:
        if "book" in kind.needs and not books:
            raise Refusal("record.not_found")
        return books[0] if "book" in kind.needs else None
    return _found(one for one in books if one.code == code)


def _account(kind: Kind, books: Sequence[Book], code: str) -> Account | None:
    if "account" not in kind.takes or not (code or "account" in kind.needs):
        return None
    accounts = _accounts(books)
    if not code:
        return _found(accounts)
    book, _, own = code.rpartition(":")
    found = accounts.filter(code=own)
    return _found(found.filter(book__code=book) if book else found)


def _accounts(books: Sequence[Book]) -> QuerySet[Account]:
    accounts = Account.objects.filter(book__in=books).select_related("book")
    return accounts.order_by("book__is_memorandum", "book__code", "code")


def _funds(programme: Programme) -> QuerySet[Fund]:
    return Fund.objects.filter(programme=programme).order_by("kind", "code")


def _fund(kind: Kind, programme: Programme, code: str) -> Fund | None:
    if code:
        return _found(_funds(programme).filter(code=code))
    if "fund" not in kind.needs:
        return None
    return _funds(programme).filter(kind="grant").first() or _found(_funds(programme))


def _places(programme: Programme) -> QuerySet[Place]:
    """The places that the money of a programme names."""
    named = PlaceYear.objects.filter(programme_id=programme.pk).values("place_id")
    return Place.objects.filter(pk__in=named).order_by("code")


def _place(kind: Kind, programme: Programme, code: str) -> Place | None:
    if not ("place" in kind.takes and (code or "place" in kind.needs)):
        return None
    if code:
        return _found(Place.objects.filter(code=code))
    return _found(_places(programme))


def _found(records: Iterable[T]) -> T:
    """The first of some. Raises Refusal `record.not_found`."""
    for record in records:
        return record
    raise Refusal("record.not_found")
