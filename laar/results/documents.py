"""A document as it is shown: its lines, who did what, and what it does to account, budget line, cap and share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, Sum

from laar.base.models import Programme, User
from laar.base.queries import day_in
from laar.events.models import PaymentLine, PaymentList
from laar.events.queries import flags_of, payment_lines, sum_of
from laar.events.rules import FLAGS
from laar.kit.figures import Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.actions import Leg
from laar.ledger.models import (
    Account,
    Book,
    BudgetLine,
    BudgetMove,
    Commitment,
    Document,
    DocumentLine,
    Fund,
    Limit,
    Posting,
)
from laar.ledger.queries import (
    Settled,
    advances_open,
    amount_of,
    balance_in,
    books_of,
    documents_of,
    last_day_for,
    lines_of,
    planned_of_fund,
    rate_said,
    settled,
    worth,
    worth_in,
)
from laar.ledger.rules import MONEY_USES, is_instalment
from laar.projects.models import TreasuryPayment, Voucher
from laar.projects.queries.twins import twin_anywhere


@dataclass(frozen=True, slots=True)
class Moved:
    """What a document does to an account on which money lies."""

    account: Account
    before: Money
    by: Money

    @property
    def after(self) -> Money:
        """What is there afterwards."""
        return self.before + self.by

    @property
    def is_short(self) -> bool:
        """Whether more is taken than is there."""
        return self.by.units < 0 and self.after.units < 0


@dataclass(frozen=True, slots=True)
class Charged:
    """What a document does to a budget line, in the currency of the budget."""

    line: BudgetLine
    planned: Money
    paid: Money
    this: Money

    @property
    def left(self) -> Money:
        """What is left of the line afterwards."""
        return self.planned - self.paid - self.this

    @property
    def is_over(self) -> bool:
        """Whether the line is spent beyond what is planned."""
        return self.left.units < 0


@dataclass(frozen=True, slots=True)
class Capped:
    """A limit, and how near the document comes to it."""

    limit: Limit
    most: Money
    used: Money

    @property
    def is_over(self) -> bool:
        """Whether it goes beyond."""
        return self.used > self.most


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a donor has agreed to pay by all budgets of its fund, and what it has paid with a receipt."""

    fund: Fund
    budgets: Money
    received: Money

    @property
    def is_over(self) -> bool:
        """Whether more came than was agreed: a mistyped amount, or an addendum that nobody entered."""
        return self.received > self.budgets


