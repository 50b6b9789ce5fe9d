"""Names come in pairs: Khmer and English, neither of them the translation of the other.

Text is kept in Unicode NFC. A zero-width space (U+200B), which people type in Khmer to show where a word ends, is kept
in storage and ignored whenever two texts are compared or searched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import lazy
from django.utils.translation import get_language

Lang = Literal["en", "km"]

#: Characters that show nothing: they may differ between two spellings of the same name.
INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


@dataclass(frozen=True, slots=True)
class Name:
    """One thing called in two languages."""

    en: str
    km: str = ""

    def say(self, lang: str) -> str:
        """The name in a language; the other one where this language has none."""
        return (self.km or self.en) if lang == "km" else (self.en or self.km)

    def __str__(self) -> str:
        return self.en or self.km

    def format(self, **facts: object) -> Name:
        """Both sentences with their facts filled in; a fact that is itself a Name speaks each language."""
        return Name(en=_filled(self.en, "en", facts), km=_filled(self.km, "km", facts))


#: What nobody has written.
NOTHING = Name(en="")


def in_khmer(number: int | str) -> str:
    """A number in Khmer digits, for a Khmer name; codes keep theirs."""
    return str(number).translate(KHMER_DIGITS)


def listed(names: Iterable[Name]) -> Name:
    """Several names in a row; a dash where there is none."""
    names = list(names)
    return Name(en=", ".join(name.en for name in names) or "–", km=", ".join(name.km for name in names) or "–")


def clean(text: str) -> str:
    """What is stored: NFC, no space at either end, inner white space as typed."""
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """What is compared: without invisible characters, case and runs of white space."""
    seen = text.replace("\x00", "").translate(
        INVISIBLE
    )  # no database keeps a NUL, and PostgreSQL refuses to look for one
    return " ".join(clean(seen.casefold()).split())


def gives_reason(said: Name | str) -> bool:
    """Whether a text says why, in one of the languages: at least a word. A point, a dash or a number is no reason."""
    texts = (said,) if isinstance(said, str) else (said.en, said.km)
    return any(sum(letter.isalpha() for letter in clean(text)) > 1 for text in texts)


def lazily(name: Name) -> str:
    """A name as a text that is said in the language of whoever looks at it: for the choices of a column."""
    said: str = _said_lazily(name)
    return said


def say_now(name: Name) -> str:
    """A name in the language of whoever looks at it now."""
    return name.say(get_language() or "en")


_said_lazily: Any = lazy(say_now, str)


def name_of(thing: object) -> Name:
    """The name of any record: its own `name`, or its plain text in both languages."""
    name = getattr(thing, "name", None)
    return name if isinstance(name, Name) else Name(en=str(thing), km=str(thing))


def _filled(template: str, lang: Lang, facts: dict[str, object]) -> str:
    said = {key: value.say(lang) if isinstance(value, Name) else value for key, value in facts.items()}
    return template.format(**said)
