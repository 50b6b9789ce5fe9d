"""Stories of people: written, consented to on a signed paper, shown."""

from __future__ import annotations

from typing import Any

from laar.demo.data import pair, stories
from laar.demo.tale import Tale
from laar.registers.actions import register_party
from laar.results.actions import consent_story, publish_story, write_story
from laar.results.rules import CONSENT_SCOPES


def tell(tale: Tale) -> None:
    """Put the stories of the commune on its agenda."""
    for story in stories():
        if story["commune"] == tale.code:
            tale.at(story["told_on"], lambda story=story: _told(tale, story))  # type: ignore[misc]  # bound at once


def _told(tale: Tale, row: dict[str, Any]) -> None:
    key, who, title = row["key"], row["person"], pair(row["title"])
    person = tale.do(
        f"story {key} person",
        register_party,
        "person",
        name=pair(who, "name"),
        sex=who["sex"],
        place=tale.place,
        is_fictional=True,
    )
    story = tale.do(
        f"story {key}",
        write_story,
        tale.cast.programme,
        row["kind"],
        place=tale.place,
        title=title,
        text=pair(row["text"]),
        person=person,
        quote=pair(row["quote"]),
    )
    paper = tale.paper(
        "decision",
        f"Consent: {title.en}",
        [
            ("I agree", f"that my story is told in: {CONSENT_SCOPES[row['scope']].en.lower()}."),
            ("I know", "that I can take my consent back at any time, and that my story is then no longer shown."),
        ],
        [person.name.en],
        thumbprints=1,
        called="លិខិតយល់ព្រម",
        is_personal=True,
    )
    story = tale.do(f"story {key} consent", consent_story, story, paper=paper, scope=row["scope"])
    tale.do(f"story {key} published", publish_story, story, by=tale.cast.manager)
