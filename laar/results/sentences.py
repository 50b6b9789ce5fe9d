"""Sentences with figures and days in them: what a page says first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from laar.kit.figures import Figure
from laar.kit.names import Name


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in both languages, with the names of figures and days in braces: `{asked} things were asked here.`"""

    text: Name
    figures: Mapping[str, Figure | date]

    def pieces(self, lang: str) -> list[str | Figure | date]:
        """Words, figures and days in the order of a language."""
        found: list[str | Figure | date] = []
        for words, key, _, _ in Formatter().parse(self.text.say(lang)):
            if words:
                found.append(words)
            if key:
                found.append(self.figures[key])
        return found
