"""The figures of the books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from laar.kit.figures import Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, AccountMonth, BudgetLine, Entry, Fund, Posting, Purpose
from laar.ledger.queries.books import book_called, grants_of
from laar.ledger.queries.entries import booked
from laar.ledger.queries.sums import as_known, moved_up_to, on_or_before
from laar.ledger.rules import ACCOUNT_KINDS, ACCOUNT_USES, MONEY_USES, NO_INSTALMENT
from laar.registers.models import Place


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
        en="What was received from the donor: the postings of its fund on income accounts of the programme's own book, without "
        "interest and exchange gains.",
        km="ប្រាក់ដែលបានទទួលពីម្ចាស់ជំនួយ៖ ការចុះបញ្ជីនៃមូលនិធិរបស់ខ្លួន ក្នុងគណនីចំណូលនៃបញ្ជីរបស់កម្មវិធី ដោយគ្មានការប្រាក់ និងចំណេញពីការប្ដូរប្រាក់។",
    ),
    takes=("fund",),
    by_place=False,
)
def donor_amount(scope: Scope) -> Records:
    received = booked(scope.programme).filter(account__kind="income", fund__kind="grant")
    received = received.exclude(account__use__in=NO_INSTALMENT)
    if scope["fund"]:
        _must_exist(grants_of(scope.programme).filter(code=scope["fund"]))
        received = received.filter(fund__code=scope["fund"])
    return Records(received, column="received", currency=scope.programme.currency)


class _Days:
    """Every day, as an address writes it: `2008-03-31`."""

    def __contains__(self, text: object) -> bool:
        return day_of(str(text)) is not None

    def __iter__(self) -> Iterator[str]:
        """An example, for who shows what can be asked."""
        yield "2008-03-31"


def day_of(text: str) -> date | None:
    """The day that an address writes; None where it writes none."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: What of the postings is added up, where it is not debits less credits.
SHOWN = {
    "debits": Name(en="debits only", km="តែឥណពន្ធ"),
    "credits": Name(en="credits only", km="តែឥណទាន"),
    "owed": Name(en="credits less debits", km="ឥណទានដកឥណពន្ធ"),
}
#: Whose books.
WHOSE = {"own": False, "memorandum": True}


@figure(
    "books.balance",
    label=Name(en="Balance in the books", km="សមតុល្យក្នុងបញ្ជីគណនេយ្យ"),
    rule=Name(
        en="Debits less credits of the postings that are asked for, in the currency of the book, or in the one that is "
        "named; up to the end of a day, and of what had been written down by a day, where these are named. Of a whole "
        "book they are always zero.",
        km="ឥណពន្ធដកឥណទាននៃបន្ទាត់ដែលបានសួរ តាមរូបិយប័ណ្ណរបស់បញ្ជី ឬតាមរូបិយប័ណ្ណដែលបានបញ្ជាក់ រហូតដល់ចុងថ្ងៃ និងតាមអ្វីដែលបានកត់ត្រា"
        "ត្រឹមថ្ងៃដែលបានបញ្ជាក់; សម្រាប់បញ្ជីទាំងមូល គឺសូន្យជានិច្ច។",
    ),
    takes=(
        "book",
        "books",
        "account",
        "kind",
        "use",
        "fund",
        "purpose",
        "line",
        "since",
        "day",
        "known",
        "entry",
        "currency",
        "kept_in",
        "commune",
        "show",
    ),
    only={
        "books": WHOSE,
        "kind": {**ACCOUNT_KINDS, "result": ""},
        "use": {**ACCOUNT_USES, "money": ""},
        "since": _Days(),
        "day": _Days(),
        "known": _Days(),
        "currency": DECIMALS,
        "kept_in": DECIMALS,
        "show": SHOWN,
    },
    by_place=False,  # what a place has of a book is no part of what the book has: that is always zero
)
def book_balance(scope: Scope) -> Records:
    currency = scope["currency"] or scope.programme.currency
    column = "units" if scope["currency"] else "in_book"
    postings = _asked_for(scope)
    if scope["currency"] or scope["kept_in"]:
        postings = postings.filter(currency=scope["kept_in"] or currency)
    if scope["show"] == "debits":
        postings = postings.filter(**{f"{column}__gt": 0})
    elif scope["show"] == "credits":
        postings = postings.filter(**{f"{column}__lt": 0})
    if scope["show"] in ("credits", "owed"):
        postings, column = postings.annotate(credited=-F(column)), "credited"
    records = postings.select_related("account", "fund", "purpose", "entry").order_by("on", "entry_id", "position")
    return Records(records, column=column, currency=currency)


