"""Reads of the registers, and the figures about places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Greatest, Least

from laar.base.models import Programme, Role
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name, fold
from laar.kit.refusals import Refusal
from laar.registers.models import Location, Mandate, Membership, Party, Place, Profile, Sector, SectorShare
from laar.registers.people import Known
from laar.registers.rules import SEATED


def on_day(day: date) -> Q:
    """Rows that are valid on a day: `[since, until)`, where an open end has none."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def place_coded(code: str) -> Place:
    """The place that has this code today. Raises Refusal `record.not_found`."""
    place = Place.objects.filter(code=code, until=None).first()
    if place is None:
        raise Refusal("record.not_found")
    return place


def known_codes() -> dict[str, Place]:
    """Every open place by its code."""
    return {place.code: place for place in Place.objects.filter(until=None)}


def known_parties() -> Iterator[Known]:
    """Everybody in the register, as far as a line of a sheet is compared with it."""
    rows = Party.objects.values_list("kind", "name_km", "name_en", "sex", "place__code")
    return (Known(kind, km, en, sex, place or "") for kind, km, en, sex, place in rows.iterator())


def body_called(kind: str, name: Name) -> Party | None:
    """The body of a kind that has this name in one of the languages; None where there is none."""
    wanted = {fold(text) for text in (name.en, name.km) if text}
    bodies = Party.objects.filter(kind=kind, merged_into=None).order_by("id")
    return next((one for one in bodies if {fold(one.name_en), fold(one.name_km)} & wanted), None)


def known_sectors(vocabulary: str) -> set[str]:
    """The codes of a vocabulary that are on the list, under whatever name."""
    return set(Sector.objects.filter(vocabulary=vocabulary).values_list("code", flat=True))


def places_in(code: str) -> QuerySet[Place]:
    """The places that lie in one, as they are called today; all provinces where the code is empty."""
    lying = Q(parent__code=code) if code else Q(level="province")
    return Place.objects.filter(lying, until=None).order_by("code")


def chosen_codes(programme: Programme) -> set[str]:
    """The codes of the places in which a programme works today."""
    return set(Location.objects.filter(programme=programme, until=None).values_list("place__code", flat=True))


def members_on(body: Party, day: date) -> QuerySet[Membership]:
    """Who sits in a body on a day."""
    return body.members.filter(on_day(day)).select_related("person")


def open_mandate_on(body: Party, day: date) -> Mandate | None:
    """The mandate under which a council works and that had begun by a day."""
    return body.mandates.filter(until=None, since__lte=day).first()


def mandate_after(body: Party, day: date) -> Mandate | None:
    """A mandate that ended, and only after a day: another can't begin on that day."""
    return body.mandates.filter(until__gt=day).order_by("-until").first()


def seats_from(body: Party, day: date) -> QuerySet[Membership]:
    """The seats of a council that somebody holds on a day or after it, in the order in which they were taken."""
    taken = body.members.filter(Q(until=None) | Q(until__gt=day), role__in=SEATED)
    return taken.select_related("person", "body").order_by("id")


def seats_taken(body: Party, since: date) -> int:
    """How many seats are taken at the fullest moment from a day on: who comes now stays beside all of those."""
    held = list(seats_from(body, since))
    starts = {max(seat.since, since) for seat in held}
    return max(
        (sum(seat.since <= day and (seat.until is None or seat.until > day) for seat in held) for day in starts),
        default=0,
    )


def council_offices_from(person: Party, day: date) -> QuerySet[Membership]:
    """The offices that a person holds in councils on a day or after it."""
    held = person.memberships.filter(Q(until=None) | Q(until__gt=day), body__kind="council")
    return held.select_related("person", "body").order_by("id")


def survivor(path: str) -> Coalesce:
    """The party at the end of a path, or the one that it was merged into: what a figure of distinct parties counts."""
    return Coalesce(f"{path}__merged_into", path)


def sector_on(vocabulary: str, code: str, day: date) -> Sector:
    """A code under the name that it had on a day. Raises Refusal `sector.unknown`."""
    named = Sector.objects.filter(on_day(day), vocabulary=vocabulary, code=code)
    # Said aloud, because the databases disagree on where an open beginning sorts.
    sector = named.order_by(F("since").desc(nulls_last=True)).first()
    if sector is None:
        raise Refusal("sector.unknown", code=code, day=day)
    return sector


def sector_name_today(sector: Sector) -> Name | None:
    """What the code is called now, where that is something else."""
    newest = Sector.objects.filter(vocabulary=sector.vocabulary, code=sector.code, until=None).first()
    return newest.name if newest and newest.name_en != sector.name_en else None


def profile_of(programme: Programme) -> Profile | None:
    """What a programme is about; None while nobody has written it."""
    return Profile.objects.filter(programme=programme).select_related("organisation", "lead").first()


def shares_of(profile: Profile) -> QuerySet[SectorShare]:
    """The sectors of a programme, in the order of their codes."""
    return profile.shares.select_related("sector").order_by("sector__code")


def percent(share: SectorShare) -> Decimal:
    """A share as a percentage."""
    return Decimal(share.share) / 100


def communes_of(programme: Programme, prefix: str = "") -> QuerySet[Location]:
    """The communes in which a programme works or worked."""
    return (
        Location.objects.filter(programme=programme, place__level="commune", place__code__startswith=prefix)
        .select_related("place", "place__parent")
        .order_by("place__code")
    )


def area_names() -> dict[str, Name]:
    """What the areas are called in which somebody has a role, by code."""
    codes = Role.objects.exclude(place="").values("place")
    return {place.code: place.name for place in Place.objects.filter(code__in=codes, until=None)}


