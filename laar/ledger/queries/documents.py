"""Documents: what they are worth, what of an advance is accounted for, up to what two persons are enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from laar.base.models import Attachment, Programme
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Document, DocumentLine, Entry, Posting, Rate
from laar.ledger.queries.budgets import limit_on
from laar.ledger.queries.entries import is_undone, undone_entries
from laar.ledger.queries.rates import rate_on
from laar.ledger.rules import PAID_ONCE, converted

#: A part of what is advanced: the account, whose money, and in which currency.
Part = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """How an advance stands: what was given, what is accounted for or paid back, what waits to be, what is left."""

    given: Money
    posted: Money
    waiting: Money

    @property
    def left(self) -> Money:
        """What nobody has accounted for."""
        return self.given - self.posted

    @property
    def free(self) -> Money:
        """What another document may still account for."""
        return self.left - self.waiting


def documents_of(programme: Programme) -> QuerySet[Document]:
    """The documents of a programme, the newest first."""
    return (
        Document.objects.filter(programme=programme)
        .select_related("book", "payee", "prepared_by", "approved_by", "paid_by", "entry")
        .order_by("-on", "-id")
    )


def lines_of(document: Document) -> QuerySet[DocumentLine]:
    """The lines of a document."""
    return document.lines.select_related(
        "account", "fund", "purpose", "place", "line__heading", "line__budget__fund"
    ).order_by("position")


def last_day_for(document: Document) -> date:
    """Until when a document can be posted as it was prepared: in the year of its number, in the days of its budgets."""
    year_ends = date(document.year, 12, 31)
    if document.reverses_id:
        return year_ends
    charged = DocumentLine.objects.filter(document=document, units__gt=0, line__isnull=False)
    after = charged.aggregate(first=Min("line__budget__until"))["first"]
    return min(year_ends, after - timedelta(days=1)) if after else year_ends


def amount_of(document: Document) -> Money:
    """What a document is over, as it is written in figures and in words: its debits, in the currency that it moves.

    Of an exchange what was given away, which is a credit of a bank account or a cash box.
    """
    lines = [line for line in lines_of(document) if line.account.use != "exchange"]
    given = [line for line in lines if line.account.use in ("bank", "cash") and line.units < 0]
    chosen = given if document.kind == "exchange" and given else [line for line in lines if line.units > 0]
    currency = chosen[0].currency if chosen else document.book.currency
    return sum((abs_of(line.amount) for line in chosen if line.currency == currency), Money(0, currency))


def abs_of(amount: Money) -> Money:
    """An amount without its side."""
    return Money(abs(amount.units), amount.currency)


def worth(document: Document) -> Money:
    """What a document is worth in the currency of its book at the rate of its day: by this its limits are judged.

    The larger of its two sides without what only passes through the exchange. Raises Refusal `rate.missing`.
    """
    currency, sides = document.book.currency, [0, 0]
    for line in lines_of(document):
        if line.account.use != "exchange":
            if line.in_book is None:
                amount = worth_in(abs_of(line.amount), currency, document.on, document.book.rate_source)
            else:
                amount = Money(line.in_book, currency)
            sides[line.units > 0] += abs(amount.units)
    return Money(max(sides), currency)


def worth_in(amount: Money, currency: str, on: date, source: str = "") -> Money:
    """An amount in another currency at the rate of a day, of one list of rates if it says which. Raises `rate.missing`."""
    if amount.currency == currency:
        return amount
    return converted(amount, rate_on(currency, amount.currency, on, source).per_unit_of(amount.currency), currency)


def enough_for_two(document: Document, on: date) -> Money | None:
    """Up to what whoever prepared a document may also pay it, on a day, in the currency of its book; None where no limit.

    Each fund's own limit goes before the one for any fund; of several funds the strictest holds.
    """
    funds = {line.fund_id: line.fund for line in document.lines.select_related("fund")}
    limits = [limit_on(document.programme, "two_persons", on, fund) for fund in funds.values()]
    amounts = [limit.amount for limit in limits if limit is not None and limit.amount is not None]
    book = document.book
    return min((worth_in(amount, book.currency, on, book.rate_source) for amount in amounts), default=None)


def settled(advance: Document, before: date | None = None) -> Settled:
    """How an advance stands, or stood before a day. What was reversed counts no more."""
    given = _moved(advance, 1)
    currency = given.currency
    posted = waiting = Money(0, currency)
    for one in Document.objects.filter(settles=advance, reverses=None).exclude(state="void").select_related("entry"):
        if one.state != "posted" or one.entry is None:
            waiting += _moved(one, -1, currency)
        elif not is_undone(one.entry_id) and (before is None or one.entry.on < before):
            posted += _moved(one, -1, currency)
    return Settled(given, posted, waiting)


def over_a_part(advance: Document) -> list[DocumentLine]:
    """Of an advance of several funds, or on several accounts: the lines of which more is accounted for than was given."""
    parts = [line for line in lines_of(advance) if line.account.use == "advance" and line.units > 0]
    if len(parts) < 2:
        return []
    left = {(one.account_id, one.fund_id): 0 for one in parts}
    for line in parts:
        left[line.account_id, line.fund_id] += line.units
    for one in Document.objects.filter(settles=advance, reverses=None).exclude(state="void"):
        if not is_undone(one.entry_id):
            for line in one.lines.filter(account__use="advance", units__lt=0):
                left[line.account_id, line.fund_id] = left.get((line.account_id, line.fund_id), 0) + line.units
    return [line for line in parts if left[line.account_id, line.fund_id] < 0]


def _moved(document: Document, side: int, currency: str = "") -> Money:
    """What a document puts on accounts for advances (1) or takes from them (-1)."""
    lines = [line for line in lines_of(document) if line.account.use == "advance" and line.units * side > 0]
    currency = currency or (lines[0].currency if lines else document.book.currency)
    return Money(sum(abs(line.units) for line in lines if line.currency == currency), currency)


def advances_open(programme: Programme) -> list[Document]:
    """The posted advances of which something is left to account for, the first due first; `given` and `left` say how much.

    Two questions, however many there are. What was reversed counts no more, as in `settled`.
    """
    undone = undone_entries(programme)
    moved = DocumentLine.objects.filter(account__use="advance")
    settling = moved.filter(
        document__settles=OuterRef("pk"), document__state="posted", document__reverses=None, units__lt=0
    ).exclude(document__entry__in=undone)
    advances = documents_of(programme).filter(kind="advance", state="posted").exclude(entry__in=undone)
    found = advances.annotate(
        given=_summed(moved.filter(document=OuterRef("pk"), units__gt=0), "document"),
        left=F("given") + _summed(settling, "document__settles"),
    )
    return list(found.exclude(left=0).order_by("due_on", "id"))


def out_by_documents() -> dict[Part, list[tuple[Document, int]]]:
    """What every posted document still has out on accounts for advances, by account, fund and currency, in its units:
    of an advance what was given, of what accounts for one what it took. What was reversed counts no more.
    """
    undone = {key for programme in Programme.objects.all() for key in undone_entries(programme)}
    found: dict[Part, list[tuple[Document, int]]] = defaultdict(list)
    lines = DocumentLine.objects.filter(account__use="advance", document__state="posted", document__reverses=None)
    for line in lines.select_related("document__settles").order_by("document_id", "position"):
        if line.document.entry_id not in undone:
            found[line.account_id, line.fund_id, line.currency].append(
                (line.document.settles or line.document, line.units)
            )
    return found


def _summed(lines: QuerySet[DocumentLine], by: str) -> Coalesce:
    return Coalesce(Subquery(lines.order_by().values(by).annotate(sum=Sum("units")).values("sum")), 0)


def balance_in(account_id: int, currency: str) -> Money:
    """What an account holds now in one currency: its cash, not what that is worth."""
    moved = Posting.objects.filter(account_id=account_id, currency=currency).aggregate(sum=Sum("units"))
    return Money(moved["sum"] or 0, currency)


def has_no_document(entry: Entry) -> None:
    """An entry that stands on a document is undone by a reversal of that document. Raises `entry.has_document`."""
    document = Document.objects.filter(entry=entry).first()
    if document:
        raise Refusal("entry.has_document", document=document.name, see=document)


def not_accounted_for(document: Document) -> None:
    """An advance is not reversed before what settles it, or waits to. Raises Refusal `advance.settled`, `advance.awaited`."""
    standing = document.settled_by.filter(reverses=None).exclude(state="void")
    by = next((one for one in standing if not is_undone(one.entry_id)), None)
    if document.kind != "advance" or by is None:
        return
    if by.entry_id:
        raise Refusal("advance.settled", advance=document.name, by=by.name, see=by)
    raise Refusal("advance.awaited", advance=document.name, by=by.name, see=by)


def twin_of(document: Document) -> Document | None:
    """Another document that stands on the same bill or list, by its content; not one that is void or was undone.

    A reversal pays nothing by its paper, so it has none and is none.
    """
    if document.reverses_id:
        return None
    table = Document._meta.label_lower
    papers = Attachment.objects.filter(table=table, role__in=PAID_ONCE)
    own = papers.filter(key=document.pk).values("evidence__sha256")
    others = papers.filter(evidence__sha256__in=own, programme_id=document.programme_id).exclude(key=document.pk)
    found = Document.objects.filter(pk__in=others.values("key"), reverses=None).exclude(state="void").order_by("id")
    return next((one for one in found if not is_undone(one.entry_id)), None)


def rate_said(currency: str, base: str, on: date, source: str = "") -> str:
    """By which rate a currency is converted on a day. Raises Refusal `rate.missing`."""
    return rate_in_words(rate_on(base, currency, on, source))


def rate_in_words(rate: Rate) -> str:
    """A rate with its day and its source: what makes a converted amount believable."""
    return f"1 {rate.base} = {rate.plain} {rate.currency}, {rate.since}, {rate.source}"
