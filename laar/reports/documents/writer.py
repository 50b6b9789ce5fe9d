"""Writes the lines of a document in one language, for one reader, with a note for every figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from laar.base.readers import Eyes
from laar.kit.figures import Figure
from laar.kit.names import Name
from laar.reports import said
from laar.reports.documents.document import Line, Note, Shown
from laar.reports.factsheet import Sheet, Text

#: The address of a figure; None where it has none.
Link = Callable[[Figure], str | None]
#: Where a figure stands in a sentence.
PLACE = re.compile(r"\{(\w+)\}")


@dataclass
class Writer:
    """Writes in one language for one reader, and keeps a note of every figure that it writes."""

    sheet: Sheet
    lang: str
    link: Link
    eyes: Eyes
    notes: dict[str, Note] = field(default_factory=dict)

    def say(self, name: Name, /, **facts: object) -> str:
        """A name in the language of the document."""
        return (name.format(**facts) if facts else name).say(self.lang)

    def other(self, name: Name) -> str:
        """A name in the other language; empty where it has none of its own."""
        other = name.say("en" if self.lang == "km" else "km")
        return other if other != self.say(name) else ""

    def shown(self, figure: Figure, *, currency: bool = True) -> Shown:
        """A figure as this reader is shown it."""
        note = self.notes.get(figure.id) or self._noted(figure)
        return Shown(figure.id, self._number(figure), figure.currency or "" if currency else "", note.number, note.link)

    def asked(self, key: str, *, currency: bool = True) -> Line:
        """A line that is one figure, by its key."""
        return (self.shown(self.sheet.figure(key), currency=currency),)

    def text(self, text: Text) -> Line:
        """A text of the sheet. It names currencies itself."""
        return tuple(one if isinstance(one, str) else self.shown(one, currency=False) for one in text)

    def sentence(self, name: Name, /, **figures: Figure) -> Line:
        """A sentence with figures in their places."""
        parts = PLACE.split(self.say(name))  # words, key, words, key, …, words
        line = (self.shown(figures[part]) if place % 2 else part for place, part in enumerate(parts))
        return tuple(part for part in line if part)

    def _number(self, figure: Figure) -> str:
        return said.figure(figure, is_public=not self.eyes.inside(figure.scope.programme))

    def _noted(self, figure: Figure) -> Note:
        number = said.number(str(len(self.notes) + 1))
        value = f"{figure.currency} {self._number(figure)}" if figure.currency else self._number(figure)
        note = Note(number, figure.id, self.say(figure.rule), value, self.link(figure))
        return self.notes.setdefault(figure.id, note)
