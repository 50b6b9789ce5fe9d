"""Reads of the books, and the figures that are computed from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from laar.base.models import Programme
from laar.kit.figures import Figure, Ratio, Records, Scope, figure, figure_of, measure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Fund, MonthBalance, Posting, Rate


def newest_rates(most: int = 30) -> QuerySet[Rate]:
    """The rates that hold since the latest days."""
    return Rate.objects.order_by("-since", "-id")[:most]


def rate_on(base: str, currency: str, day: date) -> Rate:
    """The newest rate between two currencies that holds on a day, in whichever direction it was entered.

    Raises Refusal `rate.missing`.
    """
    either_way = Q(base=base, currency=currency) | Q(base=currency, currency=base)
    rate = Rate.objects.filter(either_way, since__lte=day).order_by("-since", "-id").first()
    if rate is None:
        raise Refusal("rate.missing", currency=currency, book=base, day=day)
    return rate


def last_number(book: Book) -> int:
    """The number of the last entry of a book; 0 in an empty one. Stable while the book is locked."""
    newest = Entry.objects.filter(book=book).order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def postings_of(entry: Entry) -> QuerySet[Posting]:
    """The lines of an entry."""
    return entry.postings.select_related("account", "fund", "purpose", "rate").order_by("position")


def balance(account: Account, on: date | None = None) -> Money:
    """What an account holds at the end of a day (or now), in the book's currency; debit positive."""
    postings = Posting.objects.filter(account=account)
    if on:
        postings = postings.filter(on__lte=on)
    return Money(postings.aggregate(sum=Sum("in_book"))["sum"] or 0, account.book.currency)


def trial_balance(book: Book) -> list[tuple[Account, Money]]:
    """Every account of a book that moved, with its balance, from the roll-up; the balances add up to zero."""
    moved = MonthBalance.objects.filter(account_id__in=book.accounts.values("id"))
    sums = dict(moved.values_list("account_id").annotate(sum=Sum("in_book")))
    return [
        (account, Money(sums[account.pk], book.currency))
        for account in book.accounts.order_by("code")
        if account.pk in sums
    ]


def grants_of(programme: Programme) -> QuerySet[Fund]:
    """The grants that a programme receives, in the order of their codes."""
    return Fund.objects.filter(programme=programme, kind="grant").select_related("giver").order_by("code")


def booked(programme: Programme) -> QuerySet[Posting]:
    """The postings of the programme's own books, with what a figure needs of them."""
    return (
        Posting.objects.filter(
            programme=programme, account__book__currency=programme.currency, account__book__is_memorandum=False
        )
        .select_related("account", "fund", "purpose", "entry")
        .annotate(received=-F("in_book"), cost=F("in_book"))
        .order_by("on", "entry_id", "position")
    )


@figure(
    "action.cost",
    label=Name(en="Cost of the action", km="ចំណាយនៃសកម្មភាព"),
    rule=Name(
        en="Everything posted on expense accounts of the programme's own book, less what was reversed, "
        "in the currency of the book.",
        km="អ្វីៗទាំងអស់ដែលបានចុះក្នុងគណនីចំណាយនៃបញ្ជីរបស់កម្មវិធី ដកអ្វីដែលបានបញ្ច្រាស គិតជារូបិយប័ណ្ណរបស់បញ្ជី។",
    ),
    by_place=False,
)
def cost(scope: Scope) -> Records:
    spent = booked(scope.programme).filter(account__kind="expense")
    return Records(spent, column="cost", currency=scope.programme.currency)


@figure(
    "action.own_share",
    label=Name(en="Own part of the whole action", km="ចំណែកផ្ទាល់ក្នុងសកម្មភាពទាំងមូល"),
    rule=Name(
        en="Cost of the action in the programme's own book, over what the lead states that the whole action cost.",
        km="ចំណាយនៃសកម្មភាពក្នុងបញ្ជីរបស់កម្មវិធី ធៀបនឹងចំណាយនៃសកម្មភាពទាំងមូលតាមការបញ្ជាក់របស់អង្គការដឹកនាំ។",
    ),
    by_place=False,
)
def own_share(scope: Scope) -> Ratio:
    return Ratio(figure_of("action.cost", scope), figure_of("action.whole", scope), percent=True)


@figure(
    "donor.amount",
    label=Name(en="Amount contributed, by donor", km="ចំនួនទឹកប្រាក់ដែលម្ចាស់ជំនួយបានផ្ដល់"),
    rule=Name(
        en="What was received from the donor: the postings of its fund on income accounts of the programme's own book.",
        km="ប្រាក់ដែលបានទទួលពីម្ចាស់ជំនួយ៖ ការចុះបញ្ជីនៃមូលនិធិរបស់ខ្លួន ក្នុងគណនីចំណូលនៃបញ្ជីរបស់កម្មវិធី។",
    ),
    takes=("fund",),
    by_place=False,
)
def donor_amount(scope: Scope) -> Records:
    received = booked(scope.programme).filter(account__kind="income", fund__kind="grant")
    if scope["fund"]:
        _must_exist(grants_of(scope.programme).filter(code=scope["fund"]))
        received = received.filter(fund__code=scope["fund"])
    return Records(received, column="received", currency=scope.programme.currency)


def books_of(programme: Programme) -> QuerySet[Book]:
    """The books of a programme: its own first, then those in which somebody else's money is copied."""
    return Book.objects.filter(programme=programme).select_related("owner").order_by("is_memorandum", "code")


def book_called(programme: Programme, code: str) -> Book:
    """The book with this code. Raises Refusal `record.not_found`."""
    book = books_of(programme).filter(code=code).first()
    if book is None:
        raise Refusal("record.not_found")
    return book


def balances(book: Book) -> list[tuple[Account, Figure]]:
    """The trial balance of one book: every account with its balance, a debit positive; together they are zero."""
    scope = Scope(book.programme, more={"book": book.code})
    whole = figure_of("books.balance", scope)
    found = [(account, whole.at(account=account.code)) for account in book.accounts.order_by("code")]
    measure(figure for _, figure in found)
    return found


@figure(
    "books.balance",
    label=Name(en="Balance in the books", km="សមតុល្យក្នុងបញ្ជីគណនេយ្យ"),
    rule=Name(
        en="Debits less credits of an account, in the currency of its book; of a whole book they are always zero.",
        km="ឥណពន្ធដកឥណទាននៃគណនី តាមរូបិយប័ណ្ណរបស់បញ្ជី; សម្រាប់បញ្ជីទាំងមូល គឺសូន្យជានិច្ច។",
    ),
    takes=("book", "account"),
    by_place=False,
)
def book_balance(scope: Scope) -> Records:
    book = book_called(scope.programme, scope["book"]) if scope["book"] else None
    postings = Posting.objects.filter(programme=scope.programme)
    if book:
        postings = postings.filter(account__book=book)
    if scope["account"]:
        _must_exist(Account.objects.filter(programme=scope.programme, code=scope["account"]))
        postings = postings.filter(account__code=scope["account"])
    records = postings.select_related("account", "fund", "purpose", "entry").order_by("on", "entry_id", "position")
    return Records(records, column="in_book", currency=scope.programme.currency)


def _must_exist(records: QuerySet[Any]) -> None:
    """A code that nothing has is a typing error, and must not print a false zero. Raises Refusal `record.not_found`."""
    if not records.exists():
        raise Refusal("record.not_found")
