"""Reads of events, and their figures."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from laar.base.models import Programme
from laar.events.models import Attendance, Event
from laar.events.queries.dates import WHEN, during
from laar.events.rules import CAPACITIES, KINDS
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.registers.queries import survivor
from laar.registers.rules import PARTY_KINDS, SEXES

#: What a body is that can be present.
BODY_KINDS = PARTY_KINDS.keys() - {"person"}


def held(programme: Programme, kind: str, prefix: str = "", when: str = "") -> QuerySet[Event]:
    """The events of a kind that were held within the dates of the action, or after it."""
    records = Event.objects.filter(programme=programme, kind=kind, state="held", place__code__startswith=prefix)
    return during(programme, records, "on", when).select_related("place", "host").order_by("on", "id")


def present_at(event: Event) -> int:
    """How many people were present, named or counted."""
    return event.attendances.aggregate(sum=Sum("count"))["sum"] or 0


def attendances(programme: Programme, prefix: str = "", when: str = "") -> QuerySet[Attendance]:
    """Everybody who was present at an event that was held within the dates of the action, or after it."""
    records = Attendance.objects.filter(programme=programme, event__state="held", event__place__code__startswith=prefix)
    records = during(programme, records, "event__on", when)
    return records.select_related("event", "person", "body").order_by("event__on", "id")


@figure(
    "events.forums",
    label=Name(en="Public forums held", km="វេទិកាសាធារណៈដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(
        en="Events of the kind “public forum” that were held, with an attendance and minutes, within the dates of the "
        "action; with “when=after” those that were held after it.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «វេទិកាសាធារណៈ» ដែលបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព មានវត្តមាន និងកំណត់ហេតុ; "
        "«when=after» រាប់អ្វីដែលកើតក្រោយសកម្មភាព។",
    ),
    takes=("when",),
    only={"when": WHEN},
)
def forums(scope: Scope) -> Records:
    return Records(held(scope.programme, "forum", scope.place, scope["when"]))


@figure(
    "events.inter_commune_meetings",
    label=Name(en="Inter-commune council meetings held", km="កិច្ចប្រជុំក្រុមប្រឹក្សាអន្តរឃុំ"),
    rule=Name(
        en="Events of the kind “inter-commune council meeting” that were held, with an attendance and minutes, within "
        "the dates of the action; with “when=after” those that were held after it.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «កិច្ចប្រជុំក្រុមប្រឹក្សាអន្តរឃុំ» ដែលបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព មានវត្តមាន "
        "និងកំណត់ហេតុ; «when=after» រាប់អ្វីដែលកើតក្រោយសកម្មភាព។",
    ),
    takes=("when",),
    only={"when": WHEN},
)
def inter_commune_meetings(scope: Scope) -> Records:
    return Records(held(scope.programme, "inter_commune", scope.place, scope["when"]))


@figure(
    "events.trainings",
    label=Name(en="Training sessions held", km="វគ្គបណ្តុះបណ្តាលដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(
        en="Events of the kind “training session” that were held, with a signed attendance sheet, within the dates of "
        "the action; with “when=after” those that were held after it.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «វគ្គបណ្តុះបណ្តាល» ដែលបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព មានបញ្ជីវត្តមានមានហត្ថលេខា; "
        "«when=after» រាប់អ្វីដែលកើតក្រោយសកម្មភាព។",
    ),
    takes=("when",),
    only={"when": WHEN},
)
def trainings(scope: Scope) -> Records:
    return Records(held(scope.programme, "training", scope.place, scope["when"]))


@figure(
    "events.present",
    label=Name(en="People present", km="អ្នកចូលរួម"),
    rule=Name(
        en="Attendances at events that were held within the dates of the action (with “when=after”: after it), named or "
        "counted; somebody who came twice counts twice.",
        km="វត្តមានក្នុងព្រឹត្តិការណ៍ដែលបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព («when=after»៖ ក្រោយសកម្មភាព) តាមឈ្មោះ ឬតាមចំនួន; "
        "អ្នកមកពីរដងរាប់ពីរ។",
    ),
    takes=("sex", "kind", "capacity", "when"),
    only={"sex": SEXES, "kind": KINDS, "capacity": CAPACITIES, "when": WHEN},
    of_people=True,
)
def present(scope: Scope) -> Records:
    records = attendances(scope.programme, scope.place, scope["when"])
    for name, column in (("sex", "sex"), ("kind", "event__kind"), ("capacity", "capacity")):
        if scope[name]:
            records = records.filter(**{column: scope[name]})
    return Records(records, column="count")


def bodies_at(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Attendance]:
    """For which bodies people were present at events of a kind; `counted` is the body that stays after a merger."""
    there = attendances(programme, prefix).filter(event__kind=kind, body__isnull=False)
    return there.annotate(counted=survivor("body"))


@figure(
    "events.bodies",
    label=Name(en="Bodies present at trainings", km="អង្គភាពដែលចូលរួមវគ្គបណ្តុះបណ្តាល"),
    rule=Name(
        en="The councils, committees, groups and teams for which somebody was present at a training that was held "
        "within the dates of the action, each once; merged records are one.",
        km="ក្រុមប្រឹក្សា គណៈកម្មាធិការ និងក្រុមដែលមានតំណាងចូលរួមវគ្គបណ្តុះបណ្តាល ក្នុងរយៈពេលនៃសកម្មភាព មួយរាប់ម្ដង; "
        "កំណត់ត្រាដែលបានបញ្ចូលគ្នារាប់ជាមួយ។",
    ),
    takes=("body",),
    only={"body": BODY_KINDS},
)
def bodies(scope: Scope) -> Records:
    there = bodies_at(scope.programme, "training", scope.place)
    if scope["body"]:
        there = there.filter(body__kind=scope["body"])
    return Records(there, distinct="counted")


@figure(
    "events.communes_met",
    label=Name(en="Councils that met other councils", km="ក្រុមប្រឹក្សាដែលបានជួបក្រុមប្រឹក្សាផ្សេង"),
    rule=Name(
        en="The councils for which somebody was present at an inter-commune meeting that was held within the dates of "
        "the action, each once.",
        km="ក្រុមប្រឹក្សាដែលមានតំណាងចូលរួមកិច្ចប្រជុំអន្តរឃុំ ក្នុងរយៈពេលនៃសកម្មភាព មួយរាប់ម្ដង។",
    ),
)
def communes_met(scope: Scope) -> Records:
    there = bodies_at(scope.programme, "inter_commune", scope.place).filter(body__kind="council")
    return Records(there, distinct="counted")


@figure(
    "participation.women",
    label=Name(en="Participation: women among those present", km="ការចូលរួម៖ ស្ត្រីក្នុងចំណោមអ្នកចូលរួម"),
    rule=Name(
        en="Women present at events within the dates of the action, over all who were present.",
        km="ស្ត្រីដែលចូលរួមក្នុងព្រឹត្តិការណ៍ ក្នុងរយៈពេលនៃសកម្មភាព ធៀបនឹងអ្នកចូលរួមទាំងអស់។",
    ),
)
def women(scope: Scope) -> Ratio:
    everybody = figure_of("events.present", scope)
    return Ratio(everybody.at(sex="f"), everybody, percent=True)
