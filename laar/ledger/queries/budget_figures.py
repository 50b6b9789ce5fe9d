"""The figures of a budget: planned, committed, advanced, paid, left; of a heading, a line, a year, a place."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.kit.figures import Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget, BudgetMove, CommitmentMove, ForecastAmount, Posting
from laar.ledger.queries.budget_worth import is_foreign, worth_of
from laar.ledger.queries.budgets import budget_called, headings_of, mains_of, newest_forecast
from laar.ledger.queries.told import Reckoned

#: Which main headings a computed row of the form adds up, by what they are in it.
ADDS_UP = {
    "direct": ("",),
    "eligible": ("", "indirect"),
    "total": ("", "indirect", "reserve"),
}
TAKES = ("budget", "heading", "line", "year")


def headings_below(budget: Budget, code: str) -> set[int]:
    """The keys of the headings that a row of the form takes in: itself and those below it, or what it computes."""
    headings = headings_of(budget.programme, budget.chart)
    mains, parents = mains_of(headings), {one.pk: one.parent_id for one in headings}
    row = next((one for one in headings if one.code == code), None)
    if row is None:
        raise Refusal("record.not_found")
    if row.role in ADDS_UP:
        return {one.pk for one in headings if mains[one.pk].role in ADDS_UP[row.role]}
    found = {row.pk}
    for one in headings:  # a heading stands below those that it belongs to
        if parents[one.pk] in found:
            found.add(one.pk)
    return found


def _budget(scope: Scope) -> Budget | None:
    """The budget that is asked about; None: all that are in the currency of the programme.

    Raises Refusal `record.not_found` where there is none of this code, or a row of a form is asked for and not whose.
    """
    if scope["budget"]:
        return budget_called(scope.programme, scope["budget"])
    if scope["heading"] or scope["line"]:
        raise Refusal("record.not_found")
    return None


def _asked(records: QuerySet[Any], scope: Scope, budget: Budget | None, line: str) -> QuerySet[Any]:
    """Those records whose budget line, at the end of a path, is one that the scope asks about."""
    start = f"{line}__"
    if budget is None:
        currency = scope.programme.currency
        found = records.filter(**{f"{start}budget__currency": currency, "programme": scope.programme})
    else:
        found = records.filter(**{f"{start}budget": budget})
    if budget and scope["heading"]:
        found = found.filter(**{f"{start}heading__in": headings_below(budget, scope["heading"])})
    if budget and scope["line"]:
        if not budget.lines.filter(code=scope["line"]).exists():
            raise Refusal("record.not_found")
        found = found.filter(**{f"{start}code": scope["line"]})
    if scope["year"]:
        if not scope["year"].isdecimal():
            raise Refusal("record.not_found")
        found = found.filter(**{f"{start}year": int(scope["year"]) or None})
    return found


@figure(
    "budget.planned",
    label=Name(en="Planned", km="គ្រោង"),
    rule=Name(
        en="The original budget with every addendum and reallocation since, or one of these kinds, in the currency of the "
        "budget.",
        km="ថវិកាដើម រួមនឹងសេចក្ដីបន្ថែម និងការផ្ទេរទាំងអស់ ឬប្រភេទណាមួយ តាមរូបិយប័ណ្ណរបស់ថវិកា។",
    ),
    takes=(*TAKES, "kind"),
    by_place=False,
    only={"kind": ("original", "amended", "reallocated", "changed")},
)
def planned(scope: Scope) -> Records:
    budget = _budget(scope)
    moves = _asked(BudgetMove.objects.all(), scope, budget, "line")
    if scope["kind"] == "changed":
        moves = moves.exclude(change__kind="original")
    elif scope["kind"]:
        moves = moves.filter(change__kind=scope["kind"])
    records = moves.select_related("change__budget", "line").order_by("change__number", "id")
    return Records(records, column="units", currency=budget.currency if budget else scope.programme.currency)


def _commitment_moves(scope: Scope, budget: Budget | None) -> QuerySet[CommitmentMove]:
    moves = _asked(CommitmentMove.objects.all(), scope, budget, "commitment__line")
    return moves.select_related("commitment", "entry").order_by("on", "id")


def _moved(scope: Scope, column: str) -> Records:
    """What moved of commitments, in the currency of the budget."""
    budget = _budget(scope)
    moves = _commitment_moves(scope, budget).exclude(**{column: 0})
    if budget and is_foreign(budget):
        return _reckoned(budget, moves, "commitment__currency", column)
    return Records(moves, column=column, currency=scope.programme.currency)


def _reckoned(budget: Budget, records: QuerySet[Any], currency: str, column: str) -> Reckoned:
    shares = worth_of(budget, records.values_list("pk", currency, column, "on"))
    return Reckoned(records, currency=budget.currency, shares=shares, total=sum(shares.values()))


@figure(
    "budget.committed",
    label=Name(en="Committed, not yet paid", km="បានសន្យា មិនទាន់បង់"),
    rule=Name(
        en="What agreements and contracts promise of a line, less what was paid and what was let go.",
        km="អ្វីដែលកិច្ចព្រមព្រៀង និងកិច្ចសន្យាសន្យាពីបន្ទាត់ ដកអ្វីដែលបានបង់ និងបានលែង។",
    ),
    takes=TAKES,
    by_place=False,
)
def committed(scope: Scope) -> Records:
    return _moved(scope, "units")


@figure(
    "budget.advanced",
    label=Name(en="Paid, not yet accounted for", km="បានបង់ មិនទាន់ទូទាត់"),
    rule=Name(
        en="What was paid to communes as an advance, less what vouchers account for and what came back: no cost yet.",
        km="បុរេប្រទានដែលបានបង់ដល់ឃុំ ដកអ្វីដែលប័ណ្ណចំណាយបានទូទាត់ និងបានបង្វិល៖ មិនទាន់ជាចំណាយ។",
    ),
    takes=TAKES,
    by_place=False,
)
def advanced(scope: Scope) -> Records:
    return _moved(scope, "out")


@figure(
    "budget.paid",
    label=Name(en="Spent", km="បានចំណាយ"),
    rule=Name(
        en="The costs charged to the lines; where the budget is in another currency than the book, each at the rate that the "
        "contract of its fund names, that of the month where it names the mean of a period.",
        km="ចំណាយដែលបានកត់លើបន្ទាត់; បើថវិកាជារូបិយប័ណ្ណផ្សេងពីបញ្ជី ចំណាយនីមួយៗតាមអត្រាដែលកិច្ចសន្យាមូលនិធិកំណត់ "
        "គឺអត្រាប្រចាំខែ បើកំណត់មធ្យមភាគនៃរយៈពេល។",
    ),
    takes=TAKES,
    by_place=False,
)
def paid(scope: Scope) -> Records:
    budget = _budget(scope)
    postings = _asked(Posting.objects.all(), scope, budget, "line")
    records = postings.select_related("account", "fund", "purpose", "entry").order_by("on", "entry_id", "position")
    if budget and is_foreign(budget):
        return _reckoned(budget, records, "currency", "units")
    return Records(records, column="in_book", currency=scope.programme.currency)


@figure(
    "budget.left",
    label=Name(en="Left", km="នៅសល់"),
    rule=Name(
        en="Planned, less what is spent, advanced and still promised.",
        km="គ្រោង ដកអ្វីដែលបានចំណាយ បានបង់ជាបុរេប្រទាន និងនៅសន្យា។",
    ),
    takes=TAKES,
    by_place=False,
)
def left(scope: Scope) -> Total:
    used = tuple(figure_of(f"budget.{key}", scope) for key in ("committed", "advanced", "paid"))
    return Total((figure_of("budget.planned", scope),), less=used)


@figure(
    "budget.expected",
    label=Name(en="Forecast", km="ការព្យាករណ៍"),
    rule=Name(
        en="What the newest forecast of the budget expects to be spent from its day on, in the currency of the budget.",
        km="អ្វីដែលការព្យាករណ៍ថ្មីបំផុតនៃថវិការំពឹងថានឹងចំណាយចាប់ពីថ្ងៃរបស់វា តាមរូបិយប័ណ្ណរបស់ថវិកា។",
    ),
    takes=TAKES,
    by_place=False,
)
def expected(scope: Scope) -> Records:
    budget = _budget(scope)
    newest = newest_forecast(budget) if budget else None
    amounts = ForecastAmount.objects.filter(forecast=newest) if newest else ForecastAmount.objects.none()
    records = _asked(amounts, scope, budget, "line").select_related("line", "forecast").order_by("since", "id")
    return Records(records, column="units", currency=budget.currency if budget else scope.programme.currency)


@figure(
    "budget.used",
    label=Name(en="Spent of what is planned", km="បានចំណាយធៀបនឹងគ្រោង"),
    rule=Name(en="What is spent, over what is planned now.", km="អ្វីដែលបានចំណាយ ធៀបនឹងអ្វីដែលគ្រោងឥឡូវ។"),
    takes=TAKES,
    by_place=False,
)
def used(scope: Scope) -> Ratio:
    return Ratio(figure_of("budget.paid", scope), figure_of("budget.planned", scope), percent=True)


def budget_scope(programme: Programme, code: str, **more: str) -> Scope:
    """The scope of a budget's figures."""
    return Scope(programme, more={"budget": code, **more})
