"""The way of a training course, and of the advice that is given at a coaching visit."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from laar.base.rules import verb
from laar.events.rules.events import FIELD, KINDS, PROOFS, was_held
from laar.kit.names import Name, gives_reason
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine

refusal(
    "course.code",
    en="The course {code}, version {version}, is there already. Give it another code, or the next version.",
    km="មុខវិជ្ជា {code} កំណែទី {version} មានរួចហើយ។ សូមប្រើលេខកូដផ្សេង ឬកំណែបន្ទាប់។",
)
refusal(
    "course.says_nothing",
    en="A course says what it is called, for whom it is, and what people can do after it. Write all three.",
    km="មុខវិជ្ជាត្រូវមានឈ្មោះ អ្នកចូលរួម និងអ្វីដែលអ្នកចូលរួមអាចធ្វើបានក្រោយវគ្គ។ សូមសរសេរទាំងបី។",
    status=422,
)
refusal(
    "course.takes_no_session",
    en="{course} is {state}; sessions are announced while it is scheduled or open.",
    km="{course} ស្ថិតក្នុងស្ថានភាព «{state}»; វគ្គប្រកាសបានតែពេលមុខវិជ្ជាបានកំណត់ពេល ឬបានបើក។ សូមកំណត់ពេលជាមុន។",
)
refusal(
    "course.no_session",
    en="No session of {course} was held yet. Hold one first; without any, the course did not take place.",
    km="មិនទាន់មានវគ្គណាមួយនៃ {course} ប្រព្រឹត្តទៅទេ។ សូមធ្វើវគ្គមួយជាមុន។",
)
refusal(
    "course.sessions_left",
    en="{event} is still planned. Record that it was held, or cancel it with a reason.",
    km="{event} នៅត្រូវបានគ្រោង។ សូមកត់ត្រាថាបានប្រព្រឹត្តទៅ ឬលុបចោលដោយមានមូលហេតុ។",
)
refusal(
    "course.was_held",
    en="{event} took place, so {course} can't be cancelled any more. Open the course and hold it.",
    km="{event} បានប្រព្រឹត្តទៅហើយ ដូច្នេះ {course} មិនអាចលុបចោលបានទេ។ សូមបើកមុខវិជ្ជា ហើយបញ្ចប់វា។",
)
refusal(
    "course.reason_missing",
    en="{course} is cancelled only with a reason. Write it.",
    km="ការលុបចោល {course} ត្រូវមានមូលហេតុ។ សូមសរសេរវា។",
    status=422,
)
refusal(
    "course.tested",
    en="{tested} is not a number of people who took both tests. Write how many did.",
    km="{tested} មិនមែនជាចំនួនអ្នកធ្វើតេស្តទាំងពីរទេ។ សូមសរសេរថាមានប៉ុន្មាននាក់។",
    status=422,
)
refusal(
    "course.average",
    en="{average} is not the average of a test. Write percent between 0 and 100, with two decimals at most.",
    km="{average} មិនមែនជាមធ្យមភាគនៃតេស្តទេ។ សូមសរសេរភាគរយពី 0 ដល់ 100 យ៉ាងច្រើនពីរខ្ទង់ក្រោយក្បៀស។",
    status=422,
)
refusal(
    "course.paper_missing",
    en="{course} needs its {what}. Attach the scan or the photo.",
    km="{course} ត្រូវមាន {what}។ សូមភ្ជាប់ស្កេន ឬរូបថត។",
    status=422,
)
refusal(
    "advice.no_visit",
    en="{event} is no coaching visit ({kind}). Advice is given, and followed up, at a coaching visit.",
    km="{event} មិនមែនជាការចុះបង្វឹកទេ ({kind})។ ដំបូន្មានត្រូវផ្ដល់ និងតាមដាននៅពេលចុះបង្វឹក។ សូមជ្រើសរើសការចុះបង្វឹក។",
    status=422,
)
refusal(
    "advice.due",
    en="Advice of {day} can't be due on {due}. Write the day by which it is followed, that day or later.",
    km="ដំបូន្មានថ្ងៃ {day} មិនអាចដល់កំណត់នៅថ្ងៃ {due} ទេ។ សូមសរសេរថ្ងៃដែលត្រូវអនុវត្ត គឺថ្ងៃនោះ ឬក្រោយ។",
    status=422,
)
refusal(
    "advice.says_nothing",
    en="Write in a few words what was advised, or what was found.",
    km="សូមសរសេរដោយសង្ខេបថាបានណែនាំអ្វី ឬបានរកឃើញអ្វី។",
    status=422,
)
refusal(
    "advice.not_later",
    en="{event} was not after the visit at which the advice was given. Follow it up at a later visit.",
    km="{event} មិនមែនក្រោយការចុះបង្វឹកដែលបានផ្ដល់ដំបូន្មានទេ។ សូមតាមដាននៅការចុះបង្វឹកក្រោយ។",
    status=422,
)


@condition(en="A session was held, and none is still planned", km="មានវគ្គដែលបានប្រព្រឹត្តទៅ ហើយគ្មានវគ្គដែលនៅគ្រោង")
def its_sessions_are_over(course: Any, *, planned: Any, held: Any, **_: object) -> None:
    """a session was held, and none is still planned"""
    if planned:
        raise Refusal("course.sessions_left", event=planned.name)
    if not held:
        raise Refusal("course.no_session", course=course.name)


@condition(en="A reason is given, and every session was cancelled before", km="មានមូលហេតុ ហើយវគ្គទាំងអស់បានលុបចោលមុន")
def nothing_took_place(course: Any, *, reason: Name, planned: Any, held: Any, **_: object) -> None:
    """a reason is given, and every session was cancelled before"""
    if not gives_reason(reason):
        raise Refusal("course.reason_missing", course=course.name)
    if planned:
        raise Refusal("course.sessions_left", event=planned.name)
    if held:
        raise Refusal("course.was_held", event=held.name, course=course.name)


def paper_attached(role: str) -> Any:
    """A guard that asks for a paper of a course."""

    def guard(course: Any, *, papers: Collection[str], **_: object) -> None:
        if role not in papers:
            raise Refusal("course.paper_missing", course=course.name, what=PROOFS[role])

    guard.__doc__ = f"the {PROOFS[role].en} is attached"
    return condition(en=f"The {PROOFS[role].en} is attached", km=f"មាន{PROOFS[role].km}ភ្ជាប់")(guard)


COURSE = machine(
    "course",
    "designed",
    {
        "designed": Name(en="Designed", km="បានរៀបចំ"),
        "scheduled": Name(en="Scheduled", km="បានកំណត់ពេល"),
        "open": Name(en="Open", km="បានបើក"),
        "held": Name(en="Held", km="បានប្រព្រឹត្តទៅ"),
        "evaluated": Name(en="Evaluated", km="បានវាយតម្លៃ"),
        "reported": Name(en="Reported", km="បានរាយការណ៍"),
        "cancelled": Name(en="Cancelled", km="បានលុបចោល"),
    },
    [
        Transition("designed", "schedule", "scheduled"),
        Transition("scheduled", "open", "open"),
        Transition("open", "hold", "held", (its_sessions_are_over,)),
        Transition("held", "evaluate", "evaluated", (paper_attached("evaluation"),)),
        Transition("evaluated", "report", "reported", (paper_attached("report"),)),
        Transition("designed", "cancel", "cancelled", (nothing_took_place,)),
        Transition("scheduled", "cancel", "cancelled", (nothing_took_place,)),
    ],
)
#: Of these courses it can be said that they took place.
COURSE_HELD = ("held", "evaluated", "reported")

ADVICE = machine(
    "advice",
    "given",
    {
        "given": Name(en="Given", km="បានផ្ដល់"),
        "followed_up": Name(en="Followed up", km="បានតាមដាន"),
    },
    [Transition("given", "follow_up", "followed_up")],
)


def takes_a_session(course: Any, kind: str) -> None:
    """Refuse a session of a course that is no training, or while the course is not scheduled or open."""
    if kind != "training":
        raise Refusal("event.no_course", kind=KINDS[kind].name)
    if course.state not in ("scheduled", "open"):
        raise Refusal("course.takes_no_session", course=course.name, state=COURSE.states[course.state])


def hundredths_of(average: Decimal) -> int:
    """The average of a test as it is kept, in 1/100 %. Raises Refusal `course.average`."""
    if not 0 <= average <= 100 or average * 100 % 1:
        raise Refusal("course.average", average=average)
    return int(average * 100)


def is_a_visit(event: Any) -> None:
    """Refuse advice at what is no coaching visit, or was not held."""
    if event.kind != "coaching":
        raise Refusal("advice.no_visit", event=event.name, kind=KINDS[event.kind].name)
    was_held(event)


OFFICE = ("manager", "monitoring")
verb("course.design", en="Design a training course", km="រៀបចំមុខវិជ្ជាបណ្តុះបណ្តាល", roles=OFFICE)
verb("course.schedule", en="Schedule a course", km="កំណត់ពេលមុខវិជ្ជា", roles=OFFICE)
verb("course.open", en="Open a course", km="បើកមុខវិជ្ជា", roles=OFFICE)
verb("course.hold", en="Record that a course was held", km="កត់ត្រាថាមុខវិជ្ជាបានប្រព្រឹត្តទៅ", roles=OFFICE)
verb("course.evaluate", en="Evaluate a course", km="វាយតម្លៃមុខវិជ្ជា", roles=OFFICE)
verb("course.report", en="Report on a course", km="រាយការណ៍អំពីមុខវិជ្ជា", roles=OFFICE)
verb("course.cancel", en="Cancel a course", km="លុបចោលមុខវិជ្ជា", roles=OFFICE)
verb("advice.give", en="Give advice at a coaching visit", km="ផ្ដល់ដំបូន្មានពេលចុះបង្វឹក", roles=FIELD)
verb("advice.follow_up", en="Follow up advice", km="តាមដានដំបូន្មាន", roles=FIELD)
