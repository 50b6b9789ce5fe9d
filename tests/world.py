"""The small world of the tests: two communes, a handful of named people, one of whom may see nothing.

Built through the same actions as any user's. Ang is of the commune Angkor Borei, Ba of the commune Ba Srae; what
belongs to one of them is not the other's.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from laar.base import clock
from laar.base.access import the_installation
from laar.base.actions import found_programme, grant_role, keep_evidence, register_user
from laar.base.models import Evidence, Programme, User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_account, open_book, open_fund, open_purpose
from laar.ledger.models import Account, Book, Fund, Purpose
from laar.registers.actions import add_location, load_gazetteer, open_mandate, register_party
from laar.registers.gazetteer import read
from laar.registers.models import Party, Place
from laar.registers.queries import place_coded

DAY = date(2008, 3, 10)
NOON = datetime(2008, 3, 10, 5, 0, tzinfo=UTC)  # noon in Phnom Penh
GAZETTEER = """code,name_km,name_en
21,តាកែវ,Takeo
2101,អង្គរបូរី,Angkor Borei
210101,អង្គរបូរី,Angkor Borei
210102,បាស្រែ,Ba Srae
21010101,ភូមិមួយ,Village One
"""
PNG = b"\x89PNG\r\n\x1a\n"


def eur(amount: str | int) -> Money:
    """Euro."""
    return Money.of(str(amount), "EUR")


@dataclass
class World:
    """Everything that most tests need; more is made by the test itself."""

    programme: Programme
    other: Programme
    #: By user name: admin, manager, second (another manager), finance, ang and ba (facilitators of a commune each),
    #: nobody (no role at all), stranger (manager of the other programme).
    users: dict[str, User]
    ang: Place
    ba: Place
    #: With five seats since the first day; nobody sits on them yet.
    council: Party
    committee: Party
    #: A villager, whose name is the second on a checklist.
    witness: Party
    donor: Party
    ngo: Party
    book: Book
    accounts: dict[str, Account]
    fund: Fund
    purpose: Purpose
    day: date = DAY
    papers: int = field(default=0)

    def __getattr__(self, name: str) -> User:
        try:
            return self.users[name]
        except KeyError:
            raise AttributeError(name) from None

    def paper(self, by: User | None = None) -> Evidence:
        """A new piece of evidence."""
        self.papers += 1
        return keep_evidence(
            self.programme,
            PNG + str(self.papers).encode(),
            caption=Name(en=f"Paper {self.papers}", km=f"ឯកសារ {self.papers}"),
            dated=self.day,
            signed_by="Sok Chief, chief of the council",
            by=by or self.users["manager"],
            on=self.day,
        )


def build() -> World:
    """Found and build it, as the installation does before anybody can sign in."""
    with the_installation():
        return _built()


def _built() -> World:
    """Build it; call inside `clock.simulated` or as it is: every date lies in the past."""
    day = date(2007, 3, 1)
    programme = found_programme(
        "TEST", name=Name(en="Test", km="សាកល្បង"), currency="EUR", by=None, on=day, is_demo=True
    )
    other = found_programme("OTHER", name=Name(en="Other", km="ផ្សេង"), currency="EUR", by=None, on=day)
    users = {
        name: register_user(name, name=Name(en=name.capitalize(), km=name), by=None, on=day, is_fictional=True)
        for name in ("admin", "manager", "second", "finance", "ang", "ba", "nobody", "stranger")
    }
    roles = {
        "admin": ("administrator", programme, ""),
        "manager": ("manager", programme, ""),
        "second": ("manager", programme, ""),
        "finance": ("finance", programme, ""),
        "ang": ("facilitator", programme, "210101"),
        "ba": ("facilitator", programme, "210102"),
        "stranger": ("manager", other, ""),
    }
    for name, (role, where, place) in roles.items():
        grant_role(users[name], role=role, programme=where, place=place, since=day, by=None, on=day)
    load_gazetteer(read(GAZETTEER.encode(), "test.csv"), source="test", since=None, by=None, on=day)
    ang, ba = place_coded("210101"), place_coded("210102")
    manager, finance = users["manager"], users["finance"]

    def party(kind: str, en: str, place: Place | None = None) -> Party:
        return register_party(kind, name=Name(en=en, km=en), place=place, by=manager, on=day, is_fictional=True)

    for place in (ang, ba):
        add_location(programme, place, since=day, by=manager, on=day)
    ngo = party("ngo", "River NGO")
    donor = party("donor", "Lotus Fund")
    book = open_book(programme, "MAIN", name=Name(en="Main book"), owner=ngo, currency="EUR", by=finance, on=day)
    kinds = {"bank": "asset", "cash": "asset", "advances": "asset", "income": "income", "expense": "expense"}
    accounts = {
        code: open_account(book, code, name=Name(en=code), kind=kind, by=finance, on=day)
        for code, kind in kinds.items()
    }
    council = party("council", "Council of Angkor Borei", ang)
    open_mandate(council, since=day, seats=5, basis=Name(en="Election of 2007"), by=manager, on=day)
    return World(
        programme=programme,
        other=other,
        users=users,
        ang=ang,
        ba=ba,
        council=council,
        committee=party("committee", "Committee of Angkor Borei", ang),
        witness=party("person", "Sok Witness", ang),
        donor=donor,
        ngo=ngo,
        book=book,
        accounts=accounts,
        fund=open_fund(programme, "G", name=Name(en="Grant"), kind="grant", giver=donor, by=finance, on=day),
        purpose=open_purpose(programme, "OA", name=Name(en="Outreach"), kind="oa", by=finance, on=day),
    )


def at_noon() -> AbstractContextManager[None]:
    """The clock of most tests: noon of 10 March 2008."""
    return clock.simulated(NOON, "test")
