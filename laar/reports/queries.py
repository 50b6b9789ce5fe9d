"""Reads of the reports."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.reports.models import Paragraph


def paragraphs_of(programme: Programme) -> QuerySet[Paragraph]:
    """The paragraphs of the sheet, by section and in their order."""
    return Paragraph.objects.filter(programme=programme).order_by("section", "position")
