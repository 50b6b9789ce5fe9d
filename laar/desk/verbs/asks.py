"""What each verb asks: one row for each parameter of its action, by the name of the parameter or for one verb alone.

A test walks every action: whoever adds a parameter adds its question here, or says in `ELSEWHERE` where it is asked.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from laar.base.queries import day_of
from laar.base.rules import PAPERS as MORE_PAPERS
from laar.desk.verbs.composite import Agreed, Papers, Sheet
from laar.desk.verbs.counting import Pieces
from laar.desk.verbs.questions import (
    YEARS,
    About,
    Amount,
    Choice,
    Chosen,
    Copy,
    Day,
    Measured,
    Pair,
    Paper,
    Percent,
    Question,
    Whole,
    Words,
    YesNo,
)
from laar.events.rules import KINDS, PROOFS
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.ledger.charts import FORMS
from laar.ledger.rules import ACCOUNT_USES, COST_COMES, DOCUMENT_PAPERS, FUND_KINDS, LIMITS, RATE_POLICIES
from laar.plans.rules import FUNDING, PLAN_KINDS
from laar.projects.queries.twins import twin_anywhere
from laar.projects.rules import (
    CONTRIBUTION_PAPERS,
    OPINIONS,
    PAPER_OF,
    PAPERS,
    PROJECT_KINDS,
    ROUTES,
    THEMES,
    TREASURY_PAPERS,
    WORD_BEFORE,
)
from laar.registers.rules import COUNCIL_SEATS, MEMBER_ROLES, PARTY_KINDS, SEXES
from laar.reports.rules import REPORT_KINDS, SECTIONS
from laar.results import documents
from laar.results.queries import choices
from laar.results.rules import CONSENT_SCOPES, STORY_KINDS, STORY_PAPERS

#: Verbs that the desk does not ask for here, and where they are done instead.
ELSEWHERE = {
    "account.open": "the books",
    "attendance.record": "attendance.enter takes the whole sheet",
    "audit_pack.issue": "the page of the audit pack, and the command line",
    "book.open": "the books",
    "document.prepare": "the books: a page for each kind of document",
    "budget.amend": "the page of the budget",
    "budget.forecast": "the page of the budget",
    "budget.reallocate": "the page of the budget",
    "budget.set": "the page of the budget",
    "chart.load": "the forms of budgets",
    "commitment.account": "with the money that it is about",
    "commitment.draw": "with the money that it is about",
    "commitment.make": "with the money that it is about",
    "commitment.release": "with the money that it is about",
    "commitment.return": "with the money that it is about",
    "entry.post": "the books",
    "evidence.keep": "with the record that it proves",
    "evidence.open": "on the page of the paper",
    "factor.reset": "the people who work here",
    "finance_report.explain": "the page of the report",
    "fund.open": "the books",
    "gazetteer.load": "the first steps of a programme",
    "journal.import": "the page of accounts kept elsewhere",
    "mapping.keep": "the bank, the rates",
    "match.make": "the page of a bank statement",
    "match.undo": "the page of a bank statement",
    "month.close": "the months of the books",
    "rate.import": "the rates",
    "statement.import": "the page of a bank account",
    "statement.match": "the page of a bank statement",
    "year.close": "the months of the books",
    "heading.load": "the forms of budgets",
    "installation.open": "the first page of a new house",
    "invitation.accept": "the people who work here",
    "pack.issue": "the command line",
    "parties.load": "the first steps of a programme",
    "password.change": "the people who work here",
    "profile.write": "the first steps of a programme",
    "programme.found": "the first steps of a programme",
    "programme.publish": "the settings of the programme",
    "programme.unpublish": "the settings of the programme",
    "purpose.open": "the books",
    "role.grant": "the people who work here",
    "salary.allocate": "the books: salaries from a file",
    "sector.list": "the first steps of a programme",
    "sector.rename": "the first steps of a programme",
    "tranche.reopen": "with the voucher or refund that is taken back",
    "user.close": "the people who work here",
    "user.invite": "the people who work here",
    "user.register": "the people who work here",
    "user.reopen": "the people who work here",
    "user.secure": "my account",
    "user.unsecure": "my account",
}

#: The verbs that write anew what a record says; their questions are filled with what it says now.
CORRECTS = frozenset(
    {"party.correct", "event.correct", "request.correct", "line.correct", "fund.agree", "account.describe", "book.rate"}
)

#: What has to be known before the rest can be asked.
FIRST: dict[str, tuple[str, ...]] = {
    "event.announce": ("kind", "place"),
    "plan.draft": ("kind", "place"),
    "party.register": ("kind", "place"),
    "story.write": ("kind", "place"),
}


def _place(about: About) -> Any:
    """The place of the record, or the one that was chosen first."""
    record = about.record
    for path in ("place", "plan.place", "project.place", "event.place", "agreement.project.place", "visit.place"):
        found = record
        for name in path.split("."):
            found = getattr(found, name, None)
        if found is not None:
            return found
    return about.first.get("place")


def _bodies(*kinds: str) -> Any:
    return lambda about: choices.bodies_at(_place(about), about.user, kinds)


def _places(about: About) -> Any:
    return choices.places_for(about.programme, about.user)


def _riel_first(about: About) -> list[str]:
    """What participants are paid in: the currency of the list, else riel, else that of the programme."""
    record = getattr(about.record, "sheet", about.record)
    known = getattr(record, "currency", "")
    return [known] if known else list(dict.fromkeys(["KHR", about.programme.currency]))


def _book(about: About) -> Any:
    return documents.own_book(about.programme)


def _held(about: About) -> Any:
    return choices.held_at(_place(about), about.user, about.programme)


def _council(about: About) -> Any:
    record = about.record
    return getattr(record, "council", None) or getattr(record, "owner", None) or record.plan.owner


def _without_blank(names: dict[str, Name]) -> dict[str, Name]:
    return {key: name for key, name in names.items() if key}


#: What lies on accounts of ours: the treasury keeps the money of a commune.
_funds: Any = lambda about: choices.funds_of(about.programme, FUND_KINDS.keys() - {"commune"})  # noqa: E731
_purposes: Any = lambda about: choices.purposes_of(about.programme)  # noqa: E731
_lines: Any = lambda about: choices.budget_lines_of(about.programme)  # noqa: E731
_currencies = {one: Name(en=one, km=one) for one in DECIMALS}


def _against(about: About) -> Any:
    """Where a difference of what was counted, or a line of the bank, can go."""
    record = about.record
    account = record.account if hasattr(record, "account") else record.statement.account
    return choices.accounts_against(account, about.user)


_reason = partial(Pair, label=_("Reason"), most=300, is_long=True)
_papers_of_kind: Any = lambda about: {role: PROOFS[role] for role in KINDS[about.record.kind].proofs}  # noqa: E731
_route: Any = lambda about: ROUTES[about.record.agreement.route]  # noqa: E731
_receipt: Any = lambda about: PAPERS[_route(about).receipt]  # noqa: E731

#: By parameter: what is asked for it wherever it is not said otherwise.
USUALLY: dict[str, Question] = {
    "on": Day(label=_("Date on the paper"), hint=_("Not the day on which you type it.")),
    "reason": _reason(hint=_("In words that the people concerned will read.")),
    "title": Pair(label=_("Title")),
    "name": Pair(label=_("Name"), most=200),
    "text": Pair(label=_("Text"), most=500, is_long=True),
    "place": Chosen(label=_("Place"), among=_places),
    "host": Chosen(label=_("Host"), hint=_("Who invites: the council, the committee, the NGO."), among=_bodies()),
    "body": Chosen(label=_("Body"), among=_bodies()),
    "day": Day(label=_("Day")),
    "since": Day(label=_("First day")),
    "until": Day(label=_("First day without it")),
    "due": Day(label=_("To be followed by")),
    "decision": Chosen(
        label=_("Decision of the council"),
        among=lambda about: choices.decisions_of(_council(about), about.user),
        otherwise=_("Record the decision at its session first."),
    ),
    "event": Chosen(label=_("Event"), among=_held, otherwise=_("Record the event first.")),
    "at": Chosen(label=_("At the event"), among=_held, otherwise=_("Record the event first.")),
    "paper": Paper(is_signed=True),
    "report": Paper(role=PROOFS["report"]),
    "content": Copy(label=_("The copy in which persons are covered")),
    "code": Words(label=_("Code"), most=20),
    "number": Words(label=_("Number"), most=30),
    "payee": Words(label=_("Paid to")),
    "source": Words(label=_("Source")),
    "travel": Amount(label=_("Travel, for each"), currencies=_riel_first),
    "meals": Amount(label=_("Meals, for each"), currencies=_riel_first),
    "people": Whole(label=_("People")),
    "women": Whole(label=_("Women among them")),
    "quantity": Whole(label=_("Quantity"), is_required=False),
    "amount": Amount(label=_("Amount")),
    "sex": Choice(label=_("Sex"), names=SEXES, is_required=False),
    "theme": Choice(
        label=_("Theme"), names=_without_blank(THEMES), when=lambda about: getattr(about.record, "kind", "") != "oa"
    ),
    "is_sensitive": YesNo(label=_("Said in confidence, never to be public?")),
}

#: For one verb alone.
ALONE: dict[str, Question] = {
    "account.describe.currency": Choice(
        label=_("The only currency in which it is kept"),
        hint=_("Empty: it takes any currency."),
        names=_currencies,
        is_required=False,
    ),
    "account.describe.use": Choice(
        label=_("What it is for"),
        hint=_("A bank account has statements, a cash box is counted, an advance is settled."),
        names=ACCOUNT_USES,
        is_required=False,
    ),
    "advice.follow_up.text": Pair(label=_("What was found"), most=500, is_long=True),
    "advice.give.text": Pair(label=_("Advice"), most=500, is_long=True),
    "approval.require.before": Choice(label=_("Needed"), names=WORD_BEFORE),
    "approval.require.body_kind": Choice(label=_("Given by"), names=PARTY_KINDS),
    "approval.require.kind": Choice(label=_("For"), names=PROJECT_KINDS),
    "approval.require.position": Whole(label=_("Number in the order")),
    "approval.require.until": Day(label=_("First day without it"), is_required=False),
    "attendance.correct.count": Whole(label=_("Number")),
    "attendance.enter.present": Sheet(label=_("Who was present")),
    "cash.count.paper": Paper(role=Name(en="signed count sheet", km="តារាងរាប់មានហត្ថលេខា"), is_required=False),
    "cash.count.pieces": Pieces(label=_("Notes and coins")),
    "cash.count.reason": _reason(
        label=_("Reason for a difference"), hint=_("Only where it differs from the books."), is_required=False
    ),
    "cash.count.witness": Words(label=_("Counted together with"), hint=_("Name and office of the second person.")),
    "charge.book.account": Chosen(label=_("Account"), among=_against),
    "charge.book.budget_line": Chosen(label=_("Budget line"), is_required=False, among=_lines),
    "charge.book.fund": Chosen(label=_("Fund"), among=_funds),
    "charge.book.purpose": Chosen(label=_("Purpose"), is_required=False, among=_purposes),
    "count.book.account": Chosen(label=_("Account"), among=_against),
    "count.book.fund": Chosen(label=_("Fund"), among=_funds),
    "count.book.line": Chosen(label=_("Budget line"), is_required=False, among=_lines),
    "count.book.purpose": Chosen(label=_("Purpose"), is_required=False, among=_purposes),
    "budget.open.chart": Choice(label=_("Budget form"), names=FORMS),
    "budget.open.currency": Choice(
        label=_("Currency of the contract"), names={one: Name(en=one, km=one) for one in DECIMALS}
    ),
    "budget.open.until": Day(label=_("Day after the last")),
    "document.post.on": Day(
        label=_("Paid and posted on"), hint=_("The day on which the money moved, as the bank or the receipt says.")
    ),
    "course.design.audience": Pair(label=_("For whom"), most=500),
    "course.design.objectives": Pair(label=_("What people can do after it"), most=2000, is_long=True),
    "course.design.version": Whole(label=_("Version"), hint=_("1 for a new course.")),
    "course.evaluate.tested": Whole(label=_("People who took both tests")),
    "course.evaluate.before": Measured(label=_("Average of the test before, %")),
    "course.evaluate.after": Measured(label=_("Average of the test after, %")),
    "course.evaluate.paper": Paper(role=PROOFS["evaluation"]),
    "course.schedule.until": Day(label=_("Day after the last")),
    "decision.record.number": Words(
        label=_("Number of the decision"), hint=_("As on the paper, for example 12/08."), most=30
    ),
    "decision.record.title": Pair(label=_("What was decided")),
    "decision.record.paper": Paper(role=PROOFS["decision"], is_signed=True),
    "document.prove.paper": Paper(),
    "document.prove.role": Choice(label=_("What it is"), names=DOCUMENT_PAPERS),
    "document.approve.why": _reason(
        label=_("Why the same paper stands beside both"),
        hint=_("The bill or the list of this document is that of another one, too: see above."),
        is_required=False,
        when=lambda about: twin_anywhere(about.record) is not None,
    ),
    "event.announce.course": Chosen(
        label=_("Session of the course"),
        is_required=False,
        when=lambda about: about.first.get("kind") == "training",
        among=lambda about: choices.courses_open(about.programme, about.user),
    ),
    "event.announce.kind": Choice(label=_("Kind"), names={key: kind.name for key, kind in KINDS.items()}),
    "event.announce.on": Day(label=_("Date of the invitation")),
    "event.hold.papers": Papers(label=_("Papers"), roles=_papers_of_kind),
    "evidence.attach.paper": Paper(),
    "evidence.attach.role": Choice(label=_("What it is"), names=MORE_PAPERS),
    "finance_report.prepare.kind": Choice(label=_("Kind"), names=REPORT_KINDS),
    "fund.agree.cost_on": Choice(label=_("An advance becomes a cost"), names=COST_COMES),
    "fund.agree.currency": Choice(label=_("Currency of its reports"), names=_currencies, is_required=False),
    "fund.agree.donor_share": Whole(
        label=_("Donor's share of the cost, in 1/100 %"), hint=_("8000 is 80 %."), is_required=False, most=10_000
    ),
    "fund.agree.rate_policy": Choice(label=_("Rate of its reports"), names=RATE_POLICIES),
    "fund.agree.rate_source": Words(
        label=_("Whose rates"), hint=_("As they are named with the rates. Empty: any."), is_required=False
    ),
    "book.rate.rate_source": Words(
        label=_("Kept with the rates of"), hint=_("As they are named with the rates. Empty: any."), is_required=False
    ),
    "fund.agree.since": Day(label=_("First day"), is_required=False),
    "fund.agree.until": Day(label=_("First day without it"), is_required=False),
    "limit.set.amount": Amount(
        label=_("Amount"),
        hint=_("Fill in one of the three: an amount, a percentage, or days."),
        is_required=False,
        currencies=lambda about: [
            about.programme.currency,
            *(one for one in DECIMALS if one != about.programme.currency),
        ],
    ),
    "limit.set.days": Whole(label=_("Days"), hint=_("For advances only."), is_required=False),
    "limit.set.fund": Chosen(
        label=_("Fund"),
        hint=_("Leave it empty where it holds for every fund."),
        is_required=False,
        among=lambda about: choices.funds_of(about.programme, ("grant",)),
    ),
    "limit.set.kind": Choice(label=_("What is limited"), names=LIMITS),
    "limit.set.percent": Percent(label=_("Percent"), is_required=False),
    "limit.set.source": Words(
        label=_("Who says so"), hint=_("The article of the contract, the chapter of the manual.")
    ),
    "limit.set.until": Day(label=_("First day without it"), is_required=False),
    "line.add.budget": Amount(label=_("Budget")),
    "line.add.month": Day(label=_("Month"), hint=_("Any day of the month.")),
    "line.add.people": Whole(label=_("People expected")),
    "line.add.place": Chosen(label=_("Place"), among=lambda about: choices.villages_of(about.record.place, about.user)),
    "line.add.unit": Pair(label=_("Unit"), hint=_("For example: wells."), most=60, is_required=False),
    "line.answer.request": Chosen(
        label=_("Request"), among=lambda about: choices.requests_accepted_at(_place(about), about.user, about.programme)
    ),
    "line.carry_over.to": Chosen(
        label=_("Into the plan"),
        among=lambda about: choices.plans_open(about.record, about.user),
        otherwise=_("Draft the plan of the next year first."),
    ),
    "line.correct.budget": Amount(label=_("Budget")),
    "line.correct.month": Day(label=_("Month"), hint=_("Any day of the month.")),
    "line.correct.people": Whole(label=_("People expected")),
    "line.rank.rank": Whole(label=_("Priority"), hint=_("1 is what is most urgent.")),
    "location.add.place": Chosen(label=_("Place"), among=_places),
    "mandate.open.basis": Pair(label=_("Basis"), hint=_("For example: commune election of 1 April 2007.")),
    "mandate.open.seats": Choice(
        label=_("Seats"), names={str(seats): Name(en=str(seats), km=str(seats)) for seats in COUNCIL_SEATS}, make=int
    ),
    "member.seat.person": Chosen(
        label=_("Person"),
        among=lambda about: choices.people_at(about.record.place, about.user) if about.record.place else [],
        otherwise=_("Register the person first."),
    ),
    "member.seat.role": Choice(label=_("Office"), names=MEMBER_ROLES),
    "opinion.give.asked": Chosen(label=_("Whose word"), among=lambda about: choices.words_wanted(about.record)),
    "opinion.give.decision": Chosen(
        label=_("Decision of the council"),
        hint=_("Where the council itself gives its word."),
        is_required=False,
        among=lambda about: choices.decisions_of(_council(about), about.user),
    ),
    "opinion.give.is_favourable": YesNo(label=_("Is it favourable?"), yes=_("No objection"), no=_("Has objections")),
    "opinion.give.paper": Paper(role=PAPERS["opinion"], is_signed=True),
    "opinion.give.text": Pair(label=_("Their words"), most=1000, is_long=True, is_required=False),
    "paragraph.write.position": Whole(label=_("Number of the paragraph")),
    "paragraph.write.section": Choice(label=_("Section"), names=SECTIONS),
    "paragraph.write.text": Pair(
        label=_("Text"),
        hint=_("Numbers are put there by their key, for example {places.communes}."),
        most=4000,
        is_long=True,
    ),
    "party.merge.into": Chosen(label=_("Into"), among=lambda about: choices.twins_of(about.record, about.user)),
    "party.register.kind": Choice(label=_("Kind"), names=PARTY_KINDS),
    "party.register.place": Chosen(label=_("At home in"), among=_places, is_required=False),
    "plan.approve.decision": Chosen(
        label=_("Decision of the council"),
        among=lambda about: choices.decisions_of(
            _council(about), about.user, since=day_of(about.record, "plan.submit") if about.record else None
        ),
        otherwise=_("Record the decision at its session first."),
    ),
    "payment_line.add.called": Words(label=_("Or the name on the list"), is_required=False),
    "payment_line.add.person": Chosen(
        label=_("Person"),
        is_required=False,
        among=lambda about: choices.people_at(about.record.event.place, about.user),
    ),
    "payment_list.charge.cost": Chosen(
        label=_("Cost account"), among=lambda about: documents.accounts_of(_book(about), kinds=("expense",))
    ),
    "payment_list.charge.fund": Chosen(
        label=_("Fund"), among=lambda about: choices.funds_of(about.programme, FUND_KINDS)
    ),
    "payment_list.charge.line": Chosen(
        label=_("Budget line"), is_required=False, among=lambda about: choices.budget_lines_of(about.programme)
    ),
    "payment_list.charge.money": Chosen(
        label=_("Paid from"), among=lambda about: documents.accounts_of(_book(about), "bank", "cash")
    ),
    "payment_list.charge.paper": Paper(role=DOCUMENT_PAPERS["list"], is_required=False),
    "payment_list.charge.purpose": Chosen(
        label=_("Purpose in the books"), is_required=False, among=lambda about: choices.purposes_of(about.programme)
    ),
    "plan.draft.funding": Choice(label=_("Paid from"), names=FUNDING),
    "plan.draft.kind": Choice(label=_("Kind"), names=PLAN_KINDS),
    "plan.draft.last_year": Whole(
        label=_("Last year"), hint=_("Of a plan for several years."), is_required=False, least=YEARS[0], most=YEARS[1]
    ),
    "plan.draft.owner": Chosen(label=_("Council"), among=_bodies("council")),
    "plan.draft.partner": Chosen(
        label=_("Monitoring committee"),
        hint=_("An outreach plan is made by the council and the committee together."),
        when=lambda about: about.first.get("kind") == "oa",
        among=_bodies("committee"),
        otherwise=_("Register the committee first."),
    ),
    "plan.draft.year": Whole(label=_("Year"), least=YEARS[0], most=YEARS[1]),
    "project.check.checklist": Paper(role=PAPERS["checklist"], is_signed=True),
    "project.check.second": Chosen(
        label=_("Checked together with"), among=lambda about: choices.people_at(_place(about), about.user)
    ),
    "project.complete.report": Paper(role=PAPERS["report"], is_signed=True),
    "project.complete.people": Whole(label=_("People reached")),
    "project.propose.line": Chosen(
        label=_("Need that it answers"),
        when=lambda about: about.record.kind != "oa",
        among=lambda about: choices.lines_for_projects(about.record, about.user),
        otherwise=_("Rank a need of the plan first."),
    ),
    "project.propose.purpose": Chosen(
        label=_("Purpose in the books"), among=lambda about: choices.purposes_of(about.programme)
    ),
    "project.sign.paper": Paper(role=PAPERS["agreement"], is_signed=True),
    "project.sign.terms": Agreed(label=_("What was agreed")),
    "rate.set.base": Choice(label=_("One unit of"), names={one: Name(en=one, km=one) for one in DECIMALS}),
    "rate.set.currency": Choice(label=_("Costs in"), names={one: Name(en=one, km=one) for one in DECIMALS}),
    "rate.set.rate": Measured(label=_("Rate")),
    "refund.receive.paper": Paper(role=PAPERS["refund"]),
    "request.raise.place": Chosen(
        label=_("Village"),
        is_required=False,
        among=lambda about: choices.villages_of(about.record.place, about.user),
    ),
    "request.raise.sex": Choice(label=_("Asked by"), names=SEXES, is_required=False),
    "request.correct.sex": Choice(label=_("Asked by"), names=SEXES, is_required=False),
    "request.raise.text": Pair(label=_("Request"), hint=_("As it was said. Nobody's name."), most=500, is_long=True),
    "request.refer.to": Chosen(label=_("Referred to"), among=_bodies()),
    "share.revise.amount": Amount(label=_("The commune pays itself"), currencies=lambda about: [about.record.currency]),
    "share.revise.decision": Chosen(
        label=_("By the decision of its council"),
        among=lambda about: choices.decisions_of(about.record.agreement.project.council, about.user),
        otherwise=_("Record the decision at its session first."),
    ),
    "story.consent.paper": Paper(role=STORY_PAPERS["consent"], is_signed=True),
    "story.consent.scope": Choice(label=_("For"), names=CONSENT_SCOPES),
    "story.write.kind": Choice(label=_("Kind"), names={key: kind.name for key, kind in STORY_KINDS.items()}),
    "story.write.person": Chosen(
        label=_("About the person"),
        is_required=False,
        among=lambda about: choices.people_at(_place(about), about.user),
    ),
    "story.write.quote": Pair(label=_("In their own words"), most=500, is_long=True, is_required=False),
    "story.write.text": Pair(label=_("Text"), most=6000, is_long=True),
    "contribution.promise.giver": Chosen(label=_("Collected by"), among=_bodies()),
    "contribution.promise.text": Pair(label=_("What it is for"), most=300),
    "contribution.promise.amount": Amount(label=_("Amount promised"), currencies=_riel_first),
    "contribution.offer.giver": Chosen(label=_("Organised by"), among=_bodies()),
    "contribution.offer.text": Pair(label=_("Work or materials"), most=300),
    "contribution.offer.quantity": Whole(label=_("Quantity")),
    "contribution.offer.unit": Pair(label=_("Unit"), hint=_("Days of work, cubic metres, bags."), most=60),
    "contribution.offer.price": Amount(label=_("Value of one unit"), currencies=_riel_first),
    "contribution.offer.basis": Words(
        label=_("Basis of the valuation"), hint=_("A price list, a quotation, a usual wage."), most=300
    ),
    "contribution.receive.amount": Amount(
        label=_("Amount received"),
        currencies=lambda about: [about.record.currency],
        when=lambda about: about.record.kind == "cash",
    ),
    "contribution.receive.quantity": Whole(
        label=_("Quantity that was counted"),
        hint=_("In the unit of the promise. What it is worth follows from the promise."),
        when=lambda about: about.record.kind == "in_kind",
    ),
    "contribution.receive.counted_by": Words(
        label=_("Counted there by"),
        hint=_("Name and office, as on the list."),
        when=lambda about: about.record.kind == "in_kind",
    ),
    "contribution.receive.paper": Paper(
        role=lambda about: CONTRIBUTION_PAPERS[PAPER_OF[about.record.kind]], is_signed=True
    ),
    "contribution.receive.entry": Chosen(
        label=_("Entry in our books"),
        hint=_("Only where it passed through our books; else leave it out."),
        is_required=False,
        among=lambda about: choices.entries_for(about.record),
    ),
    "tranche.acknowledge.receipt": Paper(role=_receipt, is_signed=True),
    "tranche.request.paper": Paper(
        role=PAPERS["request"], is_signed=True, when=lambda about: bool(_route(about).request)
    ),
    "tranche.request.payee": Chosen(
        label=_("Supplier to be paid"), among=_bodies("supplier"), when=lambda about: _route(about).names_payee
    ),
    "treasury_payment.copy.amount": Amount(
        label=_("Amount"), currencies=lambda about: ["KHR", about.programme.currency]
    ),
    "treasury_payment.copy.budget_line": Words(label=_("Budget line")),
    "treasury_payment.copy.contract": Words(label=_("Number of the contract")),
    "treasury_payment.copy.order": Words(label=_("Number of the payment order")),
    "treasury_payment.copy.papers": Papers(
        label=_("Papers"), roles=lambda _about: {role: PAPERS[role] for role in TREASURY_PAPERS}, is_signed=False
    ),
    "treasury_payment.copy.slip": Words(label=_("Number of the slip")),
    "visit.record.body": Chosen(label=_("Monitoring committee"), among=_bodies("committee")),
    "visit.record.event": Chosen(label=_("At the visit"), is_required=False, among=_held),
    "visit.record.opinion": Choice(label=_("What it says"), names=OPINIONS),
    "visit.record.text": Pair(label=_("Their words"), most=500, is_long=True, is_required=False),
    "voucher.bring.dated": Day(label=_("Date of the voucher")),
    "voucher.bring.number": Words(label=_("Number of the voucher"), most=40),
    "voucher.bring.paper": Paper(role=PAPERS["voucher"]),
    "voucher.bring.text": Pair(label=_("What was bought")),
}

#: Parameters that a form leaves as the action has them.
LEFT = frozenset({"party.register.user", "party.register.is_fictional", "line.add.continues", "party.correct.user"})


def question_for(verb: str, parameter: str) -> Question | None:
    """What is asked for a parameter of a verb; None where a form leaves it as it is."""
    if f"{verb}.{parameter}" in LEFT:
        return None
    return ALONE.get(f"{verb}.{parameter}") or USUALLY[parameter]
