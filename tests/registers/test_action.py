"""What the lead states about the whole action, and who worked in it for how many months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from laar.base.queries import papers_of
from laar.kit.figures import Records, Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import credit as credited
from laar.ledger.actions import debit, post_entry
from laar.registers.actions import (
    Shared,
    end_membership,
    list_sector,
    merge_party,
    register_party,
    seat_member,
    write_profile,
)
from laar.registers.models import Membership, Party, Profile
from tests.refused import refused_without_trace
from tests.world import World, eur


def written(world: World, **given: Any) -> Profile:
    list_sector("DAC", "151", name=Name(en="Government"), source="test", by=world.manager, on=world.day)
    facts = {"since": date(2007, 3, 1), "last": date(2010, 6, 30), "by": world.manager, "on": world.day, **given}
    return write_profile(
        world.programme,
        title=Name(en="Title"),
        objective=Name(en="Objective"),
        organisation=world.ngo,
        role="implementing_partner",
        sectors=[Shared("151", Decimal(100))],
        **facts,
    )


def printed(world: World, key: str) -> str:
    return figure_of(key, Scope(world.programme)).figure


# ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_whole_is_what_the_lead_states_on_paper(world: World) -> None:
    profile = written(world, lead=world.donor, whole=eur(8_000), statement=world.paper())
    assert (profile.whole, papers_of(profile)) == (eur(8_000), {"statement"})
    assert printed(world, "action.whole") == "8,000.00"
    assert printed(world, "action.own_share") == "0.00 %"
    post_entry(
        world.book,
        [
            debit(world.accounts["expense"], world.fund, eur(2_000)),
            credited(world.accounts["bank"], world.fund, eur(2_000)),
        ],
        text=Name(en="Spent"),
        by=world.finance,
        on=world.day,
    )
    assert printed(world, "action.own_share") == "25.00 %"


def test_where_nothing_is_stated_nothing_is_divided(world: World) -> None:
    assert written(world, lead=world.donor).whole is None
    assert printed(world, "action.whole") == "0.00"
    assert printed(world, "action.own_share") == "–"


@pytest.mark.parametrize(("given", "code"), [
    ({"whole": eur(5)}, "profile.whole_without_lead"),
    ({"whole": Money.of("5", "USD"), "lead": "donor"}, "profile.whole_currency"),
    ({"whole": eur(0), "lead": "donor"}, "profile.whole_currency"),
    ({"whole": eur(5), "lead": "donor", "statement": None}, "profile.statement_missing"),
])  # fmt: skip
def test_a_whole_that_nobody_stated_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    list_sector("DAC", "99", name=Name(en="Other"), source="test", by=world.manager, on=world.day)
    facts = {"statement": world.paper(), **given}
    if "lead" in facts:
        facts["lead"] = world.donor
    with refused_without_trace(code):
        write_profile(
            world.programme, title=Name(en="Title"), objective=Name(en="Objective"), organisation=world.ngo,
            role="coordinator", sectors=[Shared("99", Decimal(100))], since=date(2007, 3, 1), last=date(2010, 6, 30),
            by=world.manager, on=world.day, **facts,
        )  # fmt: skip


# ── the staff ───────────────────────────────────────────────────────────────────────────────────────────────────────


def person(world: World) -> Party:
    return register_party("person", name=Name(en="Sok Chan"), by=world.manager, on=world.day)


def employed(world: World, since: date, until: date | None = None, somebody: Party | None = None) -> Membership:
    who = somebody or person(world)
    member = seat_member(world.ngo, who, role="staff", since=since, by=world.manager, on=world.day)
    return end_membership(member, until=until, by=world.manager, on=world.day) if until else member


@pytest.mark.parametrize(("since", "until", "months"), [
    (date(2007, 3, 1), None, 40),
    (date(2005, 7, 1), None, 40),
    (date(2008, 3, 1), None, 28),
    (date(2008, 3, 31), None, 28),
    (date(2008, 3, 1), date(2008, 4, 1), 1),
    (date(2008, 3, 31), date(2008, 4, 2), 2),
    (date(2009, 12, 15), date(2010, 1, 16), 2),
    (date(2010, 6, 30), date(2012, 1, 1), 1),
    (date(2010, 7, 1), None, 0),
    (date(2005, 1, 1), date(2007, 3, 1), 0),
    (date(2005, 1, 1), date(2007, 3, 2), 1),
])  # fmt: skip
def test_a_month_that_was_begun_counts_within_the_action(
    world: World, since: date, until: date | None, months: int
) -> None:
    written(world)
    employed(world, since, until)
    figure = figure_of("staff.months", Scope(world.programme))
    assert isinstance(figure.measured, Records)
    assert figure.value == months == sum(adds for _, adds in figure.measured.contributions())
    assert printed(world, "staff.persons") == ("1" if months else "0")


def test_somebody_who_came_back_is_one_person_and_a_merged_record_is_not_another(world: World) -> None:
    written(world)
    first, other = person(world), person(world)
    employed(world, date(2008, 1, 1), date(2008, 2, 1), first)
    employed(world, date(2008, 3, 1), None, first)
    employed(world, date(2008, 3, 1), date(2008, 4, 1), other)
    assert (printed(world, "staff.persons"), printed(world, "staff.months")) == ("2", "30")
    merge_party(other, into=first, by=world.manager, on=world.day)
    assert (printed(world, "staff.persons"), printed(world, "staff.months")) == ("1", "30")


def test_only_the_staff_of_the_organisation_counts_and_nobody_before_it_is_named(world: World) -> None:
    employed(world, date(2008, 1, 1))
    assert printed(world, "staff.persons") == "0"
    written(world)
    chair = person(world)
    seat_member(world.ngo, chair, role="chair", since=date(2008, 1, 1), by=world.manager, on=world.day)
    seat_member(world.donor, chair, role="staff", since=date(2008, 1, 1), by=world.manager, on=world.day)
    assert printed(world, "staff.persons") == "1"
