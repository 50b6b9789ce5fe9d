"""Decisions about places, parties and what a programme is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from laar.base.rules import verb
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

#: Official place codes nest: a place's code begins with its parent's (gazetteer of the Ministry of Interior / NCDD).
LEVELS = {2: "province", 4: "district", 6: "commune", 8: "village"}

LEVEL_NAMES = {
    "province": Name(en="Province", km="ខេត្ត"),
    "district": Name(en="District", km="ស្រុក"),
    "commune": Name(en="Commune", km="ឃុំ"),
    "village": Name(en="Village", km="ភូមិ"),
}

PLACE_KINDS = {
    "khaet": Name(en="Province", km="ខេត្ត"),
    "reach_theani": Name(en="Capital", km="រាជធានី"),
    "srok": Name(en="District", km="ស្រុក"),
    "krong": Name(en="Municipality", km="ក្រុង"),
    "khan": Name(en="Khan", km="ខណ្ឌ"),
    "khum": Name(en="Commune", km="ឃុំ"),
    "sangkat": Name(en="Sangkat", km="សង្កាត់"),
    "phum": Name(en="Village", km="ភូមិ"),
}

#: The usual kind of a level, where a sheet does not say.
USUAL_KIND = {"province": "khaet", "district": "srok", "commune": "khum", "village": "phum"}

PARTY_KINDS = {
    "person": Name(en="Person", km="បុគ្គល"),
    "council": Name(en="Commune council", km="ក្រុមប្រឹក្សាឃុំ"),
    "committee": Name(en="Community monitoring committee", km="គណៈកម្មាធិការតាមដានសហគមន៍"),
    "cbo": Name(en="Community-based organisation", km="អង្គការសហគមន៍មូលដ្ឋាន"),
    "shg": Name(en="Self-help group", km="ក្រុមជួយខ្លួនឯង"),
    "vulnerable": Name(en="Group of disadvantaged people", km="ក្រុមជនងាយរងគ្រោះ"),
    "facilitation_team": Name(en="Facilitation team (DFT, PFT)", km="ក្រុមសម្របសម្រួល"),
    "department": Name(en="Line department", km="មន្ទីរ អង្គភាព"),
    "ngo": Name(en="NGO", km="អង្គការមិនមែនរដ្ឋាភិបាល"),
    "donor": Name(en="Donor", km="ម្ចាស់ជំនួយ"),
    "supplier": Name(en="Supplier", km="អ្នកផ្គត់ផ្គង់"),
}

SEXES = {
    "f": Name(en="Woman", km="ស្ត្រី"),
    "m": Name(en="Man", km="បុរស"),
    "": Name(en="Not stated", km="មិនបានបញ្ជាក់"),
}

MEMBER_ROLES = {
    "chief": Name(en="Commune chief", km="មេឃុំ"),
    "deputy": Name(en="Deputy", km="ជំទប់"),
    "councillor": Name(en="Councillor", km="សមាជិកក្រុមប្រឹក្សា"),
    "clerk": Name(en="Clerk", km="ស្មៀន"),
    "chair": Name(en="Chair", km="ប្រធាន"),
    "member": Name(en="Member", km="សមាជិក"),
    "staff": Name(en="Staff", km="បុគ្គលិក"),
}

#: What an organisation was in the action: the words of the EU's form (PRAG, experience of the applicant).
ACTION_ROLES = {
    "coordinator": Name(en="Coordinator", km="អ្នកសម្របសម្រួល"),
    "implementing_partner": Name(en="Implementing partner of the lead", km="ដៃគូអនុវត្តរបស់អង្គការដឹកនាំ"),
    "affiliated_entity": Name(en="Affiliated entity", km="អង្គភាពសម្ព័ន្ធ"),
}

refusal(
    "place.code",
    en="“{code}” is not a place code (line {line}). A code has 2, 4, 6 or 8 digits, with its leading zero.",
    km="«{code}» មិនមែនជាលេខកូដទីកន្លែងទេ (បន្ទាត់ {line})។ លេខកូដមាន 2, 4, 6 ឬ 8 ខ្ទង់ រួមទាំងលេខសូន្យខាងមុខ។",
    status=422,
)
refusal(
    "place.parent_missing",
    en="{code} (line {line}) lies in {parent}, which is not in the gazetteer. Add {parent} to the file, or load it first.",
    km="{code} (បន្ទាត់ {line}) ស្ថិតក្នុង {parent} ដែលមិនទាន់មានក្នុងបញ្ជី។ សូមបន្ថែម {parent} ក្នុងឯកសារ ឬបញ្ចូលវាសិន។",
    status=422,
)
refusal(
    "place.code_doubled",
    en="{code} stands twice in the file (lines {first} and {line}). Keep one of the two lines.",
    km="{code} មានពីរដងក្នុងឯកសារ (បន្ទាត់ {first} និង {line})។ សូមទុកតែមួយ។",
    status=422,
)
refusal(
    "place.name_missing",
    en="{code} (line {line}) has no name. Write its Khmer or its Latin name.",
    km="{code} (បន្ទាត់ {line}) គ្មានឈ្មោះ។ សូមសរសេរឈ្មោះខ្មែរ ឬឡាតាំង។",
    status=422,
)
refusal(
    "place.kind_unknown",
    en="{kind} (line {line}) is not a kind of place. Use one of {known}.",
    km="{kind} (បន្ទាត់ {line}) មិនមែនជាប្រភេទទីកន្លែងទេ។ សូមប្រើ {known}។",
    status=422,
)
refusal(
    "gazetteer.layout",
    en="{file} is no gazetteer: {why}. Use CSV with the columns code, name_km, name_en, or the YAML layout of pumi.",
    km="{file} មិនមែនជាបញ្ជីទីកន្លែងទេ៖ {why}។ សូមប្រើ CSV ដែលមានជួរឈរ code, name_km, name_en ឬ YAML តាមទម្រង់ pumi។",
    status=422,
)
refusal(
    "sector.shares",
    en="The shares of the sectors add up to {sum} %, not to 100 %. Correct one of them by {off}.",
    km="ភាគរយនៃវិស័យសរុបបាន {sum} % មិនមែន 100 % ទេ។ សូមកែមួយ ចំនួន {off}។",
    status=422,
)
refusal(
    "sector.share_too_fine",
    en="{share} % is finer than a hundredth of a percent. Round the shares to two decimals so that they add up to 100 %.",
    km="{share} % លម្អិតជាងមួយភាគរយនៃភាគរយ។ សូមបង្គត់ភាគរយត្រឹមពីរខ្ទង់ ឱ្យសរុបបាន 100 %។",
    status=422,
)
refusal(
    "sector.unknown",
    en="Sector {code} is not in the code list on {day}. Add it to the list with its name and dates first.",
    km="វិស័យ {code} មិនមានក្នុងបញ្ជីលេខកូដនៅថ្ងៃ {day} ទេ។ សូមបន្ថែមវាជាមុន។",
    status=422,
)
refusal(
    "membership.already_open",
    en="This person holds this office already. End it before giving it again.",
    km="បុគ្គលនេះកំពុងកាន់មុខងារនេះរួចហើយ។ សូមបញ្ចប់វាមុនពេលផ្ដល់ម្ដងទៀត។",
)
refusal(
    "membership.ended",
    en="{membership} ended on {until} already. Open it to see by whom.",
    km="{membership} បានបញ្ចប់រួចហើយនៅថ្ងៃ {until}។ សូមបើកមើលថានរណាបានបញ្ចប់។",
)
refusal(
    "membership.not_a_person",
    en="{body} is a body; only a person takes an office. Choose the person.",
    km="{body} ជាអង្គភាព; មានតែបុគ្គលទើបអាចកាន់មុខងារ។ សូមជ្រើសរើសបុគ្គល។",
    status=422,
)
refusal(
    "membership.not_a_body",
    en="{body} is a person; only a body has members. Choose the council, committee or group.",
    km="{body} ជាបុគ្គល; មានតែអង្គភាពទើបមានសមាជិក។ សូមជ្រើសរើសក្រុមប្រឹក្សា គណៈកម្មាធិការ ឬក្រុម។",
    status=422,
)

refusal(
    "party.not_a_person",
    en="{party} is a body, not a person; only a person can ask to be forgotten.",
    km="{party} ជាអង្គភាព មិនមែនបុគ្គលទេ; មានតែបុគ្គលអាចស្នើសុំលុបទិន្នន័យ។",
    status=422,
)

OFFICE = ("administrator", "manager", "monitoring")
FIELD = (*OFFICE, "facilitator", "clerk")
verb(
    "gazetteer.load",
    en="Load a gazetteer",
    km="បញ្ចូលបញ្ជីទីកន្លែង",
    roles=("administrator", "manager"),
    by_system=True,
)
verb("party.register", en="Register a person or body", km="ចុះបញ្ជីបុគ្គល ឬអង្គភាព", roles=FIELD)
verb("party.erase", en="Forget a person", km="លុបទិន្នន័យបុគ្គល", roles=("administrator",))
verb("member.seat", en="Seat a member", km="តែងតាំងសមាជិក", roles=FIELD)
verb("membership.end", en="End a membership", km="បញ្ចប់សមាជិកភាព", roles=FIELD)
verb("sector.list", en="Put a sector on the code list", km="បញ្ចូលវិស័យក្នុងបញ្ជីកូដ", roles=OFFICE)
verb("sector.rename", en="Give a sector code its new name", km="ប្ដូរឈ្មោះវិស័យ", roles=OFFICE)
verb("profile.write", en="Write what the programme is about", km="សរសេរអំពីកម្មវិធី", roles=OFFICE)
verb("location.add", en="Add a place of the action", km="បន្ថែមទីកន្លែងអនុវត្ត", roles=OFFICE)


def level_of(code: str) -> str | None:
    """The level that a code speaks of; None where it is no code."""
    return LEVELS.get(len(code)) if code.isascii() and code.isdigit() else None


def parent_code(code: str) -> str:
    """The code of the place in which this one lies; empty for a province."""
    return code[:-2]


def shares_are_whole(shares: Iterable[Decimal]) -> None:
    """Refuse shares that do not add up to exactly 100 % as they are kept (IATI rule for sectors of one vocabulary)."""
    total = Decimal(0)
    for share in shares:
        if share * 100 % 1:
            raise Refusal("sector.share_too_fine", share=share)
        total += share
    if total != 100:
        raise Refusal("sector.shares", sum=total, off=abs(100 - total))


def codes_are_complete(codes: Sequence[tuple[int, str]], known: set[str]) -> None:
    """Refuse a gazetteer with a doubled code, a code that is none, or a place whose parent is nowhere.

    `codes` are (line, code) as in the file; `known` are the codes that the register has already.
    """
    seen: dict[str, int] = {}
    for line, code in codes:
        if level_of(code) is None:
            raise Refusal("place.code", code=code, line=line)
        if code in seen:
            raise Refusal("place.code_doubled", code=code, first=seen[code], line=line)
        seen[code] = line
    for line, code in codes:
        parent = parent_code(code)
        if parent and parent not in seen and parent not in known:
            raise Refusal("place.parent_missing", code=code, parent=parent, line=line)
