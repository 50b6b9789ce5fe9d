"""The book of a cash box or a bank account, day by day in its own currency, beside what was counted and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, Sum

from laar.base.models import Programme
from laar.kit.money import Money
from laar.kit.periods import Period
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, AccountMonth, CashCount, Difference, Limit, Posting, StatementLine
from laar.ledger.queries.entries import is_undone


@dataclass(frozen=True, slots=True)
class CashDay:
    """One day of a cash book: what moved, what was in the box at its end, and what was found when it was counted."""

    on: date
    rows: list[tuple[Posting, Money]]
    into: Money
    out: Money
    closing: Money
    counts: list[CashCount] = field(default_factory=list)
    #: More than the limit that holds on the day.
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class CashBook:
    """The days of a cash box in a period, in the currency in which it is kept."""

    account: Account
    currency: str
    period: Period
    opening: Money
    days: list[CashDay]
    into: Money
    out: Money
    closing: Money
    limit: Limit | None

    @property
    def over(self) -> list[CashDay]:
        """The days that ended with more in the box than is allowed."""
        return [day for day in self.days if day.is_over]


def accounts_for(programme: Programme, *uses: str) -> QuerySet[Account]:
    """The accounts of a programme's own books with one of some uses."""
    found = Account.objects.filter(programme=programme, use__in=uses, book__is_memorandum=False)
    return found.select_related("book", "holder", "programme").order_by("book__code", "code")


def account_called(programme: Programme, code: str, *uses: str) -> Account:
    """The account with this code and one of these uses. Raises Refusal `record.not_found`."""
    found = accounts_for(programme, *uses).filter(code=code).first()
    if found is None:
        raise Refusal("record.not_found")
    return found


def kept_in(account: Account) -> str:
    """The currency in which an account is kept: its own, else its book's."""
    return account.currency or account.book.currency


def held(account: Account, until: date | None = None) -> Money:
    """What is in a cash box or on a bank account at the end of a day (or now), in its own currency.

    The months before from the roll-up, the rest of the month of the day from its postings.
    """
    currency = kept_in(account)
    months = AccountMonth.objects.filter(account_id=account.pk, currency=currency)
    if until is None:
        return Money(months.aggregate(sum=Sum("units"))["sum"] or 0, currency)
    before = months.filter(month__lt=until.year * 100 + until.month).aggregate(sum=Sum("units"))["sum"] or 0
    rest = Posting.objects.filter(
        account=account, currency=currency, on__gte=until.replace(day=1), on__lte=until
    ).aggregate(sum=Sum("units"))["sum"]
    return Money(before + (rest or 0), currency)


def cash_book(account: Account, period: Period) -> CashBook:
    """The book of a cash box over whole days; five questions to the database, however long it is."""
    currency, last = kept_in(account), period.last
    opening = running = held(account, period.since) - _moved(account, currency, period.since)
    postings = (
        Posting.objects.filter(account=account, currency=currency, on__gte=period.since, on__lte=last)
        .exclude(units=0)
        .select_related("entry", "fund")
        .order_by("on", "entry_id", "position")
    )
    counts: dict[date, list[CashCount]] = {}
    for count in account.counts.filter(on__gte=period.since, on__lte=last).select_related("account").order_by("id"):
        counts.setdefault(count.on, []).append(count)
    by_day: dict[date, list[Posting]] = {day: [] for day in counts}
    for posting in postings:
        by_day.setdefault(posting.on, []).append(posting)
    limits = list(limits_of(account))
    days, zero = [], Money(0, currency)
    for on in sorted(by_day):
        rows = []
        for posting in by_day[on]:
            running += posting.amount
            rows.append((posting, running))
        into = sum((row.amount for row, _ in rows if row.units > 0), zero)
        out = -sum((row.amount for row, _ in rows if row.units < 0), zero)
        limit = limit_on(limits, on)
        days.append(
            CashDay(on, rows, into, out, running, counts.get(on, []), limit is not None and _over(running, limit))
        )
    return CashBook(
        account=account,
        currency=currency,
        period=period,
        opening=opening,
        days=days,
        into=sum((day.into for day in days), zero),
        out=sum((day.out for day in days), zero),
        closing=running,
        limit=limit_on(limits, last) if last else None,
    )


def _moved(account: Account, currency: str, day: date) -> Money:
    postings = Posting.objects.filter(account=account, currency=currency, on=day)
    return Money(postings.aggregate(sum=Sum("units"))["sum"] or 0, currency)


def limits_of(account: Account) -> QuerySet[Limit]:
    """What a cash box in its currency may hold, the newest first."""
    return Limit.objects.filter(
        programme_id=account.programme_id, kind="cash_box", currency=kept_in(account), units__isnull=False
    ).order_by("-since", "-id")


def limit_on(limits: list[Limit], day: date) -> Limit | None:
    """The limit that holds on a day."""
    return next((one for one in limits if one.since <= day and (one.until is None or day < one.until)), None)


def is_over_limit(account: Account, day: date, amount: Money) -> bool:
    """Whether an amount in a cash box is more than is allowed on a day."""
    limit = limit_on(list(limits_of(account)), day)
    return limit is not None and _over(amount, limit)


def _over(amount: Money, limit: Limit) -> bool:
    return limit.amount is not None and amount > limit.amount


def last_count(account: Account, day: date) -> CashCount | None:
    """The newest count of a cash box up to a day."""
    return account.counts.filter(on__lte=day).order_by("-on", "-id").first()


def booked_difference(record: CashCount | StatementLine) -> Difference | None:
    """What books the difference of a count, or a line of the bank; None where nothing does, or its entry was reversed."""
    made = record.booked_as.select_related("entry").order_by("-id")
    return next((one for one in made if not is_undone(one.entry_id)), None)


def booked_after(count: CashCount) -> Difference | None:
    """The difference that another count of the same box showed and that was booked after the day of this one."""
    later = Difference.objects.filter(count__account=count.account_id, entry__on__gt=count.on).exclude(count=count)
    found = later.select_related("entry", "count__account").order_by("-id")
    return next((one for one in found if not is_undone(one.entry_id)), None)


def moved_since(account: Account, after: date, until: date) -> bool:
    """Whether money moved in or out of an account after a day and up to another."""
    return Posting.objects.filter(account=account, on__gt=after, on__lte=until).exclude(units=0).exists()


def currencies_moved(account_or_book: Q, period: Period) -> list[str]:
    """The currencies in which anything was posted in a period."""
    postings = Posting.objects.filter(account_or_book, on__gte=period.since, on__lt=period.until)
    return list(postings.order_by("currency").values_list("currency", flat=True).distinct())
