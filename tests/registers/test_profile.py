"""What a programme is about: its days, its sectors under the names of those days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from laar.kit.names import Name
from laar.registers.actions import Shared, list_sector, write_profile
from laar.registers.models import Profile, Sector
from laar.registers.queries import percent, profile_of, sector_name_today, sector_on, shares_of
from tests.refused import refused, refused_without_trace
from tests.world import World

FIRST, LAST, RENAMED = date(2007, 3, 1), date(2010, 6, 30), date(2010, 1, 1)
OLD, NEW = Name(en="Social/welfare services", km="សេវាសង្គម"), Name(en="Social protection", km="គាំពារសង្គម")


def listed(world: World, code: str, name: Name, since: date | None = None, until: date | None = None) -> Sector:
    return list_sector(
        "DAC", code, name=name, source="test list", since=since, until=until, by=world.manager, on=world.day
    )


def write(world: World, *shares: tuple[str, str], **facts: object) -> Profile:
    given = {"since": FIRST, "last": LAST, "by": world.manager, "on": world.day, **facts}
    return write_profile(
        world.programme,
        title=Name(en="Title", km="ចំណងជើង"),
        objective=Name(en="Objective"),
        organisation=world.ngo,
        role="coordinator",
        sectors=[Shared(code, Decimal(share)) for code, share in shares],
        **given,  # type: ignore[arg-type]
    )


@pytest.fixture
def sectors(world: World) -> dict[str, Sector]:
    return {
        "old": listed(world, "16010", OLD, until=RENAMED),
        "new": listed(world, "16010", NEW, since=RENAMED),
        "151": listed(world, "151", Name(en="Government and civil society")),
    }


def test_a_sector_is_called_as_it_was_on_the_first_day(world: World, sectors: dict[str, Sector]) -> None:
    profile = write(world, ("16010", "60"), ("151", "40"))
    assert [(share.sector, percent(share)) for share in shares_of(profile)] == [
        (sectors["151"], Decimal(40)),
        (sectors["old"], Decimal(60)),
    ]
    assert sector_name_today(sectors["old"]) == Name(en="16010 Social protection", km="16010 គាំពារសង្គម")
    assert sector_name_today(sectors["151"]) is None


def test_a_programme_that_begins_after_the_renaming_has_the_new_name(world: World, sectors: dict[str, Sector]) -> None:
    assert shares_of(write(world, ("16010", "100"), since=RENAMED)).get().sector == sectors["new"]


def test_the_day_of_the_renaming_belongs_to_the_new_name(world: World, sectors: dict[str, Sector]) -> None:
    assert sector_on("DAC", "16010", date(2009, 12, 31)) == sectors["old"]
    assert sector_on("DAC", "16010", RENAMED) == sectors["new"]


def test_where_two_names_overlap_the_one_with_the_later_first_day_holds(world: World) -> None:
    listed(world, "16020", Name(en="Undated"))
    dated = listed(world, "16020", Name(en="Dated"), since=date(2005, 1, 1), until=date(2012, 1, 1))
    assert sector_on("DAC", "16020", FIRST) == dated


def test_an_unknown_sector_is_refused_and_no_profile_is_left(world: World) -> None:
    with refused_without_trace("sector.unknown"):
        write(world, ("99999", "100"))
    assert profile_of(world.programme) is None


def test_shares_that_miss_a_hundredth_are_refused_before_anything_is_written(
    world: World, sectors: dict[str, Sector]
) -> None:
    with refused_without_trace("sector.shares"):
        write(world, ("16010", "59.99"), ("151", "40"))


def test_a_negative_share_is_refused_by_the_database(world: World, sectors: dict[str, Sector]) -> None:
    with refused_without_trace("record.invalid"):
        write(world, ("16010", "120"), ("151", "-20"))


def test_a_sector_is_shared_once(world: World, sectors: dict[str, Sector]) -> None:
    with refused_without_trace("record.already_there"):
        write(world, ("151", "50"), ("151", "50"))


def test_the_last_day_belongs_to_the_action(world: World, sectors: dict[str, Sector]) -> None:
    assert write(world, ("151", "100")).until == date(2010, 7, 1)


def test_an_action_cannot_end_before_its_first_day(world: World, sectors: dict[str, Sector]) -> None:
    with refused_without_trace("period.reversed"):
        write(world, ("151", "100"), last=date(2007, 2, 28))


def test_a_programme_is_described_once(world: World, sectors: dict[str, Sector]) -> None:
    write(world, ("151", "100"))
    with refused_without_trace("record.already_there"):
        write(world, ("151", "100"))


def test_a_code_has_one_name_at_a_time(world: World, sectors: dict[str, Sector]) -> None:
    with refused_without_trace("record.already_there"):
        listed(world, "151", Name(en="Another name"), since=RENAMED)


def test_a_sector_of_another_list_is_another_sector(world: World, sectors: dict[str, Sector]) -> None:
    with refused("sector.unknown"):
        sector_on("OECD", "151", FIRST)


@pytest.mark.parametrize("name", ["stranger", "nobody", "finance", "ang"])
def test_what_a_programme_is_about_is_written_by_its_office(
    world: World, sectors: dict[str, Sector], name: str
) -> None:
    with refused_without_trace("access.no_role"):
        write(world, ("151", "100"), by=world.users[name])
