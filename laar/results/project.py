"""One project as its page tells it: a sentence, its path with days, what each source gave, its tranches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from laar.base.models import TrailLine
from laar.kit.figures import Figure, Scope, figure_of, measure
from laar.kit.names import Name
from laar.projects.models import Agreement, Completion, Contribution, Project, Share, Tranche, TreasuryPayment
from laar.projects.rules import AGREED, PATHS, TREASURY_PAYMENT
from laar.results.programme import Bar, share
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


def project_page(project: Project) -> ProjectPage:
    """The page of a project. Figures are whole, whoever looks; the days of the trail are days of papers."""
    agreement = Agreement.objects.filter(project=project).first() if project.state in AGREED else None
    days = _days_of(Project, [project.pk])[project.pk]
    path = tuple(_path(project, days, agreement))
    if agreement is None:
        return ProjectPage((Sentence(PROPOSED, {"proposed": project.proposed_on}),), path, (), (), (), ())
    completion = Completion.objects.filter(project=project).first()
    part = Share.objects.filter(agreement=agreement).select_related("agreement__project").first()
    payments = tuple(_payments(part)) if part else ()
    gave = project.kind == "sdp" and Contribution.objects.filter(project=project, state="received").exists()
    money = _Money.of(project, has_part=part is not None, has_community=gave)
    measure(money.figures)
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
        tranches=tuple(_tranches(agreement)),
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
    def of(cls, project: Project, *, has_part: bool, has_community: bool) -> _Money:
        """Those that this project has."""
        scope = Scope(project.programme, more={"project": project.code})

        def one(key: str) -> Figure:
            return figure_of(key, scope)

        return cls(
            one("grants.agreed"),
            one(f"{project.kind}.paid"),
            one(f"{project.kind}.refunded"),
            one("grants.spent"),
            one("grants.out"),
            one("sdp.commune_fund") if has_part else None,
            tuple(map(one, COMMUNITY_GAVE)) if has_community else (),
            tuple(map(one, (*(TOGETHER if has_part else ()), *(WITH_THE_COMMUNITY if has_community else ())))),
        )

    @property
    def figures(self) -> list[Figure]:
        """All of them, which are asked for together."""
        found = [self.agreed, self.paid, self.back, self.spent, self.out, *self.community, *self.together]
        return [*found, self.commune] if self.commune else found

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


def _payments(part: Share) -> Iterable[TreasuryPayment]:
    return (
        TreasuryPayment.objects.filter(share=part, state=TREASURY_PAYMENT.initial)
        .select_related("share__agreement__project")
        .order_by("on", "id")
    )


def _tranches(agreement: Agreement) -> Iterable[Paying]:
    tranches = list(agreement.tranches.select_related("agreement__project").order_by("number"))
    days = _days_of(Tranche, [one.pk for one in tranches])
    for one in tranches:
        on = days[one.pk]
        yield Paying(one, on.get("tranche.request"), on.get("tranche.liquidate"))


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


def _days_of(model: type[Project] | type[Tranche], keys: list[int]) -> dict[int, dict[str, date]]:
    """On which day each verb was last done to some records."""
    lines = TrailLine.objects.filter(table=model._meta.label_lower, key__in=keys).order_by("id")
    found: dict[int, dict[str, date]] = {key: {} for key in keys}
    for key, verb, on in lines.values_list("key", "verb", "on"):
        found[key][verb] = on
    return found
