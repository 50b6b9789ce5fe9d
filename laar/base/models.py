"""Tables of the ground floor: who works in which programme, what was done, and the files that prove it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils.translation import gettext_lazy as _

from laar.base.clock import new_uid
from laar.base.rules import ROLES
from laar.kit.names import Name, lazily


class Installation(models.Model):
    """This house as a whole, one row: what is locked, and asked about, when a record without a parent is made."""

    PLACE: ClassVar[str | None] = None

    class Meta:
        verbose_name = _("installation")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one")]

    def __str__(self) -> str:
        return "LAAR"


class Programme(models.Model):
    """A support programme: the owner of every operational record."""

    PLACE: ClassVar[str | None] = None
    IS_PUBLIC: ClassVar[bool | models.Q] = True

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name_en = models.CharField(_("name in English"), max_length=300)
    name_km = models.CharField(_("name in Khmer"), max_length=300, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    #: A demonstration: every page and document says that its rows are synthetic. Anybody may look at it.
    is_demo = models.BooleanField(_("demonstration"), default=False)
    #: Anybody may read its sheet and what stands behind it, as far as the tables say that it is public.
    is_published = models.BooleanField(_("published"), default=False, db_default=False)

    class Meta:
        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> Name:
        return Name(en=self.name_en, km=self.name_km)

    @property
    def is_open(self) -> bool:
        """Whether anybody may look at it."""
        return self.is_demo or self.is_published

    @property
    def programme(self) -> Programme:
        """A programme belongs to itself, so that one question fits every record."""
        return self

    @property
    def programme_id(self) -> int:
        return self.pk


class Record(models.Model):
    """What every operational row has: its programme, and the path to the place that it is about."""

    #: Query path to an official place code; None: it concerns the whole programme.
    PLACE: ClassVar[str | None] = None
    #: Which rows anybody may see: none, all, or those of a condition. docs/privacy.md says why for every table.
    IS_PUBLIC: ClassVar[bool | models.Q] = False
    #: Columns that the public is not shown, because they tell of a person or hold what somebody typed about one.
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))

    class Meta:
        abstract = True


class User(AbstractBaseUser):
    """Somebody who signs in. What a person may do is said by roles, not here."""

    #: Never shown, never in the trail: a password hash was once found in the audit log of a system like this one.
    SECRET: ClassVar[frozenset[str]] = frozenset({"password"})
    PLACE: ClassVar[str | None] = None
    #: Whose roles say in which programmes it is seen; who works nowhere yet is seen by administrators.
    SEEN_WITH: ClassVar[str] = "pk"

    last_login = None  # a sign-in is no change of the record
    username = models.CharField(_("user name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    #: Invented for a demonstration; every export says so beside the name.
    is_fictional = models.BooleanField(_("fictional"), default=False)

    #: Since when a second factor is asked for at sign-in; the secret itself is the sign-in library's.
    secured_on = models.DateField(_("second factor since"), null=True, blank=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["User"]()

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return marked(Name(en=self.name_en, km=self.name_km), fictional=self.is_fictional)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. It is not hashed anew by the way: a sign-in writes no record."""
        return check_password(raw_password or "", self.password)


class Role(models.Model):
    """What a user is in a programme and an area, between two days."""

    PLACE: ClassVar[str | None] = "place"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("programme")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="roles", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=[(key, lazily(name)) for key, name in ROLES.items()])
    #: Prefix of official place codes: "21" a province, "210103" a commune, empty the whole programme.
    place = models.CharField(_("area"), max_length=8, blank=True)
    since = models.DateField(_("since"))
    #: The first day without it. The day on which it begins: it was given by mistake and taken back, and never held a day.
    until = models.DateField(_("until"), null=True, blank=True)
    #: Nobody else was there who could have given it: said wherever the role is, as long as the role is.
    is_own_gift = models.BooleanField(_("given to oneself, alone"), default=False, db_default=False)

    class Meta:
        verbose_name = _("role")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="role_ends_not_before_it_begins",
                violation_error_code="period.reversed",
            ),
            models.UniqueConstraint(
                fields=["programme", "user", "role", "place"],
                condition=models.Q(until=None),
                name="role_open_once",
                violation_error_code="role.already_given",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "place"],
                condition=models.Q(until=None, programme=None),
                name="role_in_all_programmes_open_once",
                violation_error_code="role.already_given",
            ),
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        return Name(
            en=f"{self.user.name.en}, {ROLES[self.role].en.lower()}", km=f"{self.user.name.km} {ROLES[self.role].km}"
        )


