"""The reference sheet, cell by cell and paragraph by paragraph in the order of its source, computed from records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from laar.base.models import Programme
from laar.events.queries import Hole, forum_holes, held_courses
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.names import Name, in_khmer, listed
from laar.ledger.queries import grants_of
from laar.plans.queries import oa_years
from laar.projects.rules import OPINIONS
from laar.registers.models import Profile, SectorShare
from laar.registers.queries import profile_of, provinces_of, sector_name_today, shares_of
from laar.registers.rules import ACTION_ROLES
from laar.reports.models import Paragraph
from laar.reports.queries import paragraphs_of
from laar.reports.rules import SECTIONS, Words, pieces

#: A text of the sheet: words and figures, in order.
Text = tuple[str | Figure, ...]

#: A figure in the margin: its key, and what it is asked by.
Asked = tuple[str, dict[str, str]]

#: The figures in the margin of each section.
MARGIN: dict[str, tuple[Asked, ...]] = {
    "objective": (
        ("participation.women", {}),
        ("partnership.cofinanced", {}),
        ("transparency.decided", {}),
        ("accountability.answered", {}),
        ("integration.answered", {}),
    ),
    "training": (
        ("training.courses", {}),
        ("training.sessions", {}),
        ("events.present", {"kind": "training"}),
        ("training.with_officials", {}),
        ("coaching.visits", {}),
        ("coaching.followed_up", {}),
        ("stories.published", {}),
    ),
    "outreach": (
        ("oa.effective", {"funding": "grant"}),
        ("oa.effective", {"funding": "own"}),
        ("oa.served", {"funding": "grant"}),
        ("oa.support", {}),
        ("oa.settled", {}),
    ),
    "sdp": (
        ("sdp.grants", {}),
        ("sdp.commune_fund", {}),
        ("sdp.total", {}),
        ("sdp.commune_share", {}),
        ("sdp.commune_share_of_grant", {}),
        ("action.grants", {}),
        ("sdp.served", {}),
        ("sdp.words_of_committees", {"opinion": "agrees"}),
        ("sdp.words_of_committees", {"opinion": "disagrees"}),
        ("sdp.words_of_committees", {"opinion": "silent"}),
        ("events.forums", {}),
        ("events.inter_commune_meetings", {}),
    ),
}

#: What the consultants' form of the sheet asks for besides.
CONSULTANT = ("staff.persons", "staff.months", "action.months")

#: What distinguishes two figures of the same key in the margin.
ASPECTS = {
    "funding=grant": Name(en="paid by the programme", km="ចំណាយដោយកម្មវិធី"),
    "funding=own": Name(en="without project money", km="គ្មានថវិកាគម្រោង"),
    "kind=training": Name(en="at trainings", km="ក្នុងវគ្គបណ្តុះបណ្តាល"),
    **{f"opinion={code}": said for code, said in OPINIONS.items()},
}

COURSES = Name(en="Courses: {courses}", km="វគ្គ៖ {courses}")
HOLE = Name(en="No public forum in {place} in {year}: {reason}", km="គ្មានវេទិកាសាធារណៈនៅឃុំ{place} ឆ្នាំ {year}៖ {reason}")
NO_REASON = Name(en="no reason is recorded", km="គ្មានមូលហេតុក្នុងកំណត់ត្រា")


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
    """A section of the results: its paragraphs in each language, the figures in its margin, and what it names beside
    them.
    """

    code: str
    name: Name
    texts: dict[str, list[Text]]
    margin: list[tuple[Name, Figure]]
    notes: list[Name]


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
    _known: dict[str, Figure] = field(default_factory=dict, repr=False)

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
        asked = figure_of(key, Scope(self.programme, more=more, known=self._known))
        return self.figures.setdefault(asked.id, asked)

    @property
    def whole(self) -> Figure | None:
        """What the lead says the whole action cost; None where the organisation acts under nobody."""
        return self.figure("action.whole") if self.profile.lead else None


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
    for key in ("places.districts", "places.communes", "action.cost", "action.whole", "action.own_share"):
        sheet.figure(key)
    sheet.donors = [
        Donor(fund.giver.name, sheet.figure("donor.amount", fund=fund.code)) for fund in grants_of(programme)
    ]
    sheet.objective = list(_margin(sheet, "objective"))
    paragraphs = list(paragraphs_of(programme))
    sheet.sections = [
        Section(
            code,
            name,
            {lang: _texts(sheet, [one for one in paragraphs if one.section == code], lang) for lang in ("en", "km")},
            list(_margin(sheet, code)),
            _notes(programme, code),
        )
        for code, name in SECTIONS.items()
    ]
    measure(sheet.figures.values())
    return sheet


def _role(profile: Profile) -> Name:
    role = ACTION_ROLES[profile.role]
    if profile.lead is None:
        return role
    lead = profile.lead.name
    return Name(en=f"{role.en}, {lead.en}", km=f"{role.km} {lead.km}")


def _texts(sheet: Sheet, paragraphs: list[Paragraph], lang: str) -> list[Text]:
    return [
        tuple(
            piece.text if isinstance(piece, Words) else sheet.figure(piece.key, **piece.more)
            for piece in pieces(paragraph.name.say(lang))
        )
        for paragraph in paragraphs
    ]


def _notes(programme: Programme, section: str) -> list[Name]:
    """What a section names beside its numbers: the courses that were held, the hole in the forums."""
    if section == "training":
        titles = list(dict.fromkeys(course.name for course in held_courses(programme)))
        return [COURSES.format(courses=listed(titles))] if titles else []
    if section == "sdp":
        return [
            HOLE.format(place=hole.place.name, year=_year(hole.year), reason=_why(hole))
            for hole in forum_holes(programme)
        ]
    return []


def _why(hole: Hole) -> Name:
    event = hole.cancelled
    return Name(en=event.reason_en, km=event.reason_km) if event and event.reason_en + event.reason_km else NO_REASON


def _year(year: int) -> Name:
    return Name(en=str(year), km=in_khmer(year))


def _margin(sheet: Sheet, section: str) -> Iterator[tuple[Name, Figure]]:
    asked = list(MARGIN[section])
    if section == "outreach":
        asked = [("oa.plans", {"year": str(year)}) for year in oa_years(sheet.programme)] + asked
    for key, more in asked:
        figure = sheet.figure(key, **more)
        aspect = ASPECTS.get(figure.scope.query()) or (_year(int(more["year"])) if "year" in more else None)
        label = figure.label
        yield (Name(en=f"{label.en}, {aspect.en}", km=f"{label.km} ({aspect.km})") if aspect else label), figure
