"""What can be chosen where a form asks for a record: those that fit and that the one who asks may see, newest first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from laar.base.access import visible
from laar.base.models import Programme
from laar.base.readers import Reader
from laar.events.models import Course, Decision, Event, Request
from laar.kit.refusals import Refusal
from laar.ledger.models import Account, BudgetLine, Entry, Fund, Posting, Purpose
from laar.ledger.rules import FUND_KINDS
from laar.plans.models import Line, Plan
from laar.plans.rules import OPEN_FOR_LINES
from laar.projects.models import ApprovalStep, Contribution, Project
from laar.projects.queries import words_on
from laar.projects.rules import FUND_OF
from laar.registers.models import Party, Place
from laar.registers.queries import communes_of, members_on


def places_for(programme: Programme, reader: Reader) -> QuerySet[Place]:
    """The places in which a programme works, with the districts and the province around them."""
    codes = list(communes_of(programme).values_list("place__code", flat=True))
    around = {code[:length] for code in codes for length in (2, 4)}
    return visible(reader, Place.objects.filter(code__in=[*codes, *around], until=None)).order_by("code")


def villages_of(place: Place, reader: Reader) -> QuerySet[Place]:
    """A place and what lies in it."""
    return visible(reader, Place.objects.filter(code__startswith=place.code, until=None)).order_by("code")


def bodies_at(place: Place | None, reader: Reader, kinds: Collection[str] = ()) -> QuerySet[Party]:
    """The bodies at home in a place, and those at home nowhere (the NGO, a department of the province)."""
    found = Party.objects.exclude(kind="person").filter(merged_into=None)
    if place:
        found = found.filter(Q(place=None) | Q(place__code__in=[place.code[:length] for length in (2, 4, 6)]))
    if kinds:
        found = found.filter(kind__in=kinds)
    return visible(reader, found).select_related("place").order_by("-place__code", "kind", "id")


def people_at(place: Place, reader: Reader) -> QuerySet[Party]:
    """The people at home in a commune."""
    found = Party.objects.filter(kind="person", merged_into=None, place__code__startswith=place.code[:6])
    return visible(reader, found).order_by("name_en", "id")


def members_of(body: Party, day: date, reader: Reader) -> QuerySet[Party]:
    """Who belonged to a body on a day."""
    return visible(reader, Party.objects.filter(pk__in=members_on(body, day).values("person"))).order_by(
        "name_en", "id"
    )


def decisions_of(council: Party, reader: Reader, since: date | None = None) -> QuerySet[Decision]:
    """What a council decided; since a day, where only that can be meant."""
    found = Decision.objects.filter(council=council, **({"on__gte": since} if since else {}))
    return visible(reader, found).select_related("council").order_by("-on", "-id")


def held_at(place: Place, reader: Reader, programme: Programme) -> QuerySet[Event]:
    """The events that were held in a commune."""
    found = Event.objects.filter(programme=programme, state="held", place__code__startswith=place.code[:6])
    return visible(reader, found).order_by("-on", "-id")


def courses_open(programme: Programme, reader: Reader) -> QuerySet[Course]:
    """The courses that are not over."""
    found = Course.objects.filter(programme=programme).exclude(state__in=("reported", "cancelled"))
    return visible(reader, found).order_by("code", "version")


def plans_open(line: Line, reader: Reader) -> QuerySet[Plan]:
    """The plans of the same council that are still made, without the one in which a line stands."""
    found = Plan.objects.filter(programme=line.programme_id, owner=line.plan.owner_id, state__in=OPEN_FOR_LINES)
    return visible(reader, found.exclude(pk=line.plan_id)).order_by("-year")


def requests_accepted_at(place: Place, reader: Reader, programme: Programme) -> QuerySet[Request]:
    """The requests of a commune that its council accepted."""
    found = Request.objects.filter(programme=programme, state="accepted", place__code__startswith=place.code[:6])
    return visible(reader, found).order_by("-id")


def lines_for_projects(plan: Plan, reader: Reader) -> QuerySet[Line]:
    """The ranked needs of a plan."""
    return visible(reader, plan.lines.filter(state__in=("prioritised", "budgeted"))).order_by("rank", "position")


def purposes_of(programme: Programme) -> QuerySet[Purpose]:
    """What money can be for."""
    return Purpose.objects.filter(programme=programme).order_by("code")


def funds_of(programme: Programme, kinds: Collection[str]) -> QuerySet[Fund]:
    """Whose money it can be."""
    return Fund.objects.filter(programme=programme, kind__in=kinds).order_by("code")


def accounts_of(programme: Programme, kind: str, owner: Party | None = None) -> QuerySet[Account]:
    """The accounts of a kind: of the programme's own books, or of a council's memorandum book."""
    found = Account.objects.filter(programme=programme, kind=kind).select_related("book")
    found = found.filter(book__owner=owner) if owner else found.filter(book__is_memorandum=False)
    return found.order_by("book__code", "code")


def words_wanted(project: Project) -> list[ApprovalStep]:
    """Whose word on a proposal is asked for."""
    return [step for _, step, _ in words_on(project)]


def twins_of(party: Party, reader: Reader) -> QuerySet[Party]:
    """Parties of the same kind and place, of which this one may be a second record."""
    found = Party.objects.filter(kind=party.kind, merged_into=None, place=party.place_id).exclude(pk=party.pk)
    return visible(reader, found).order_by("name_en", "id")


def place_known(code: str, reader: Reader) -> Place:
    """The place with a code, if this reader may see it. Raises Refusal `record.not_found`."""
    found = visible(reader, Place.objects.filter(code=code, until=None)).first()
    if found is None:
        raise Refusal("record.not_found")
    return found


def accounts_against(account: Account, reader: Reader) -> QuerySet[Account]:
    """Where a difference of a cash box or a bank account goes: cost and income of the same book."""
    found = Account.objects.filter(book=account.book_id, kind__in=("expense", "income"), use__in=("", "gain"))
    return visible(reader, found).order_by("-kind", "code")


def entries_for(contribution: Contribution) -> QuerySet[Entry]:
    """The entries of our own books that may have brought a contribution: of a fund of its kind, for its place."""
    brought = Posting.objects.filter(
        account__kind="income", fund__kind=FUND_OF[contribution.kind], place=contribution.project.place_id
    )
    entries = Entry.objects.filter(programme=contribution.programme_id, book__is_memorandum=False)
    return entries.filter(id__in=brought.values("entry")).order_by("-on", "-id")


def budget_lines_of(programme: Programme, kinds: Collection[str] = tuple(FUND_KINDS)) -> QuerySet[BudgetLine]:
    """The budget lines that a cost of such funds can be charged to, in the order of their forms."""
    lines = BudgetLine.objects.filter(programme=programme, budget__fund__kind__in=kinds)
    return lines.select_related("budget__fund", "heading").order_by("budget__fund__code", "heading__position", "code")
