"""Who and what the story is about: the office, the places, the bodies and their members, the books."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from laar.base.actions import found_programme, grant_role, register_user
from laar.base.models import Programme, User
from laar.demo.teller import Teller
from laar.kit.names import Name
from laar.ledger.actions import open_account, open_book, open_fund, open_purpose, set_rate
from laar.ledger.models import Account, Book, Fund, Purpose
from laar.registers.actions import (
    Shared,
    add_location,
    list_sector,
    load_gazetteer,
    register_party,
    seat_member,
    write_profile,
)
from laar.registers.gazetteer import read
from laar.registers.models import Party, Place
from laar.registers.queries import place_coded
from laar.reports.actions import write_paragraph

DATA = Path(__file__).parent / "data"
CODE = "LAAR-DEMO"
#: Through whose eyes the demonstration is shown until people can sign in: the office.
READER = "sokha"

FIRST_DAY, LAST_DAY = date(2007, 3, 1), date(2010, 6, 30)

#: Who works in the office: user name, names, role, area.
OFFICE = (
    ("veasna", "Ly Veasna", "លី វាសនា", "administrator", ""),
    ("sokha", "Keo Sokha", "កែវ សុខា", "manager", ""),
    ("bopha", "Chea Bopha", "ជា បុប្ផា", "finance", ""),
    ("sophal", "Chea Sophal", "ជា សុផល", "facilitator", "2107"),
    ("ratha", "Noun Ratha", "នួន រដ្ឋា", "facilitator", "2101"),
)


@dataclass
class Cast:
    """What the strands of the story need, by short names."""

    programme: Programme
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    purposes: dict[str, Purpose] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)

    @property
    def manager(self) -> User:
        return self.users["sokha"]

    @property
    def finance(self) -> User:
        return self.users["bopha"]


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a data file."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def texts() -> dict[str, Any]:
    """The words of the published sheet."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "sheet.yml").read_text(encoding="utf-8"))
    return loaded


def name(pair: dict[str, str]) -> Name:
    """A pair of names from a data file."""
    return Name(en=pair["en"], km=pair["km"])


def found(teller: Teller) -> Cast:
    """The first day: the programme, the office, the places, what the programme is about, the books."""
    programme = teller.tell(
        "found",
        found_programme,
        CODE,
        name=Name(en="LAAR, Takeo (demonstration)", km="LAAR តាកែវ (ការបង្ហាញ)"),
        currency="EUR",
        by=None,
        is_demo=True,
    )
    cast = Cast(programme)
    for username, en, km, role, area in OFFICE:
        cast.users[username] = teller.tell(
            f"user {username}", register_user, username, name=Name(en=en, km=km), by=None, is_fictional=True
        )
        teller.tell(
            f"role {username}",
            grant_role,
            cast.users[username],
            role=role,
            programme=programme,
            place=area,
            since=FIRST_DAY,
            by=None,
        )
    places = read((DATA / "places.csv").read_bytes(), "places.csv")
    source = "demonstration, from the public gazetteer"
    teller.tell_again("gazetteer", load_gazetteer, places, source=source, since=None, by=cast.manager)
    for place in places:
        cast.places[place.code] = place_coded(place.code)
    _organisations(teller, cast)
    _about(teller, cast)
    _books(teller, cast)
    return cast


def _organisations(teller: Teller, cast: Cast) -> None:
    for key, kind, en, km in (
        ("ngo", "ngo", "Sugar Palm Development Organisation", "អង្គការអភិវឌ្ឍន៍ដើមត្នោត"),
        ("lead", "ngo", "Riverbank Alliance", "សម្ព័ន្ធមាត់ទន្លេ"),
        ("donor", "donor", "Lotus Bridge Fund", "មូលនិធិស្ពានផ្កាឈូក"),
        ("department", "department", "Department of public works of the district", "ការិយាល័យសាធារណការស្រុក"),
    ):
        cast.parties[key] = teller.tell(
            f"party {key}", register_party, kind, name=Name(en=en, km=km), by=cast.manager, is_fictional=True
        )


