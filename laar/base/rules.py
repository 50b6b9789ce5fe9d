"""Who may do what: the roles, and the table that every floor adds its verbs to. `docs/verbs.md` prints it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from laar.kit.names import Name, gives_reason, name_of
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import condition

#: What a paper can be beside any record, besides those that its own rules ask for.
PAPERS = {
    "photo": Name(en="photo", km="រូបថត"),
    "letter": Name(en="letter", km="លិខិត"),
    "note": Name(en="note", km="កំណត់ចំណាំ"),
}

ROLES = {
    "administrator": Name(en="Administrator", km="អ្នកគ្រប់គ្រងប្រព័ន្ធ"),
    "manager": Name(en="Programme manager", km="អ្នកគ្រប់គ្រងកម្មវិធី"),
    "finance": Name(en="Finance officer", km="មន្ត្រីហិរញ្ញវត្ថុ"),
    "facilitator": Name(en="Facilitator", km="អ្នកសម្របសម្រួល"),
    "clerk": Name(en="Commune clerk", km="ស្មៀនឃុំ"),
    "monitoring": Name(en="M&E officer", km="មន្ត្រីតាមដាន និងវាយតម្លៃ"),
    "donor": Name(en="Donor (reads)", km="ម្ចាស់ជំនួយ (អាន)"),
    "auditor": Name(en="Auditor (reads)", km="សវនករ (អាន)"),
}

#: What each role is for, in one sentence: said where roles are given, and on the page of who may do what.
WHAT_FOR = {
    "administrator": Name(
        en="Lets people work here and gives them their roles; decides nothing about plans, projects or money.",
        km="អនុញ្ញាតឱ្យមនុស្សធ្វើការនៅទីនេះ និងផ្ដល់តួនាទី; មិនសម្រេចលើផែនការ គម្រោង ឬប្រាក់ទេ។",
    ),
    "manager": Name(
        en="Answers for the programme: approves plans, projects and payments that somebody else has prepared.",
        km="ទទួលខុសត្រូវលើកម្មវិធី៖ អនុម័តផែនការ គម្រោង និងការទូទាត់ដែលអ្នកផ្សេងបានរៀបចំ។",
    ),
    "finance": Name(
        en="Keeps the books, pays tranches and accepts vouchers.",
        km="កាន់បញ្ជីគណនេយ្យ បើកប្រាក់តាមដំណាក់កាល និងទទួលយកប័ណ្ណចំណាយ។",
    ),
    "facilitator": Name(
        en="Works with the communes of an area: events, requests, plans, projects on the way.",
        km="ធ្វើការជាមួយឃុំក្នុងតំបន់មួយ៖ ព្រឹត្តិការណ៍ សំណើ ផែនការ និងគម្រោងកំពុងអនុវត្ត។",
    ),
    "clerk": Name(
        en="Writes for the council of one commune: its sessions, its decisions, its plans.",
        km="កត់ត្រាឱ្យក្រុមប្រឹក្សាឃុំមួយ៖ សម័យប្រជុំ សេចក្ដីសម្រេច និងផែនការ។",
    ),
    "monitoring": Name(
        en="Follows what came of it: visits, reports, stories.",
        km="តាមដានលទ្ធផល៖ ការចុះពិនិត្យ របាយការណ៍ និងរឿងរ៉ាវ។",
    ),
    "donor": Name(
        en="Reads what was done and what it cost, without the names of persons.",
        km="អានអ្វីដែលបានធ្វើ និងចំណាយ ដោយគ្មានឈ្មោះបុគ្គល។",
    ),
    "auditor": Name(
        en="Reads everything that the books and their papers say; changes nothing.",
        km="អានអ្វីៗទាំងអស់ក្នុងបញ្ជីគណនេយ្យ និងឯកសារ; មិនកែអ្វីទេ។",
    ),
}

#: Who works with people, and so may see what was said in confidence.
OFFICE = frozenset({"manager", "facilitator", "clerk", "monitoring"})
#: Who may see records that are about a person by name; a donor reads what was done, not who came.
KNOWS_PERSONS = OFFICE | {"finance", "auditor", "administrator"}
#: Who answers for a programme: while there are two of them, nobody gives roles to themselves.
ANSWERS = frozenset({"manager", "administrator"})
#: A record in this state is made anew: what is handed in again bears the date of its own paper. So a wrong date can be put
#: right – it is returned, and handed in with the right one.
RETURNED = "returned"
#: Whoever moves money, answers for it, or says who may: a stolen password alone must not do any of that. Everybody else
#: may have a second factor, too, but a clerk without a telephone of her own is not locked out of her commune's records.
SECURED = frozenset({"finance", "manager", "administrator"})

refusal(
    "access.no_role",
    en="{who} may not do this here ({verb}): it takes the role {roles} in this programme and place. Ask {whom}.",
    km="{who} មិនអាចធ្វើការនេះនៅទីនេះទេ ({verb})៖ ត្រូវមានតួនាទី {roles} ក្នុងកម្មវិធី និងទីកន្លែងនេះ។ សូមសួរ {whom}។",
    status=403,
)
refusal(
    "access.role_ended",
    en="{who} was {role} until {until}; a paper of {on} can't be recorded under a role that has ended. "
    "Somebody who holds the role today has to record it.",
    km="{who} ជា {role} រហូតដល់ {until}; ឯកសារថ្ងៃ {on} មិនអាចកត់ត្រាក្រោមតួនាទីដែលបានបញ្ចប់ទេ។ "
    "អ្នកដែលមានតួនាទីនេះនៅថ្ងៃនេះត្រូវកត់ត្រាវា។",
    status=403,
)
refusal(
    "access.not_own",
    en="“{verb}” is done by everybody for their own account only; not even an administrator does it for {who}.",
    km="«{verb}» ម្នាក់ៗធ្វើសម្រាប់តែគណនីផ្ទាល់ខ្លួន; សូម្បីអ្នកគ្រប់គ្រងប្រព័ន្ធក៏មិនធ្វើជំនួស {who} ទេ។",
    status=403,
)
refusal(
    "access.same_person",
    en="{who} did the step before ({step}). Somebody else has to do this one: four eyes see more than two.",
    km="{who} បានធ្វើជំហានមុន ({step})។ ត្រូវមានម្នាក់ទៀតធ្វើជំហាននេះ៖ ភ្នែកបួនឃើញច្រើនជាងពីរ។",
    status=403,
)
refusal(
    "access.not_active",
    en="The account of {who} is closed. An administrator can open it again.",
    km="គណនីរបស់ {who} ត្រូវបានបិទ។ អ្នកគ្រប់គ្រងប្រព័ន្ធអាចបើកវាឡើងវិញ។",
    status=403,
)
refusal(
    "record.not_found",
    en="There is no such record, or it is not yours to see. Check the address, or ask the office.",
    km="គ្មានកំណត់ត្រានេះទេ ឬអ្នកគ្មានសិទ្ធិមើល។ សូមពិនិត្យអាសយដ្ឋាន ឬសួរការិយាល័យ។",
    status=404,
)
refusal(
    "record.busy",
    en="Somebody else is writing at the same place; nothing was written. Try it once more.",
    km="មានអ្នកផ្សេងកំពុងសរសេរនៅកន្លែងដដែល; មិនបានសរសេរទេ។ សូមព្យាយាមម្ដងទៀត។",
    status=503,
)
refusal(
    "record.changed_since",
    en="{record} was changed by {who} after you opened it. Compare the two versions and do it again.",
    km="{record} ត្រូវបានកែដោយ {who} ក្រោយពេលអ្នកបើកវា។ សូមប្រៀបធៀបទាំងពីរ រួចធ្វើម្ដងទៀត។",
)
refusal(
    "record.other_programme",
    en="{record} and {cited} belong to different programmes. Choose one of the same programme.",
    km="{record} និង {cited} ជារបស់កម្មវិធីផ្សេងគ្នា។ សូមជ្រើសរើសក្នុងកម្មវិធីតែមួយ។",
    status=422,
)
refusal(
    "record.already_there",
    en="This is recorded already ({record}). Open the record that is there instead of making a second one.",
    km="ទិន្នន័យនេះមានរួចហើយ ({record})។ សូមបើកកំណត់ត្រាដែលមាន ជំនួសការបង្កើតថ្មី។",
)
refusal(
    "record.invalid",
    en="{record} can't be kept like this (rule {rule}). Correct it and try again.",
    km="មិនអាចរក្សាទុក {record} បែបនេះទេ (វិធាន {rule})។ សូមកែ រួចព្យាយាមម្ដងទៀត។",
    status=422,
)
refusal(
    "day.not_yet",
    en="The paper is dated {on}, which is after today ({today}). Correct the date.",
    km="ឯកសារចុះថ្ងៃ {on} ដែលក្រោយថ្ងៃនេះ ({today})។ សូមកែកាលបរិច្ឆេទ។",
    status=422,
)
refusal(
    "day.later",
    en="The paper is dated {dated}, later than the day of which you record it ({on}). Correct one of the two dates.",
    km="ឯកសារចុះថ្ងៃ {dated} ក្រោយថ្ងៃដែលអ្នកកត់ត្រា ({on})។ សូមកែកាលបរិច្ឆេទមួយ។",
    status=422,
)
refusal(
    "day.before_its_cause",
    en="It is dated {on}, before {what} ({since}). Correct the date, or choose what came after.",
    km="ចុះថ្ងៃ {on} មុន {what} ({since})។ សូមកែកាលបរិច្ឆេទ ឬជ្រើសរើសអ្វីដែលមកក្រោយ។",
    status=422,
)
refusal(
    "value.unknown",
    en="“{value}” can't be chosen for {column}. Choose one of: {known}.",
    km="មិនអាចជ្រើសរើស «{value}» សម្រាប់ {column} ទេ។ សូមជ្រើសរើស៖ {known}។",
    status=422,
)
refusal(
    "value.too_long",
    en="The text for {column} has {length} characters; at most {most} are kept. Shorten it.",
    km="អត្ថបទសម្រាប់ {column} មាន {length} តួអក្សរ; រក្សាបានច្រើនបំផុត {most}។ សូមកាត់ឱ្យខ្លី។",
    status=422,
)
refusal(
    "value.negative",
    en="{value} for {column} is less than zero. Correct it.",
    km="{value} សម្រាប់ {column} តូចជាងសូន្យ។ សូមកែ។",
    status=422,
)
refusal(
    "value.kind",
    en="“{value}” is not what {column} holds. Correct it.",
    km="«{value}» មិនត្រូវនឹង {column} ទេ។ សូមកែ។",
    status=422,
)
refusal(
    "period.reversed",
    en="It ends before it begins. Correct one of the two dates.",
    km="វាបញ្ចប់មុនពេលចាប់ផ្ដើម។ សូមកែកាលបរិច្ឆេទមួយ។",
    status=422,
)
refusal(
    "role.already_given",
    en="This person has this role here already. End it first, or leave it as it is.",
    km="បុគ្គលនេះមានតួនាទីនេះរួចហើយ។ សូមបញ្ចប់វាសិន ឬទុកដដែល។",
)
refusal(
    "role.to_oneself",
    en="{others} can be asked, too, so you give no role to yourself. Ask another administrator for it; if you are the only "
    "one, make somebody else administrator first.",
    km="អាចសួរ {others} បានដែរ ដូច្នេះអ្នកមិនផ្ដល់តួនាទីឱ្យខ្លួនឯងទេ។ សូមសុំអ្នកគ្រប់គ្រងប្រព័ន្ធម្នាក់ទៀត; បើមានតែអ្នក "
    "សូមតែងតាំងអ្នកផ្សេងជាអ្នកគ្រប់គ្រងប្រព័ន្ធជាមុនសិន។",
    status=403,
)
refusal(
    "role.ended",
    en="This role ended on {until} already. Give the role anew if it goes on.",
    km="តួនាទីនេះបានបញ្ចប់រួចហើយនៅថ្ងៃ {until}។ សូមផ្ដល់តួនាទីថ្មី បើនៅបន្ត។",
)
refusal(
    "role.ends_by_then",
    en="This role ends on {until} as it is. Choose an earlier day; to let it last longer, give it anew from that day.",
    km="តួនាទីនេះនឹងបញ្ចប់នៅថ្ងៃ {until} ស្រាប់។ សូមជ្រើសរើសថ្ងៃមុននោះ; បើចង់បន្ត សូមផ្ដល់តួនាទីថ្មីពីថ្ងៃនោះ។",
)
refusal(
    "role.ends_before_today",
    en="A role can't end on {until}: what was done with it since stands in the trail. End it today or later.",
    km="តួនាទីមិនអាចបញ្ចប់នៅថ្ងៃ {until} ទេ៖ អ្វីដែលបានធ្វើតាំងពីពេលនោះមានក្នុងកំណត់ត្រា។ សូមបញ្ចប់ថ្ងៃនេះ ឬក្រោយ។",
    status=422,
)
refusal(
    "role.unknown",
    en="There is no role called {role}. Choose one of: {known}.",
    km="គ្មានតួនាទី {role} ទេ។ សូមជ្រើសរើស៖ {known}។",
    status=422,
)
refusal(
    "programme.code_form",
    en="“{code}” can't be the code of a programme. Use Latin letters, digits and dashes, as in SLAR-2.",
    km="«{code}» មិនអាចជាលេខកូដកម្មវិធីទេ។ សូមប្រើអក្សរឡាតាំង លេខ និងសហសញ្ញា ដូចជា SLAR-2។",
    status=422,
)
refusal(
    "programme.open_already",
    en="Anybody can read the sheet of {programme} already. Nothing needs to be done.",
    km="មនុស្សគ្រប់រូបអាចអានសន្លឹកព័ត៌មានរបស់ {programme} រួចហើយ។ មិនចាំបាច់ធ្វើអ្វីទេ។",
)
refusal(
    "programme.closed_already",
    en="The sheet of {programme} is not published, so there is nothing to take back. Leave it as it is.",
    km="សន្លឹកព័ត៌មានរបស់ {programme} មិនទាន់ផ្សព្វផ្សាយទេ ដូច្នេះគ្មានអ្វីត្រូវដកវិញ។ សូមទុកដដែល។",
)
refusal(
    "programme.is_demo",
    en="{programme} is a demonstration, which is always open to anybody. Publishing is for real programmes.",
    km="{programme} ជាការបង្ហាញ ដែលបើកសម្រាប់មនុស្សគ្រប់រូបជានិច្ច។ ការផ្សព្វផ្សាយគឺសម្រាប់កម្មវិធីពិត។",
)
refusal(
    "command.reused",
    en="The command {command} was already used, for something else or by somebody else ({verb}). Use a new one.",
    km="លេខបញ្ជា {command} ត្រូវបានប្រើសម្រាប់ការផ្សេង ឬដោយអ្នកផ្សេង ({verb}) រួចហើយ។ សូមប្រើលេខថ្មី។",
    status=422,
)
refusal(
    "evidence.kind",
    en="A file of this kind can't be kept as evidence. Use a picture (PNG, JPEG) or a PDF.",
    km="ឯកសារប្រភេទនេះមិនអាចរក្សាជាភស្តុតាងទេ។ សូមប្រើរូបភាព (PNG, JPEG) ឬ PDF។",
    status=422,
)
refusal(
    "evidence.no_signatory",
    en="{evidence} speaks for a body, but it is not said who signed it. Write the name and the office as on the paper.",
    km="{evidence} ជាសំឡេងរបស់ស្ថាប័ន តែមិនបានបញ្ជាក់អ្នកចុះហត្ថលេខា។ សូមសរសេរឈ្មោះ និងតួនាទីដូចក្នុងឯកសារ។",
    status=422,
)
refusal(
    "evidence.size",
    en="The file is {size} MB; at most {most} MB are kept. Scan it with fewer dots per inch.",
    km="ឯកសារទំហំ {size} MB; ច្រើនបំផុត {most} MB។ សូមស្កេនក្នុងកម្រិតទាបជាង។",
    status=422,
)
refusal(
    "evidence.already_attached",
    en="This file is attached here already. Choose another one, or leave it as it is.",
    km="ឯកសារនេះត្រូវបានភ្ជាប់រួចហើយ។ សូមជ្រើសរើសឯកសារផ្សេង ឬទុកដដែល។",
)
refusal(
    "evidence.no_reason",
    en="An original that shows persons is opened with a reason only. Write why you open it; the reason is kept.",
    km="ឯកសារដើមដែលបង្ហាញបុគ្គល អាចបើកបានតែមានមូលហេតុ។ សូមសរសេរមូលហេតុ; មូលហេតុនឹងត្រូវបានរក្សាទុក។",
    status=422,
)
refusal(
    "evidence.needs_reason",
    en="This original shows persons; it has no address of its own. Open it on its page, where you say why.",
    km="ឯកសារដើមនេះបង្ហាញបុគ្គល; វាគ្មានអាសយដ្ឋានផ្ទាល់ទេ។ សូមបើកវានៅលើទំព័ររបស់វា ដោយសរសេរមូលហេតុ។",
    status=403,
)
refusal(
    "evidence.closed",
    en="This paper shows persons and is closed to you; the office can open it. Ask for a redacted copy.",
    km="ឯកសារនេះបង្ហាញបុគ្គល និងបិទចំពោះអ្នក; ការិយាល័យអាចបើកវា។ សូមស្នើសុំច្បាប់ចម្លងដែលបានលាក់ទិន្នន័យ។",
    status=403,
)
refusal(
    "evidence.not_personal",
    en="{evidence} shows no person, so it needs no redacted copy. Say first that it is personal, by keeping it as such.",
    km="{evidence} មិនបង្ហាញបុគ្គលទេ ដូច្នេះមិនត្រូវការច្បាប់លាក់ទិន្នន័យ។ សូមរក្សាទុកវាជាឯកសារផ្ទាល់ខ្លួនជាមុន។",
)
refusal(
    "evidence.not_redacted",
    en="This file is kept already as another paper, or is the original itself. Choose the copy in which persons are covered.",
    km="ឯកសារនេះបានរក្សាទុករួចហើយជាឯកសារផ្សេង ឬជាឯកសារដើម។ សូមជ្រើសរើសច្បាប់ចម្លងដែលបានលាក់បុគ្គល។",
    status=422,
)
refusal(
    "upload.gone",
    en="The file was not found any more: it is kept for a day. Send it once more; nothing was changed.",
    km="រកមិនឃើញឯកសារទៀតទេ៖ វាត្រូវបានរក្សាទុកមួយថ្ងៃ។ សូមផ្ញើម្ដងទៀត; មិនមានអ្វីប្ដូរទេ។",
    status=410,
)
refusal(
    "form.not_ours",
    en="This form was not made here, or it has waited too long. Open the page again and send it once more.",
    km="ទម្រង់នេះមិនបានបង្កើតនៅទីនេះ ឬបានរង់ចាំយូរពេក។ សូមបើកទំព័រឡើងវិញ រួចផ្ញើម្ដងទៀត។",
    status=403,
)
refusal(
    "trail.insert_only",
    en="The trail is never changed. What was done wrong is put right by doing it again, rightly.",
    km="កំណត់ហេតុមិនអាចកែបានទេ។ អ្វីដែលធ្វើខុស ត្រូវកែដោយធ្វើឡើងវិញឱ្យត្រូវ។",
)
refusal(
    "store.full",
    en="The disk is full; nothing was kept. Free some space and send it again.",
    km="ថាសពេញហើយ មិនបានរក្សាទុកអ្វីទេ។ សូមសម្អាតទំហំ រួចផ្ញើម្ដងទៀត។",
    status=507,
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done: the same word is the permission, the address, the trail line and the function."""

    code: str
    label: Name
    roles: frozenset[str]
    #: May be done by the installation itself, with nobody signed in: only what must exist before anybody does.
    by_system: bool = False
    #: What it makes has no place of its own: a role in any part of the programme will do.
    anywhere: bool = False
    #: Done by anybody, about their own account and no other.
    own: bool = False

    @property
    def function(self) -> str:
        """The name of its action: `project.approve` is done by `approve_project`."""
        noun, verb = self.code.split(".")
        return f"{verb}_{noun}"


