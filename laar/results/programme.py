"""A programme at one glance: how much of what was planned is done, the money, the communes, what changed, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.events.models import Event
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.names import Name
from laar.registers.models import Profile
from laar.registers.queries import profile_of
from laar.results.queries.coming import next_events
from laar.results.sentences import Sentence
from laar.results.strip import Strip, strip_of
from laar.results.trail import Group, changed_since

#: What shows whether it is on track: how much is done of what was planned, agreed or promised.
HEADLINE = (
    "oa.effective",
    "sdp.effective",
    "accountability.answered",
    "integration.answered",
    "partnership.cofinanced",
    "coaching.followed_up",
)

#: The money from its arrival to what is left, and from whom: the programme's is solid, the commune's hatched.
MONEY = (
    ("donor.amount", "k1"),
    ("action.cost", "k1"),
    ("grants.agreed", "k1"),
    ("action.grants", "k1"),
    ("grants.spent", "k1"),
    ("grants.out", "k3"),
    ("action.left", "k3"),
    ("sdp.commune_fund", "k2"),
)

SAID = Name(
    en="{communes} communes in {districts} districts: {projects} projects agreed, {forums} public forums held, "
    "{asked} requests raised, {answered} answered.",
    km="ឃុំ {communes} ក្នុងស្រុក {districts}៖ គម្រោង {projects} បានព្រមព្រៀង វេទិកាសាធារណៈ {forums} បានប្រព្រឹត្តទៅ "
    "សំណូមពរ {asked} បានលើកឡើង និង {answered} បានឆ្លើយតប។",
)
_IN_THE_SENTENCE = {
    "communes": "places.communes",
    "districts": "places.districts",
    "projects": "sdp.count",
    "forums": "events.forums",
    "asked": "requests.raised",
    "answered": "requests.answered",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its length in percent of the longest, and from whom the money is."""

    figure: Figure
    length: int
    fill: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The programme at one glance."""

    programme: Programme
    profile: Profile | None
    sentence: Sentence
    headline: tuple[Bar, ...]
    money: tuple[Bar, ...]
    strip: Strip
    changed: tuple[Group, ...]
    coming: tuple[Event, ...]


def overview_of(programme: Programme, eyes: Eyes, today: date) -> Overview:
    """Everything that the page of a programme shows to a reader."""
    scope = Scope(programme)
    said = {name: figure_of(key, scope) for name, key in _IN_THE_SENTENCE.items()}
    headline = [figure_of(key, scope) for key in HEADLINE]
    money = [(figure_of(key, scope), fill) for key, fill in MONEY]
    measure([*said.values(), *headline, *(figure for figure, _ in money)])
    longest = max((figure.value for figure, _ in money), default=0)
    return Overview(
        programme,
        profile_of(programme),
        Sentence(SAID, said),
        tuple(Bar(figure, int(figure.ratio.value or 0) if figure.ratio else 0, "k1") for figure in headline),
        tuple(Bar(figure, share(figure.value, longest), fill) for figure, fill in money),
        strip_of(programme, eyes, "projects"),
        () if eyes.is_public else changed_since(programme, eyes, today),
        tuple(next_events(programme, eyes, today)),
    )


def share(value: int, whole: int) -> int:
    """A part in percent of a whole, for the length of a bar; nothing of nothing is nothing."""
    return max(0, min(100, round(100 * value / whole))) if whole > 0 else 0
