"""Makes the document of a sheet: every number from a Figure, every word from the records or `words`."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from laar.base.readers import Eyes
from laar.kit.names import NOTHING
from laar.kit.refusals import Refusal
from laar.reports import said
from laar.reports.documents import words
from laar.reports.documents.document import Document, Notes
from laar.reports.documents.forms import FORMS
from laar.reports.documents.writer import Link, Writer
from laar.reports.factsheet import Sheet
from laar.reports.rules import DEMO_LABEL


def document_of(sheet: Sheet, form: str, lang: str, *, eyes: Eyes, on: date, link: Link) -> Document:
    """A sheet in a form (`eu`, `consultant`) and a language, for a reader, as it is on a day.

    `link` gives the address of a figure. Raises Refusal `document.form`.
    """
    if form not in FORMS:
        raise Refusal("document.form", form=form, known=", ".join(FORMS))
    with translation.override(lang):
        writer = Writer(sheet, lang, link, eyes)
        tables, heading, blocks = FORMS[form](writer)
        title, demo = sheet.profile.name, DEMO_LABEL if sheet.programme.is_demo else NOTHING
        return Document(
            name=f"{sheet.programme.code}-{words.FILES[form]}-{lang}",
            lang=lang,
            kind=writer.say(words.KINDS[form]),
            title=writer.say(title),
            said_on=writer.say(words.SAID_ON, day=said.day(on)),
            label=writer.say(demo),
            page_of=writer.say(words.PAGE_OF),
            tables=tables,
            blocks=blocks,
            blocks_heading=writer.say(heading),
            notes=_notes(writer),
            author=writer.say(sheet.profile.organisation.name),
            day=on,
        )


def _notes(writer: Writer) -> Notes:
    number, key, rule, value = (writer.say(name) for name in words.COLUMNS)
    return Notes(
        heading=writer.say(words.NOTES),
        lede=writer.say(words.NOTES_LEDE),
        columns=(number, key, rule, value),
        notes=tuple(writer.notes.values()),
    )
