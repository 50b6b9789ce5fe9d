"""Reads of plans and their lines, and their figures."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from laar.base.models import Programme
from laar.events.models import Attendance, Request
from laar.events.queries import requests
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.plans.models import Answer, Line, Plan
from laar.plans.rules import ADOPTED, FUNDING, GIVEN_UP, LEFT
from laar.registers.rules import SEXES

#: Years as an address writes them.
YEARS = {str(year) for year in range(1990, 2100)}


def adopted_plans(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Plan]:
    """The plans of a kind that a council has approved."""
    return (
        Plan.objects.filter(programme=programme, kind=kind, state__in=ADOPTED, place__code__startswith=prefix)
        .select_related("place", "owner", "partner")
        .order_by("year", "place__code")
    )


def lines_left(plan: Plan) -> QuerySet[Line]:
    """Lines of which nobody has said what became of them."""
    return plan.lines.filter(state__in=LEFT)


def lines_answering(request: Request) -> QuerySet[Line]:
    """The lines that answer a request, and those that continue them in later plans: the same need goes on."""
    found = onward(Line.objects.filter(answers__request=request))
    return Line.objects.filter(id__in=found).select_related("plan__decision", "event").order_by("id")


def onward(lines: QuerySet[Line]) -> set[int]:
    """The keys of some lines and of all that continue them, however often the need was carried over."""
    found = set(lines.values_list("id", flat=True))
    newest = found
    while newest := set(Line.objects.filter(continues__in=newest).values_list("id", flat=True)) - found:
        found |= newest
    return found


def accepted_requests(programme: Programme, prefix: str = "") -> QuerySet[Request]:
    """The requests that councils took up, also after those who asked were told."""
    told_yes = Q(state="reported_back", referred_to=None, reason_en="", reason_km="")
    return requests(programme, prefix).filter(Q(state="accepted") | told_yes)


def origins_of(line: Line) -> list[Line]:
    """A line and those that it continues, back to the first."""
    chain = [line]
    while chain[-1].continues is not None and chain[-1].continues not in chain:
        chain.append(chain[-1].continues)
    return chain


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


def oa_years(programme: Programme) -> list[int]:
    """The years for which councils have approved outreach plans."""
    return sorted(set(adopted_plans(programme, "oa").order_by().values_list("year", flat=True)))


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


@figure(
    "oa.people_expected",
    label=Name(en="People expected at outreach activities", km="អ្នកចូលរួមដែលរំពឹងទុក"),
    rule=Name(
        en="The people expected in the lines of approved outreach plans that were held.",
        km="ចំនួនមនុស្សដែលរំពឹងទុកក្នុងសកម្មភាពដែលបានអនុវត្ត។",
    ),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def people_expected(scope: Scope) -> Records:
    return Records(oa_lines(scope).filter(state="held"), column="people")


@figure(
    "oa.people_reached",
    label=Name(en="People reached by outreach activities", km="អ្នកចូលរួមសកម្មភាពចុះផ្សព្វផ្សាយ"),
    rule=Name(
        en="Everybody present at the events that delivered a line of an approved outreach plan; by sex where asked for.",
        km="អ្នកចូលរួមទាំងអស់ក្នុងព្រឹត្តិការណ៍ដែលបានអនុវត្តសកម្មភាពក្នុងផែនការ; តាមភេទបើមានសួរ។",
    ),
    takes=("year", "funding", "sex"),
    only={"year": YEARS, "funding": FUNDING, "sex": SEXES},
    of_people=True,
)
def people_reached(scope: Scope) -> Records:
    events = oa_lines(scope).filter(state="held").order_by().values("event")
    came = Attendance.objects.filter(event__in=events).select_related("event", "person").order_by("event__on", "id")
    return Records(came.filter(sex=scope["sex"]) if scope["sex"] else came, column="count")


@figure(
    "oa.served",
    label=Name(en="People reached, of those expected", km="អ្នកចូលរួម ក្នុងចំណោមដែលរំពឹងទុក"),
    rule=Name(
        en="People present at the activities that were held, over the people that their lines expected.",
        km="អ្នកចូលរួមសកម្មភាពដែលបានអនុវត្ត ធៀបនឹងចំនួនដែលផែនការរំពឹងទុក។",
    ),
    takes=("year", "funding"),
    only={"year": YEARS, "funding": FUNDING},
)
def served(scope: Scope) -> Ratio:
    return Ratio(figure_of("oa.people_reached", scope), figure_of("oa.people_expected", scope))


@figure(
    "integration.answered",
    label=Name(en="Requests taken into a plan, of those accepted", km="សំណូមពរដែលបានបញ្ចូលក្នុងផែនការ ក្នុងចំណោមដែលទទួលយក"),
    rule=Name(
        en="Accepted requests that a line of an adopted plan (outreach, development or investment) answers, of those that "
        "councils accepted.",
        km="សំណូមពរដែលទទួលយក ហើយចំណុចក្នុងផែនការដែលបានអនុម័តឆ្លើយតប ក្នុងចំណោមដែលក្រុមប្រឹក្សាទទួលយក។",
    ),
)
def integrated(scope: Scope) -> Ratio:
    return Ratio(figure_of("requests.planned", scope), figure_of("requests.accepted", scope))


@figure(
    "requests.accepted",
    label=Name(en="Requests accepted by councils", km="សំណូមពរដែលក្រុមប្រឹក្សាទទួលយក"),
    rule=Name(
        en="Requests that a council took up, also after those who asked were told.",
        km="សំណូមពរដែលក្រុមប្រឹក្សាទទួលយក ក្រោយប្រាប់ត្រឡប់ក៏រាប់ដែរ។",
    ),
)
def accepted(scope: Scope) -> Records:
    return Records(accepted_requests(scope.programme, scope.place))


@figure(
    "requests.planned",
    label=Name(en="Requests taken into a plan", km="សំណូមពរដែលបានបញ្ចូលក្នុងផែនការ"),
    rule=Name(
        en="Accepted requests that a line of an adopted plan answers, or one that continues it; not where it was given up.",
        km="សំណូមពរដែលទទួលយក ហើយចំណុចក្នុងផែនការដែលបានអនុម័ត ឬចំណុចបន្តឆ្លើយតប; មិនរាប់ចំណុចដែលបោះបង់។",
    ),
)
def planned(scope: Scope) -> Records:
    adopted = Line.objects.filter(plan__state__in=ADOPTED).exclude(state__in=GIVEN_UP)
    answers = Answer.objects.filter(Q(line__in=adopted.values("id")) | Q(line__in=adopted.values("continues")))
    return Records(accepted_requests(scope.programme, scope.place).filter(id__in=answers.values("request")))
