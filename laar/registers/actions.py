"""Writes of the registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Installation, Programme, User
from laar.base.queries import installation
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.registers.gazetteer import Named
from laar.registers.models import Location, Membership, Party, Place, Profile, Sector, SectorShare
from laar.registers.queries import known_codes, sector_on
from laar.registers.rules import LEVELS, codes_are_complete, level_of, parent_code, shares_are_whole

#: What is left of the name of a person who was forgotten.
FORGOTTEN = Name(en="(name erased)", km="(ឈ្មោះត្រូវបានលុប)")


@action("gazetteer.load")
def load_gazetteer(
    named: Sequence[Named], *, source: str, since: date | None, by: User | None, on: date
) -> Installation:
    """Take the places of a file into the register: all of them or none.

    A code that is there already with the same names is left alone; one with another name or kind ends on `since` and
    goes on under its new name, because nothing that was true is overwritten. Loading a file twice changes nothing.
    Raises Refusal `place.parent_missing`, `place.code_doubled`, `place.code`.
    """
    with act(by, "gazetteer.load", installation(), on=on) as step:
        known = known_codes()
        codes_are_complete([(place.line, place.code) for place in named], set(known))
        for length in LEVELS:
            new = []
            for unit in (unit for unit in named if len(unit.code) == length):
                there = known.get(unit.code)
                if there and (there.name_km, there.name_en, there.kind) == (unit.name_km, unit.name_en, unit.kind):
                    continue
                if there:
                    old = step.lock(there)
                    old.until = since or on
                    step.save(old)
                new.append(_place(unit, known, source=source, since=since or on if there else since))
            for place in step.create_many(new):
                if before := known.get(place.code):
                    old = step.lock(before)
                    old.successor = place
                    step.save(old)
                known[place.code] = place
    return step.subject


def _place(unit: Named, known: dict[str, Place], *, source: str, since: date | None) -> Place:
    return Place(
        code=unit.code,
        level=level_of(unit.code) or "",
        kind=unit.kind,
        name_km=unit.name_km,
        name_en=unit.name_en,
        parent=known.get(parent_code(unit.code)),
        since=since,
        source=source,
    )


@action("party.register")
def register_party(
    kind: str,
    *,
    name: Name,
    by: User,
    on: date,
    place: Place | None = None,
    sex: str = "",
    user: User | None = None,
    is_fictional: bool = False,
    command: UUID | None = None,
) -> Party:
    """Register a person or a body; `place` is where it is at home, and who may work there may register it."""
    with act(by, "party.register", place or installation(), on=on, command=command) as step:
        return step.create(
            Party(
                kind=kind,
                name_en=clean(name.en),
                name_km=clean(name.km),
                place=place,
                sex=sex,
                user=user,
                is_fictional=is_fictional,
            )
        )


@action("party.erase")
def erase_party(party: Party, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Party:
    """Forget a person who asks for it: the name goes from the register and from the trail, the counts stay."""
    with act(by, "party.erase", party, on=on, command=command, seen=seen) as step:
        party = step.subject
        if party.kind != "person":
            raise Refusal("party.not_a_person", party=party.name)
        party.name_en, party.name_km = FORGOTTEN.en, FORGOTTEN.km
        party.user = None
        step.save(party)
        step.forget(party)
    return party


@action("member.seat")
def seat_member(
    body: Party,
    person: Party,
    *,
    role: str,
    since: date,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Membership:
    """Seat a person in a body. Raises Refusal `membership.already_open`, `membership.not_a_body`."""
    with act(by, "member.seat", body, on=on, command=command) as step:
        if step.subject.kind == "person":
            raise Refusal("membership.not_a_body", body=step.subject.name)
        if person.kind != "person":
            raise Refusal("membership.not_a_person", body=person.name)
        return step.create(Membership(body=step.subject, person=person, role=role, since=since))


@action("membership.end")
def end_membership(
    membership: Membership, *, until: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Membership:
    """End a membership: `until` is the first day without it."""
    with act(by, "membership.end", membership, on=on, command=command, seen=seen) as step:
        membership = step.subject
        if membership.until is not None:
            raise Refusal("membership.ended", membership=membership.name, until=membership.until)
        membership.until = until
        step.save(membership)
    return membership


@action("sector.list")
def list_sector(
    vocabulary: str,
    code: str,
    *,
    name: Name,
    source: str,
    by: User,
    on: date,
    since: date | None = None,
    until: date | None = None,
    command: UUID | None = None,
) -> Sector:
    """Put a sector code on the list under the name that it had from `since` until `until`."""
    with act(by, "sector.list", installation(), on=on, command=command) as step:
        return step.create(
            Sector(
                vocabulary=vocabulary,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                since=since,
                until=until,
                source=source,
            )
        )


@action("sector.rename")
def rename_sector(
    sector: Sector, *, name: Name, since: date, source: str, by: User, on: date, command: UUID | None = None
) -> Sector:
    """A code goes on under another name from `since`; under which name it was used before stays as it was."""
    with act(by, "sector.rename", sector, on=on, command=command) as step:
        old = step.subject
        old.until = since
        step.save(old)
        return step.create(
            Sector(
                vocabulary=old.vocabulary,
                code=old.code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                since=since,
                source=source,
            )
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """A sector's part of the programme, as given: the code as stated, percent, and what is doubtful about it."""

    code: str
    percent: Decimal
    doubt: Name = field(default_factory=lambda: Name(en=""))


@action("profile.write")
def write_profile(
    programme: Programme,
    *,
    title: Name,
    objective: Name,
    since: date,
    last: date,
    organisation: Party,
    role: str,
    sectors: Sequence[Shared],
    by: User,
    on: date,
    lead: Party | None = None,
    sector_heading: str = "",
    blank_in_source: str = "",
    vocabulary: str = "DAC",
    command: UUID | None = None,
) -> Profile:
    """Write what a programme is about, from its first to its last day, with its sectors.

    A sector is named as it was called on the first day of the action. Raises Refusal `sector.shares` unless the shares
    add up to exactly 100 %, `sector.unknown`, `period.reversed`.
    """
    shares_are_whole(sector.percent for sector in sectors)
    with act(by, "profile.write", programme, on=on, command=command) as step:
        profile = step.create(
            Profile(
                programme=programme,
                title_en=clean(title.en),
                title_km=clean(title.km),
                objective_en=clean(objective.en),
                objective_km=clean(objective.km),
                sector_heading=clean(sector_heading),
                since=since,
                until=last + timedelta(days=1),
                organisation=organisation,
                role=role,
                lead=lead,
                blank_in_source=blank_in_source,
            )
        )
        for sector in sectors:
            step.create(
                SectorShare(
                    programme=programme,
                    profile=profile,
                    sector=sector_on(vocabulary, sector.code, since),
                    share=int(sector.percent * 100),
                    doubt_en=sector.doubt.en,
                    doubt_km=sector.doubt.km,
                )
            )
    return profile


@action("location.add")
def add_location(
    programme: Programme, place: Place, *, since: date, by: User, on: date, command: UUID | None = None
) -> Location:
    """Say that the programme works in a place."""
    with act(by, "location.add", programme, on=on, command=command) as step:
        return step.create(Location(programme=programme, place=place, since=since))
