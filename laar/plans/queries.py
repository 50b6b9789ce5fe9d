"""Reads of plans and their lines, and their figures."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.events.models import Request
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.plans.models import Line, Plan
from laar.plans.rules import FUNDING

#: Years as an address writes them.
YEARS = {str(year) for year in range(1990, 2100)}

#: A plan counts from its approval by the council on.
ADOPTED = ("approved", "running", "reported", "closed")


def adopted_plans(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Plan]:
    """The plans of a kind that a council has approved."""
    return (
        Plan.objects.filter(programme=programme, kind=kind, state__in=ADOPTED, place__code__startswith=prefix)
        .select_related("place", "owner", "partner")
        .order_by("year", "place__code")
    )


def lines_left(plan: Plan) -> QuerySet[Line]:
    """Lines of which nobody has said what became of them."""
    return plan.lines.filter(state__in=("planned", "postponed"))


def lines_answering(request: Request) -> QuerySet[Line]:
    """The lines that answer a request."""
    return Line.objects.filter(answers__request=request).select_related("plan", "event").order_by("id")


def oa_lines(scope: Scope) -> QuerySet[Line]:
    """The lines of approved outreach plans."""
    lines = Line.objects.filter(plan__in=_oa_plans(scope).values("id"))
    return lines.select_related("plan", "event", "place").order_by("plan__year", "plan__place__code", "position")


def _oa_plans(scope: Scope) -> QuerySet[Plan]:
    plans = adopted_plans(scope.programme, "oa", scope.place)
    if scope["year"]:
        plans = plans.filter(year=int(scope["year"]))
    if scope["funding"]:
        plans = plans.filter(funding=scope["funding"])
    return plans


@figure(
    "oa.plans",
    label=Name(en="Outreach plans", km="ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="Outreach plans that a council has approved by a decision, with a number, a date and the signed paper.",
        km="ផែនការសកម្មភាពចុះផ្សព្វផ្សាយដែលក្រុមប្រឹក្សាបានអនុម័តដោយសេចក្តីសម្រេច មានលេខ កាលបរិច្ឆេទ និងឯកសារ។",
    ),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def oa_plans(scope: Scope) -> Records:
    return Records(_oa_plans(scope))


@figure(
    "oa.lines_planned",
    label=Name(en="Outreach activities planned", km="សកម្មភាពដែលបានគ្រោង"),
    rule=Name(en="The lines of approved outreach plans.", km="សកម្មភាពក្នុងផែនការចុះផ្សព្វផ្សាយដែលបានអនុម័ត។"),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def lines_planned(scope: Scope) -> Records:
    return Records(oa_lines(scope))


@figure(
    "oa.lines_held",
    label=Name(en="Outreach activities held", km="សកម្មភាពដែលបានអនុវត្ត"),
    rule=Name(
        en="Lines of approved outreach plans that an event has delivered, with attendance and papers.",
        km="សកម្មភាពក្នុងផែនការដែលបានអនុម័ត ហើយព្រឹត្តិការណ៍មួយបានអនុវត្ត មានវត្តមាន និងឯកសារ។",
    ),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def lines_held(scope: Scope) -> Records:
    return Records(oa_lines(scope).filter(state="held"))


@figure(
    "oa.effective",
    label=Name(en="Activities held, of those planned", km="សកម្មភាពបានអនុវត្ត ក្នុងចំណោមដែលបានគ្រោង"),
    rule=Name(
        en="What “implemented effectively” means for outreach plans: activities held, of those planned.",
        km="ន័យនៃ «អនុវត្តប្រកបដោយប្រសិទ្ធភាព» សម្រាប់ផែនការ៖ សកម្មភាពបានអនុវត្ត ក្នុងចំណោមដែលបានគ្រោង។",
    ),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def effective(scope: Scope) -> Ratio:
    return Ratio(figure_of("oa.lines_held", scope), figure_of("oa.lines_planned", scope))
