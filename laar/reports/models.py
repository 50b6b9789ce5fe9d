"""Tables of the reports: the texts whose numbers are figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record
from laar.kit.names import Name
from laar.registers.models import choices
from laar.reports.rules import SECTIONS


class Paragraph(Record):
    """A paragraph of the reference sheet; its numbers are figures, named as `{oa.plans?year=2008}`."""

    section = models.CharField(_("section"), max_length=12, choices=choices(SECTIONS))
    position = models.PositiveSmallIntegerField(_("number"))
    text_en = models.TextField(_("text in English"))
    text_km = models.TextField(_("text in Khmer"), blank=True)

    class Meta:
        verbose_name = _("paragraph")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "section", "position"], name="paragraph_once")
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"

    @property
    def name(self) -> Name:
        return Name(en=self.text_en, km=self.text_km)
