"""Reads of the registers, and the figures about places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from laar.base.models import Programme
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.models import Location, Membership, Party, Place, Profile, Sector, SectorShare


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


def members_on(body: Party, day: date) -> QuerySet[Membership]:
    """Who sits in a body on a day."""
    return body.members.filter(on_day(day)).select_related("person")


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
