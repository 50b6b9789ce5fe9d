"""Sentences with figures in them: what a page says first."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from laar.kit.figures import Figure
from laar.kit.names import Name


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in both languages, with the names of figures in braces: `{asked} things were asked here.`"""

    text: Name
    figures: dict[str, Figure]

    def pieces(self, lang: str) -> list[str | Figure]:
        """Words and figures in the order of a language."""
        found: list[str | Figure] = []
        for words, key, _, _ in Formatter().parse(self.text.say(lang)):
            if words:
                found.append(words)
            if key:
                found.append(self.figures[key])
        return found
