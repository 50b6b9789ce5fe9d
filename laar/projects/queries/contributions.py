"""Reads of what the community brought to projects: its figures, beside the grant and the commune's part."""

from __future__ import annotations

from django.db.models import Sum

from laar.base.models import Attachment, Evidence
from laar.base.objectors import objects_to
from laar.kit.figures import Ratio, Records, Scope, Total, figure, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry
from laar.ledger.rules import FUND_KINDS
from laar.projects.models import Contribution, Delivery
from laar.projects.queries.projects import asked_grants
from laar.projects.rules import FUND_OF


def brought_by_entry(contribution: Contribution, entry: Entry, amount: Money) -> Money:
    """What an entry of our books brought, in the currency of its book.

    Raises Refusal `contribution.entry` where it is not the same amount, of a fund of the contribution's kind, for its place.
    """
    kind, place = FUND_OF[contribution.kind], contribution.project.place
    income = entry.postings.filter(
        account__kind="income", fund__kind=kind, place=place, currency=contribution.currency
    ).aggregate(units=Sum("units"), in_book=Sum("in_book"))
    taken = Delivery.objects.filter(entry=entry).exists()
    undone = Entry.objects.filter(reverses=entry).exists()
    if taken or undone or entry.book.is_memorandum or -(income["units"] or 0) != amount.units:
        raise Refusal("contribution.entry", entry=entry.name, amount=amount, kind=FUND_KINDS[kind], place=place.name)
    return Money(-income["in_book"], entry.book.currency)


def paper_used(paper: Evidence) -> bool:
    """Whether the list of who gave proves what was received already, of this contribution or another one that counts."""
    there = Attachment.objects.filter(table=Contribution._meta.label_lower, evidence__sha256=paper.sha256)
    return Contribution.objects.filter(pk__in=there.values("key"), state="received").exists()


@objects_to("entry.reverse")
def a_contribution_keeps_its_entry(entry: Entry) -> None:
    """A contribution that cites an entry would stand without its money."""
    if cited := Delivery.objects.filter(entry=entry).select_related("contribution__project").first():
        raise Refusal("contribution.entry_cited", contribution=cited.contribution.public_name)


def _received(scope: Scope, kind: str) -> Records:
    found = Contribution.objects.filter(kind=kind, state="received", project__in=asked_grants(scope, "sdp"))
    return Records(
        found.select_related("project").order_by("received_on", "id"), column="worth", currency=scope.programme.currency
    )


@figure(
    "sdp.community_cash",
    label=Name(en="Contributions of the community in cash", km="វិភាគទានសហគមន៍ជាសាច់ប្រាក់"),
    rule=Name(
        en="Money of the community received for agreed projects on a signed list, at the rate of the day, or as it stands "
        "in our books where it passed through them.",
        km="ប្រាក់សហគមន៍ដែលបានទទួលសម្រាប់គម្រោងដែលបានព្រមព្រៀង តាមបញ្ជីមានហត្ថលេខា គិតតាមអត្រានៃថ្ងៃ ឬតាមបញ្ជីគណនេយ្យ។",
    ),
    takes=("project",),
)
def community_cash(scope: Scope) -> Records:
    return _received(scope, "cash")


@figure(
    "sdp.community_in_kind",
    label=Name(en="Contributions of the community in kind, valued", km="វិភាគទានសហគមន៍ជាសម្ភារៈ និងកម្លាំងពលកម្ម (វាយតម្លៃ)"),
    rule=Name(
        en="Work and materials of the community received for agreed projects on a signed list, each with the basis of its "
        "valuation.",
        km="កម្លាំងពលកម្ម និងសម្ភារៈរបស់សហគមន៍សម្រាប់គម្រោងដែលបានព្រមព្រៀង តាមបញ្ជីមានហត្ថលេខា ព្រមទាំងមូលដ្ឋានវាយតម្លៃ។",
    ),
    takes=("project",),
)
def community_in_kind(scope: Scope) -> Records:
    return _received(scope, "in_kind")


@figure(
    "sdp.community",
    label=Name(en="Contributions of the community", km="វិភាគទានសហគមន៍"),
    rule=Name(
        en="In cash and in kind together. The commune's part, from the commune/sangkat fund, is not in it.",
        km="ជាសាច់ប្រាក់ និងជាសម្ភារៈរួមគ្នា។ ចំណែករបស់ឃុំពីមូលនិធិឃុំ/សង្កាត់មិនរាប់បញ្ចូលទេ។",
    ),
    takes=("project",),
)
def community(scope: Scope) -> Total:
    return Total((figure_of("sdp.community_cash", scope), figure_of("sdp.community_in_kind", scope)))


@figure(
    "sdp.all_sources",
    label=Name(en="Cost of the projects with what the community gave", km="ចំណាយគម្រោង រួមទាំងវិភាគទានសហគមន៍"),
    rule=Name(
        en="Grants, the commune/sangkat fund and the contributions of the community.",
        km="ជំនួយ មូលនិធិឃុំ/សង្កាត់ និងវិភាគទានសហគមន៍។",
    ),
    takes=("project",),
)
def all_sources(scope: Scope) -> Total:
    return Total((figure_of("sdp.total", scope), figure_of("sdp.community", scope)))


@figure(
    "sdp.community_share",
    label=Name(en="The community's part of the cost", km="ចំណែករបស់សហគមន៍ក្នុងចំណាយ"),
    rule=Name(
        en="Contributions of the community, over the cost of the projects from all sources.",
        km="វិភាគទានសហគមន៍ ធៀបនឹងចំណាយគម្រោងពីគ្រប់ប្រភព។",
    ),
    takes=("project",),
)
def community_share(scope: Scope) -> Ratio:
    return Ratio(figure_of("sdp.community", scope), figure_of("sdp.all_sources", scope), percent=True)
