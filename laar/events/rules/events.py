"""What kinds of events there are, what each requires, and the ways of an event, a decision and a request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from laar.base.rules import verb
from laar.kit.names import Name, fold, gives_reason
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine

refusal(
    "event.nobody_present",
    en="{event} has no attendance yet. Enter who was present, by name or as a count of women and men, before it is held.",
    km="{event} មិនទាន់មានវត្តមានទេ។ សូមបញ្ចូលអ្នកចូលរួម តាមឈ្មោះ ឬចំនួនស្រី ប្រុស មុននឹងកត់ត្រាថាបានប្រព្រឹត្តទៅ។",
    status=422,
)
refusal(
    "event.proof_missing",
    en="{event} needs its {what} as evidence before it counts as held. Attach the scan or the photo.",
    km="{event} ត្រូវមាន {what} ជាភស្តុតាង មុននឹងរាប់ថាបានប្រព្រឹត្តទៅ។ សូមភ្ជាប់ស្កេន ឬរូបថត។",
    status=422,
)
refusal(
    "event.closed",
    en="{event} is {state}; its list of those present is closed, because the papers are signed.",
    km="{event} ស្ថិតក្នុងស្ថានភាព «{state}»; បញ្ជីវត្តមានត្រូវបានបិទ ព្រោះឯកសារបានចុះហត្ថលេខា។ សូមកុំបន្ថែម។",
)
refusal(
    "event.not_held",
    en="{event} is not recorded as held. Record that first.",
    km="{event} មិនទាន់បានកត់ត្រាថាបានប្រព្រឹត្តទៅទេ។ សូមកត់ត្រាជាមុន។",
)
refusal(
    "event.reason_missing",
    en="{event} is cancelled only with a reason: whoever reads the record later will ask. Write it.",
    km="ការលុបចោល {event} ត្រូវមានមូលហេតុ៖ អ្នកអានកំណត់ត្រាពេលក្រោយនឹងសួរ។ សូមសរសេរវា។",
    status=422,
)
refusal(
    "event.no_course",
    en="A session of a course is a training; this is {kind}. Announce it as a training, or without the course.",
    km="វគ្គនៃមុខវិជ្ជាជាការបណ្តុះបណ្តាល; នេះជា {kind}។ សូមប្រកាសជាវគ្គបណ្តុះបណ្តាល ឬដោយគ្មានមុខវិជ្ជា។",
    status=422,
)
refusal(
    "event.no_requests_here",
    en="No request is taken at an event of this kind ({kind}). Record it at a forum, a meeting or a visit.",
    km="ព្រឹត្តិការណ៍ប្រភេទនេះ ({kind}) មិនទទួលសំណូមពរទេ។ សូមកត់ត្រានៅវេទិកា កិច្ចប្រជុំ ឬការចុះពិនិត្យ។",
    status=422,
)
#: More people than live in a district never stand on one line of a sheet.
MOST_ON_A_LINE = 100_000

refusal(
    "attendance.entered_already",
    en="The sheet of {event} was entered already. Correct its lines one by one; a second sheet would count people twice.",
    km="បញ្ជីវត្តមាននៃ {event} បានបញ្ចូលរួចហើយ។ សូមកែម្ដងមួយបន្ទាត់; បញ្ជីទីពីរនឹងរាប់មនុស្សពីរដង។",
)
refusal(
    "attendance.count",
    en="{count} is not a number of people. Write how many came; one line for women, one for men.",
    km="{count} មិនមែនជាចំនួនមនុស្សទេ។ សូមសរសេរថាមានប៉ុន្មាននាក់; ស្រីមួយបន្ទាត់ ប្រុសមួយបន្ទាត់។",
    status=422,
)
refusal(
    "attendance.named_once",
    en="This person is on the list already. Leave the list as it is, or correct the name.",
    km="បុគ្គលនេះមានក្នុងបញ្ជីរួចហើយ។ សូមទុកដដែល ឬកែឈ្មោះ។",
)
refusal(
    "attendance.not_a_body",
    en="{body} is a person. Name the council, committee or group for which somebody was present.",
    km="{body} ជាបុគ្គល។ សូមបញ្ជាក់ក្រុមប្រឹក្សា គណៈកម្មាធិការ ឬក្រុម ដែលអ្នកចូលរួមតំណាងឱ្យ។",
    status=422,
)
refusal(
    "request.answered",
    en="{request} is {state} already; its wording is what was answered. Record a new request if something else was meant.",
    km="{request} ស្ថិតក្នុងស្ថានភាព «{state}» រួចហើយ; ពាក្យពេចន៍របស់វាគឺអ្វីដែលបានឆ្លើយ។ សូមកត់ត្រាសំណូមពរថ្មី បើមានន័យផ្សេង។",
)
refusal(
    "request.reason_missing",
    en="A request is declined or referred only with a reason that the person who asked will be told. Write it.",
    km="ការបដិសេធ ឬបញ្ជូនសំណូមពរ ត្រូវមានមូលហេតុ ដែលនឹងប្រាប់ដល់អ្នកស្នើ។ សូមសរសេរវា។",
    status=422,
)

refusal(
    "decision.no_session",
    en="{event} is no council session ({kind}). A council decides in its session: record the session first.",
    km="{event} មិនមែនជាកិច្ចប្រជុំក្រុមប្រឹក្សាទេ ({kind})។ ក្រុមប្រឹក្សាសម្រេចក្នុងកិច្ចប្រជុំ៖ សូមកត់ត្រាកិច្ចប្រជុំជាមុន។",
    status=422,
)
refusal(
    "decision.no_council",
    en="{host} is the host of this session and no council. Only a council decides; record its own session.",
    km="{host} ជាម្ចាស់កិច្ចប្រជុំនេះ ហើយមិនមែនជាក្រុមប្រឹក្សាទេ។ មានតែក្រុមប្រឹក្សាទើបសម្រេច; សូមកត់ត្រាកិច្ចប្រជុំរបស់ខ្លួន។",
    status=422,
)
refusal(
    "decision.numbered_once",
    en="The council has a decision {number} already. Read the number on the paper again, or open the decision there is.",
    km="ក្រុមប្រឹក្សាមានសេចក្តីសម្រេចលេខ {number} រួចហើយ។ សូមមើលលេខលើឯកសារម្ដងទៀត ឬបើកសេចក្តីសម្រេចដែលមានស្រាប់។",
)
refusal(
    "decision.number",
    en="A decision has a number. Write the one that stands on the paper, such as 05/09.",
    km="សេចក្តីសម្រេចមានលេខ។ សូមសរសេរលេខដែលមានលើឯកសារ ដូចជា 05/09។",
    status=422,
)
refusal(
    "decision.title",
    en="Write in a few words what was decided.",
    km="សូមសរសេរដោយសង្ខេបថាបានសម្រេចអ្វី។",
    status=422,
)

#: In what capacity somebody was present.
CAPACITIES = {
    "citizen": Name(en="Citizen", km="ប្រជាពលរដ្ឋ"),
    "councillor": Name(en="Councillor", km="សមាជិកក្រុមប្រឹក្សា"),
    "committee": Name(en="Member of the monitoring committee", km="សមាជិកគណៈកម្មាធិការតាមដាន"),
    "group": Name(en="Member of a group (CBO, SHG)", km="សមាជិកក្រុម"),
    "official": Name(en="Official (DFT, PFT, department)", km="មន្ត្រី"),
    "staff": Name(en="Staff", km="បុគ្គលិក"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What an event of a kind is called, which papers prove it, and whether requests are taken there."""

    name: Name
    proofs: tuple[str, ...] = ("signed_sheet",)
    takes_requests: bool = False


