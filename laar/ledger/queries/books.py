"""Books, their accounts, and the funds of a programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet, Sum

from laar.base.models import Programme
from laar.kit.figures import Figure, Scope
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, AccountMonth, Book, DocumentLine, Entry, Fund, Heading
from laar.ledger.queries.told import told


def trial_balance(book: Book) -> list[tuple[Account, Money]]:
    """Every account of a book that moved, with its balance, from the roll-up; the balances add up to zero."""
    moved = AccountMonth.objects.filter(programme_id=book.programme_id, account_id__in=book.accounts.values("id"))
    sums = dict(moved.values_list("account_id").annotate(sum=Sum("in_book")))
    return [
        (account, Money(sums[account.pk], book.currency))
        for account in book.accounts.order_by("code")
        if account.pk in sums
    ]


def grants_of(programme: Programme) -> QuerySet[Fund]:
    """The grants that a programme receives, in the order of their codes."""
    return Fund.objects.filter(programme=programme, kind="grant").select_related("giver").order_by("code")


def books_of(programme: Programme) -> QuerySet[Book]:
    """The books of a programme: its own first, then those in which somebody else's money is copied."""
    return Book.objects.filter(programme=programme).select_related("owner").order_by("is_memorandum", "code")


def book_called(programme: Programme, code: str) -> Book:
    """The book with this code. Raises Refusal `record.not_found`."""
    book = books_of(programme).filter(code=code).first()
    if book is None:
        raise Refusal("record.not_found")
    return book


@dataclass(frozen=True, slots=True)
class Standing:
    """A book on one line: that its debits and credits are equal, and the day of its newest entry."""

    book: Book
    balance: Figure
    last: date | None
    entries: int

    @property
    def is_balanced(self) -> bool:
        """Whether its trial balance is zero."""
        return int(self.balance.value) == 0


def standing_of(programme: Programme, books: Sequence[Book]) -> list[Standing]:
    """How each of some books stands, from the roll-up: the same few questions for one and for a thousand."""
    lies_in = dict(Account.objects.filter(book__in=books).values_list("id", "book_id"))
    sums: dict[int, int] = defaultdict(int)
    moved = AccountMonth.objects.filter(programme_id=programme.pk).values_list("account_id").annotate(Sum("in_book"))
    for account, units in moved:
        if account in lies_in:
            sums[lies_in[account]] += units
    newest = Entry.objects.filter(book__in=books).order_by().values_list("book_id").annotate(Max("on"), Max("number"))
    last = {book: (on, number) for book, on, number in newest}
    return [
        Standing(
            book,
            told("books.balance", Scope(programme, more={"book": book.code}), sums[book.pk], book.currency),
            *last.get(book.pk, (None, 0)),
        )
        for book in books
    ]


def account_in(book: Book, code: str) -> Account:
    """The account of a book with this code. Raises Refusal `record.not_found`."""
    account = book.accounts.filter(code=code).first()
    if account is None:
        raise Refusal("record.not_found")
    return account


def heading_called(programme: Programme, name: str) -> Heading:
    """The budget heading that is called `chart:code`. Raises Refusal `record.not_found`."""
    chart, _, code = name.partition(":")
    heading = Heading.objects.filter(programme=programme, chart=chart, code=code).first()
    if heading is None:
        raise Refusal("record.not_found")
    return heading


def has_documents(account: Account) -> bool:
    """Whether a line of a document stands on an account."""
    return DocumentLine.objects.filter(account=account).exists()


def is_looked_at(account: Account) -> bool:
    """Whether an account was counted, or has a statement of the bank."""
    return account.counts.exists() or account.statements.exists()


def foreign_to(account: Account, currency: str) -> str:
    """A currency of the postings of an account other than this one; empty where there is none."""
    others = AccountMonth.objects.filter(account_id=account.pk).exclude(currency=currency).exclude(postings=0)
    return others.values_list("currency", flat=True).first() or ""
