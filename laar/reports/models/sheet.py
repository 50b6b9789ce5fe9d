"""Tables of the reports: the texts whose numbers are figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record
from laar.kit.names import Name
from laar.ledger.models import Account, Book, Heading
from laar.ledger.rules.sampling import HOW
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


class AuditPack(Record):
    """An audit pack that was handed out: what was sampled, how it was drawn, and the digest of the file."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+", verbose_name=_("book"))
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to the end of"), null=True, blank=True)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("account")
    )
    heading = models.ForeignKey(
        Heading, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("budget heading")
    )
    how = models.CharField(_("how it was drawn"), max_length=10, choices=choices(HOW))
    seed = models.CharField(_("seed"), max_length=80, blank=True)
    entries = models.PositiveIntegerField(_("entries"))
    missing = models.PositiveIntegerField(_("missing papers"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("audit pack")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(how="drawn") | ~models.Q(seed=""), name="a_draw_has_its_seed"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        book = self.book.name
        return Name(en=f"Audit pack of {book.en}", km=f"កញ្ចប់សវនកម្មនៃ{book.km or book.en}")
