"""What kinds of events there are, what each requires, and the ways of an event and of a request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from laar.base.rules import verb
from laar.kit.names import Name, fold
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Machine, Transition

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
    "event.no_requests_here",
    en="No request is taken at an event of this kind ({kind}). Record it at a forum, a meeting or a visit.",
    km="ព្រឹត្តិការណ៍ប្រភេទនេះ ({kind}) មិនទទួលសំណូមពរទេ។ សូមកត់ត្រានៅវេទិកា កិច្ចប្រជុំ ឬការចុះពិនិត្យ។",
    status=422,
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
    "request.reason_missing",
    en="A request is declined or referred only with a reason that the person who asked will be told. Write it.",
    km="ការបដិសេធ ឬបញ្ជូនសំណូមពរ ត្រូវមានមូលហេតុ ដែលនឹងប្រាប់ដល់អ្នកស្នើ។ សូមសរសេរវា។",
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
    "outreach": Kind(Name(en="Outreach activity", km="សកម្មភាពចុះផ្សព្វផ្សាយ"), takes_requests=True),
    "monitoring": Kind(Name(en="Monitoring visit", km="ការចុះតាមដាន"), takes_requests=True),
}

#: What a piece of evidence is beside a record.
PROOFS = {
    "minutes": Name(en="minutes", km="កំណត់ហេតុ"),
    "signed_sheet": Name(en="signed attendance sheet", km="បញ្ជីវត្តមានមានហត្ថលេខា"),
    "photo": Name(en="photo", km="រូបថត"),
}


def somebody_was_present(event: Any, *, present: int, **_: object) -> None:
    """an attendance is entered"""
    if present < 1:
        raise Refusal("event.nobody_present", event=event.name)


def papers_are_there(event: Any, *, papers: Collection[str], **_: object) -> None:
    """the papers that its kind requires are attached"""
    for proof in KINDS[event.kind].proofs:
        if proof not in papers:
            raise Refusal("event.proof_missing", event=event.name, what=PROOFS[proof])


EVENT = Machine(
    "event",
    "planned",
    {
        "planned": Name(en="Planned", km="បានគ្រោង"),
        "held": Name(en="Held", km="បានប្រព្រឹត្តទៅ"),
        "cancelled": Name(en="Cancelled", km="បានលុបចោល"),
    },
    [
        Transition("planned", "hold", "held", (somebody_was_present, papers_are_there)),
        Transition("planned", "cancel", "cancelled"),
    ],
)


def a_reason_is_given(_request: Any, *, reason: Name, **_: object) -> None:
    """a reason is given, in words for the person who asked"""
    if not (fold(reason.en) or fold(reason.km)):
        raise Refusal("request.reason_missing")


#: Decisions about the request itself. Planned, funded and done are stages, seen from above (laar.results).
REQUEST = Machine(
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

FIELD = ("facilitator", "clerk", "monitoring", "manager")
verb("event.announce", en="Announce an event", km="ប្រកាសព្រឹត្តិការណ៍", roles=FIELD)
verb("attendance.record", en="Record who was present", km="កត់ត្រាវត្តមាន", roles=FIELD)
verb("event.hold", en="Record that it was held", km="កត់ត្រាថាបានប្រព្រឹត្តទៅ", roles=FIELD)
verb("event.cancel", en="Cancel an event", km="លុបចោលព្រឹត្តិការណ៍", roles=FIELD)
verb("request.raise", en="Record a request", km="កត់ត្រាសំណូមពរ", roles=FIELD)
verb("request.accept", en="Accept a request", km="ទទួលយកសំណូមពរ", roles=FIELD)
verb("request.refer", en="Refer a request", km="បញ្ជូនសំណូមពរបន្ត", roles=FIELD)
verb("request.decline", en="Decline a request", km="បដិសេធសំណូមពរ", roles=FIELD)
verb("request.report_back", en="Report back to the people who asked", km="ប្រាប់ត្រឡប់ដល់អ្នកស្នើ", roles=FIELD)
