"""Writes of the registers: places, parties, sectors, and what a programme is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Installation, Programme, User
from laar.base.queries import installation
from laar.kit.money import Money
from laar.kit.names import NOTHING, Name, clean
from laar.kit.refusals import Refusal
from laar.registers.gazetteer import Named
from laar.registers.models import Location, Party, Place, Profile, Sector, SectorShare
from laar.registers.queries import known_codes, sector_on
from laar.registers.rules import (
    LEVELS,
    codes_are_complete,
    level_of,
    parent_code,
    shares_are_whole,
    whole_is_stated,
)
from laar.registers.uses import require_use

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


@action("party.correct")
def correct_party(
    party: Party,
    *,
    name: Name,
    by: User,
    on: date,
    sex: str = "",
    command: UUID | None = None,
    seen: int | None = None,
) -> Party:
    """Correct how a person or body is written; what was written before stays in the trail.

    Raises Refusal `party.of_another_programme`.
    """
    with act(by, "party.correct", party, on=on, command=command, seen=seen) as step:
        party = step.subject
        require_use(by, "party.correct", party)
        party.name_en, party.name_km, party.sex = clean(name.en), clean(name.km), sex
        step.save(party)
    return party


@action("party.erase")
def erase_party(party: Party, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Party:
    """Forget a person who asks for it: the name goes from the register and from the trail, the counts stay.

    So do the names of the records that were merged into this one. Upper floors object while a name stands in a text.
    """
    with act(by, "party.erase", party, on=on, command=command, seen=seen) as step:
        party = step.subject
        require_use(by, "party.erase", party)
        if party.kind != "person":
            raise Refusal("party.not_a_person", party=party.name)
        for record in (party, *(step.lock(twin) for twin in party.merged.order_by("id"))):
            record.name_en, record.name_km, record.user = FORGOTTEN.en, FORGOTTEN.km, None
            step.save(record)
            step.forget(record)
    return party


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
    country: Name = NOTHING,
    address: Name = NOTHING,
    blank_in_source: str = "",
    vocabulary: str = "DAC",
    whole: Money | None = None,
    statement: Evidence | None = None,
    command: UUID | None = None,
) -> Profile:
    """Write what a programme is about, from its first to its last day, with its sectors.

    A sector is named as it was called on the first day of the action. `address` is the client's. `whole` is what the lead
    states that the action cost all partners together, and `statement` the paper that says so. Raises Refusal
    `sector.shares` unless the shares add up to exactly 100 %, `sector.unknown`, `period.reversed`, and for the whole
    `profile.whole_currency`, `profile.whole_without_lead`, `profile.statement_missing`.
    """
    shares_are_whole(sector.percent for sector in sectors)
    if whole is not None:
        whole_is_stated(whole, programme, has_lead=lead is not None, has_paper=statement is not None)
    with act(by, "profile.write", programme, on=on, command=command) as step:
        profile = step.create(
            Profile(
                programme=programme,
                title_en=clean(title.en),
                title_km=clean(title.km),
                objective_en=clean(objective.en),
                objective_km=clean(objective.km),
                sector_heading=clean(sector_heading),
                country_en=clean(country.en),
                country_km=clean(country.km),
                address_en=clean(address.en),
                address_km=clean(address.km),
                since=since,
                until=last + timedelta(days=1),
                organisation=organisation,
                role=role,
                lead=lead,
                blank_in_source=blank_in_source,
                whole_units=whole.units if whole else None,
            )
        )
        if whole and statement:
            step.attach(profile, statement, "statement")
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
