"""Tables of the reports: the texts whose numbers are figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record
from laar.kit.names import Name
from laar.registers.models import choices
from laar.reports.rules import LANGUAGES, LEVELS, SECTIONS


class Paragraph(Record):
    """A paragraph of the reference sheet; its numbers are figures, named as `{oa.plans?year=2008}`."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

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


class Pack(Record):
    """A trace pack that was made: for whom, in which language, why, and the digest of the file that was handed out."""

    level = models.CharField(_("made for"), max_length=10, choices=choices(LEVELS))
    lang = models.CharField(_("language"), max_length=2, choices=choices(LANGUAGES))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("trace pack")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(level="office") | ~models.Q(reason=""),
                name="a_pack_of_originals_has_a_reason",
                violation_error_code="pack.no_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        level = LEVELS[self.level]
        return Name(en=f"Trace pack for {level.en.lower()}", km=f"កញ្ចប់តាមដានសម្រាប់{level.km}")
