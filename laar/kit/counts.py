"""Small numbers in words, as a colleague says them: "three things wait for you"."""

from __future__ import annotations

from collections.abc import Sequence

from laar.kit.names import Name, in_khmer

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_KHMER = ("គ្មាន", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន", "ដប់", "ដប់មួយ", "ដប់ពីរ")


def in_words(count: int) -> Name:
    """A count as it is said in a sentence: in words up to twelve, then in digits."""
    if count < len(_WORDS):
        return Name(en=_WORDS[count], km=_KHMER[count])
    return Name(en=f"{count:,}", km=in_khmer(count))


def counted(sentences: Sequence[Name], count: int) -> Name:
    """The sentence for none, for one, or for many, with the count in words and a capital at its beginning."""
    said = sentences[min(count, len(sentences) - 1)].format(count=in_words(count))
    return Name(en=said.en[:1].upper() + said.en[1:], km=said.km)
