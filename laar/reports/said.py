"""How numbers, days and names are said in each language. Arithmetic stays below; this is only writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import dateformat, timezone, translation

from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import KHMER_DIGITS, Name
from laar.kit.small import HIDDEN, is_hidden

#: Official Khmer texts write Khmer digits, a comma before the decimals and a space between the thousands.
KHMER_SIGNS = str.maketrans({",": "\u202f", ".": ","})

ARABIC_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
DIGIT = re.compile("[0-9]")
#: A number in a name that is no part of a code: `2008`, and neither `SDP-210104` nor `01/08` nor the sector `16020`.
STANDING_ALONE = re.compile(r"(?<![0-9A-Za-z./_:-])[0-9]{1,4}(?![0-9A-Za-z/_:-]|[.,][0-9])")

#: Whether who reads a Khmer page wants to see 1 2 3 on it.
_arabic: ContextVar[bool] = ContextVar("arabic", default=False)


@contextmanager
def digits(*, arabic: bool) -> Iterator[None]:
    """Say numbers for a while in the digits that somebody chose. What is issued is said in those of its language."""
    before = _arabic.set(arabic)
    try:
        yield
    finally:
        _arabic.reset(before)


def language() -> str:
    """The language of the page."""
    return "km" if (translation.get_language() or "en").startswith("km") else "en"


def number(text: str) -> str:
    """A number as the language writes it: `1,270.00`, `១ ២៧០,០០`."""
    return text.translate(KHMER_SIGNS).translate(KHMER_DIGITS) if _in_khmer() else text


def name(one: Name) -> str:
    """A name in the language of the page. In Khmer its numbers are written as who reads wants them; codes keep theirs."""
    if language() != "km":
        return one.say("en")
    text = one.say("km")
    if _arabic.get():
        return text.translate(ARABIC_DIGITS)
    return STANDING_ALONE.sub(lambda found: found[0].translate(KHMER_DIGITS), text) if DIGIT.search(text) else text


def figure(one: Figure, *, is_public: bool = False) -> str:
    """A figure as the language writes it; a ratio as "5 of 6". To the public few people are "<5"."""
    if is_public and is_hidden(one):
        return number(HIDDEN)
    ratio = one.ratio
    if ratio and not ratio.percent:
        between = Name(en="of", km="លើ").say(language())
        return f"{number(ratio.part.figure)} {between} {number(ratio.whole.figure)}"
    return number(one.figure)


def amount(money: Money) -> str:
    """An amount without its currency."""
    return number(money.figure)


def day(on: date) -> str:
    """A day: `10 March 2008`, `១០ មីនា ២០០៨`."""
    return _dated(dateformat.format(on, "j F Y"))


def month(on: date) -> str:
    """The month of a day: `March 2008`, `មីនា ២០០៨`."""
    return _dated(dateformat.format(on, "F Y"))


def instant(at: datetime) -> str:
    """An instant, to the minute, where the installation works."""
    return _dated(dateformat.format(timezone.localtime(at), "j F Y, H:i"))


def _dated(text: str) -> str:
    """A date as Django writes it, in Khmer with Khmer digits, and March spelled as the dictionary of Chuon Nath does."""
    text = text.translate(KHMER_DIGITS) if _in_khmer() else text
    return text.replace("មិនា", "មីនា") if language() == "km" else text


def _in_khmer() -> bool:
    return language() == "km" and not _arabic.get()