#: One concept, many words: what differs between a forum and a training is a row here, not a class.
KINDS = {
    "forum": Kind(Name(en="Public forum", km="វេទិកាសាធារណៈ"), ("minutes",), takes_requests=True),
    "inter_commune": Kind(
        Name(en="Inter-commune council meeting", km="កិច្ចប្រជុំក្រុមប្រឹក្សាអន្តរឃុំ"), ("minutes",), takes_requests=True
    ),
    "council_session": Kind(Name(en="Council session", km="កិច្ចប្រជុំក្រុមប្រឹក្សា"), ("minutes",), takes_requests=True),
    "training": Kind(Name(en="Training session", km="វគ្គបណ្តុះបណ្តាល")),
    "coaching": Kind(Name(en="Coaching visit", km="ការចុះបង្វឹក")),
    "planning": Kind(Name(en="Village planning meeting", km="កិច្ចប្រជុំធ្វើផែនការភូមិ"), ("minutes",), takes_requests=True),
    "handover": Kind(
        Name(en="Hand-over and public account", km="ការប្រគល់-ទទួល និងការរាយការណ៍ជាសាធារណៈ"),
        ("minutes",),
        takes_requests=True,
    ),
    "outreach": Kind(Name(en="Outreach activity", km="សកម្មភាពចុះផ្សព្វផ្សាយ"), takes_requests=True),
    "monitoring": Kind(Name(en="Monitoring visit", km="ការចុះតាមដាន"), takes_requests=True),
}

#: What a piece of evidence is beside a record.
PROOFS = {
    "minutes": Name(en="minutes", km="កំណត់ហេតុ"),
    "signed_sheet": Name(en="signed attendance sheet", km="បញ្ជីវត្តមានមានហត្ថលេខា"),
    "photo": Name(en="photo", km="រូបថត"),
    "evaluation": Name(en="evaluation of the course", km="ការវាយតម្លៃវគ្គ"),
    "report": Name(en="report", km="របាយការណ៍"),
    "decision": Name(en="signed decision", km="សេចក្តីសម្រេចមានហត្ថលេខា"),
}


@condition(en="An attendance is entered", km="បានបញ្ចូលវត្តមាន")
def somebody_was_present(event: Any, *, present: int, **_: object) -> None:
    """an attendance is entered"""
    if present < 1:
        raise Refusal("event.nobody_present", event=event.name)