def areas_of(programme: Programme) -> list[tuple[str, Name]]:
    """The areas in which somebody can have a role: province, district, commune of where a programme works, by code."""
    communes = {one.place.code for one in communes_of(programme)}
    codes = {code[:length] for code in communes for length in (2, 4, 6)}
    names = {place.code: place.name for place in Place.objects.filter(code__in=codes, until=None)}
    return sorted(names.items())


@figure(
    "places.communes",
    label=Name(en="Communes", km="ឃុំ"),
    rule=Name(
        en="The communes recorded as locations of the action, each once.",
        km="ឃុំដែលបានកត់ត្រាជាទីកន្លែងអនុវត្តសកម្មភាព ឃុំមួយរាប់ម្ដង។",
    ),
)
def communes(scope: Scope) -> Records:
    return Records(communes_of(scope.programme, scope.place), distinct="place__code")


@figure(
    "places.districts",
    label=Name(en="Districts", km="ស្រុក"),
    rule=Name(
        en="The districts in which the communes of the action lie, each once.",
        km="ស្រុកដែលឃុំនៃសកម្មភាពស្ថិតនៅ ស្រុកមួយរាប់ម្ដង។",
    ),
)
def districts(scope: Scope) -> Records:
    return Records(communes_of(scope.programme, scope.place), distinct="place__parent__code")


def provinces_of(programme: Programme) -> QuerySet[Place]:
    """The provinces in which the communes of a programme lie."""
    return Place.objects.filter(
        id__in=communes_of(programme).values("place__parent__parent"),
    ).order_by("code")


@figure(
    "action.whole",
    label=Name(en="Cost of the whole action, all partners", km="ចំណាយនៃសកម្មភាពទាំងមូល គ្រប់ដៃគូ"),
    rule=Name(
        en="What the lead of the action states that it cost all partners together, as on the attached paper.",
        km="ចំណាយសរុបរបស់ដៃគូទាំងអស់ តាមលិខិតបញ្ជាក់របស់អង្គការដឹកនាំដែលបានភ្ជាប់។",
    ),
    by_place=False,
)
def whole(scope: Scope) -> Records:
    stated = Profile.objects.filter(programme=scope.programme, lead__isnull=False, whole_units__isnull=False)
    return Records(stated, column="whole_units", currency=scope.programme.currency)


def staff_of(programme: Programme) -> QuerySet[Membership]:
    """Who was on the staff of the programme's organisation while the action lasted, with the months that count.

    A calendar month that somebody's membership begun counts, from the first month of the action to its last.
    """
    profile = profile_of(programme)
    if profile is None:
        return _months_within(Membership.objects.none(), date.min, date.max)
    staff = Membership.objects.filter(body=profile.organisation, role="staff", since__lt=profile.until)
    staff = staff.exclude(until__lte=profile.since).select_related("person", "body").order_by("since", "id")
    return _months_within(staff, profile.since, profile.until)


def _months_within(members: QuerySet[Membership], since: date, until: date) -> QuerySet[Membership]:
    """The calendar months within `[since, until)`: what ends on the first of a month has no day in that month."""
    first, end = (Value(day, output_field=DateField()) for day in (since, until))
    return members.annotate(
        counted=survivor("person"), begun=Greatest("since", first), ended=Least(Coalesce("until", end), end)
    ).annotate(months=_calendar_months("begun", "ended"))


def _calendar_months(begun: str, ended: str) -> CombinedExpression:
    """How many calendar months `[begun, ended)` touches, of two columns."""
    into_the_last = Case(When(**{f"{ended}__day__gt": 1}, then=Value(1)), default=Value(0))
    years = ExtractYear(ended) - ExtractYear(begun)
    return years * 12 + (ExtractMonth(ended) - ExtractMonth(begun)) + into_the_last


@figure(
    "action.months",
    label=Name(en="Duration in months", km="រយៈពេលគិតជាខែ"),
    rule=Name(
        en="The calendar months of the action from its first to its last day; a month that was begun counts.",
        km="ខែតាមប្រតិទិននៃសកម្មភាព ពីថ្ងៃដំបូងដល់ថ្ងៃចុងក្រោយ; ខែដែលបានចាប់ផ្ដើមត្រូវរាប់។",
    ),
    by_place=False,
)
def action_months(scope: Scope) -> Records:
    lasted = Profile.objects.filter(programme=scope.programme).annotate(months=_calendar_months("since", "until"))
    return Records(lasted, column="months")


@figure(
    "staff.persons",
    label=Name(en="Staff of the organisation", km="បុគ្គលិករបស់អង្គការ"),
    rule=Name(
        en="Persons who held the office “staff” in the programme's organisation while the action lasted, each once.",
        km="បុគ្គលដែលមានមុខងារ «បុគ្គលិក» ក្នុងអង្គការរបស់កម្មវិធី ក្នុងអំឡុងពេលសកម្មភាព ម្នាក់រាប់ម្ដង។",
    ),
    by_place=False,
)
def staff_persons(scope: Scope) -> Records:
    return Records(staff_of(scope.programme), distinct="counted")


@figure(
    "staff.months",
    label=Name(en="Staff months", km="ខែការងាររបស់បុគ្គលិក"),
    rule=Name(
        en="The calendar months of each membership of the staff within the action; a month that was begun counts.",
        km="ខែតាមប្រតិទិននៃសមាជិកភាពបុគ្គលិកម្នាក់ៗ ក្នុងអំឡុងពេលសកម្មភាព; ខែដែលបានចាប់ផ្ដើមត្រូវរាប់។",
    ),
    by_place=False,
)
def staff_months(scope: Scope) -> Records:
    return Records(staff_of(scope.programme), column="months")
