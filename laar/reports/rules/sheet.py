"""What may stand in a text of a report: words, and figures by their key; no number that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from laar.base.rules import ROLES, verb
from laar.kit.figures import Scope, definitions
from laar.kit.names import INVISIBLE, Name, gives_reason
from laar.kit.refusals import Refusal, refusal

SECTIONS = {
    "training": Name(en="Training and coaching", km="ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    "outreach": Name(en="Outreach activities", km="សកម្មភាពចុះផ្សព្វផ្សាយ"),
    "sdp": Name(en="Social development projects", km="គម្រោងអភិវឌ្ឍន៍សង្គម"),
}

refusal(
    "sheet.typed_number",
    en="“{found}” is typed as a number. Put the figure there instead, for example {{places.communes}}, so that it can be "
    "opened.",
    km="«{found}» ត្រូវបានវាយជាលេខ។ សូមដាក់តួលេខវិញ ឧទាហរណ៍ {{places.communes}} ដើម្បីអាចបើកមើលបាន។",
    status=422,
)
refusal(
    "sheet.bare_praise",
    en="“{word}” may only stand before its figure. Write, for example: {word} ({{oa.effective}}).",
    km="«{word}» អាចប្រើតែនៅមុខតួលេខរបស់វា។ សូមសរសេរ ឧទាហរណ៍៖ {word} ({{oa.effective}})។",
    status=422,
)
refusal(
    "sheet.no_figure",
    en="“{found}” is not written as a figure is. Write its key in braces, for example {{places.communes}} or "
    "{{oa.plans?funding=grant}}.",
    km="«{found}» មិនសរសេរជាទម្រង់តួលេខទេ។ សូមសរសេរឈ្មោះតួលេខក្នុងដង្កៀប ឧទាហរណ៍ {{places.communes}} ឬ {{oa.plans?funding=grant}}។",
    status=422,
)
refusal(
    "sheet.section",
    en="There is no section {section}. Use one of {known}.",
    km="គ្មានផ្នែក {section} ទេ។ សូមប្រើ {known}។",
    status=422,
)

refusal(
    "pack.no_reason",
    en="A pack for the office holds originals that show persons. Write why it is made; the reason is kept.",
    km="កញ្ចប់សម្រាប់ការិយាល័យមានឯកសារដើមដែលបង្ហាញបុគ្គល។ សូមសរសេរមូលហេតុ; មូលហេតុនឹងត្រូវបានរក្សាទុក។",
    status=422,
)
refusal(
    "pack.level",
    en="A pack for {level} is made by: {roles}. Ask one of them.",
    km="កញ្ចប់សម្រាប់ {level} ធ្វើដោយ៖ {roles}។ សូមសួរម្នាក់ក្នុងចំណោមពួកគេ។",
    status=403,
)
refusal(
    "pack.nothing",
    en="Nobody has written yet what this programme is about; without a reference sheet there is nothing to trace.",
    km="មិនទាន់មាននរណាសរសេរថាកម្មវិធីនេះស្ដីអំពីអ្វីទេ; គ្មានសន្លឹកយោង គ្មានអ្វីត្រូវតាមដាន។",
    status=404,
)
refusal(
    "pack.file_there",
    en="{file} is there already and is not overwritten. Choose another name.",
    km="{file} មានរួចហើយ ហើយនឹងមិនត្រូវបានសរសេរជាន់ទេ។ សូមជ្រើសរើសឈ្មោះផ្សេង។",
)
refusal(
    "pack.folder",
    en="{file} can't be written ({why}). Check the folder.",
    km="មិនអាចសរសេរ {file} ({why})។ សូមពិនិត្យថត។",
    status=404,
)

LANGUAGES = {"en": Name(en="English", km="អង់គ្លេស"), "km": Name(en="Khmer", km="ខ្មែរ")}

#: For whom a trace pack is made.
LEVELS = {
    "office": Name(en="The office", km="ការិយាល័យ"),
    "donor": Name(en="The donor", km="ម្ចាស់ជំនួយ"),
    "public": Name(en="The public", km="សាធារណជន"),
}
#: Who may make it: what holds originals that show persons is the manager's.
MAKERS = {
    "office": frozenset({"manager"}),
    "donor": frozenset({"manager", "monitoring"}),
    "public": frozenset({"manager", "monitoring"}),
}
#: What stands on every page and document of a demonstration.
refusal(
    "document.form",
    en="There is no form called {form}. Use one of {known}.",
    km="គ្មានទម្រង់ឈ្មោះ {form} ទេ។ សូមប្រើ {known}។",
    status=404,
)
refusal(
    "document.no_khmer_font",
    en="No Khmer font was found here, so this PDF would be a row of boxes. Run `make setup` again, or name a folder that has "
    "one (TTF or OTF) with LAAR_FONTS; the Word document needs none.",
    km="រកមិនឃើញពុម្ពអក្សរខ្មែរទេ ដូច្នេះ PDF នេះនឹងមានតែប្រអប់ទទេ។ សូមដំណើរការ `make setup` ម្ដងទៀត "
    "ឬកំណត់ថតដែលមានពុម្ពអក្សរ (TTF ឬ OTF) ដោយ LAAR_FONTS; ឯកសារ Word មិនត្រូវការទេ។",
    status=503,
)

DEMO_LABEL = Name(
    en="Demonstration: synthetic rows; only the totals are those of the published sheet. Persons and funders are fictional.",
    km="ការបង្ហាញ៖ ទិន្នន័យសំយោគ; មានតែចំនួនសរុបជារបស់សន្លឹកដែលបានផ្សព្វផ្សាយ។ បុគ្គល និងម្ចាស់ជំនួយគឺប្រឌិត។",
)

verb("paragraph.write", en="Write a paragraph of the sheet", km="សរសេរកថាខណ្ឌ", roles=("manager", "monitoring"))
verb(
    "pack.issue", en="Make a trace pack", km="បង្កើតកញ្ចប់តាមដាន", roles=tuple(sorted(frozenset().union(*MAKERS.values())))
)

verb("audit_pack.issue", en="Make an audit pack", km="បង្កើតកញ្ចប់សវនកម្ម", roles=("auditor", "finance", "manager"))

PLACEHOLDER = re.compile(r"\{([a-z_]+\.[a-z_]+)(?:\?([^{}]*))?\}")
#: Words that claim success; each may only be printed with the figure that it stands for.
PRAISE = re.compile(r"effectively|successfully|ប្រកបដោយប្រសិទ្ធភាព|ដោយជោគជ័យ", re.IGNORECASE)
PRAISE_WITH_FIGURE = re.compile(rf"(?:{PRAISE.pattern})[^{{}}.;។]{{0,60}}{PLACEHOLDER.pattern}", re.IGNORECASE)
#: Digits of any script.
NUMBER = re.compile(r"\d+")
#: A brace that belongs to no figure, with what stands in it.
STRAY_BRACE = re.compile(r"\{[^{}]*\}?|\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a text asks for."""

    key: str
    more: dict[str, str]


