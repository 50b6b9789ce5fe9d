"""Reads of the reports."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.reports.models import Paragraph


def paragraphs_of(programme: Programme, section: str) -> QuerySet[Paragraph]:
    """The paragraphs of a section, in their order."""
    return Paragraph.objects.filter(programme=programme, section=section).order_by("position")