@dataclass(frozen=True, slots=True)
class Shared:
    """Which part of a cost the donor of a fund pays."""

    fund: Name
    percent: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Done:
    """Who did a step."""

    step: Name
    by: User | None


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """Everything that the page of a document shows besides its card."""

    document: Document
    lines: list[DocumentLine]
    amount: Money
    worth: Money | None
    #: The rates by which its foreign lines are worth what they are.
    rates: list[str]
    done: list[Done]
    moved: list[Moved]
    charged: list[Charged]
    capped: list[Capped]
    shared: list[Shared]
    settled: Settled | None
    #: Another document that stands on the same bill or list.
    twin: Document | Voucher | TreasuryPayment | None
    #: How a receipt stands beside what the donor's budgets say.
    agreed: list[Agreed]
    #: The last day on which it can be posted as it was prepared; and the day of the programme.
    last_day: date
    today: date
    no_rate: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided: then it is said what it would do."""
        return self.document.state in ("prepared", "approved")

    @property
    def is_late(self) -> bool:
        """Whether its last day is over: it can only be made void."""
        return self.is_open and self.today > self.last_day

    @property
    def ends_soon(self) -> bool:
        """Whether it has to be posted within a month."""
        return self.is_open and not self.is_late and (self.last_day - self.today).days < A_MONTH


#: From so many days before its last day a document says so.
A_MONTH = 31


def sheet_of(document: Document) -> DocumentSheet:
    """A document as it is shown. Who may see the document sees all of it: it concerns the whole programme."""
    lines, no_rate = list(lines_of(document)), None
    is_open = document.state in ("prepared", "approved")
    try:
        value = worth(document)
        rates = rates_of({line.currency for line in lines if line.in_book is None}, document.book, document.on)
    except Refusal as no:
        value, rates, no_rate = None, [], no
    advance = document if document.kind == "advance" else document.settles
    return DocumentSheet(
        document=document,
        lines=lines,
        amount=amount_of(document),
        worth=value,
        rates=rates,
        done=[
            Done(Name(en="Prepared by", km="រៀបចំដោយ"), document.prepared_by),
            Done(Name(en="Approved by", km="អនុម័តដោយ"), document.approved_by),
            Done(Name(en="Paid or posted by", km="បង់ ឬចុះបញ្ជីដោយ"), document.paid_by),
        ],
        moved=moved_by(lines) if is_open else [],
        charged=charged_by(lines, document.on) if is_open and not no_rate else [],
        capped=_caps(document, lines) if is_open and not no_rate else [],
        shared=_shares(lines, document) if not no_rate else [],
        settled=settled(advance) if advance else None,
        twin=twin_anywhere(document) if document.state != "void" else None,
        agreed=_agreed(document, lines) if is_open and not no_rate else [],
        last_day=last_day_for(document),
        today=day_in(document.programme),
        no_rate=no_rate,
    )


def same_as(book: Book, kind: str, legs: Sequence[Leg], text: Name, by: User) -> Document | None:
    """What somebody has prepared already, word by word and line by line: they went back in the browser and sent it again."""
    said = Document.objects.filter(book=book, kind=kind, prepared_by=by, text_en=clean(text.en), text_km=clean(text.km))
    lines = Counter((leg.account.pk, leg.fund.pk, leg.amount.currency, leg.amount.units) for leg in legs)
    for document in said.exclude(state="void").order_by("-id")[:A_FEW]:
        there = document.lines.values_list("account_id", "fund_id", "currency", "units")
        if legs and Counter(there) == lines:
            return document
    return None


#: Among so many of the same words the same lines are looked for.
A_FEW = 20


def rates_of(currencies: Iterable[str], book: Book, on: date) -> list[str]:
    """How each foreign currency is converted on a day, with its rate and source. Raises Refusal `rate.missing`."""
    return [rate_said(one, book.currency, on, book.rate_source) for one in sorted(currencies) if one != book.currency]


def moved_by(lines: Sequence[DocumentLine | Leg]) -> list[Moved]:
    """What some lines do to the accounts on which money lies."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    accounts: dict[int, Account] = {}
    for line in lines:
        if line.account.use in (*MONEY_USES, "advance"):
            sums[line.account.pk, line.amount.currency] += line.amount.units
            accounts[line.account.pk] = line.account
    return [
        Moved(accounts[key], balance_in(key, currency), Money(units, currency))
        for (key, currency), units in sums.items()
    ]


def charged_by(lines: Sequence[DocumentLine | Leg], on: date) -> list[Charged]:
    """What some lines do to the budget lines that they charge, at the rate of a day. Raises Refusal `rate.missing`."""
    sums: dict[int, Money] = {}
    known: dict[int, BudgetLine] = {}
    for line in lines:
        if line.line:
            charged = worth_in(line.amount, line.line.budget.currency, on)
            sums[line.line.pk] = sums.get(line.line.pk, Money(0, charged.currency)) + charged
            known[line.line.pk] = line.line
    found = []
    for key, this in sums.items():
        planned = BudgetMove.objects.filter(line=key).aggregate(sum=Sum("units"))["sum"] or 0
        found.append(Charged(known[key], Money(planned, this.currency), _paid_of(known[key], on), this))
    return found


def _paid_of(line: BudgetLine, on: date) -> Money:
    """What is posted on a budget line, in the currency of its budget: that of the book needs no rate."""
    currency = line.budget.currency
    posted = Posting.objects.filter(line=line).values("account__book__currency", "currency")
    total = Money(0, currency)
    for row in posted.annotate(units_sum=Sum("units"), book_sum=Sum("in_book")):
        if row["account__book__currency"] == currency:
            total += Money(row["book_sum"], currency)
        else:
            total += worth_in(Money(row["units_sum"], row["currency"]), currency, on)
    return total


def _caps(document: Document, lines: Sequence[DocumentLine]) -> list[Capped]:
    """The limits that a document touches: what one third party may get, and what may lie in a cash box."""
    limits = Limit.objects.filter(
        Q(fund=None) | Q(fund__in={line.fund_id for line in lines}),
        Q(until=None) | Q(until__gt=document.on),
        programme_id=document.programme_id,
        kind__in=("recipient", "cash_box"),
        since__lte=document.on,
        units__isnull=False,
    ).order_by("kind", "id")
    found = []
    for limit in limits:
        most = limit.amount or Money(0, document.book.currency)
        if limit.kind == "recipient" and document.payee_id:
            used = _promised(document, most.currency) + worth_in(worth(document), most.currency, document.on)
            found.append(Capped(limit, most, used))
        if limit.kind == "cash_box":
            found += [
                Capped(limit, most, worth_in(one.after, most.currency, document.on))
                for one in moved_by(lines)
                if one.account.use == "cash" and one.by.units > 0
            ]
    return found


