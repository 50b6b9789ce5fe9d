"""Every word that a page shows is there in Khmer, and the catalogue holds nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import polib
from django.utils.translation.template import templatize

import laar

ROOT = Path(laar.__file__).parent
CATALOGUE = ROOT / "locale" / "km" / "LC_MESSAGES" / "django.po"
IN_TEMPLATE = re.compile(r"gettext\((?:u)?(['\"])(.*?)(?<!\\)\1\)", re.DOTALL)
IN_CODE = re.compile(r"\b_\(\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)')")


def shown_words() -> set[str]:
    """What templates and code mark for translation."""
    words: set[str] = set()
    for template in ROOT.rglob("*.html"):
        text = templatize(template.read_text(encoding="utf-8"), origin=str(template))
        words |= {found[1].replace("\\'", "'").replace('\\"', '"') for found in IN_TEMPLATE.findall(text)}
    for module in ROOT.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        if "gettext" in text:
            words |= {double or single for double, single in IN_CODE.findall(text)}
            words |= set(re.findall(r"_\(\"([^\"]+)\" if \w+ else _\(\"", text))
    return words


def test_every_word_that_is_shown_is_there_in_khmer() -> None:
    said = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    assert {word for word in shown_words() if not said.get(word)} == set()


def test_the_catalogue_holds_no_word_that_nobody_shows() -> None:
    assert {entry.msgid for entry in polib.pofile(str(CATALOGUE))} - shown_words() == set()
