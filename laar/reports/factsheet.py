"""The reference sheet, cell by cell and paragraph by paragraph in the order of its source, computed from records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from laar.base.models import Programme
from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.names import Name
from laar.ledger.queries import grants_of
from laar.registers.models import Profile, SectorShare
from laar.registers.queries import profile_of, provinces_of, sector_name_today, shares_of
from laar.registers.rules import ACTION_ROLES
from laar.reports.queries import paragraphs_of
from laar.reports.rules import SECTIONS, Words, pieces

#: A text of the sheet: words and figures, in order.
Text = tuple[str | Figure, ...]

#: The figures in the margin of each section.
MARGIN: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "objective": (
        ("participation.women", {}),
        ("transparency.decided", {}),
        ("accountability.answered", {}),
    ),
    "training": (("events.trainings", {}), ("events.present", {"kind": "training"})),
    "outreach": (
        ("oa.plans", {"funding": "grant"}),
        ("oa.plans", {"funding": "own"}),
        ("oa.effective", {"funding": "grant"}),
        ("oa.support", {}),
        ("oa.settled", {}),
    ),
    "sdp": (
        ("sdp.grants", {}),
        ("sdp.commune_fund", {}),
        ("events.forums", {}),
        ("events.inter_commune_meetings", {}),
    ),
}

#: What distinguishes two figures of the same key in the margin.
ASPECTS = {
    "funding=grant": Name(en="paid by the programme", km="ចំណាយដោយកម្មវិធី"),
    "funding=own": Name(en="without project money", km="គ្មានថវិកាគម្រោង"),
    "kind=training": Name(en="at trainings", km="ក្នុងវគ្គបណ្តុះបណ្តាល"),
}


@dataclass(frozen=True, slots=True)
class Donor:
    """A line of the two donor cells: who gave, and how much."""

    name: Name
    amount: Figure


@dataclass(frozen=True, slots=True)
class SectorCell:
    """A sector as stated, what it is called today where that differs, and what is doubtful about it."""

    share: SectorShare
    today: Name | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the results: its paragraphs in each language, and the figures in its margin."""

    code: str
    name: Name
    texts: dict[str, list[Text]]
    margin: list[tuple[Name, Figure]]


@dataclass
class Sheet:
    """The whole sheet. Every number on it is a Figure of `figures`, computed once."""

    programme: Programme
    profile: Profile
    provinces: list[Name]
    sectors: list[SectorCell]
    role: Name
    donors: list[Donor] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    objective: list[tuple[Name, Figure]] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """First day of the action."""
        return self.profile.since

    @property
    def last(self) -> date:
        """Last day of the action."""
        return date.fromordinal(self.profile.until.toordinal() - 1)

    def blank(self, cell: str) -> bool:
        """Whether the published source left this cell blank."""
        return cell in self.profile.blank_in_source.split()

    def figure(self, key: str, **more: str) -> Figure:
        """The figure for the whole programme, the same object wherever the sheet shows it."""
        asked = figure_of(key, Scope(self.programme, more=more))
        return self.figures.setdefault(asked.id, asked)


def sheet_of(programme: Programme) -> Sheet | None:
    """The reference sheet of a programme; None while nobody has written what it is about."""
    profile = profile_of(programme)
    if profile is None:
        return None
    sheet = Sheet(
        programme,
        profile,
        provinces=[place.name for place in provinces_of(programme)],
        sectors=[SectorCell(share, sector_name_today(share.sector)) for share in shares_of(profile)],
        role=_role(profile),
    )
    for key in ("places.districts", "places.communes", "action.cost"):
        sheet.figure(key)
    sheet.donors = [
        Donor(fund.giver.name, sheet.figure("donor.amount", fund=fund.code)) for fund in grants_of(programme)
    ]
    sheet.objective = list(_margin(sheet, "objective"))
    sheet.sections = [
        Section(code, name, {lang: _texts(sheet, code, lang) for lang in ("en", "km")}, list(_margin(sheet, code)))
        for code, name in SECTIONS.items()
    ]
    return sheet


def _role(profile: Profile) -> Name:
    role = ACTION_ROLES[profile.role]
    if profile.lead is None:
        return role
    lead = profile.lead.name
    return Name(en=f"{role.en}, {lead.en}", km=f"{role.km} {lead.km}")


def _texts(sheet: Sheet, section: str, lang: str) -> list[Text]:
    return [
        tuple(
            piece.text if isinstance(piece, Words) else sheet.figure(piece.key, **piece.more)
            for piece in pieces(paragraph.name.say(lang))
        )
        for paragraph in paragraphs_of(sheet.programme, section)
    ]


def _margin(sheet: Sheet, section: str) -> Iterator[tuple[Name, Figure]]:
    for key, more in MARGIN[section]:
        figure = sheet.figure(key, **more)
        aspect = ASPECTS.get(figure.scope.query())
        label = figure.label
        yield (Name(en=f"{label.en}, {aspect.en}", km=f"{label.km} ({aspect.km})") if aspect else label), figure