_VERBS: dict[str, Verb] = {}


def verb(
    code: str,
    *,
    en: str,
    km: str,
    roles: tuple[str, ...] = (),
    by_system: bool = False,
    anywhere: bool = False,
    own: bool = False,
) -> None:
    """Add a verb, `noun.verb`, and the roles that may do it; `own`: anybody, about their own account."""
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", code) or code in _VERBS:
        raise ValueError(f"{code}: a verb is declared once, as noun.verb")
    if own is bool(roles):
        raise ValueError(f"{code}: done by roles, or by everybody about their own account")
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"{code}: no such role {unknown}")
    _VERBS[code] = Verb(code, Name(en=en, km=km), frozenset(roles), by_system, anywhere, own)


def verb_of(code: str) -> Verb:
    """The verb with this code; a KeyError is a mistake in the programme, not of its user."""
    return _VERBS[code]


def quoted(code: str) -> Name:
    """What is done by a verb, as it stands in a sentence."""
    label = verb_of(code).label
    return Name(en=f"“{label.en}”", km=f"«{label.km}»")


def verbs() -> list[Verb]:
    """All verbs, for the documentation, the tests and the page of who may do what."""
    return [_VERBS[code] for code in sorted(_VERBS)]


def not_later(dated: date, on: date) -> date:
    """The date of a paper, which can't be later than the day on which it is recorded. Raises Refusal `day.later`."""
    if dated > on:
        raise Refusal("day.later", dated=dated, on=on)
    return dated


