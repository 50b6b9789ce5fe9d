"""Tables of the registers. Places, parties and code lists are shared by all programmes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.models import Record, User, marked
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer, lazily
from laar.registers.rules import (
    ACTION_ROLES,
    COUNCIL_SEATS,
    LEVEL_NAMES,
    MEMBER_ROLES,
    PARTY_KINDS,
    PLACE_KINDS,
    SEXES,
)


def choices(names: dict[str, Name]) -> list[tuple[str, str]]:
    """A table of names as the choices of a column."""
    return [(key, lazily(name)) for key, name in names.items()]


class Place(models.Model):
    """A province, district, commune or village, by its official code, from a day to a day."""

    PLACE: ClassVar[str | None] = "code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    code = models.CharField(_("code"), max_length=8)
    level = models.CharField(_("level"), max_length=10, choices=choices(LEVEL_NAMES))
    kind = models.CharField(_("kind of place"), max_length=15, choices=choices(PLACE_KINDS))
    name_en = models.CharField(_("name in Latin letters"), max_length=100, blank=True)
    name_km = models.CharField(_("name in Khmer"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("lies in")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, blank=True, verbose_name=_("became")
    )
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(until=None), name="place_code_open_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gt=models.F("since")),
                name="place_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["level", "code"], name="place_by_level")]

    def __str__(self) -> str:
        return f"{self.code} {self.name.en}"

    @property
    def name(self) -> Name:
        return Name(en=self.name_en or self.name_km, km=self.name_km or self.name_en)


class Party(models.Model):
    """Anybody who can attend, ask, own, sign or be paid: a person, a council, a committee, a group, a donor."""

    PLACE: ClassVar[str | None] = "place__code"
    #: Bodies are public; a person is known by name only to who works here, and to who audits it.
    IS_PUBLIC: ClassVar[bool | models.Q] = ~models.Q(kind="person")
    PERSONS: ClassVar[models.Q] = models.Q(kind="person")

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=choices(PARTY_KINDS))
    name_en = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    name_km = models.CharField(_("name in Khmer"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=choices(SEXES), blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("place"))
    #: The account of a person who works here: one person is one user at most, four eyes are two persons.
    user = models.OneToOneField(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("user account")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged", null=True, blank=True, verbose_name=_("merged into")
    )
    is_fictional = models.BooleanField(_("fictional"), default=False)

    class Meta:
        verbose_name = _("party")
        indexes: ClassVar = [models.Index(fields=["kind", "name_en", "id"], name="party_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="person") | models.Q(sex=""), name="only_persons_have_a_sex"
            ),
            models.CheckConstraint(condition=~models.Q(name_en="") | ~models.Q(name_km=""), name="party_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return marked(
            Name(en=self.name_en or self.name_km, km=self.name_km or self.name_en), fictional=self.is_fictional
        )


class Mandate(models.Model):
    """The term of an elected council: its seats, from the day it takes office until the next one does."""

    PLACE: ClassVar[str | None] = "body__place__code"

    body = models.ForeignKey(Party, models.PROTECT, related_name="mandates", verbose_name=_("council"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"))
    #: By which election or decision: "Commune election of 1 April 2007".
    basis_en = models.CharField(_("basis in English"), max_length=300)
    basis_km = models.CharField(_("basis in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mandate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body"],
                condition=models.Q(until=None),
                name="mandate_open_once",
                violation_error_code="mandate.already_open",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="mandate_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
            models.CheckConstraint(
                condition=models.Q(seats__in=COUNCIL_SEATS),
                name="mandate_has_the_seats_of_the_law",
                violation_error_code="mandate.seats",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        body, since = self.body.name, f"{self.since:%d/%m/%Y}"
        return Name(
            en=f"Mandate of {body.en} since {since}: {self.seats} seats",
            km=f"អាណត្តិរបស់{body.km} ចាប់ពី {since}៖ {in_khmer(self.seats)} អាសនៈ",
        )


class Membership(models.Model):
    """A person's office in a body between two days: "the councillors on 1 May 2008" is a query, not a copy."""

    PLACE: ClassVar[str | None] = "body__place__code"
    #: Each is about a person by name.
    PERSONS: ClassVar[models.Q] = models.Q(pk__isnull=False)

    body = models.ForeignKey(Party, models.PROTECT, related_name="members", verbose_name=_("body"))
    person = models.ForeignKey(Party, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("office"), max_length=20, choices=choices(MEMBER_ROLES))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        indexes: ClassVar = [models.Index(fields=["since", "id"], name="membership_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "person", "role"],
                condition=models.Q(until=None),
                name="membership_open_once",
                violation_error_code="membership.already_open",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="membership_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        role = MEMBER_ROLES[self.role]
        return Name(
            en=f"{self.person.name.en}, {role.en.lower()}, {self.body.name.en}",
            km=f"{self.person.name.km} {role.km} {self.body.name.km}",
        )


class Sector(models.Model):
    """A code of a sector vocabulary under the name that it had between two days (OECD DAC renames its codes)."""

    IS_SHARED: ClassVar[bool] = True  # a public code list: whoever works here reads it
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    vocabulary = models.CharField(_("vocabulary"), max_length=20)
    code = models.CharField(_("code"), max_length=10)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_km = models.CharField(_("name in Khmer"), max_length=200, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("sector")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vocabulary", "code", "since"], name="sector_name_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gt=models.F("since")),
                name="sector_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
            models.UniqueConstraint(
                fields=["vocabulary", "code"], condition=models.Q(until=None), name="sector_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"

    @property
    def name(self) -> Name:
        return Name(en=f"{self.code} {self.name_en}", km=f"{self.code} {self.name_km or self.name_en}")


class Profile(Record):
    """What a programme is about: title, objective, dates, and what the organisation is in it."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    title_en = models.TextField(_("title in English"))
    title_km = models.TextField(_("title in Khmer"), blank=True)
    objective_en = models.TextField(_("objective in English"))
    objective_km = models.TextField(_("objective in Khmer"), blank=True)
    #: How the sheet heads the sectors ("Sector 15: …"), kept as it was stated.
    sector_heading = models.TextField(_("sectors as stated"), blank=True)
    since = models.DateField(_("first day"))
    until = models.DateField(_("day after the last"))
    organisation = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    role = models.CharField(_("role in the action"), max_length=30, choices=choices(ACTION_ROLES))
    lead = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("lead"))
    country_en = models.CharField(_("country in English"), max_length=100, blank=True)
    country_km = models.CharField(_("country in Khmer"), max_length=100, blank=True)
    #: Where the client is reached: a sheet for consultants asks for it.
    address_en = models.CharField(_("address of the client, in English"), max_length=200, blank=True)
    address_km = models.CharField(_("address of the client, in Khmer"), max_length=200, blank=True)
    #: Cells that an earlier, published sheet left blank and that are computed here: "cost role donors amounts".
    blank_in_source = models.CharField(_("blank in the source"), max_length=100, blank=True)
    #: What the lead states that the whole action cost, all partners together, in 1/10 000 of the programme's currency.
    whole_units = models.BigIntegerField(_("cost of the whole action, as the lead states it"), null=True, blank=True)

    class Meta:
        verbose_name = _("profile")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme"], name="profile_once"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")),
                name="profile_ends_after_it_begins",
                violation_error_code="period.reversed",
            ),
            models.CheckConstraint(
                condition=models.Q(whole_units=None) | models.Q(whole_units__gt=0, lead__isnull=False),
                name="the_whole_is_stated_by_the_lead",
                violation_error_code="profile.whole_without_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    @property
    def name(self) -> Name:
        return Name(en=self.title_en, km=self.title_km)

    @property
    def objective(self) -> Name:
        """What the action is for."""
        return Name(en=self.objective_en, km=self.objective_km)

    @property
    def country(self) -> Name:
        """The country of the action; empty where nobody wrote it."""
        return Name(en=self.country_en, km=self.country_km)

    @property
    def address(self) -> Name:
        """The address of the client; empty where nobody wrote it."""
        return Name(en=self.address_en, km=self.address_km)

    @property
    def whole(self) -> Money | None:
        """What the lead states that the whole action cost; None where nothing was stated."""
        return None if self.whole_units is None else Money(self.whole_units, self.programme.currency)


class SectorShare(Record):
    """A sector of the programme, its part of the whole, and what is to be said about the code as it was stated."""

    IS_PUBLIC: ClassVar[bool | models.Q] = True

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="shares", verbose_name=_("profile"))
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", verbose_name=_("sector"))
    #: Hundredths of a percent: 2 000 is 20.00 %.
    share = models.PositiveIntegerField(_("share, in 1/100 %"))
    #: "Probably meant 151xx": a doubt is kept beside the stated code, never instead of it.
    doubt_en = models.CharField(_("doubt, in English"), max_length=300, blank=True)
    doubt_km = models.CharField(_("doubt, in Khmer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sector share")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "profile", "sector"], name="sector_shared_once"),
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=10_000), name="share_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.sector} {self.share / 100:.2f} %"

    @property
    def doubt(self) -> Name:
        return Name(en=self.doubt_en, km=self.doubt_km)


class Location(Record):
    """A place in which the programme works, from a day to a day."""

    PLACE: ClassVar[str | None] = "place__code"
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("location of the action")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "place"], condition=models.Q(until=None), name="location_open_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.place)

    @property
    def name(self) -> Name:
        return self.place.name
