"""The communes of a programme as tiles: one thing is shown of each, the same in a table below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laar.base.access import visible
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.names import Name
from laar.kit.small import counts_people
from laar.projects.models import Project
from laar.projects.rules import DONE, ENDED_EARLY
from laar.registers.models import Place
from laar.registers.queries import communes_of
from laar.results.queries.places import spread

#: What a tile looks like: filled, half, hatched, dashed; said in words, too.
FILLED, HALF, HATCHED, EMPTY = "solid", "half", "hatched", "none"

#: The states of a project that is only proposed.
BEFORE_THE_AGREEMENT = {"proposed", "checked", "returned", "approved"}

#: What can be shown, with the figures that the table has for it and what they are called in its narrow columns.
SHOWS: dict[str, tuple[Name, dict[str, Name]]] = {
    "projects": (
        Name(en="Projects", km="គម្រោង"),
        {
            "sdp.count": Name(en="Agreed", km="បានព្រមព្រៀង"),
            "sdp.settled": Name(en="Settled", km="បានទូទាត់"),
            "sdp.total": Name(en="Both sources", km="ប្រភពទាំងពីរ"),
        },
    ),
    "requests": (
        Name(en="Requests", km="សំណូមពរ"),
        {
            "requests.raised": Name(en="Asked", km="បានស្នើ"),
            "requests.answered": Name(en="Answered", km="បានឆ្លើយតប"),
            "requests.done": Name(en="Done", km="បានធ្វើ"),
            "requests.told": Name(en="Told back", km="បានប្រាប់ត្រឡប់"),
        },
    ),
    "forums": (
        Name(en="Forums", km="វេទិកា"),
        {
            "events.forums": Name(en="Forums", km="វេទិកា"),
            "events.inter_commune_meetings": Name(en="Meetings of councils", km="កិច្ចប្រជុំអន្តរឃុំ"),
            "events.present": Name(en="People present", km="អ្នកចូលរួម"),
        },
    ),
    "money": (
        Name(en="Money", km="ថវិកា"),
        {
            "action.grants": Name(en="Project money", km="ថវិកាគម្រោង"),
            "sdp.commune_fund": Name(en="Commune fund", km="មូលនិធិឃុំ"),
            "grants.both_sources": Name(en="Together", km="សរុប"),
            "grants.out": Name(en="Not accounted for", km="មិនទាន់ទូទាត់"),
        },
    ),
}

#: What the fills mean, for each thing that can be shown.
LEGEND = {
    "projects": {
        FILLED: Name(en="project done", km="គម្រោងបានធ្វើ"),
        HALF: Name(en="project agreed, under way", km="គម្រោងបានព្រមព្រៀង កំពុងធ្វើ"),
        HATCHED: Name(en="project proposed", km="គម្រោងបានស្នើ"),
        EMPTY: Name(en="no project", km="គ្មានគម្រោង"),
    },
    "requests": {
        FILLED: Name(en="every request answered", km="បានឆ្លើយសំណូមពរទាំងអស់"),
        HALF: Name(en="some without an answer", km="ខ្លះមិនទាន់មានចម្លើយ"),
        EMPTY: Name(en="nothing asked", km="គ្មានសំណូមពរ"),
    },
    "forums": {
        FILLED: Name(en="a forum was held", km="មានវេទិកា"),
        EMPTY: Name(en="no forum", km="គ្មានវេទិកា"),
    },
    "money": {
        FILLED: Name(en="everything paid is accounted for", km="ប្រាក់ដែលបានបង់ បានទូទាត់ទាំងអស់"),
        HALF: Name(en="money still with the council", km="ប្រាក់នៅជាមួយក្រុមប្រឹក្សា"),
        EMPTY: Name(en="nothing paid", km="មិនទាន់បង់ប្រាក់"),
    },
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A commune: its place, what its tile looks like and what that means, and its figures."""

    place: Place
    fill: str
    means: Name
    #: Each with what its column is called.
    figures: tuple[tuple[Name, Figure], ...]

    @property
    def number(self) -> str:
        """The last two digits of the code: what a tile has room for."""
        return self.place.code[-2:]


@dataclass(frozen=True, slots=True)
class Group:
    """The tiles of a district."""

    district: Place | None
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """All tiles by district, what is shown of them, and what each fill means."""

    show: str
    name: Name
    labels: tuple[Name, ...]
    groups: tuple[Group, ...]
    legend: tuple[tuple[str, Name], ...]
    #: The same figures for all of the programme.
    wholes: tuple[tuple[Name, Figure], ...]

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Every tile, in the order of the codes."""
        return tuple(tile for group in self.groups for tile in group.tiles)


def strip_of(programme: Programme, eyes: Eyes, show: str, prefix: str = "") -> Strip:
    """The communes that a reader may see, within a place; what is not known is shown as projects."""
    show = show if show in SHOWS else "projects"
    name, keys = SHOWS[show]
    communes = _communes(programme, eyes, prefix)
    codes = [place.code for place in communes]
    scope = Scope(programme)
    wholes = tuple(figure_of(key, scope) for key in keys)
    spread(wholes, codes)
    if eyes.is_public:  # few people are also hidden by what is known of the district around them
        spread((whole for whole in wholes if counts_people(whole)), {code[:-2] for code in codes})
    states = _states_of_projects(programme, codes) if show == "projects" else {}
    groups: dict[int | None, list[Tile]] = {}
    for place in communes:
        figures = tuple(whole.at(place=place.code) for whole in wholes)
        fill = _fill(show, figures, states.get(place.code, set()))
        said = tuple(zip(keys.values(), figures, strict=True))
        groups.setdefault(place.parent_id, []).append(Tile(place, fill, LEGEND[show][fill], said))
    return Strip(
        show,
        name,
        tuple(keys.values()),
        tuple(Group(tiles[0].place.parent, tuple(tiles)) for tiles in groups.values()),
        tuple(LEGEND[show].items()),
        tuple(zip(keys.values(), wholes, strict=True)),
    )


def _communes(programme: Programme, eyes: Eyes, prefix: str) -> list[Place]:
    located = visible(eyes, communes_of(programme, prefix))
    return list({location.place.code: location.place for location in located}.values())


def _states_of_projects(programme: Programme, codes: Iterable[str]) -> dict[str, set[str]]:
    """The states of the social development projects of each commune; not of those that ended early."""
    projects = Project.objects.filter(programme=programme, kind="sdp").exclude(state__in=("rejected", *ENDED_EARLY))
    states: dict[str, set[str]] = {code: set() for code in codes}
    for code, state in projects.values_list("place__code", "state").distinct():
        if code[:6] in states:
            states[code[:6]].add(state)
    return states


def _fill(show: str, figures: tuple[Figure, ...], states: set[str]) -> str:
    if show == "projects":
        return _fill_of_projects(states)
    if not figures[0].value:
        return EMPTY
    if show == "requests":
        return FILLED if figures[1].value == figures[0].value else HALF
    return HALF if show == "money" and figures[3].value else FILLED


def _fill_of_projects(states: set[str]) -> str:
    if not states:
        return EMPTY
    if states <= set(DONE):
        return FILLED
    return HATCHED if states <= BEFORE_THE_AGREEMENT else HALF