def _asked_for(scope: Scope) -> QuerySet[Posting]:
    """The postings that a scope names. Raises Refusal `record.not_found` for a code that nothing has."""
    programme, postings = scope.programme, Posting.objects.filter(programme=scope.programme)
    if scope["book"]:
        postings = postings.filter(account__book=book_called(programme, scope["book"]))
    if scope["books"]:
        postings = postings.filter(account__book__is_memorandum=WHOSE[scope["books"]])
    if scope["account"]:
        _must_exist(Account.objects.filter(programme=programme, code=scope["account"]))
        postings = postings.filter(account__code=scope["account"])
    for name, model in (("fund", Fund), ("purpose", Purpose)):
        if scope[name]:
            _must_exist(model._default_manager.filter(programme=programme, code=scope[name]))
            postings = postings.filter(**{f"{name}__code": scope[name]})
    if scope["line"]:
        budget, _, code = scope["line"].partition(":")
        _must_exist(BudgetLine.objects.filter(programme=programme, budget__code=budget, code=code))
        postings = postings.filter(line__budget__code=budget, line__code=code)
    if scope["kind"]:
        kinds = ("income", "expense") if scope["kind"] == "result" else (scope["kind"],)
        postings = postings.filter(account__kind__in=kinds)
    if scope["use"]:
        uses = MONEY_USES if scope["use"] == "money" else (scope["use"],)
        postings = postings.filter(account__use__in=uses)
    if scope["commune"]:
        _must_exist(Place.objects.filter(code=scope["commune"]))
        postings = postings.filter(place__code__startswith=scope["commune"])
    if scope["since"]:
        postings = postings.filter(on__gte=day_of(scope["since"]))
    return postings.filter(on_or_before(day_of(scope["day"])), as_known(day_of(scope["known"])), _up_to(scope))


def _up_to(scope: Scope) -> Q:
    """Up to and with an entry, in the order of days: the running balance beside it."""
    if not scope["entry"]:
        return Q()
    entry = (
        Entry.objects.filter(programme=scope.programme, pk=int(scope["entry"])) if scope["entry"].isdecimal() else None
    )
    found = entry.first() if entry is not None else None
    if found is None:
        raise Refusal("record.not_found")
    return Q(on__lt=found.on) | Q(on=found.on, entry_id__lte=found.pk)


@figure(
    "books.debit_balances",
    label=Name(en="Debit balances together", km="សរុបសមតុល្យឥណពន្ធ"),
    rule=Name(
        en="The debit balances of a book, added up: of every account on which more was debited than credited.",
        km="ផលបូកសមតុល្យនៃគណនីទាំងអស់ក្នុងបញ្ជី ដែលឥណពន្ធលើសឥណទាន។",
    ),
    takes=("book", "day", "known"),
    only={"day": _Days(), "known": _Days()},
    by_place=False,
)
def debit_balances(scope: Scope) -> Total | Records:
    return _one_side(scope, lambda units: units > 0, "")


@figure(
    "books.credit_balances",
    label=Name(en="Credit balances together", km="សរុបសមតុល្យឥណទាន"),
    rule=Name(
        en="The credit balances of a book, added up: of every account on which more was credited than debited.",
        km="ផលបូកសមតុល្យនៃគណនីទាំងអស់ក្នុងបញ្ជី ដែលឥណទានលើសឥណពន្ធ។",
    ),
    takes=("book", "day", "known"),
    only={"day": _Days(), "known": _Days()},
    by_place=False,
)
def credit_balances(scope: Scope) -> Total | Records:
    return _one_side(scope, lambda units: units < 0, "owed")


def _one_side(scope: Scope, is_on_it: Callable[[int], bool], show: str) -> Total | Records:
    """The accounts of a book whose balance stands on one side, added up."""
    if not scope["book"]:  # of which book must be said: the sides of several are not one number
        return Records(Posting.objects.none(), column="in_book", currency=scope.programme.currency)
    book = book_called(scope.programme, scope["book"])
    sums = moved_up_to(
        AccountMonth,
        ["account_id"],
        {"programme_id": book.programme_id, "account_id": list(book.accounts.values_list("id", flat=True))},
        day=day_of(scope["day"]),
        known=day_of(scope["known"]),
    )
    there = {account for (account,), moved in sums.items() if is_on_it(moved.in_book)}
    codes = [code for key, code in book.accounts.order_by("code").values_list("id", "code") if key in there]
    if not codes:
        return Records(Posting.objects.none(), column="in_book", currency=book.currency)
    more = {**scope.more, "show": show} if show else scope.more
    whole = figure_of("books.balance", Scope(scope.programme, more=more))
    return Total(tuple(whole.at(account=code) for code in codes))


def _must_exist(records: QuerySet[Any]) -> None:
    """A code that nothing has is a typing error, and must not print a false zero. Raises Refusal `record.not_found`."""
    if not records.exists():
        raise Refusal("record.not_found")