class Invitation(models.Model):
    """A link on a slip of paper with which somebody gets into their account, once; only the newest one holds."""

    #: The token itself is kept nowhere; its digest is of no use to whoever reads the trail, but none of their business.
    SECRET: ClassVar[frozenset[str]] = frozenset({"digest"})
    PLACE: ClassVar[str | None] = None
    #: Who may see its rows at all: who was invited when concerns those who invite.
    READERS: ClassVar[frozenset[str]] = frozenset({"administrator"})
    SEEN_WITH: ClassVar[str] = "user"

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("user"))
    digest = models.CharField(_("digest of the token"), max_length=64, unique=True)
    #: The first day on which it holds no longer.
    until = models.DateField(_("until"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        who = self.user.name
        return Name(en=f"Invitation of {who.en}", km=f"លិខិតអញ្ជើញរបស់ {who.km or who.en}")


class Evidence(Record):
    """A file that proves something: a photo, a receipt, a signed sheet. Its bytes are in the store, by their digest."""

    #: An original that shows persons (thumbprints, telephones, faces): the office opens it, and says why.
    SENSITIVE: ClassVar[str] = "is_personal"
    #: Columns that name persons: for those who may know them by name.
    NAMES_PERSONS: ClassVar[frozenset[str]] = frozenset({"signed_by"})

    uid = models.UUIDField(_("uid"), default=new_uid, unique=True, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("kind of file"), max_length=100)
    caption_en = models.CharField(_("caption in English"), max_length=300)
    caption_km = models.CharField(_("caption in Khmer"), max_length=300, blank=True)
    dated = models.DateField(_("date on the paper"))
    is_personal = models.BooleanField(_("shows persons"), default=False)
    #: Whose signatures and thumbprints it carries, as name and office stand on the paper: what a body does without
    #: signing in is recorded on its behalf.
    signed_by = models.CharField(_("signed by"), max_length=300, blank=True, default="", db_default="")
    #: The original of which this is a copy with the persons covered.
    redacts = models.ForeignKey(
        "self", models.PROTECT, related_name="redacted", null=True, blank=True, verbose_name=_("redacted copy of")
    )

    class Meta:
        verbose_name = _("evidence")
        indexes: ClassVar = [models.Index(fields=["programme", "dated", "id"], name="evidence_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="evidence_kept_once"),
            models.CheckConstraint(
                condition=models.Q(redacts=None) | models.Q(is_personal=False), name="a_redacted_copy_shows_nobody"
            ),
        ]

    def __str__(self) -> str:
        return self.caption_en

    @property
    def name(self) -> Name:
        return Name(en=self.caption_en, km=self.caption_km)


class Attachment(Record):
    """Evidence beside any record. One of the two arrows that may point upward: it addresses by table and key."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="attachments", verbose_name=_("evidence"))
    table = models.CharField(_("table"), max_length=60)
    key = models.BigIntegerField(_("key"))
    role = models.CharField(_("what it is here"), max_length=40)

    class Meta:
        verbose_name = _("attachment")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "key", "evidence", "role"],
                name="attached_once",
                violation_error_code="evidence.already_attached",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.evidence}"


class Opening(Record):
    """An original that shows persons was opened: by whom, on which day, why. Every opening is a row of its own."""

    #: It tells who looked at what: for those who may know persons by name.
    PERSONS: ClassVar[models.Q] = models.Q(pk__isnull=False)

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="openings", verbose_name=_("evidence"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    on = models.DateField(_("date"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("opening of an original")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="an_opening_has_a_reason",
                violation_error_code="evidence.no_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name.en

    @property
    def name(self) -> Name:
        who = self.by.name
        return Name(en=f"{who.en}, {self.on}: {self.reason}", km=f"{who.km or who.en} {self.on}៖ {self.reason}")


class Seal(models.Model):
    """A link of the chain over the trail: what was written since the seal before it, as one digest."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    previous = models.CharField(_("digest of the seal before"), max_length=64, blank=True)
    members = models.PositiveIntegerField(_("lines sealed"))
    root = models.CharField(_("digest of the lines"), max_length=64)
    at = models.DateTimeField(_("sealed at"))
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("seal")

    def __str__(self) -> str:
        return f"{self.number}"


class TrailLine(models.Model):
    """One thing that was done: who, which verb, on what, when, and of which day the paper speaks. Insert-only."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("by"))
    verb = models.CharField(_("verb"), max_length=60)
    table = models.CharField(_("table"), max_length=60)
    key = models.BigIntegerField(_("key"))
    at = models.DateTimeField(_("written at"))
    on = models.DateField(_("day of the paper"))
    is_simulated = models.BooleanField(_("simulated clock"), default=False)
    command = models.UUIDField(_("command"), null=True, unique=True)
    cause = models.ForeignKey("self", models.PROTECT, related_name="effects", null=True, verbose_name=_("part of"))
    digest = models.CharField(_("digest"), max_length=64)
    #: The only column that is ever set later, and once: the sealer's.
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="lines", null=True, verbose_name=_("seal"))

    class Meta:
        verbose_name = _("trail line")
        indexes: ClassVar = [models.Index(fields=["table", "key"], name="line_of_record")]

    def __str__(self) -> str:
        return f"{self.verb} {self.table} {self.key}"


class TrailRow(models.Model):
    """How one record was changed by a line. Its id is the version of the record. Insert-only."""

    line = models.ForeignKey(TrailLine, models.PROTECT, related_name="rows", verbose_name=_("line"))
    table = models.CharField(_("table"), max_length=60)
    key = models.BigIntegerField(_("key"))
    #: The columns that changed, as they were; null for a new record.
    before = models.JSONField(_("before"), null=True)
    #: The whole record as it became. Blank, with the salt, once a person has been forgotten.
    after = models.JSONField(_("after"), null=True)
    salt = models.CharField(_("salt"), max_length=32, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("trail row")
        indexes: ClassVar = [models.Index(fields=["table", "key", "id"], name="row_of_record")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


def marked(name: Name, *, fictional: bool) -> Name:
    """A person's name, with the word that nobody may leave out when the person is invented."""
    return Name(en=f"{name.en} (fictional)", km=f"{name.km or name.en} (ប្រឌិត)") if fictional else name
