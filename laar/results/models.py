"""Tables of what came of it. Stages are queries and a trace is read, so only stories are kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record
from laar.kit.names import Name
from laar.registers.models import Party, Place, choices
from laar.results.rules import CONSENT_SCOPES, STORY, STORY_KINDS


class Story(Record):
    """What changed for somebody, told in one of the known formats; shown outside the office only while published."""

    PLACE: ClassVar[str | None] = "place__code"
    #: Where this column is true, only the office sees the record.
    SENSITIVE: ClassVar[str] = "is_withheld"

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=15, choices=choices({key: kind.name for key, kind in STORY_KINDS.items()})
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_km = models.CharField(_("title in Khmer"), max_length=300, blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    text_km = models.TextField(_("text in Khmer"), blank=True)
    person = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("whose story it is")
    )
    quote_en = models.CharField(_("quotation in English"), max_length=500, blank=True)
    quote_km = models.CharField(_("quotation in Khmer"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=STORY.choices(), default=STORY.initial)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    scope = models.CharField(_("consent given for"), max_length=10, choices=choices(CONSENT_SCOPES), blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    reason_km = models.CharField(_("reason in Khmer"), max_length=500, blank=True)
    #: The same as "not published", as a column that permission can ask for.
    is_withheld = models.BooleanField(_("only for the office"), default=True)

    class Meta:
        verbose_name = _("story")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~models.Q(title_en="") | ~models.Q(title_km=""))
                & (~models.Q(text_en="") | ~models.Q(text_km="")),
                name="story_says_something",
                violation_error_code="story.says_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", is_withheld=False)
                | (~models.Q(state="published") & models.Q(is_withheld=True)),
                name="only_a_published_story_is_shown",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(person=None) | models.Q(consent_on__isnull=False),
                name="nobody_is_named_without_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        title = Name(en=self.title_en, km=self.title_km)
        return Name(en=title.say("en"), km=title.say("km"))


class ListCount(models.Model):
    """A roll-up of the lists: how many records of a table a programme has, by kind and state."""

    programme_id = models.BigIntegerField()
    #: The table that is counted: `events.event`.
    table = models.CharField(max_length=60)
    #: Empty where the table has no such column.
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    records = models.BigIntegerField()

    class Meta:
        verbose_name = _("length of a list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme_id", "table", "kind", "state"], name="list_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.kind} {self.state} {self.records}"
