"""Everything about one place, as a page shows it to a reader: a commune, or a district or province added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from laar.base.access import visible
from laar.base.models import Attachment, Programme
from laar.base.papers import Paper, papers_shown
from laar.base.readers import Eyes
from laar.base.rules import verb_of
from laar.events.models import Event, Request
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.plans.models import Plan
from laar.projects.models import Project
from laar.projects.rules import PATHS
from laar.registers.models import Location, Mandate, Membership, Party, Place
from laar.registers.queries import on_day
from laar.results.programme import Bar, share
from laar.results.queries.coming import next_events
from laar.results.rules import STAGES
from laar.results.sentences import Sentence
from laar.results.strip import Strip, strip_of
from laar.results.waits import next_step

#: What a colleague says of a place where something was asked, and where nothing was yet.
ASKED = Name(
    en="{asked} things were asked here. {answered} have an answer, {planned} are in a plan, {done} are done.",
    km="នៅទីនេះមានសំណូមពរ {asked}។ បានឆ្លើយតប {answered} ក្នុងផែនការ {planned} បានធ្វើ {done}។",
)
NOTHING_ASKED = Name(en="Nothing was asked here yet.", km="នៅទីនេះមិនទាន់មានសំណូមពរទេ។")

#: From what was asked to what people were told: each is a part of the first.
FALL = (
    ("requests.raised", STAGES["asked"]),
    ("requests.answered", Name(en="Answered", km="បានឆ្លើយតប")),
    ("requests.planned", STAGES["planned"]),
    ("requests.funded", Name(en="Paid for by a grant", km="ចំណាយដោយជំនួយ")),
    ("requests.done", STAGES["done"]),
    ("requests.told", STAGES["told"]),
)

#: What was spent here, by source; the last one is both together.
MONEY = (
    ("oa.support", "k1"),
    ("sdp.grants", "k1"),
    ("sdp.commune_fund", "k2"),
)

#: The bodies of a place, and the groups of its people.
BODIES = ("council", "committee")
GROUPS = ("cbo", "shg", "vulnerable", "facilitation_team", "department")

#: What a mark in the calendar stands for; whatever else was held is a ring.
MARKS = {"forum": "●", "inter_commune": "◆"}
OTHER_MARK = "○"

#: How long the code of a commune is; of a larger area it is shorter.
COMMUNE = 6

#: How many of a kind stand on the page.
SHOWN, PICTURES = 60, 12
#: How many years the calendar has rows for.
YEARS = 10


@dataclass(frozen=True, slots=True)
class Body:
    """A council or committee: its mandate where it has one."""

    party: Party
    mandate: Mandate | None
    clerk: Party | None


@dataclass(frozen=True, slots=True)
class Step:
    """A project, how it stands on its own path, and what comes next for it."""

    project: Project
    state: Name
    next: Name | None


@dataclass(frozen=True, slots=True)
class Month:
    """What happened here in a month."""

    day: date
    events: tuple[tuple[str, Event], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months in a row."""

    number: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place, for one reader."""

    place: Place
    #: From the province down; only those whose page this reader may open.
    around: tuple[Place, ...]
    sentence: Sentence | None
    fall: tuple[tuple[Name, Bar], ...]
    open_requests: tuple[Request, ...]
    money: tuple[Bar, ...]
    together: Figure
    out: Figure
    seats: tuple[Figure, ...]
    bodies: tuple[Body, ...]
    groups: tuple[Party, ...]
    plans: tuple[Plan, ...]
    projects: tuple[Step, ...]
    calendar: tuple[Year, ...]
    coming: tuple[Event, ...]
    pictures: tuple[Paper, ...]
    #: Of a district or province: its communes.
    strip: Strip | None

    @property
    def is_commune(self) -> bool:
        """Whether it is one commune, or several added up."""
        return self.place.level == "commune"


def place_page(programme: Programme, code: str, eyes: Eyes, today: date) -> PlacePage:
    """The page of a place. Raises Refusal `record.not_found`, also for a place where the programme does not work."""
    place, around = _found(programme, code, eyes)
    scope = Scope(programme, place=code)
    fall = [(figure_of(key, scope), name) for key, name in FALL]
    money = [(figure_of(key, scope), fill) for key, fill in MONEY]
    together, out = figure_of("grants.both_sources", scope), figure_of("grants.out", scope)
    seats = [
        figure_of("bodies.members", Scope(programme, code, {"body": body, **sex}, scope.known))
        for body in BODIES
        for sex in ({}, {"sex": "f"})
    ]
    measure([*(figure for figure, _ in [*fall, *money]), together, out, *seats])
    is_one = len(code) >= COMMUNE  # of a larger area the sums are shown, and where they come from: its communes
    asked, most = fall[0][0].value, max((figure.value for figure, _ in money), default=0)
    events = _events(programme, code, eyes)
    return PlacePage(
        place=place,
        around=around,
        sentence=_sentence([figure for figure, _ in fall]) if asked else None,
        fall=tuple((name, Bar(figure, share(figure.value, asked), "k1")) for figure, name in fall),
        open_requests=tuple(_open_requests(programme, code, eyes)),
        money=tuple(Bar(figure, share(figure.value, most), fill) for figure, fill in money),
        together=together,
        out=out,
        seats=tuple(seats),
        bodies=tuple(_bodies(code, eyes, today)),
        groups=tuple(_parties(code, GROUPS, eyes)[:SHOWN]) if is_one else (),
        plans=tuple(_plans(programme, code, eyes)[:SHOWN]) if is_one else (),
        projects=tuple(_steps(programme, code, eyes)) if is_one else (),
        calendar=tuple(_calendar(events)),
        coming=tuple(next_events(programme, eyes, today, code)),
        pictures=tuple(_pictures(programme, code, eyes)),
        strip=strip_of(programme, eyes, "projects", code) if place.level in ("district", "province") else None,
    )


def _found(programme: Programme, code: str, eyes: Eyes) -> tuple[Place, tuple[Place, ...]]:
    """The place, if the programme works in or around it and the reader may see it; and the places around it."""
    codes = [code[:length] for length in range(2, len(code) + 1, 2)]
    places = {one.code: one for one in visible(eyes, Place.objects.filter(code__in=codes, until=None))}
    works = Location.objects.filter(Q(place__code__startswith=code) | Q(place__code__in=codes), programme=programme)
    if code not in places or not works.exists():
        raise Refusal("record.not_found")
    return places[code], tuple(places[one] for one in codes[:-1] if one in places)


def _sentence(fall: list[Figure]) -> Sentence:
    names = ("asked", "answered", "planned", "funded", "done", "told")
    return Sentence(ASKED, dict(zip(names, fall, strict=True)))


def _open_requests(programme: Programme, code: str, eyes: Eyes) -> QuerySet[Request]:
    waiting = Request.objects.filter(programme=programme, place__code__startswith=code).exclude(state="reported_back")
    return visible(eyes, waiting).select_related("event", "place").order_by("event__on", "id")[:5]


def _parties(code: str, kinds: Iterable[str], eyes: Eyes) -> QuerySet[Party]:
    of_the_place = Party.objects.filter(kind__in=kinds, merged_into=None, place__code__startswith=code)
    return visible(eyes, of_the_place).select_related("place").order_by("kind", "place__code", "id")


def _bodies(code: str, eyes: Eyes, today: date) -> Iterable[Body]:
    """The councils and committees of a commune; a district has too many to name."""
    if len(code) < COMMUNE:
        return []
    parties = list(_parties(code, BODIES, eyes)[:SHOWN])
    mandates = {one.body_id: one for one in Mandate.objects.filter(body__in=parties, until=None)}
    clerks = Membership.objects.filter(on_day(today), body__in=parties, role="clerk").select_related("person")
    known = visible(eyes, Party.objects.filter(pk__in=[one.person_id for one in clerks])).values_list("pk", flat=True)
    named = {one.body_id: one.person for one in clerks if one.person_id in set(known)}
    return [Body(party, mandates.get(party.pk), named.get(party.pk)) for party in parties]


def _plans(programme: Programme, code: str, eyes: Eyes) -> QuerySet[Plan]:
    plans = visible(eyes, Plan.objects.filter(programme=programme, place__code__startswith=code))
    return plans.select_related("place").order_by("-year", "kind", "place__code")


def _steps(programme: Programme, code: str, eyes: Eyes) -> Iterable[Step]:
    projects = visible(eyes, Project.objects.filter(programme=programme, place__code__startswith=code))
    for project in projects.select_related("place").order_by("-kind", "place__code", "-id")[:SHOWN]:
        verb = next_step(project.kind, project.state)
        state = PATHS[project.kind].states[project.state]
        yield Step(project, state, verb_of(verb).label if verb else None)


def _events(programme: Programme, code: str, eyes: Eyes) -> list[Event]:
    """What was held here; of a larger area the forums and meetings only, which are the ones with a mark of their own."""
    held = Event.objects.filter(programme=programme, state="held", place__code__startswith=code)
    if len(code) < COMMUNE:
        held = held.filter(kind__in=MARKS)
    return list(visible(eyes, held).select_related("place").order_by("on", "id"))


def _calendar(events: list[Event]) -> Iterable[Year]:
    months: dict[tuple[int, int], list[tuple[str, Event]]] = {}
    for event in events:
        mark = MARKS.get(event.kind, OTHER_MARK)
        months.setdefault((event.on.year, event.on.month), []).append((mark, event))
    for year in _years([event.on.year for event in events]):
        row = [Month(date(year, month, 1), tuple(months.get((year, month), ()))) for month in range(1, 13)]
        yield Year(year, tuple(row))


def _years(of_events: list[int]) -> list[int]:
    """Every year from the first to the last, so that an empty one shows; of a long time those in which something was."""
    if not of_events:
        return []
    whole = range(of_events[0], of_events[-1] + 1)
    return list(whole) if len(whole) <= YEARS else sorted(set(of_events))[-YEARS:]


def _pictures(programme: Programme, code: str, eyes: Eyes) -> list[Paper]:
    """The newest photos of what was held here, as far as this reader may look at them."""
    here = Event.objects.filter(programme=programme, place__code__startswith=code)
    photos = Attachment.objects.filter(
        table=Event._meta.label_lower, role="photo", key__in=visible(eyes, here).order_by().values("pk")
    )
    shown = papers_shown(eyes, photos.select_related("evidence").order_by("-id")[:PICTURES])
    return [paper for paper in shown if paper.page]