def _about(teller: Teller, cast: Cast) -> None:
    sectors = list(rows("sectors.csv"))
    for row in sectors:
        teller.tell(
            f"sector {row['code']}",
            list_sector,
            "DAC",
            row["code"],
            name=Name(en=row["name_en"], km=row["name_km"]),
            source="OECD DAC list of the time",
            by=cast.manager,
        )
    sheet = texts()
    teller.tell(
        "profile",
        write_profile,
        cast.programme,
        title=name(sheet["title"]),
        objective=name(sheet["objective"]),
        sector_heading=sheet["sectors_as_stated"],
        blank_in_source=sheet["blank_in_source"],
        since=FIRST_DAY,
        last=LAST_DAY,
        organisation=cast.parties["ngo"],
        role="implementing_partner",
        lead=cast.parties["lead"],
        sectors=[
            Shared(row["code"], Decimal(row["percent"]), Name(en=row["doubt_en"], km=row["doubt_km"]))
            for row in sectors
        ],
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
                text=name(paragraph),
                by=cast.manager,
            )
    for code in (code for code in cast.places if len(code) == 6):
        teller.tell(
            f"location {code}", add_location, cast.programme, cast.places[code], since=FIRST_DAY, by=cast.manager
        )


ACCOUNTS = (
    ("101", "asset", "Bank, euro", "ធនាគារ អឺរ៉ូ"),
    ("102", "asset", "Cash, riel", "សាច់ប្រាក់ រៀល"),
    ("110", "asset", "Exchange between currencies", "ការប្ដូររូបិយប័ណ្ណ"),
    ("121", "asset", "Advances to communes", "បុរេប្រទានដល់ឃុំ"),
    ("401", "income", "Grants received", "ជំនួយដែលបានទទួល"),
    ("501", "expense", "Outreach activities of communes", "សកម្មភាពចុះផ្សព្វផ្សាយរបស់ឃុំ"),
    ("511", "expense", "Training and coaching", "ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    ("521", "expense", "Staff", "បុគ្គលិក"),
)
PURPOSES = (
    ("OA", "oa", "Outreach activities", "សកម្មភាពចុះផ្សព្វផ្សាយ"),
    ("TRAIN", "training", "Training and coaching", "ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    ("RUN", "running", "Running the programme", "ការដំណើរការកម្មវិធី"),
)


def _books(teller: Teller, cast: Cast) -> None:
    finance, programme = cast.finance, cast.programme
    book = cast.books["MAIN"] = teller.tell(
        "book",
        open_book,
        programme,
        "MAIN",
        name=Name(en="Book of the organisation", km="បញ្ជីរបស់អង្គការ"),
        owner=cast.parties["ngo"],
        currency="EUR",
        by=finance,
    )
    for code, kind, en, km in ACCOUNTS:
        cast.accounts[code] = teller.tell(
            f"account {code}", open_account, book, code, name=Name(en=en, km=km), kind=kind, by=finance
        )
    for code, kind, en, km in PURPOSES:
        cast.purposes[code] = teller.tell(
            f"purpose {code}", open_purpose, programme, code, name=Name(en=en, km=km), kind=kind, by=finance
        )
    cast.funds["LBF"] = teller.tell(
        "fund LBF",
        open_fund,
        programme,
        "LBF",
        name=Name(en="Grant of the Lotus Bridge Fund", km="ជំនួយរបស់មូលនិធិស្ពានផ្កាឈូក"),
        kind="grant",
        giver=cast.parties["donor"],
        by=finance,
    )
    for currency, rate in (("KHR", "5300"), ("USD", "1.32")):
        teller.tell(
            f"rate {currency}",
            set_rate,
            "EUR",
            currency,
            since=FIRST_DAY,
            rate=Decimal(rate),
            source="demo rate",
            by=finance,
        )


def seat_bodies(teller: Teller, cast: Cast, since: date) -> None:
    """The councils elected in April 2007, and the monitoring committees, take their seats."""
    for code, place in ((code, place) for code, place in cast.places.items() if len(code) == 6):
        said = place.name
        for kind, key, en, km in (
            ("council", "council", "Commune council of", "ក្រុមប្រឹក្សាឃុំ"),
            ("committee", "committee", "Community monitoring committee of", "គណៈកម្មាធិការតាមដានសហគមន៍ឃុំ"),
        ):
            cast.parties[f"{key}-{code}"] = teller.tell(
                f"party {key}-{code}",
                register_party,
                kind,
                name=Name(en=f"{en} {said.en}", km=f"{km}{said.km}"),
                place=place,
                by=cast.manager,
            )
    for row in rows("people.csv"):
        body = cast.parties[row["body"]]
        person = cast.parties[row["name_en"]] = teller.tell(
            f"person {row['name_en']}",
            register_party,
            "person",
            name=Name(en=row["name_en"], km=row["name_km"]),
            sex=row["sex"],
            place=body.place,
            by=cast.manager,
            is_fictional=True,
        )
        teller.tell(f"seat {row['name_en']}", seat_member, body, person, role=row["role"], since=since, by=cast.manager)
