"""How far what people asked for has come, as figures: funded, done. The stages of one request: `stages`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from laar.events.queries import requests
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name
from laar.plans.models import Answer, Line
from laar.plans.queries import accepted_requests
from laar.plans.rules import ADOPTED, GIVEN_UP
from laar.projects.models import Project, Tranche
from laar.projects.rules import AGREED, DONE, ENDED_EARLY, PAID

#: A line that answers, or one that continues it: from the development plan into the programme, and into the next one.
ONWARD = ("line", "line__continued_by", "line__continued_by__continued_by")


def answered_by(lines: QuerySet[Line]) -> Q:
    """Requests that one of these lines answers, or continues to answer."""
    of_these = Q()
    for path in ONWARD:
        of_these |= Q(**{f"{path}__in": lines.values("id")})
    return Q(id__in=Answer.objects.filter(of_these).values("request"))


def carried() -> QuerySet[Line]:
    """The lines of adopted plans that nobody has given up."""
    return Line.objects.filter(plan__state__in=ADOPTED).exclude(state__in=GIVEN_UP)


def _projects() -> QuerySet[Project]:
    """The agreed project of a line: its own, or the outreach grant of its plan."""
    agreed = Project.objects.filter(state__in=AGREED).exclude(state__in=ENDED_EARLY)
    return agreed.filter(Q(line=OuterRef("pk")) | Q(kind="oa", plan=OuterRef("plan")))


@figure(
    "requests.funded",
    label=Name(en="Requests that were funded", km="សំណូមពរដែលមានថវិកា"),
    rule=Name(
        en="Accepted requests for whose line of a plan a tranche of a grant was paid; of the line's own project or of the "
        "outreach grant of its plan.",
        km="សំណូមពរដែលទទួលយក ហើយបានបើកប្រាក់សម្រាប់ចំណុចក្នុងផែនការ ពីគម្រោងរបស់វា ឬជំនួយរបស់ផែនការ។",
    ),
)
def funded(scope: Scope) -> Records:
    paid = Tranche.objects.filter(state__in=PAID, paid_on__isnull=False).values("agreement__project")
    lines = carried().filter(Exists(_projects().filter(id__in=paid)))
    return Records(accepted_requests(scope.programme, scope.place).filter(answered_by(lines)))


@figure(
    "requests.done",
    label=Name(en="Requests that were done", km="សំណូមពរដែលបានធ្វើ"),
    rule=Name(
        en="Accepted requests whose line of a plan an event delivered, or whose project was completed and verified.",
        km="សំណូមពរដែលទទួលយក ហើយព្រឹត្តិការណ៍បានអនុវត្តចំណុចក្នុងផែនការ ឬគម្រោងបានបញ្ចប់ និងផ្ទៀងផ្ទាត់។",
    ),
)
def done(scope: Scope) -> Records:
    finished = Project.objects.filter(line=OuterRef("pk"), state__in=DONE)
    lines = carried().filter(Q(state="held", event__isnull=False) | Exists(finished))
    return Records(accepted_requests(scope.programme, scope.place).filter(answered_by(lines)))


@figure(
    "requests.told",
    label=Name(en="Requests of which people were told", km="សំណូមពរដែលបានប្រាប់ត្រឡប់"),
    rule=Name(
        en="Requests of the time of the action of which the people who asked were told at an event what became of them.",
        km="សំណូមពរក្នុងរយៈពេលនៃសកម្មភាព ដែលអ្នកស្នើត្រូវបានប្រាប់ពីលទ្ធផលក្នុងព្រឹត្តិការណ៍មួយ។",
    ),
)
def told(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place).filter(state="reported_back"))


@figure(
    "requests.waiting",
    label=Name(en="Requests without an answer", km="សំណូមពរដែលមិនទាន់មានចម្លើយ"),
    rule=Name(
        en="Requests of the time of the action that are recorded and were neither accepted, referred nor declined.",
        km="សំណូមពរក្នុងរយៈពេលនៃសកម្មភាព ដែលបានកត់ត្រា តែមិនទាន់ទទួលយក បញ្ជូនបន្ត ឬបដិសេធ។",
    ),
)
def waiting(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place).filter(state="recorded"))
