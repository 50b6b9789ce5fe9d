"""What may stand in a text of a report: words, and figures by their key; no number that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from laar.base.rules import verb
from laar.kit.figures import Scope, definitions
from laar.kit.names import INVISIBLE, Name
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

verb("paragraph.write", en="Write a paragraph of the sheet", km="សរសេរកថាខណ្ឌ", roles=("manager", "monitoring"))

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


def section_is_known(section: str) -> None:
    """Refuse a section that the sheet does not have."""
    if section not in SECTIONS:
        raise Refusal("sheet.section", section=section, known=", ".join(SECTIONS))
