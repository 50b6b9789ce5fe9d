"""A programme with a sheet to its name: what it is about, and a paragraph with figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laar.kit.names import Name
from laar.registers.actions import Shared, list_sector, write_profile
from laar.reports.actions import write_paragraph
from laar.reports.factsheet import Sheet, sheet_of
from tests.world import World


def describe(world: World) -> None:
    """Write the profile and one paragraph of the programme."""
    by, day = world.manager, world.day
    list_sector("DAC", "151", name=Name(en="Government"), source="test list", by=by, on=day)
    list_sector("DAC", "16010", name=Name(en="Social"), source="test list", by=by, on=day)
    write_profile(
        world.programme,
        title=Name(en="Support", km="ការគាំទ្រ"),
        objective=Name(en="Objective", km="គោលបំណង"),
        since=date(2007, 3, 1),
        last=date(2010, 6, 30),
        organisation=world.ngo,
        role="implementing_partner",
        lead=world.donor,
        sectors=[Shared("151", Decimal("66.67")), Shared("16010", Decimal("33.33"))],
        blank_in_source="cost donors",
        by=by,
        on=day,
    )
    text = Name(
        en="The council held {events.forums} forums and carried out {oa.plans?funding=grant} plans "
        "effectively ({oa.effective}) with EUR {oa.support}.",
        km="វេទិកា {events.forums}",
    )
    write_paragraph(world.programme, "outreach", 1, text=text, by=by, on=day)


def sheet(world: World) -> Sheet:
    """The sheet as it is now."""
    made = sheet_of(world.programme)
    assert made is not None
    return made


def numbers(made: Sheet) -> dict[str, str]:
    """Every number on a sheet, by the id of its figure."""
    return {key: figure.figure for key, figure in made.figures.items()}