@condition(en="The papers that its kind requires are attached", km="មានឯកសារភ្ជាប់តាមប្រភេទព្រឹត្តិការណ៍")
def papers_are_there(event: Any, *, papers: Collection[str], **_: object) -> None:
    """the papers that its kind requires are attached"""
    for proof in KINDS[event.kind].proofs:
        if proof not in papers:
            raise Refusal("event.proof_missing", event=event.name, what=PROOFS[proof])


@condition(en="A reason is given", km="មានមូលហេតុ")
def it_is_said_why(event: Any, *, reason: Name, **_: object) -> None:
    """a reason is given"""
    if not gives_reason(reason):
        raise Refusal("event.reason_missing", event=event.name)


def is_said(text: Name) -> bool:
    """Whether a text says anything in one of the languages."""
    return bool(fold(text.en) or fold(text.km))


EVENT = machine(
    "event",
    "planned",
    {
        "planned": Name(en="Planned", km="បានគ្រោង"),
        "held": Name(en="Held", km="បានប្រព្រឹត្តទៅ"),
        "cancelled": Name(en="Cancelled", km="បានលុបចោល"),
    },
    [
        Transition("planned", "hold", "held", (somebody_was_present, papers_are_there)),
        Transition("planned", "cancel", "cancelled", (it_is_said_why,)),
    ],
)


@condition(en="A reason is given, in words for the person who asked", km="មានមូលហេតុ ជាពាក្យសម្រាប់អ្នកដែលបានស្នើ")
def a_reason_is_given(_request: Any, *, reason: Name, **_: object) -> None:
    """a reason is given, in words for the person who asked"""
    if not gives_reason(reason):
        raise Refusal("request.reason_missing")


#: Decisions about the request itself. Planned, funded and done are stages, seen from above (laar.results).
REQUEST = machine(
    "request",
    "recorded",
    {
        "recorded": Name(en="Recorded", km="បានកត់ត្រា"),
        "accepted": Name(en="Accepted", km="បានទទួលយក"),
        "referred": Name(en="Referred", km="បានបញ្ជូនបន្ត"),
        "declined": Name(en="Declined", km="មិនអាចធ្វើបាន"),
        "reported_back": Name(en="Reported back", km="បានប្រាប់ត្រឡប់"),
    },
    [
        Transition("recorded", "accept", "accepted"),
        Transition("recorded", "refer", "referred", (a_reason_is_given,)),
        Transition("recorded", "decline", "declined", (a_reason_is_given,)),
        Transition("accepted", "report_back", "reported_back"),
        Transition("referred", "report_back", "reported_back"),
        Transition("declined", "report_back", "reported_back"),
    ],
)


def decides(session: Any) -> None:
    """Refuse a decision that was not taken in a session of a council that was held."""
    if session.kind != "council_session":
        raise Refusal("decision.no_session", event=session.name, kind=KINDS[session.kind].name)
    if session.host.kind != "council":
        raise Refusal("decision.no_council", host=session.host.name)
    was_held(session)


def was_held(event: Any) -> None:
    """Refuse what can only follow from an event that took place."""
    if event.state != "held":
        raise Refusal("event.not_held", event=event.name)


FIELD = ("facilitator", "clerk", "monitoring", "manager")
verb("event.announce", en="Announce an event", km="ប្រកាសព្រឹត្តិការណ៍", roles=FIELD)
verb("event.correct", en="Correct the title or the day", km="កែចំណងជើង ឬថ្ងៃ", roles=FIELD)
verb("attendance.enter", en="Enter the sheet of those present", km="បញ្ចូលបញ្ជីវត្តមាន", roles=FIELD)
verb("attendance.correct", en="Correct the number", km="កែចំនួន", roles=FIELD)
verb("attendance.record", en="Record who was present", km="កត់ត្រាវត្តមាន", roles=FIELD)
verb("event.hold", en="Record that it was held", km="កត់ត្រាថាបានប្រព្រឹត្តទៅ", roles=FIELD)
verb("event.cancel", en="Cancel an event", km="លុបចោលព្រឹត្តិការណ៍", roles=FIELD)
verb("decision.record", en="Record a council decision", km="កត់ត្រាសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា", roles=FIELD)
verb("request.raise", en="Record a request", km="កត់ត្រាសំណូមពរ", roles=FIELD)
verb("request.correct", en="Correct the wording", km="កែពាក្យពេចន៍", roles=FIELD)
verb("request.accept", en="Accept a request", km="ទទួលយកសំណូមពរ", roles=FIELD)
verb("request.refer", en="Refer a request", km="បញ្ជូនសំណូមពរបន្ត", roles=FIELD)
verb("request.decline", en="Decline a request", km="បដិសេធសំណូមពរ", roles=FIELD)
verb("request.report_back", en="Report back to the people who asked", km="ប្រាប់ត្រឡប់ដល់អ្នកស្នើ", roles=FIELD)