def _agreed(document: Document, lines: Sequence[DocumentLine]) -> list[Agreed]:
    """How the instalments on a document stand beside what their donors agreed to. A fund without a budget has no word."""
    found, came = [], [line for line in lines if line.fund.kind == "grant" and is_instalment(line.account)]
    for fund in {line.fund_id: line.fund for line in came}.values():
        planned = planned_of_fund(fund)
        if planned is None:
            continue
        before = figure_of("donor.amount", Scope(document.programme, more={"fund": fund.code}))
        received = worth_in(Money(before.value, document.programme.currency), planned.currency, document.on)
        for line in came:
            if line.fund_id == fund.pk:
                received += worth_in(-line.amount, planned.currency, document.on)
        share = Fraction(fund.donor_share or 10_000, 10_000)
        found.append(Agreed(fund, planned.times(share), received))
    return found


def _promised(document: Document, currency: str) -> Money:
    """What is promised to the payee of a document already."""
    total = Money(0, currency)
    for one in Commitment.objects.filter(programme_id=document.programme_id, recipient=document.payee_id):
        total += worth_in(one.amount, currency, document.on)
    return total


def _shares(lines: Sequence[DocumentLine], document: Document) -> list[Shared]:
    """Which part of the costs of a document the donors pay, where their contracts say so."""
    costs: dict[int, Money] = {}
    funds = {line.fund_id: line.fund for line in lines if line.account.kind == "expense" and line.fund.donor_share}
    for line in lines:
        if line.fund_id in funds and line.account.kind == "expense":
            value = worth_in(line.amount, document.book.currency, document.on, document.book.rate_source)
            costs[line.fund_id] = costs.get(line.fund_id, Money(0, value.currency)) + value
    found = []
    for key, cost in costs.items():
        share = funds[key].donor_share or 0
        part = Money(0, cost.currency) if cost.units < 0 else cost.split([share, 10000 - share])[0]
        found.append(Shared(funds[key].name, f"{share / 100:g} %", part))
    return found


# ── the payment list of an event ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Payee:
    """A participant on a payment list: what is found about the line, in words."""

    line: PaymentLine
    travel: Money
    meals: Money
    flags: list[Name]

    @property
    def is_unexplained(self) -> bool:
        """Whether an approver waits for a word about it."""
        return bool(self.flags) and not (self.line.reason_en or self.line.reason_km)


@dataclass(frozen=True, slots=True)
class PaymentSheet:
    """A payment list as it is shown and printed."""

    sheet: PaymentList
    payees: list[Payee]
    total: Money


def payment_sheet(paid: PaymentList) -> PaymentSheet:
    """A payment list with what has to be explained."""
    flags, currency = flags_of(paid), paid.currency
    payees = [
        Payee(
            line,
            Money(line.travel, currency),
            Money(line.meals, currency),
            [FLAGS[flag] for flag in flags.get(line.pk, [])],
        )
        for line in payment_lines(paid)
    ]
    return PaymentSheet(paid, payees, sum_of(paid))


# ── what can be chosen where a document is written ──────────────────────────────────────────────────────────────────


def own_book(programme: Programme, code: str = "") -> Book:
    """The book in which documents are written: the one with this code, else the first. Raises `record.not_found`."""
    own = [book for book in books_of(programme) if not book.is_memorandum and code in ("", book.code)]
    if not own:
        raise Refusal("record.not_found")
    return own[0]


def accounts_of(book: Book, *uses: str, kinds: Sequence[str] = ()) -> list[Account]:
    """The accounts of a book for some uses, or of some kinds."""
    found = book.accounts.order_by("code")
    if uses:
        found = found.filter(use__in=uses)
    return list(found.filter(kind__in=kinds) if kinds else found)


def can_be_settled(programme: Programme) -> list[Document]:
    """The advances of which something is left."""
    return advances_open(programme)


def can_be_reversed(programme: Programme) -> list[Document]:
    """The newest posted documents that no reversal undoes or waits to undo."""
    posted = documents_of(programme).filter(state="posted").exclude(kind="reversal")
    return [one for one in posted[:300] if not one.reversed_by.exclude(state="void").exists()]
