"""Statements by whose money it is: per fund, per budget line, sources and uses, cost by source across the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q, Sum

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Account, AccountMonth, BudgetLine, BudgetMove, Fund, FundMonth, Posting
from laar.ledger.queries.statements.accounts import CLOSING, FUND, OPENING, TOTAL, coded
from laar.ledger.queries.statements.statement import Asked, Column, Part, Row, Statement, statement, where
from laar.ledger.queries.sums import Moved, Sums, as_known, moved_between, moved_up_to, on_or_before
from laar.ledger.rules import MONEY_USES

RECEIVED = Column(Name(en="Received", km="បានទទួល"), "amount")
COST = Column(Name(en="Cost", km="ចំណាយ"), "amount")
ADVANCED = Column(Name(en="Advances open", km="បុរេប្រទាននៅសល់"), "amount")
LEFT = Column(Name(en="Left", km="នៅសល់"), "amount")
HELD = Column(Name(en="In bank and cash", km="ក្នុងធនាគារ និងបេឡា"), "amount")


def accounts_of(asked: Asked) -> dict[int, Account]:
    """The accounts of the books that are asked for, by their keys."""
    books = [asked.book] if asked.book else asked.books
    found = Account.objects.filter(book__in=books).select_related("book").order_by("book__is_memorandum", "code")
    return {account.pk: account for account in found}


def book_scope(asked: Asked) -> dict[str, str]:
    """The book that is asked for, as a figure takes it."""
    return {"book": asked.book.code} if asked.book else {}


@statement(
    "funds",
    title=Name(en="Balance per fund", km="សមតុល្យតាមមូលនិធិ"),
    says=Name(
        en="what came in of each fund, what it cost, what is left and where that lies",
        km="អ្វីដែលបានទទួលនៃមូលនិធិនីមួយៗ ចំណាយ អ្វីដែលនៅសល់ និងនៅទីណា",
    ),
    takes=("book", "fund"),
)
def funds(asked: Asked) -> Statement:
    """Every fund that moved: received, cost, left, open advances, money held."""
    accounts = accounts_of(asked)
    sums = _by_fund(asked, accounts)
    scope = {**book_scope(asked), **asked.days}
    known = Fund.objects.filter(pk__in={fund for fund, _account in sums}).order_by("kind", "code")
    rows = []
    for fund in known:
        held = {account: moved for (key, account), moved in sums.items() if key == fund.pk}
        cells = _of_a_fund(asked, held, accounts, {**scope, "fund": fund.code})
        rows.append(Row((coded(fund), *cells), "cost", {"fund": fund.code, **asked.days}))
    whole: dict[int, Moved] = defaultdict(Moved)
    for (_fund, account), moved in sums.items():
        whole[account] += moved
    if rows and not asked.fund:
        rows.append(Row((TOTAL, *_of_a_fund(asked, whole, accounts, scope)), is_total=True))
    return Statement((FUND_, RECEIVED, COST, LEFT, ADVANCED, HELD), (Part(tuple(rows)),))


FUND_ = Column(FUND.label)


def _by_fund(asked: Asked, accounts: Iterable[int]) -> Sums:
    narrowed = where(asked, account_id=list(accounts)) if asked.book else where(asked)
    return moved_up_to(FundMonth, ["fund_id", "account_id"], narrowed, day=asked.day, known=asked.known)


def _of_a_fund(asked: Asked, held: dict[int, Moved], accounts: dict[int, Account], scope: dict[str, str]) -> list[Any]:
    """Received, cost, left, advances and money of a fund (or of all)."""

    def sum_of(*kinds: str, uses: tuple[str, ...] = ()) -> int:
        return sum(
            moved.in_book
            for key, moved in held.items()
            if key in accounts and (accounts[key].kind in kinds or accounts[key].use in uses)
        )

    return [
        asked.told(-sum_of("income"), kind="income", show="owed", **scope),
        asked.told(sum_of("expense"), kind="expense", **scope),
        asked.told(-sum_of("income", "expense"), kind="result", show="owed", **scope),
        asked.told(sum_of(uses=("advance",)), use="advance", **scope),
        asked.told(sum_of(uses=MONEY_USES), use="money", **scope),
    ]


@statement(
    "cost",
    title=Name(en="Cost by source", km="ចំណាយតាមប្រភព"),
    says=Name(
        en="what everything cost, by whose money it was: our own books and the communes' read across",
        km="ចំណាយទាំងអស់ តាមប្រភពប្រាក់៖ បញ្ជីរបស់យើង និងរបស់ឃុំ/សង្កាត់រួមគ្នា",
    ),
    takes=("fund", "since"),
)
def cost_by_source(asked: Asked) -> Statement:
    """What was spent of each fund, in our own books and in those that copy the communes' money."""
    accounts = accounts_of(asked)
    sums = moved_between(
        FundMonth, ["fund_id", "account_id"], where(asked), since=asked.since, day=asked.day, known=asked.known
    )
    spent: dict[int, dict[str, int]] = defaultdict(lambda: {"own": 0, "memorandum": 0})
    for (fund, key), moved in sums.items():
        if key in accounts and accounts[key].kind == "expense":
            spent[fund]["memorandum" if accounts[key].book.is_memorandum else "own"] += moved.in_book
    rows = []
    for one in Fund.objects.filter(pk__in=spent).order_by("kind", "code"):
        rows.append(
            Row(
                (coded(one), *_spent(asked, spent[one.pk], {"fund": one.code})),
                "sources-uses",
                {"fund": one.code, **asked.period},
            )
        )
    whole = {whose: sum(own[whose] for own in spent.values()) for whose in ("own", "memorandum")}
    if rows and not asked.fund:
        rows.append(Row((TOTAL, *_spent(asked, whole, {})), is_total=True))
    return Statement((FUND_, OURS, THEIRS, TOGETHER), (Part(tuple(rows)),))


