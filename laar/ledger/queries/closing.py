"""The months of a book: which are closed, and what is looked at before one is.

Each point of the list is a function that looks; the list is theirs, in the order in which they stand here. Another floor
adds a point of its own with `@point`. What is not met must be met, or explained by whoever closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from laar.kit.money import Money
from laar.kit.names import Name, gives_reason, listed
from laar.kit.periods import Period, month, year
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, AccountMonth, BankStatement, Book, Closing, Document, Entry, Posting
from laar.ledger.queries.cash import booked_difference, currencies_moved, held, last_count, moved_since
from laar.ledger.queries.documents import settled
from laar.ledger.queries.rates import rate_of_month
from laar.ledger.queries.worth import off_on


@dataclass(frozen=True, slots=True)
class Finding:
    """What a point found: whether it is met, and what is there or missing, in words."""

    is_met: bool
    text: Name


@dataclass(frozen=True, slots=True)
class Point:
    """Something that is looked at before a month is closed."""

    key: str
    name: Name
    look: Callable[[Book, Period], Finding]
    #: Nothing explains it away.
    must: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A point as it stands for a month, and why it is closed without it."""

    point: Point
    finding: Finding
    why: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the month may be closed as far as this goes."""
        return self.finding.is_met or (gives_reason(self.why) and not self.point.must)


_POINTS: dict[str, Point] = {}
OK = Name(en="in order", km="រួចរាល់")


def point(key: str, name: Name, *, must: bool = False) -> Callable[[Callable[[Book, Period], Finding]], None]:
    """Declare a point of the list: the decorated function looks at a book and a month."""

    def declare(look: Callable[[Book, Period], Finding]) -> None:
        if key in _POINTS:
            raise ValueError(f"the point {key} is declared twice")
        _POINTS[key] = Point(key, name, look, must)

    return declare


def checklist(book: Book, period: Period) -> list[Looked]:
    """Every point, looked at now."""
    return [Looked(one, one.look(book, period)) for one in _POINTS.values()]


def found_then(closing: Closing) -> list[Looked]:
    """Every point as it stood when the month was closed."""
    known = {**_POINTS, **_YEAR_POINTS}
    return [
        Looked(
            known[key],
            Finding(said["is_met"], Name(en=said["text"]["en"], km=said["text"]["km"])),
            said.get("why", ""),
        )
        for key, said in closing.found.items()
        if key in known
    ]


def next_month(book: Book) -> Period:
    """The month that is closed next: the first open one; of a book without a closing, that of its first entry.

    An empty book begins with the month in which it may be closed first: this one is up to whoever asks.
    """
    if book.open_from:
        return month(book.open_from)
    first = Entry.objects.filter(book=book).order_by("on").values_list("on", flat=True).first()
    return month(first or date.today())  # noqa: DTZ011 - only which month is offered


def closings_of(book: Book) -> list[Closing]:
    """What was closed, and opened again, the newest first."""
    return list(book.closings.select_related("book", "closed_by").order_by("-since", "-kind", "-id"))


def last_closed(book: Book) -> Closing | None:
    """The month that was closed last and is closed still."""
    return book.closings.filter(kind="month", state="closed").order_by("-since").first()


def closed_year(book: Book, day: date) -> Closing | None:
    """The closing of the year in which a day lies, if that year is closed."""
    return book.closings.filter(kind="year", state="closed", since__lte=day, until__gt=day).first()


def _accounts(book: Book, *uses: str) -> list[Account]:
    return list(book.accounts.filter(use__in=uses).select_related("book").order_by("code"))


@point("bank", Name(en="Bank reconciled", km="ធនាគារបានផ្ទៀងផ្ទាត់"))
def _bank(book: Book, period: Period) -> Finding:
    """Every bank account that was used has a statement up to the end of the month, signed off."""
    last, missing = _last(period), []
    for account in _accounts(book, "bank"):
        statements = BankStatement.objects.filter(account=account)  # without a gap: each opens with what the last left
        signed = statements.filter(state="reconciled", until__gte=last).exists()
        signed = signed and statements.filter(since__lte=last).exists()
        used = held(account, last) or moved_since(account, period.since.replace(day=1), last)
        if used and not signed:
            missing.append(account.name)
    if missing:
        names = listed(missing)
        return Finding(
            False,
            Name(
                en=f"no statement up to {last} is signed off: {names.en}",
                km=f"គ្មានរបាយការណ៍ដល់ {last} ដែលបានផ្ទៀងផ្ទាត់៖ {names.km}",
            ),
        )
    return Finding(True, OK)


@point("cash", Name(en="Cash counted", km="សាច់ប្រាក់បានរាប់"))
def _cash(book: Book, period: Period) -> Finding:
    """Every box with money in it, or through which money went, was counted after its last move."""
    last, wrong = _last(period), []
    for account in _accounts(book, "cash"):
        count = last_count(account, last)
        moved = moved_since(account, count.on if count else date.min, last)
        if moved or (held(account, last) and (count is None or count.on < period.since)):
            wrong.append(account.name)
        elif count and count.on >= period.since and count.difference and not booked_difference(count):
            wrong.append(count.name)
    if wrong:
        names = listed(wrong)
        return Finding(
            False,
            Name(
                en=f"not counted after its last move, or its difference not booked: {names.en}",
                km=f"មិនទាន់រាប់ក្រោយចលនាចុងក្រោយ ឬលម្អៀងមិនទាន់ចុះបញ្ជី៖ {names.km}",
            ),
        )
    return Finding(True, OK)


@point("documents", Name(en="No document waits", km="គ្មានឯកសាររង់ចាំ"))
def _documents(book: Book, period: Period) -> Finding:
    """No document of the month is prepared or approved and not yet posted."""
    waiting = [
        one.public_name
        for one in Document.objects.filter(book=book, state__in=("prepared", "approved"), on__lt=period.until)
    ]
    if waiting:
        names = listed(waiting)
        return Finding(False, Name(en=f"still waiting: {names.en}", km=f"នៅរង់ចាំ៖ {names.km}"))
    return Finding(True, OK)


@point("advances", Name(en="No advance is overdue", km="គ្មានបុរេប្រទានហួសកាលកំណត់"))
def _advances(book: Book, period: Period) -> Finding:
    """No advance of staff or a partner that is due is still open; those that are, by number."""
    advances = Document.objects.filter(book=book, kind="advance", state="posted", due_on__lt=period.until)
    due = list(advances.filter(entry__reversal=None))
    paid = _on_advances(Q(entry__prepared__in=due))
    back = Q(entry__prepared__settles__in=due, entry__reversal=None, on__lt=period.until)
    gone = _on_advances(back, by="entry__prepared__settles")
    maybe = [one for one in due if paid.get(one.pk, 0) + gone.get(one.pk, 0) > 0]  # few: only these are looked at
    late = [one.public_name for one in maybe if settled(one, period.until).left]
    if late:
        names = listed(late)
        return Finding(False, Name(en=f"overdue: {names.en}", km=f"ហួសកាលកំណត់៖ {names.km}"))
    return Finding(True, OK)


def _on_advances(which: Q, by: str = "entry__prepared") -> dict[int, int]:
    """What documents moved on advance accounts, in the currency of the advance, by the advance."""
    moved = Posting.objects.filter(which, account__use="advance").values_list(by).annotate(sum=Sum("units"))
    return dict(moved)


@point("trial", Name(en="Trial balance is zero", km="តុល្យភាពសាកល្បងស្មើសូន្យ"), must=True)
def _trial(book: Book, _period: Period) -> Finding:
    """Debits and credits of the whole book are equal."""
    off = trial_of(book)
    return Finding(not off, OK if not off else Name(en=f"it is {off}", km=f"វាគឺ {off}"))


def trial_of(book: Book) -> Money:
    """What the balances of a book add up to: zero, or something is broken."""
    moved = AccountMonth.objects.filter(programme_id=book.programme_id, account_id__in=book.accounts.values("id"))
    return Money(moved.aggregate(sum=Sum("in_book"))["sum"] or 0, book.currency)


@point("rates", Name(en="Rates of the month are there", km="មានអត្រាប្ដូរប្រាក់នៃខែ"))
def _rates(book: Book, period: Period) -> Finding:
    """Of each currency that moved in the month there is a rate dated in it."""
    missing = []
    for currency in currencies_moved(Q(account__book=book), period):
        if currency == book.currency:
            continue
        try:
            rate_of_month(book.currency, currency, period.since, book.rate_source)
        except Refusal:
            missing.append(currency)
    if missing:
        text = ", ".join(missing)
        return Finding(False, Name(en=f"no rate dated in this month: {text}", km=f"គ្មានអត្រាចុះក្នុងខែនេះ៖ {text}"))
    return Finding(True, OK)


_YEAR_POINTS: dict[str, Point] = {}


def year_checklist(book: Book, period: Period) -> list[Looked]:
    """What is looked at before a year is closed."""
    return [Looked(one, one.look(book, period)) for one in _YEAR_POINTS.values()]


def _months_closed(book: Book, period: Period) -> Finding:
    """Every month of the year in which the book was kept is closed."""
    closed = book.open_from is not None and period.until is not None and book.open_from >= period.until
    if closed:
        return Finding(True, OK)
    left = f"{book.open_from:%Y-%m}" if book.open_from else f"{period.since:%Y-%m}"
    return Finding(False, Name(en=f"open since {left}", km=f"នៅបើកតាំងពី {left}"))


def _revalued(book: Book, period: Period) -> Finding:
    """What lies in another currency, or was advanced in it, stands in the book at the rate of the last day."""
    last = _last(period)
    late = [account.name for account in _accounts(book, "bank", "cash", "advance") if _is_off(account, last)]
    if late:
        names = listed(late)
        return Finding(
            False,
            Name(
                en=f"not revalued on {last}: {names.en}",
                km=f"មិនទាន់វាយតម្លៃឡើងវិញនៅ {last}៖ {names.km}",
            ),
        )
    return Finding(True, OK)


def _is_off(account: Account, day: date) -> bool:
    try:
        return bool(off_on(account, day))
    except Refusal:  # no rate to say it by
        return True


_YEAR_POINTS |= {
    "months": Point("months", Name(en="All its months are closed", km="ខែទាំងអស់បានបិទ"), _months_closed, must=True),
    "revalued": Point("revalued", Name(en="Currencies revalued", km="រូបិយប័ណ្ណបានវាយតម្លៃឡើងវិញ"), _revalued),
    "trial": _POINTS["trial"],
}


def _last(period: Period) -> date:
    assert period.last
    return period.last


def years_to_close(book: Book) -> Iterator[Period]:
    """The years whose months are all closed and that are not closed themselves, the oldest first."""
    if book.open_from is None:
        return
    closed = set(book.closings.filter(kind="year", state="closed").values_list("since", flat=True))
    first = book.closings.filter(kind="month").order_by("since").values_list("since", flat=True).first()
    for number in range((first or book.open_from).year, book.open_from.year):
        if year(number).since not in closed:
            yield year(number)
