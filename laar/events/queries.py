"""Reads of events and requests, and their figures."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Sum

from laar.base.models import Programme
from laar.events.models import Attendance, Event, Request
from laar.events.rules import KINDS
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.kit.uids import spoken
from laar.registers.rules import SEXES


def held(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Event]:
    """The events of a kind that were held."""
    return (
        Event.objects.filter(programme=programme, kind=kind, state="held", place__code__startswith=prefix)
        .select_related("place", "host")
        .order_by("on", "id")
    )


def present_at(event: Event) -> int:
    """How many people were present, named or counted."""
    return event.attendances.aggregate(sum=Sum("count"))["sum"] or 0


def attendances(programme: Programme, prefix: str = "") -> QuerySet[Attendance]:
    """Everybody who was present at an event that was held."""
    return (
        Attendance.objects.filter(programme=programme, event__state="held", event__place__code__startswith=prefix)
        .select_related("event", "person")
        .order_by("event__on", "id")
    )


def requests(programme: Programme, prefix: str = "") -> QuerySet[Request]:
    """Everything that was asked."""
    return (
        Request.objects.filter(programme=programme, place__code__startswith=prefix)
        .select_related("event", "place")
        .order_by("event__on", "id")
    )


@figure(
    "events.forums",
    label=Name(en="Public forums held", km="វេទិកាសាធារណៈដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(
        en="Events of the kind “public forum” that were held: with an attendance and minutes.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «វេទិកាសាធារណៈ» ដែលបានប្រព្រឹត្តទៅ៖ មានវត្តមាន និងកំណត់ហេតុ។",
    ),
)
def forums(scope: Scope) -> Records:
    return Records(held(scope.programme, "forum", scope.place))


@figure(
    "events.inter_commune_meetings",
    label=Name(en="Inter-commune council meetings held", km="កិច្ចប្រជុំក្រុមប្រឹក្សាអន្តរឃុំ"),
    rule=Name(
        en="Events of the kind “inter-commune council meeting” that were held: with an attendance and minutes.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «កិច្ចប្រជុំក្រុមប្រឹក្សាអន្តរឃុំ» ដែលបានប្រព្រឹត្តទៅ៖ មានវត្តមាន និងកំណត់ហេតុ។",
    ),
)
def inter_commune_meetings(scope: Scope) -> Records:
    return Records(held(scope.programme, "inter_commune", scope.place))


@figure(
    "events.trainings",
    label=Name(en="Training sessions held", km="វគ្គបណ្តុះបណ្តាលដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(
        en="Events of the kind “training session” that were held: with a signed attendance sheet.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «វគ្គបណ្តុះបណ្តាល» ដែលបានប្រព្រឹត្តទៅ៖ មានបញ្ជីវត្តមានមានហត្ថលេខា។",
    ),
)
def trainings(scope: Scope) -> Records:
    return Records(held(scope.programme, "training", scope.place))


@figure(
    "events.present",
    label=Name(en="People present", km="អ្នកចូលរួម"),
    rule=Name(
        en="Attendances at events that were held, named or counted; somebody who came twice counts twice.",
        km="វត្តមានក្នុងព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅ តាមឈ្មោះ ឬតាមចំនួន; អ្នកមកពីរដងរាប់ពីរ។",
    ),
    takes=("sex", "kind"),
    only={"sex": SEXES, "kind": KINDS},
)
def present(scope: Scope) -> Records:
    records = attendances(scope.programme, scope.place)
    if scope["sex"]:
        records = records.filter(sex=scope["sex"])
    if scope["kind"]:
        records = records.filter(event__kind=scope["kind"])
    return Records(records, column="count")


@figure(
    "participation.women",
    label=Name(en="Participation: women among those present", km="ការចូលរួម៖ ស្ត្រីក្នុងចំណោមអ្នកចូលរួម"),
    rule=Name(
        en="Women present at events, over all who were present.",
        km="ស្ត្រីដែលចូលរួមក្នុងព្រឹត្តិការណ៍ ធៀបនឹងអ្នកចូលរួមទាំងអស់។",
    ),
)
def women(scope: Scope) -> Ratio:
    everybody = figure_of("events.present", scope)
    return Ratio(everybody.at(sex="f"), everybody, percent=True)


@figure(
    "requests.raised",
    label=Name(en="Requests raised", km="សំណូមពរដែលបានលើកឡើង"),
    rule=Name(en="Everything that was asked at an event and recorded.", km="អ្វីៗដែលបានស្នើក្នុងព្រឹត្តិការណ៍ និងបានកត់ត្រា។"),
)
def raised(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place))


@figure(
    "requests.answered",
    label=Name(en="Requests answered", km="សំណូមពរដែលបានឆ្លើយតប"),
    rule=Name(
        en="Requests that were accepted, referred or declined with a reason.",
        km="សំណូមពរដែលត្រូវបានទទួលយក បញ្ជូនបន្ត ឬបដិសេធដោយមានមូលហេតុ។",
    ),
)
def answered(scope: Scope) -> Records:
    return Records(requests(scope.programme, scope.place).exclude(state="recorded"))


@figure(
    "accountability.answered",
    label=Name(en="Accountability: requests answered", km="គណនេយ្យភាព៖ សំណូមពរដែលបានឆ្លើយតប"),
    rule=Name(en="Requests answered, of those raised.", km="សំណូមពរដែលបានឆ្លើយតប ក្នុងចំណោមសំណូមពរដែលបានលើកឡើង។"),
)
def accountability(scope: Scope) -> Ratio:
    return Ratio(figure_of("requests.answered", scope), figure_of("requests.raised", scope))


def unused_code(uid: UUID) -> str:
    """The shortest spoken code of an id that no request has yet."""
    codes = [spoken(uid, length) for length in (6, 7, 8, 12)]
    taken = set(Request.objects.filter(code__in=codes).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)
