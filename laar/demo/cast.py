"""Who and what the story is about: the office, the places, what the programme is about, the bodies and their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from laar.base.actions import found_programme, grant_role, keep_evidence, register_user
from laar.base.models import Evidence, Programme, User
from laar.demo.data import DATA, Row, day, keyed, pair, rows, texts
from laar.demo.paper import paper
from laar.demo.teller import Teller
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Account, Book, BudgetLine, Fund, Purpose
from laar.projects.models import ApprovalStep
from laar.registers.actions import (
    Shared,
    add_location,
    list_sector,
    load_gazetteer,
    open_mandate,
    register_party,
    seat_member,
    write_profile,
)
from laar.registers.gazetteer import read
from laar.registers.models import Party, Place
from laar.registers.queries import place_coded
from laar.reports.actions import write_paragraph

CODE = "LAAR-DEMO"
#: Through whose eyes the demonstration is shown until people can sign in: the office.
READER = "sokha"

FIRST_DAY, LAST_DAY = date(2007, 3, 1), date(2010, 6, 30)
#: The councils elected on 1 April 2007 took their seats.
SEATED = date(2007, 4, 25)


@dataclass
class Cast:
    """What the strands of the story need, by short names."""

    programme: Programme
    #: The communes of which it is told; all of them, or a part for a trial.
    communes: tuple[str, ...] = ()
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    #: Who sits in a body, in the order of `people.csv`.
    members: dict[str, list[Party]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    purposes: dict[str, Purpose] = field(default_factory=dict)
    #: The lines of the donors' budgets, by fund and code: `LBF 6.1-2008`.
    lines: dict[str, BudgetLine] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    steps: dict[str, ApprovalStep] = field(default_factory=dict)
    #: Papers that many records cite.
    papers: dict[str, Evidence] = field(default_factory=dict)

    @property
    def manager(self) -> User:
        return self.users["sokha"]

    @property
    def finance(self) -> User:
        return self.users["bopha"]


def found(teller: Teller, communes: Sequence[str]) -> Cast:
    """The first day: the programme, the office, the places, what the programme is about."""
    programme = teller.tell(
        "found",
        found_programme,
        CODE,
        name=Name(en="LAAR, Takeo (demonstration)", km="LAAR តាកែវ (ការបង្ហាញ)"),
        currency="EUR",
        by=None,
        is_demo=True,
    )
    cast = Cast(programme, tuple(communes))
    for row in rows("staff.csv"):
        if row["user"]:
            _user(teller, cast, row)
    places = read((DATA / "places.csv").read_bytes(), "places.csv")
    source = "demonstration, from the public gazetteer"
    teller.tell_again("gazetteer", load_gazetteer, places, source=source, since=None, by=cast.manager)
    for place in places:
        cast.places[place.code] = place_coded(place.code)
    _organisations(teller, cast)
    _about(teller, cast)
    return cast


def _user(teller: Teller, cast: Cast, row: Row) -> None:
    username = row["user"]
    cast.users[username] = teller.tell(
        f"user {username}", register_user, username, name=pair(row, "name"), by=None, is_fictional=True
    )
    teller.tell(
        f"role {username}",
        grant_role,
        cast.users[username],
        role=row["role"],
        programme=cast.programme,
        place=row["area"],
        since=FIRST_DAY,
        by=None,
    )


def _organisations(teller: Teller, cast: Cast) -> None:
    for key, kind, en, km in (
        ("ngo", "ngo", "Sugar Palm Development Organisation", "អង្គការអភិវឌ្ឍន៍ដើមត្នោត"),
        ("lead", "ngo", "Riverbank Alliance", "សម្ព័ន្ធមាត់ទន្លេ"),
        ("donor", "donor", "Lotus Bridge Fund", "មូលនិធិស្ពានផ្កាឈូក"),
        ("donor-2", "donor", "Palm Leaf Trust", "មូលនិធិស្លឹកត្នោត"),
        ("supplier", "supplier", "Dragonfly Trading, Takeo town", "ពាណិជ្ជកម្មកន្ទុំរុយ ក្រុងតាកែវ"),
    ):
        cast.parties[key] = teller.tell(
            f"party {key}", register_party, kind, name=Name(en=en, km=km), by=cast.manager, is_fictional=True
        )


def _about(teller: Teller, cast: Cast) -> None:
    sectors = rows("sectors.csv")
    for row in sectors:
        teller.tell(
            f"sector {row['code']}",
            list_sector,
            "DAC",
            row["code"],
            name=pair(row, "name"),
            source="OECD DAC list of the time",
            by=cast.manager,
        )
    sheet = texts()
    teller.tell(
        "profile",
        write_profile,
        cast.programme,
        title=pair(sheet["title"]),
        objective=pair(sheet["objective"]),
        sector_heading=sheet["sectors_as_stated"],
        country=pair(sheet["country"]),
        address=pair(sheet["address"]),
        blank_in_source=sheet["blank_in_source"],
        since=FIRST_DAY,
        last=LAST_DAY,
        organisation=cast.parties["ngo"],
        role="implementing_partner",
        lead=cast.parties["lead"],
        whole=Money.of("2150000.00", "EUR"),
        statement=_statement(teller, cast),
        sectors=[Shared(row["code"], Decimal(row["percent"]), pair(row, "doubt")) for row in sectors],
        by=cast.manager,
    )
    for section, paragraphs in sheet["paragraphs"].items():
        for position, paragraph in enumerate(paragraphs, start=1):
            teller.tell(
                f"paragraph {section} {position}",
                write_paragraph,
                cast.programme,
                section,
                position,
                text=pair(paragraph),
                by=cast.manager,
            )
    for code in cast.communes:
        teller.tell(
            f"location {code}", add_location, cast.programme, cast.places[code], since=FIRST_DAY, by=cast.manager
        )


def _statement(teller: Teller, cast: Cast) -> Evidence:
    """What the lead says about the whole action, of which ours is a part."""
    content = paper(
        "report",
        title="Statement of the lead on the whole action",
        lines=[
            ("Lead", "Riverbank Alliance (fictional)"),
            ("Whole action", "EUR 2,150,000.00, all partners"),
            (
                "Statement",
                "The action is carried out by several partners in several provinces; each keeps its own books.",
            ),
        ],
        signed=["Director of the Alliance (fictional)"],
        seed="whole",
        stamp="Riverbank Alliance",
    )
    return teller.tell(
        "statement of the lead",
        keep_evidence,
        cast.programme,
        content,
        caption=Name(en="Statement of the lead on the whole action", km="សេចក្តីថ្លែងរបស់អង្គការដឹកនាំអំពីសកម្មភាពទាំងមូល"),
        dated=FIRST_DAY,
        by=cast.manager,
    )


def seat_bodies(teller: Teller, cast: Cast) -> None:
    """The councils of the mandate of 2007, the monitoring committees, groups, teams and departments, and who is in them."""
    for code in cast.communes:
        said = cast.places[code].name
        for key, kind, en, km in (
            ("council", "council", "Commune council of", "ក្រុមប្រឹក្សាឃុំ"),
            ("committee", "committee", "Community monitoring committee of", "គណៈកម្មាធិការតាមដានសហគមន៍ឃុំ"),
        ):
            body = Name(en=f"{en} {said.en}", km=f"{km}{said.km}")
            _party(teller, cast, f"{key}-{code}", body, kind=kind, place=code)
        teller.tell(
            f"mandate {code}",
            open_mandate,
            cast.parties[f"council-{code}"],
            since=SEATED,
            seats=int(keyed("communes.csv", "code")[code]["seats"]),
            basis=Name(en="Commune election of 1 April 2007", km="ការបោះឆ្នោតឃុំ ថ្ងៃទី១ មេសា ២០០៧"),
            by=cast.manager,
        )
    for row in rows("bodies.csv"):
        if len(row["place"]) < 6 or row["place"] in cast.communes:
            _party(teller, cast, row["key"], pair(row, "name"), kind=row["kind"], place=row["place"])
    for row in rows("people.csv"):
        if row["body"] in cast.parties:
            _seat(teller, cast, row, SEATED)
    for row in rows("staff.csv"):
        _seat(teller, cast, {**row, "body": "ngo", "role": "staff"}, max(day(row["since"]), FIRST_DAY))


def _party(teller: Teller, cast: Cast, key: str, name: Name, *, kind: str, place: str) -> None:
    cast.parties[key] = teller.tell(
        f"party {key}", register_party, kind, name=name, place=cast.places[place], by=cast.manager
    )


def _seat(teller: Teller, cast: Cast, row: Row, since: date) -> None:
    """Register a person and seat them in their body."""
    body, name = cast.parties[row["body"]], row["name_en"]
    person = cast.parties[name] = teller.tell(
        f"person {name}",
        register_party,
        "person",
        name=pair(row, "name"),
        sex=row["sex"],
        place=body.place,
        user=cast.users.get(row.get("user", "")),
        by=cast.manager,
        is_fictional=True,
    )
    cast.members.setdefault(row["body"], []).append(person)
    teller.tell(f"seat {name}", seat_member, body, person, role=row["role"], since=since, by=cast.manager)