def not_before(on: date, since: date, what: Name) -> None:
    """Refuse what is dated before that from which it follows: a payment before its agreement, a decision before what was
    decided about. Raises Refusal `day.before_its_cause`.
    """
    if on < since:
        raise Refusal("day.before_its_cause", on=on, what=what, since=since)


def day_has_come(on: date, today: date) -> bool:
    """A paper can't be dated after the day on which it is recorded."""
    return on <= today


def with_a_reason(code: str) -> Callable[..., None]:
    """A guard: the step is taken with a reason in words; else the Refusal with this code."""

    def guard(record: Any, *, reason: Name, **_: object) -> None:
        """a reason is given"""
        if not gives_reason(reason):
            raise Refusal(code, record=name_of(record))

    return condition(en="A reason is given", km="មានមូលហេតុ")(guard)


class ByAnotherThan:
    """A guard: four eyes. Who stands in `column` of the record `did` the step before and may not do this one.

    Users are compared, and that is enough: one person is one user at most (`Party.user`; two records of one person that
    both have an account are not merged).
    """

    def __init__(self, column: str, did: Name) -> None:
        self.column, self.did = column, did
        self.__doc__ = f"by another person than {column.replace('_', ' ')}"
        self.says = Name(
            en=f"By another person than the one before (“{did.en}”): four eyes",
            km=f"ដោយបុគ្គលផ្សេងពីអ្នកធ្វើជំហាន «{did.km}»៖ ភ្នែកបួន",
        )

    def __call__(self, record: Any, *, by: Any, **_: object) -> None:
        """Raise Refusal `access.same_person`, unless somebody else did the step before."""
        if by.pk == getattr(record, f"{self.column}_id"):
            raise Refusal("access.same_person", who=by.name, step=self.did)


