"""Reads of training courses and coaching, and their figures."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from laar.base.models import Programme
from laar.events.models import Advice, Attendance, Course, Event
from laar.events.queries.dates import during
from laar.events.queries.events import held
from laar.events.rules import ADVICE, COURSE_HELD
from laar.kit.figures import Ratio, Records, Scope, figure, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal


def session_in(course: Course, state: str) -> Event | None:
    """A session of a course that is in a state; None where none is."""
    return course.sessions.filter(state=state).order_by("on", "id").first()


def held_courses(programme: Programme) -> QuerySet[Course]:
    """The courses that were held, in every version."""
    return Course.objects.filter(programme=programme, state__in=COURSE_HELD).order_by("code", "version")


def sessions(scope: Scope) -> QuerySet[Event]:
    """The sessions of courses that were held; of the course that the scope asks for, in any of its versions."""
    records = held(scope.programme, "training", scope.place).filter(course__isnull=False).select_related("course")
    if not scope["course"]:
        return records
    if not Course.objects.filter(programme=scope.programme, code=scope["course"]).exists():
        raise Refusal("record.not_found")
    return records.filter(course__code=scope["course"])


@figure(
    "training.courses",
    label=Name(en="Training courses held", km="មុខវិជ្ជាបណ្តុះបណ្តាលដែលបានប្រព្រឹត្តទៅ"),
    rule=Name(
        en="Designed courses that were held, each code once in however many versions.",
        km="មុខវិជ្ជាដែលបានរៀបចំ និងបានប្រព្រឹត្តទៅ លេខកូដមួយរាប់ម្ដង ទោះមានប៉ុន្មានកំណែក៏ដោយ។",
    ),
    by_place=False,
)
def courses(scope: Scope) -> Records:
    return Records(held_courses(scope.programme), distinct="code")


@figure(
    "training.sessions",
    label=Name(en="Sessions of training courses", km="វគ្គនៃមុខវិជ្ជាបណ្តុះបណ្តាល"),
    rule=Name(
        en="Training sessions of a designed course that were held within the dates of the action.",
        km="វគ្គនៃមុខវិជ្ជាដែលបានរៀបចំ និងបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព។",
    ),
    takes=("course",),
)
def training_sessions(scope: Scope) -> Records:
    return Records(sessions(scope))


@figure(
    "training.official_sessions",
    label=Name(en="Sessions with officials", km="វគ្គដែលមានមន្ត្រីចូលរួម"),
    rule=Name(
        en="Sessions of designed courses at which somebody was present as an official (DFT, PFT, department).",
        km="វគ្គនៃមុខវិជ្ជាដែលមានមន្ត្រី (ក្រុមសម្របសម្រួលស្រុក ខេត្ត ឬមន្ទីរ) ចូលរួម។",
    ),
    takes=("course",),
)
def official_sessions(scope: Scope) -> Records:
    officials = Attendance.objects.filter(event=OuterRef("pk"), capacity="official")
    return Records(sessions(scope).filter(Exists(officials)))


@figure(
    "training.with_officials",
    label=Name(en="Training together with officials", km="ការបណ្តុះបណ្តាលរួមជាមួយមន្ត្រី"),
    rule=Name(
        en="Sessions at which officials (DFT, PFT, department) were present, of the sessions held.",
        km="វគ្គដែលមានមន្ត្រីចូលរួម ក្នុងចំណោមវគ្គដែលបានប្រព្រឹត្តទៅ។",
    ),
    takes=("course",),
)
def with_officials(scope: Scope) -> Ratio:
    return Ratio(figure_of("training.official_sessions", scope), figure_of("training.sessions", scope))


@figure(
    "coaching.visits",
    label=Name(en="Coaching visits", km="ការចុះបង្វឹក"),
    rule=Name(
        en="Events of the kind “coaching visit” that were held within the dates of the action.",
        km="ព្រឹត្តិការណ៍ប្រភេទ «ការចុះបង្វឹក» ដែលបានប្រព្រឹត្តទៅក្នុងរយៈពេលនៃសកម្មភាព។",
    ),
)
def visits(scope: Scope) -> Records:
    return Records(held(scope.programme, "coaching", scope.place))


def advice(programme: Programme, prefix: str = "") -> QuerySet[Advice]:
    """What was advised at the coaching visits of the time of the action."""
    records = Advice.objects.filter(programme=programme, visit__place__code__startswith=prefix)
    return during(programme, records, "visit__on").select_related("visit").order_by("visit__on", "id")


@figure(
    "coaching.advice",
    label=Name(en="Advice given", km="ដំបូន្មានដែលបានផ្ដល់"),
    rule=Name(
        en="What was advised at coaching visits within the dates of the action.",
        km="ដំបូន្មានដែលបានផ្ដល់ពេលចុះបង្វឹក ក្នុងរយៈពេលនៃសកម្មភាព។",
    ),
    takes=("state",),
    only={"state": ADVICE.states},
)
def advised(scope: Scope) -> Records:
    records = advice(scope.programme, scope.place)
    return Records(records.filter(state=scope["state"]) if scope["state"] else records)


@figure(
    "coaching.followed_up",
    label=Name(en="Coaching: advice followed up", km="ការបង្វឹក៖ ដំបូន្មានដែលបានតាមដាន"),
    rule=Name(
        en="Advice of coaching visits that was followed up at a later visit, of all advice given.",
        km="ដំបូន្មានដែលបានតាមដាននៅការចុះបង្វឹកក្រោយ ក្នុងចំណោមដំបូន្មានទាំងអស់។",
    ),
)
def followed_up(scope: Scope) -> Ratio:
    everything = figure_of("coaching.advice", scope)
    return Ratio(everything.at(state="followed_up"), everything)
