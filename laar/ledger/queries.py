"""Reads of the books, and the figures that are computed from them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from laar.base.models import Programme
from laar.kit.figures import Records, Scope, figure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, Book, Entry, Fund, MonthBalance, Posting, Rate


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
        received = received.filter(fund__code=scope["fund"])
    return Records(received, column="received", currency=scope.programme.currency)