def by_another_than(column: str, did: Name) -> ByAnotherThan:
    """A guard: four eyes."""
    return ByAnotherThan(column, did)


def may_end(ends: date | None, until: date, today: date) -> None:
    """Refuse to end a role in the past, one that has ended, and one that ends by then as it is: here it only gets shorter.

    Raises Refusal `role.ended`, `role.ends_by_then`, `role.ends_before_today`.
    """
    if ends is not None and ends <= today:
        raise Refusal("role.ended", until=ends)
    if ends is not None and ends <= until:
        raise Refusal("role.ends_by_then", until=ends)
    if until < today:
        raise Refusal("role.ends_before_today", until=until)


def code_is_well_formed(code: str) -> None:
    """Refuse a code of a programme that could not stand in an address. Raises Refusal `programme.code_form`."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", code):
        raise Refusal("programme.code_form", code=code)


ADMIN = ("administrator",)
verb("programme.found", en="Found the programme", km="បង្កើតកម្មវិធី", roles=ADMIN, by_system=True)
verb("user.register", en="Register a user", km="ចុះឈ្មោះអ្នកប្រើប្រាស់", roles=ADMIN, by_system=True)
verb("role.grant", en="Give a role", km="ផ្ដល់តួនាទី", roles=ADMIN, by_system=True)
verb("role.end", en="End a role", km="បញ្ចប់តួនាទី", roles=ADMIN)
verb("programme.publish", en="Publish the sheet", km="ផ្សព្វផ្សាយសន្លឹកព័ត៌មាន", roles=("manager",))
verb("programme.unpublish", en="Take the sheet back", km="ដកសន្លឹកព័ត៌មានវិញ", roles=("manager",))
verb(
    "evidence.keep",
    en="Keep a file as evidence",
    km="រក្សាទុកឯកសារជាភស្តុតាង",
    roles=("manager", "finance", "facilitator", "clerk", "monitoring"),
    anywhere=True,
)
verb(
    "evidence.attach",
    en="Add a paper or a photo",
    km="បន្ថែមឯកសារ ឬរូបថត",
    roles=("manager", "finance", "facilitator", "clerk", "monitoring"),
)
#: Whoever works with people covers them on a copy, and opens an original, in the places where they work.
verb("evidence.redact", en="Keep a redacted copy", km="រក្សាទុកច្បាប់លាក់ទិន្នន័យ", roles=tuple(sorted(OFFICE)), anywhere=True)
verb("evidence.open", en="Open an original", km="បើកឯកសារដើម", roles=tuple(sorted(OFFICE)), anywhere=True)
