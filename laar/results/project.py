"""One project as its page tells it: a sentence, its path with days, what each source gave, its tranches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q

from laar.base.models import TrailLine
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.names import Name
from laar.projects.models import Agreement, Completion, Project, Share, Tranche, TreasuryPayment
from laar.projects.rules import AGREED, PATHS, TREASURY_PAYMENT
from laar.results.programme import Bar, share
from laar.results.queries import Stretch, on_way, share_of
from laar.results.sentences import Sentence
from laar.results.waits import next_step

#: What is said first, one after the other as far as it has come.
PROPOSED = Name(en="Proposed on {proposed}; nothing is agreed yet.", km="បានស្នើនៅថ្ងៃទី {proposed}; មិនទាន់ព្រមព្រៀងអ្វីទេ។")
SIGNED = Name(en="{agreed} agreed on {signed}.", km="{agreed} បានព្រមព្រៀងនៅថ្ងៃទី {signed}។")
NOT_PAID = Name(en="Nothing is paid yet.", km="មិនទាន់បានបង់ប្រាក់ទេ។")
PAID = Name(en="{paid} are paid, {spent} of it are accounted for.", km="បានបង់ {paid} ក្នុងនោះ {spent} បានទូទាត់ដោយប័ណ្ណចំណាយ។")
BACK = Name(en="{back} came back.", km="បានបង្វិល {back}។")
COMMUNITY = Name(en="The community gave {community}.", km="សហគមន៍បានផ្ដល់ {community}។")
COMMUNE = Name(en="From the commune came {commune}.", km="ឃុំបានចូលរួម {commune}។")
WORKED = Name(en="The work ended on {done}.", km="ការងារបានបញ្ចប់នៅថ្ងៃទី {done}។")

#: What a source is called.
GRANT = Name(en="Project grant", km="ជំនួយគម្រោង")
FUND = Name(en="Commune/sangkat fund", km="មូលនិធិឃុំ/សង្កាត់")
PEOPLE = Name(en="Community, in cash and in kind", km="សហគមន៍ ជាសាច់ប្រាក់ និងជាសម្ភារៈ")
#: What is said beside a bar.
AGREED_TO = Name(en="Agreed", km="បានព្រមព្រៀង")
PAID_OUT = Name(en="Paid", km="បានបង់")
IN_CASH = Name(en="In cash", km="ជាសាច់ប្រាក់")
IN_KIND = Name(en="In kind", km="ជាសម្ភារៈ")
ACCOUNTED = Name(en="Accounted for", km="បានទូទាត់")
CAME_BACK = Name(en="Paid back", km="បានបង្វិល")
LEFT = Name(en="Still with the council", km="នៅជាមួយក្រុមប្រឹក្សា")
TOGETHER = {
    "sdp.total": Name(en="From both sources together", km="ពីប្រភពទាំងពីររួមគ្នា"),
    "sdp.commune_share": Name(en="The commune's part of it", km="ចំណែករបស់ឃុំ"),
}

WITH_THE_COMMUNITY = {
    "sdp.all_sources": Name(en="With what the community gave", km="រួមទាំងវិភាគទានសហគមន៍"),
    "sdp.community_share": Name(en="The community's part of it", km="ចំណែករបស់សហគមន៍"),
}

NAMES = TOGETHER | WITH_THE_COMMUNITY
COMMUNITY_GAVE = ("sdp.community", "sdp.community_cash", "sdp.community_in_kind")

#: The knots on the path of each kind of project, by the step that ties them; the signature has the day of the paper.
KNOTS = {
    "oa": ("propose", "check", "approve", "sign", "complete", "settle"),
    "sdp": ("propose", "check", "approve", "sign", "start", "complete", "verify", "settle", "close"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """One bar of a source: what it measures, how long it is, and its number – a figure, or a record's own field."""

    name: Name
    bar: Bar | None
    #: Where the number is a record's own: the record, whose amount it is, and how long its bar is.
    record: Share | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What one source gives: agreed, paid, accounted for."""

    name: Name
    fill: str
    lengths: tuple[Length, ...]


@dataclass(frozen=True, slots=True)
class Knot:
    """A step on the path: what it is called, and the day on which it was taken."""

    name: Name
    on: date | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Paying:
    """A tranche with the days of its way."""

    tranche: Tranche
    requested: date | None
    accounted: date | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What is told of one project."""

    said: tuple[Sentence, ...]
    path: tuple[Knot, ...]
    sources: tuple[Source, ...]
    #: What remains with the council, and both sources together.
    totals: tuple[tuple[Name, Figure], ...]
    tranches: tuple[Paying, ...]
    payments: tuple[TreasuryPayment, ...]


def project_page(project: Project, way: Iterable[Stretch]) -> ProjectPage:
    """The page of a project, from the records on its way. Figures are whole, whoever looks; the days of the trail are
    days of papers.
    """
    agreement = next(iter(on_way(way, Agreement)), None) if project.state in AGREED else None
    tranches = on_way(way, Tranche) if agreement else []
    days = _days_of(project, *tranches)
    path = tuple(_path(project, days[project], agreement))
    if agreement is None:
        return ProjectPage((Sentence(PROPOSED, {"proposed": project.proposed_on}),), path, (), (), (), ())
    completion, part = next(iter(on_way(way, Completion)), None), share_of(agreement)
    payments = tuple(_payments(way)) if part else ()
    money = _Money.of(project, has_part=part is not None)
    sources = [_grant(money)]
    if part and money.commune:
        sources.append(_fund(part, payments, money))
    if money.community:
        sources.append(_people(money))
    return ProjectPage(
        said=tuple(_said(money, agreement, completion)),
        path=path,
        sources=tuple(sources),
        totals=((LEFT, money.out), *((NAMES[one.key], one) for one in money.together)),
        tranches=tuple(
            Paying(one, days[one].get("tranche.request"), days[one].get("tranche.liquidate")) for one in tranches
        ),
        payments=payments,
    )


