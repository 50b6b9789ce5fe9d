"""The story, in order of time: three districts, twenty-two communes, March 2007 to June 2010, and what came after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from laar.base.queries import was_done
from laar.demo import books, budgets, cash, finance, forums, meetings, needs, outreach, sdp, stories, vouchers
from laar.demo.cast import CODE, Cast, found, seat_bodies
from laar.demo.data import rows
from laar.demo.tale import Tale
from laar.demo.teller import Strand, Teller, command_of
from laar.kit.names import Name
from laar.registers.actions import rename_sector
from laar.registers.models import Location
from laar.registers.queries import sector_on

#: The last step of the story.
LAST = "sector 16020 renamed"

#: The books were opened in the first week, the councils registered after they had been seated.
SEATING, WORDS = date(2007, 5, 7), date(2008, 7, 28)


def communes() -> tuple[str, ...]:
    """Every commune of the story."""
    return tuple(row["code"] for row in rows("communes.csv"))


def tell(teller: Teller, only: Sequence[str] = ()) -> Cast:
    """Tell all of it, or only what happens in some communes. Told again after an interruption, it ends in the same records."""
    cast = found(teller, [code for code in communes() if code in only or not only])
    books.open_books(teller, cast)
    budgets.open_budgets(teller, cast)
    finance.agree(teller, cast)
    tales = [_written(Tale(teller, cast, code)) for code in cast.communes]
    teller.expected = sum(len(tale.agenda) for tale in tales) + meetings.count(cast)
    strands = [
        books.rates(teller, cast),
        books.receipts(teller, cast),
        _once(SEATING, lambda: seat_bodies(teller, cast)),
        _once(WORDS, lambda: sdp.require_words(teller, cast)),
        budgets.changes(teller, cast),
        budgets.later_limits(teller, cast),
        books.costs(teller, cast),
        cash.the_first_year(teller, cast),
        finance.reports(teller, cast),
        vouchers.the_month(teller, cast),
        *(tale.strand() for tale in tales),
        *(meetings.course(teller, cast, row) for row in rows("courses.csv")),
        meetings.meetings(teller, cast),
        _codes(teller, cast),
    ]
    teller.weave(strands)
    return cast


def _once(on: date, step: Callable[[], None]) -> Strand:
    yield on
    step()


def _written(tale: Tale) -> Tale:
    """With all its chapters; what is decided stands in them after the session that decides."""
    for chapter in (forums, needs, outreach, sdp, stories):
        chapter.tell(tale)
    return tale


def _codes(teller: Teller, cast: Cast) -> Strand:
    """Years later the list of codes renames two of the sectors; the sheet keeps the name of its time."""
    day = date(2019, 1, 24)
    yield day
    for code, name in (
        ("16010", Name(en="Social Protection", km="គាំពារសង្គម")),
        ("16020", Name(en="Employment creation", km="ការបង្កើតការងារ")),
    ):
        sector = sector_on("DAC", code, date(2008, 1, 1))
        source = "IATI Sector code list, change of January 2019"
        teller.tell(
            f"sector {code} renamed", rename_sector, sector, name=name, since=day, source=source, by=cast.manager
        )


def is_told() -> bool:
    """Whether the story was told to its end."""
    return was_done(command_of(LAST))


def told_communes() -> set[str]:
    """The communes of which the story in this house tells."""
    there = Location.objects.filter(programme__code=CODE, place__level="commune")
    return set(there.values_list("place__code", flat=True))
