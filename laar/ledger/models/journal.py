"""Journals of other programs that were brought in, and which entry is which of theirs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.models import Record, User
from laar.kit.names import Name
from laar.ledger.models.books import Book
from laar.ledger.models.cash import ColumnMapping
from laar.ledger.models.entries import Entry


class JournalImport(Record):
    """A file with a journal that was brought in, whole. The file itself is attached."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="imports", verbose_name=_("book"))
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, related_name="+", verbose_name=_("columns"))
    file = models.CharField(_("file"), max_length=120)
    since = models.DateField(_("from"))
    until = models.DateField(_("to the end of"))
    entries = models.PositiveIntegerField(_("entries"))
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("imported by"))

    class Meta:
        verbose_name = _("journal brought in")

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=f"Journal {self.file}", km=f"ទិនានុប្បវត្តិ {self.file}")


class ImportedEntry(Record):
    """Which entry of the other program an entry is: brought in once."""

    source = models.ForeignKey(JournalImport, models.PROTECT, related_name="brought", verbose_name=_("brought in with"))
    book = models.ForeignKey(Book, models.PROTECT, related_name="+", verbose_name=_("book"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="imported", verbose_name=_("entry in the books"))
    number = models.CharField(_("number in the other program"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    digest = models.CharField(_("digest of its rows (SHA-256)"), max_length=64)

    class Meta:
        verbose_name = _("entry brought in")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="foreign_entry_once"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(en=f"{self.number} of the other program", km=f"{self.number} នៃកម្មវិធីផ្សេង")
