"""Writes of the reports."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Programme, User
from laar.kit.names import Name, clean
from laar.reports.models import Paragraph
from laar.reports.rules import section_is_known, text_may_be_printed


@action("paragraph.write")
def write_paragraph(
    programme: Programme,
    section: str,
    position: int,
    *,
    text: Name,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Paragraph:
    """Write a paragraph of the sheet, or write it anew. Raises Refusal `sheet.typed_number`, `sheet.bare_praise`."""
    section_is_known(section)
    for side in (text.en, text.km):
        text_may_be_printed(side)
    with act(by, "paragraph.write", programme, on=on, command=command) as step:
        there = Paragraph.objects.filter(programme=programme, section=section, position=position).first()
        if there is None:
            return step.create(
                Paragraph(
                    programme=programme,
                    section=section,
                    position=position,
                    text_en=clean(text.en),
                    text_km=clean(text.km),
                )
            )
        paragraph = step.lock(there)
        paragraph.text_en, paragraph.text_km = clean(text.en), clean(text.km)
        step.save(paragraph)
        return step.result(paragraph)