OURS = Column(Name(en="In our books", km="ក្នុងបញ្ជីរបស់យើង"), "amount")
THEIRS = Column(Name(en="In memorandum books", km="ក្នុងបញ្ជីអនុស្សរណៈ"), "amount")
TOGETHER = Column(Name(en="Together", km="សរុបរួម"), "amount")


def _spent(asked: Asked, spent: dict[str, int], fund: dict[str, str]) -> list[Any]:
    scope = {"kind": "expense", **fund, **asked.period}
    by_book = [asked.told(spent[whose], books=whose, **scope) for whose in ("own", "memorandum")]
    return [*by_book, asked.told(sum(spent.values()), **scope)]


@statement(
    "sources-uses",
    title=Name(en="Sources and uses", km="ប្រភព និងការប្រើប្រាស់"),
    says=Name(
        en="what there was at first, what came in, what it was used for, what there is now",
        km="អ្វីដែលមានដំបូង អ្វីដែលបានទទួល ប្រើសម្រាប់អ្វី និងអ្វីដែលមានឥឡូវ",
    ),
    takes=("book", "fund", "since"),
    needs=("book",),
    begins="year",
)
def sources_and_uses(asked: Asked) -> Statement:
    """From the money there was to the money there is: every other account that moved is a source or a use."""
    accounts = accounts_of(asked)
    narrowed = where(asked, account_id=list(accounts))
    rollup = FundMonth if asked.fund else AccountMonth
    until = moved_up_to(rollup, ["account_id"], narrowed, day=asked.day, known=asked.known)
    start = asked.since - timedelta(days=1) if asked.since else None
    before = moved_up_to(rollup, ["account_id"], narrowed, day=start, known=asked.known) if start else {}
    scope = {**book_scope(asked), **({"fund": asked.fund.code} if asked.fund else {})}
    known = {"known": asked.known.isoformat()} if asked.known else {}
    money = [key for key, account in accounts.items() if account.use in MONEY_USES]
    first = sum((before.get((key,), Moved()).in_book for key in money), 0)
    last = sum((until.get((key,), Moved()).in_book for key in money), 0)
    opened = {**scope, **known, "day": start.isoformat()} if start else {}
    opening = Row((OPENING, asked.told(first, use="money", **opened) if start else None), is_total=True)
    closing = Row((CLOSING, asked.told(last, use="money", **scope, **asked.days)), is_total=True)
    sources: list[Row] = []
    uses: list[Row] = []
    for key, account in accounts.items():
        if key in money:
            continue
        moved = until.get((key,), Moved()).in_book - before.get((key,), Moved()).in_book
        if not moved:
            continue
        show = {"show": "owed"} if moved < 0 else {}
        cell = asked.told(abs(moved), account=account.code, **scope, **asked.period, **show)
        leads = {"account": f"{account.book.code}:{account.code}", **asked.period}
        (sources if moved < 0 else uses).append(Row((coded(account), cell), "ledger", leads))
    return Statement(
        (WHAT, IN_BOOK),
        (
            Part((opening,) if start else (), Name(en="At first", km="ដំបូង")),
            Part(tuple(sources), Name(en="Sources", km="ប្រភព")),
            Part(tuple(uses), Name(en="Uses", km="ការប្រើប្រាស់")),
            Part((closing,), Name(en="At last", km="ចុងក្រោយ")),
        ),
    )