def pieces(text: str) -> Iterator[Words | Asked]:
    """A text as words and figures."""
    end = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > end:
            yield Words(text[end : found.start()])
        yield Asked(found[1], dict(parse_qsl(found[2] or "", keep_blank_values=True)))
        end = found.end()
    if end < len(text):
        yield Words(text[end:])


def text_may_be_printed(text: str) -> None:
    """Refuse a typed number, an unknown figure, a brace around anything else, and praise without its figure."""
    known = {definition.key: definition for definition in definitions()}
    for piece in pieces(text):
        if isinstance(piece, Words):
            if found := NUMBER.search(piece.text):
                raise Refusal("sheet.typed_number", found=found[0])
            if found := STRAY_BRACE.search(piece.text):
                raise Refusal("sheet.no_figure", found=found[0])
        elif piece.key not in known:
            raise Refusal("figure.unknown", key=piece.key)
        else:
            known[piece.key].of(Scope(None, more=piece.more))
    seen = text.translate(INVISIBLE)  # people type a zero-width space between the words of a Khmer phrase
    backed = {found.start() for found in PRAISE_WITH_FIGURE.finditer(seen)}
    for found in PRAISE.finditer(seen):
        if found.start() not in backed:
            raise Refusal("sheet.bare_praise", word=found[0])


def pack_is_known(level: str, lang: str) -> None:
    """Refuse a reader or a language that there is not."""
    for column, value, known in (("made for", level, LEVELS), ("language", lang, LANGUAGES)):
        if value not in known:
            raise Refusal("value.unknown", column=column, value=value, known=", ".join(known))


def may_be_made(level: str, reason: str, *, is_maker: bool) -> None:
    """Refuse a pack to who may not make it, and one with originals without a reason."""
    if not is_maker:
        roles = sorted(MAKERS[level])
        whom = Name(en=", ".join(ROLES[role].en for role in roles), km=", ".join(ROLES[role].km for role in roles))
        raise Refusal("pack.level", level=LEVELS[level], roles=whom)
    if level == "office" and not gives_reason(reason):
        raise Refusal("pack.no_reason")


def section_is_known(section: str) -> None:
    """Refuse a section that the sheet does not have."""
    if section not in SECTIONS:
        raise Refusal("sheet.section", section=section, known=", ".join(SECTIONS))
