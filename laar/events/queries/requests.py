"""Reads of requests, and their figures."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.events.models import Request
from laar.events.queries.dates import WHEN, during
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.kit.uids import spoken


def requests(programme: Programme, prefix: str = "", when: str = "") -> QuerySet[Request]:
    """Everything that was asked within the dates of the action, or after it."""
    records = Request.objects.filter(programme=programme, place__code__startswith=prefix)
    return during(programme, records, "event__on", when).select_related("event", "place").order_by("event__on", "id")


@figure(
    "requests.raised",
    label=Name(en="Requests raised", km="សំណូមពរដែលបានលើកឡើង"),
    rule=Name(
        en="Everything that was asked at an event within the dates of the action and recorded; with “when=after” what "
        "was asked after it.",
        km="អ្វីៗដែលបានស្នើក្នុងព្រឹត្តិការណ៍ ក្នុងរយៈពេលនៃសកម្មភាព និងបានកត់ត្រា; «when=after» រាប់អ្វីដែលបានស្នើក្រោយសកម្មភាព។",
    ),
    takes=("when",),
    only={"when": WHEN},
)
def raised(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place, scope["when"]))


@figure(
    "requests.answered",
    label=Name(en="Requests answered", km="សំណូមពរដែលបានឆ្លើយតប"),
    rule=Name(
        en="Requests of the time of the action (with “when=after”: of the time after it) that were accepted, referred or "
        "declined with a reason.",
        km="សំណូមពរក្នុងរយៈពេលនៃសកម្មភាព («when=after»៖ ក្រោយសកម្មភាព) ដែលត្រូវបានទទួលយក បញ្ជូនបន្ត ឬបដិសេធដោយមានមូលហេតុ។",
    ),
    takes=("when",),
    only={"when": WHEN},
)
def answered(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place, scope["when"]).exclude(state="recorded"))


@figure(
    "accountability.answered",
    label=Name(en="Accountability: requests answered", km="គណនេយ្យភាព៖ សំណូមពរដែលបានឆ្លើយតប"),
    rule=Name(en="Requests answered, of those raised.", km="សំណូមពរដែលបានឆ្លើយតប ក្នុងចំណោមសំណូមពរដែលបានលើកឡើង។"),
    takes=("when",),
    only={"when": WHEN},
)
def accountability(scope: Scope) -> Ratio:
    return Ratio(figure_of("requests.answered", scope), figure_of("requests.raised", scope))


def unused_code(uid: UUID) -> str:
    """The shortest spoken code of an id that no request has yet."""
    codes = [spoken(uid, length) for length in (6, 7, 8, 12)]
    taken = set(Request.objects.filter(code__in=codes).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)
