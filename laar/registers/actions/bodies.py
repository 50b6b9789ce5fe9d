"""Writes about bodies: their mandates, who sits in them, and two records that turn out to be one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.registers.models import Mandate, Membership, Party
from laar.registers.queries import council_offices_from, mandate_after, open_mandate_on, seats_from, seats_taken
from laar.registers.rules import COUNCIL_SEATS, SEATED, may_be_merged, offices_go_together
from laar.registers.uses import require_use


@action("mandate.open")
def open_mandate(
    body: Party, *, since: date, seats: int, basis: Name, by: User, on: date, command: UUID | None = None
) -> Mandate:
    """Open the mandate of a council that was elected; `basis` says by which election.

    Raises Refusal `mandate.not_a_council`, `mandate.seats`, `mandate.already_open`, `mandate.overlaps`.
    """
    with act(by, "mandate.open", body, on=on, command=command) as step:
        body = step.subject
        require_use(by, "mandate.open", body)
        if body.kind != "council":
            raise Refusal("mandate.not_a_council", body=body.name)
        if seats not in COUNCIL_SEATS:
            raise Refusal("mandate.seats", seats=seats)
        if before := mandate_after(body, since):
            raise Refusal("mandate.overlaps", mandate=before.name, until=before.until)
        return step.create(
            Mandate(body=body, since=since, seats=seats, basis_en=clean(basis.en), basis_km=clean(basis.km))
        )


@action("mandate.end")
def end_mandate(
    mandate: Mandate, *, until: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Mandate:
    """End a mandate, and with it every seat of the council that is still taken; `until` is the first day without it.

    The clerk stays: no election gave the office. Raises Refusal `mandate.ended`, `mandate.outlived`, `period.reversed`.
    """
    with act(by, "mandate.end", mandate, on=on, command=command, seen=seen) as step:
        mandate = step.subject
        require_use(by, "mandate.end", mandate.body)
        if mandate.until is not None:
            raise Refusal("mandate.ended", mandate=mandate.name, until=mandate.until)
        body = step.lock(mandate.body)  # nobody is seated meanwhile
        for seat in seats_from(body, until):
            if seat.until is not None:
                raise Refusal("mandate.outlived", membership=seat.name, until=seat.until)
            taken = step.lock(seat)
            taken.until = until
            step.save(taken)
        mandate.until = until
        step.save(mandate)
    return mandate


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
    """Seat a person in a body. Chief, deputy and councillor of a council need its open mandate and a free seat.

    Raises Refusal `membership.already_open`, `membership.not_a_body`, `mandate.missing`, `mandate.full`,
    `membership.seated_already`, `membership.clerk_and_councillor`.
    """
    with act(by, "member.seat", body, on=on, command=command) as step:
        body = step.subject
        require_use(by, "member.seat", body)
        if body.kind == "person":
            raise Refusal("membership.not_a_body", body=body.name)
        if person.kind != "person":
            raise Refusal("membership.not_a_person", body=person.name)
        person = step.lock(person)  # two councils at once would each find the person free
        if person.merged_into is not None:
            raise Refusal("membership.merged", person=person.name, into=person.merged_into.name)
        if body.kind == "council":
            for held in council_offices_from(person, since):
                if (held.body_id, held.role) != (body.pk, role):  # the same office twice is the database's to refuse
                    offices_go_together(role, held)
            if role in SEATED:
                _a_seat_is_free(body, since)
        return step.create(Membership(body=body, person=person, role=role, since=since))


def _a_seat_is_free(body: Party, since: date) -> None:
    mandate = open_mandate_on(body, since)
    if mandate is None:
        raise Refusal("mandate.missing", body=body.name, day=since)
    if seats_taken(body, since) >= mandate.seats:
        raise Refusal("mandate.full", body=body.name, seats=mandate.seats)


@action("membership.end")
def end_membership(
    membership: Membership, *, until: date, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Membership:
    """End a membership: `until` is the first day without it."""
    with act(by, "membership.end", membership, on=on, command=command, seen=seen) as step:
        membership = step.subject
        require_use(by, "membership.end", membership.body)
        if membership.until is not None:
            raise Refusal("membership.ended", membership=membership.name, until=membership.until)
        membership.until = until
        step.save(membership)
    return membership


@action("party.merge")
def merge_party(
    party: Party, *, into: Party, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Party:
    """Say that two records are one person or body: figures count `into`, and nothing that cites `party` is rewritten.

    What was merged into `party` before goes along, so that the record that stays is always one step away.
    One person is one user at most, so two records that both have an account stay two: four eyes compare users.
    Raises Refusal `party.same`, `party.other_kind`, `party.merged`, `party.two_users`.
    """
    with act(by, "party.merge", party, on=on, command=command, seen=seen) as step:
        party, into = step.subject, step.lock(into)
        for one in (party, into):
            require_use(by, "party.merge", one)
        may_be_merged(party, into)
        goes = [party, *(step.lock(one) for one in party.merged.order_by("id"))]
        stays = [into, *into.merged.all()]
        if all(any(one.user_id for one in records) for records in (goes, stays)):
            raise Refusal("party.two_users", party=party.name, into=into.name)
        for earlier in goes:
            earlier.merged_into = into
            step.save(earlier)
    return party