WHAT = Column(Name(en="What", km="អ្វី"))
IN_BOOK = Column(Name(en="Amount", km="ចំនួនទឹកប្រាក់"), "amount")


@statement(
    "lines",
    title=Name(en="Balance per budget line", km="សមតុល្យតាមបន្ទាត់ថវិកា"),
    says=Name(
        en="what is budgeted for each line, what was charged to it, what is left",
        km="ថវិកានៃបន្ទាត់នីមួយៗ អ្វីដែលបានកត់ និងអ្វីដែលនៅសល់",
    ),
    takes=("fund",),
    needs=("fund",),
)
def lines(asked: Asked) -> Statement:
    """Every line of a fund's budgets: budgeted, charged, left."""
    fund = asked.fund
    assert fund is not None
    listed = BudgetLine.objects.filter(budget__fund=fund).select_related("budget", "heading")
    moves = BudgetMove.objects.filter(fund=fund, **({"change__on__lte": asked.day} if asked.day else {}))
    planned = dict(moves.order_by().values_list("line_id").annotate(sum=Sum("units")))
    charged = Posting.objects.filter(on_or_before(asked.day), as_known(asked.known), ~Q(line=None), fund=fund)
    actual = dict(charged.order_by().values_list("line_id").annotate(sum=Sum("in_book")))
    rows = []
    for line in listed.order_by("budget__code", "heading__position", "code"):
        plan, spent = planned.get(line.pk, 0), actual.get(line.pk, 0)
        same = line.budget.currency == asked.programme.currency
        scope = {"fund": fund.code, "line": f"{line.budget.code}:{line.code}", **asked.days}
        rows.append(
            Row(
                (
                    line.name,
                    line.heading.name,
                    Money(plan, line.budget.currency),
                    asked.told(spent, **scope),
                    Money(plan - spent, line.budget.currency) if same else None,
                )
            )
        )
    return Statement((LINE, HEADING, PLANNED, CHARGED, LEFT), (Part(tuple(rows)),))


LINE = Column(Name(en="Budget line", km="បន្ទាត់ថវិកា"))
HEADING = Column(Name(en="Heading", km="ចំណាត់ថ្នាក់"), on_phone=False)
PLANNED = Column(Name(en="Budget", km="ថវិកា"), "amount")
CHARGED = Column(Name(en="Charged", km="បានកត់ចំណាយ"), "amount")