@dataclass(frozen=True, slots=True)
class _Money:
    """The figures of one project."""

    agreed: Figure
    paid: Figure
    back: Figure
    spent: Figure
    out: Figure
    commune: Figure | None
    #: What the community gave: in all, in cash, in kind; empty where it gave nothing.
    community: tuple[Figure, ...]
    #: Only of several sources.
    together: tuple[Figure, ...]

    @classmethod
    def of(cls, project: Project, *, has_part: bool) -> _Money:
        """Those that this project has, asked for together."""
        code = project.code
        scope = Scope(project.programme, more={"project": code}, cited={("project", code): project})

        def one(key: str) -> Figure:
            return figure_of(key, scope)

        kind = project.kind
        agreed, paid, back = one("grants.agreed"), one(f"{kind}.paid"), one(f"{kind}.refunded")
        spent, out = one("grants.spent"), one("grants.out")
        commune = one("sdp.commune_fund") if has_part else None
        community = tuple(map(one, COMMUNITY_GAVE)) if kind == "sdp" else ()
        both = tuple(map(one, TOGETHER)) if has_part else ()
        everybody = tuple(map(one, WITH_THE_COMMUNITY)) if kind == "sdp" else ()
        ours = (agreed, paid, back, spent, out, *((commune,) if commune else ()))
        measure([*ours, *community, *both, *everybody])
        gave = any(one.value for one in community)
        together = (*both, *(everybody if gave else ()))
        return cls(agreed, paid, back, spent, out, commune, community if gave else (), together)

    @property
    def longest(self) -> int:
        """The longest bar."""
        whole = [self.agreed, self.paid, *self.community, *([self.commune] if self.commune else [])]
        return max(int(one.value) for one in whole)

    def length(self, name: Name, figure: Figure, fill: str) -> Length:
        """A bar of one of them."""
        return Length(name, Bar(figure, share(figure.value, self.longest), fill))


def _said(money: _Money, agreement: Agreement, completion: Completion | None) -> Iterable[Sentence]:
    yield Sentence(SIGNED, {"agreed": money.agreed, "signed": agreement.signed_on})
    if money.paid.value:
        yield Sentence(PAID, {"paid": money.paid, "spent": money.spent})
    else:
        yield Sentence(NOT_PAID, {})
    if money.back.value:
        yield Sentence(BACK, {"back": money.back})
    if money.commune and money.commune.value:
        yield Sentence(COMMUNE, {"commune": money.commune})
    if money.community:
        yield Sentence(COMMUNITY, {"community": money.community[0]})
    if completion:
        yield Sentence(WORKED, {"done": completion.on})


def _grant(money: _Money) -> Source:
    lengths = [money.length(AGREED_TO, money.agreed, "k1"), money.length(PAID_OUT, money.paid, "k1")]
    if money.back.value:
        lengths.append(money.length(CAME_BACK, money.back, "k3"))
    return Source(GRANT, "k1", (*lengths, money.length(ACCOUNTED, money.spent, "k1")))


def _fund(part: Share, payments: Iterable[TreasuryPayment], money: _Money) -> Source:
    """The commune's part: agreed in riel, as its council decided; paid as it is converted in the books."""
    assert money.commune  # where there is a part
    paid = money.length(PAID_OUT, money.commune, "k2")
    riel = sum(one.units for one in payments)
    booked = money.commune.value * part.units // riel if riel else 0
    return Source(FUND, "k2", (Length(AGREED_TO, None, part, share(booked, money.longest)), paid))


def _people(money: _Money) -> Source:
    """What the people of the commune gave themselves."""
    _, cash, in_kind = money.community
    given = ((IN_CASH, cash), (IN_KIND, in_kind))
    return Source(PEOPLE, "k3", tuple(money.length(name, one, "k3") for name, one in given if one.value))


def _payments(way: Iterable[Stretch]) -> Iterable[TreasuryPayment]:
    """What the treasury paid and nobody took back, by day."""
    paid = [one for one in on_way(way, TreasuryPayment) if one.state == TREASURY_PAYMENT.initial]
    return sorted(paid, key=attrgetter("on", "pk"))


def _path(project: Project, days: Mapping[str, date], agreement: Agreement | None) -> Iterable[Knot]:
    """How far it has come: the steps that were taken with their days, and the one that comes next."""
    machine = PATHS[project.kind]
    targets = {step.verb: step.target for step in machine.steps}
    targets["propose"] = machine.initial
    further = next_step(project.kind, project.state).partition(".")[2]
    known = {**days, "project.propose": project.proposed_on}
    if agreement:
        known["project.sign"] = agreement.signed_on
    for verb in KNOTS[project.kind]:
        yield Knot(machine.states[targets[verb]], known.get(f"project.{verb}"), verb == further)


def _days_of(*records: Project | Tranche) -> dict[Project | Tranche, dict[str, date]]:
    """On which day each verb was last done to each of some records."""
    found: dict[Project | Tranche, dict[str, date]] = {record: {} for record in records}
    named = {(record._meta.label_lower, record.pk): record for record in records}
    asked = Q()
    for table, key in named:
        asked |= Q(table=table, key=key)
    lines = TrailLine.objects.filter(asked).order_by("id")
    for table, key, verb, on in lines.values_list("table", "key", "verb", "on"):
        found[named[table, key]][verb] = on
    return found
