"""What every chapter of a commune's tale needs: its people, its events, its papers, and an agenda in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from laar.base.actions import keep_evidence
from laar.base.models import Evidence, User
from laar.demo.cast import Cast
from laar.demo.data import Row, day, keyed, of_commune
from laar.demo.paper import paper
from laar.demo.teller import Strand, Teller
from laar.events.actions import Present, announce_event, enter_attendance, hold_event, record_decision
from laar.events.models import Decision, Event, Request
from laar.events.rules import KINDS
from laar.kit.names import Name
from laar.registers.models import Party, Place

R = TypeVar("R")

#: What the papers are called in Khmer.
PAPER_NAMES = {
    "minutes": "កំណត់ហេតុ",
    "headcount": "បញ្ជីចំនួនអ្នកចូលរួម",
    "decision": "សេចក្តីសម្រេច",
    "checklist": "បញ្ជីពិនិត្យគុណភាព",
    "agreement": "កិច្ចព្រមព្រៀង",
    "receipt": "បង្កាន់ដៃ",
    "voucher": "ប័ណ្ណចំណាយ",
    "order": "អាណត្តិបើកប្រាក់",
    "slip": "ប័ណ្ណរបស់រតនាគារ",
    "report": "របាយការណ៍បញ្ចប់",
    "photo": "រូបថត",
}

#: In what capacity people come to an event of a kind.
CAPACITY = {"council_session": "councillor", "coaching": "councillor", "monitoring": "committee"}


@dataclass
class Tale:
    """One commune's tale: chapters put what they tell on the agenda, and the days come when they come."""

    teller: Teller
    cast: Cast
    code: str
    agenda: list[tuple[date, Callable[[], object]]] = field(default_factory=list)
    requests: dict[str, Request] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    minutes: dict[str, Evidence] = field(default_factory=dict)
    #: What the chapters leave for one another: plans, lines, projects by a short name.
    kept: dict[str, Any] = field(default_factory=dict)

    def at(self, on: date, step: Callable[[], object]) -> None:
        """Something happens on a day; on the same day, in the order in which it was put there."""
        self.agenda.append((on, step))

    def strand(self) -> Strand:
        """Tell it, day by day."""
        for on, step in sorted(self.agenda, key=lambda entry: entry[0]):
            yield on
            step()
            self.teller.turn()

    def do(self, name: str, action: Callable[..., R], /, *args: Any, **facts: Any) -> R:
        """Do one thing under a name of this commune; by the facilitator where nobody else is named."""
        return self.teller.tell(f"{self.code} {name}", action, *args, **{"by": self.worker, **facts})

    # ── who and where ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def row(self) -> Row:
        """What `communes.csv` says of it."""
        return keyed("communes.csv", "code")[self.code]

    @cached_property
    def dates(self) -> dict[str, Row]:
        """Its events by their keys."""
        return {row["key"]: row for row in of_commune("events.csv", self.code)}

    def on(self, key: str) -> date:
        """The day of one of its events."""
        return day(self.dates[key]["on"])

    @cached_property
    def place(self) -> Place:
        """The commune."""
        return self.cast.places[self.code]

    @cached_property
    def council(self) -> Party:
        """Its council."""
        return self.cast.parties[f"council-{self.code}"]

    @cached_property
    def committee(self) -> Party:
        """Its monitoring committee."""
        return self.cast.parties[f"committee-{self.code}"]

    @property
    def worker(self) -> User:
        """Its facilitator."""
        return self.cast.users[self.row["facilitator"]]

    def of_the_council(self, count: int) -> list[str]:
        """The first of its council: chief, deputies, councillors."""
        return [person.name.en for person in self.cast.members[f"council-{self.code}"][:count]]

    def of_the_committee(self, count: int) -> list[str]:
        """The first of its committee."""
        return [person.name.en for person in self.cast.members[f"committee-{self.code}"][:count]]

    def called(self, en: str, km: str) -> Name:
        """A title that ends with the commune's name."""
        return Name(en=f"{en} {self.place.name.en}", km=f"{km}{self.place.name.km}")

    # ── events ─────────────────────────────────────────────────────────────────────────────────────────────────

    def gathering(self, key: str, title: Name, said: Sequence[tuple[str, str]] = ()) -> None:
        """An event of `events.csv`: announced two weeks before, held with its papers."""
        row = self.dates[key]
        on = day(row["on"])
        self.at(on - timedelta(14), lambda: self.announce(key, row["kind"], on, title))
        self.at(on, lambda: self.hold(key, int(row["women"]), int(row["men"]), said))

    def announce(self, key: str, kind: str, on: date, title: Name) -> Event:
        """Announce an event on the commune's ground."""
        event = self.events[key] = self.do(
            f"announce {key}",
            announce_event,
            self.cast.programme,
            kind,
            place=self.place,
            host=self.committee if kind == "monitoring" else self.council,
            day=on,
            title=title,
        )
        return event

    def hold(self, key: str, women: int, men: int, said: Sequence[tuple[str, str]] = ()) -> Event:
        """Count who came, keep the paper, record that it was held."""
        event = self.events[key]
        capacity = CAPACITY.get(event.kind, "citizen")
        body = {"councillor": self.council, "committee": self.committee}.get(capacity)
        came = [
            Present(capacity, sex=sex, count=count, body=body) for sex, count in (("f", women), ("m", men)) if count
        ]
        self.do(f"{key} present", enter_attendance, event, came)
        (proof,) = KINDS[event.kind].proofs
        sheet = self._minutes(event, women, men, said) if proof == "minutes" else self._headcount(event, women, men)
        self.minutes[key] = sheet
        papers = {proof: sheet, **({"photo": self._photo(event)} if event.kind == "handover" else {})}
        event = self.events[key] = self.do(f"hold {key}", hold_event, event, papers=papers)
        return event

    def decide(self, key: str, session: str, number: str, title: Name, paper: Evidence | None = None) -> Decision:
        """The council decides something in a session; the paper is its minutes where there is none of its own."""
        decision = self.decisions[key] = self.do(
            f"decide {key}",
            record_decision,
            self.events[session],
            number=number,
            title=title,
            paper=paper or self.minutes[session],
        )
        return decision

    # ── papers ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _minutes(self, event: Event, women: int, men: int, said: Sequence[tuple[str, str]]) -> Evidence:
        facts = [("Women", str(women)), ("Men", str(men)), *said]
        signed = [*self.of_the_council(2), *self.of_the_committee(1)]
        return self.paper("minutes", event.title_en, facts, signed, thumbprints=1 if event.kind == "planning" else 0)

    def _headcount(self, event: Event, women: int, men: int) -> Evidence:
        facts = [("Women", str(women)), ("Men", str(men)), ("Together", str(women + men))]
        signed = [f"{self.row['chief_of_village']} (fictional)", *self.of_the_committee(1)]
        return self.paper("headcount", event.title_en, facts, signed)

    def _photo(self, event: Event) -> Evidence:
        return self.paper("photo", event.title_en, [], [self.worker.name.en])

    def paper(
        self,
        kind: str,
        title: str,
        lines: Sequence[tuple[str, str]],
        signed: Sequence[str],
        *,
        thumbprints: int = 0,
        called: str = "",
        is_personal: bool = False,
    ) -> Evidence:
        """Draw a paper of this day and keep it as evidence."""
        said, on = self.place.name, self.teller.day
        facts = lines if kind == "agreement" else [("Commune", said.en), ("Date", f"{on:%d/%m/%Y}"), *lines]
        content = paper(
            kind,
            title=title,
            lines=facts,
            signed=signed,
            seed=f"{self.code} {kind} {title} {on}",
            thumbprints=thumbprints,
            stamp=said.en,
        )
        return self.do(
            f"paper {kind} {title} {on}",
            keep_evidence,
            self.cast.programme,
            content,
            caption=Name(
                en=f"{title}, {said.en}, {on:%d %B %Y}",
                km=f"{called or PAPER_NAMES[kind]} ឃុំ{said.km} {on:%d/%m/%Y}",
            ),
            dated=on,
            is_personal=is_personal,
            signed_by=", ".join(signed),
        )

    def shared(
        self, key: str, kind: str, title: str, lines: Sequence[tuple[str, str]], signed: Sequence[str] = ()
    ) -> Evidence:
        """A paper about several communes: drawn by the first tale that cites it."""
        cast, on = self.cast, self.teller.day
        if key not in cast.papers:
            content = paper(kind, title=title, lines=[("Date", f"{on:%d/%m/%Y}"), *lines], signed=signed, seed=key)
            cast.papers[key] = self.teller.tell(
                f"paper {key}",
                keep_evidence,
                cast.programme,
                content,
                caption=Name(en=f"{title}, {on:%d %B %Y}", km=f"{PAPER_NAMES[kind]} {on:%d/%m/%Y}"),
                dated=on,
                signed_by=", ".join(signed),
                by=cast.manager,
            )
        return cast.papers[key]
