"""The ways of a project, a tranche and a voucher, and who may not be the same person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name, fold
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Machine, Transition

PROJECT_KINDS = {
    "oa": Name(en="Outreach grant", km="ជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ"),
    "sdp": Name(en="Social development project", km="គម្រោងអភិវឌ្ឍន៍សង្គម"),
}

THEMES = {
    "": Name(en="–", km="–"),
    "health_environment": Name(en="Health and environment", km="សុខភាព និងបរិស្ថាន"),
    "education": Name(en="Education", km="អប់រំ"),
    "agriculture_livelihood": Name(en="Agriculture and livelihoods", km="កសិកម្ម និងជីវភាព"),
}

#: How the money reaches those who are owed it.
ROUTES = {
    "advance": Name(en="An advance to the commune's account", km="បុរេប្រទានទៅគណនីឃុំ"),
    "supplier": Name(en="The NGO pays the supplier on the council's request", km="អង្គការបង់ឱ្យអ្នកផ្គត់ផ្គង់តាមសំណើក្រុមប្រឹក្សា"),
    "treasury": Name(en="A deposit at the treasury, as budgeted revenue", km="ដាក់នៅរតនាគារជាចំណូលថវិកា"),
}

PAPERS = {
    "checklist": Name(en="quality checklist", km="បញ្ជីពិនិត្យគុណភាព"),
    "agreement": Name(en="signed agreement", km="កិច្ចព្រមព្រៀងមានហត្ថលេខា"),
    "receipt": Name(en="receipt of the council", km="បង្កាន់ដៃរបស់ក្រុមប្រឹក្សា"),
    "voucher": Name(en="voucher", km="ប័ណ្ណចំណាយ"),
    "decision": Name(en="council decision", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា"),
    "report": Name(en="completion report", km="របាយការណ៍បញ្ចប់"),
}

refusal(
    "project.paper_missing",
    en="{record} needs its {what}. Attach the scan or the photo.",
    km="{record} ត្រូវមាន {what}។ សូមភ្ជាប់ស្កេន ឬរូបថត។",
    status=422,
)
refusal(
    "project.plan_not_approved",
    en="{plan} is {state}. A grant is proposed for a plan that the council has approved.",
    km="{plan} ស្ថិតក្នុងស្ថានភាព «{state}»។ ជំនួយស្នើសុំតែសម្រាប់ផែនការដែលក្រុមប្រឹក្សាបានអនុម័ត។",
)
refusal(
    "project.plan_not_funded",
    en="{plan} is paid from the commune's own means; no grant belongs to it.",
    km="{plan} ចំណាយពីមធ្យោបាយរបស់ឃុំផ្ទាល់; គ្មានជំនួយសម្រាប់វាទេ។",
    status=422,
)
refusal(
    "project.lines_left",
    en="{left} lines of {plan} are neither held nor cancelled. Say what became of each before {project} is complete.",
    km="នៅសល់ {left} សកម្មភាពនៃ {plan} ដែលមិនទាន់ធ្វើ ឬលុបចោល។ សូមបញ្ជាក់មុនពេលបញ្ចប់ {project}។",
)
refusal(
    "project.not_settled",
    en="{amount} of {project} is not accounted for yet. Bring in its vouchers first.",
    km="នៅសល់ {amount} នៃ {project} ដែលមិនទាន់ទូទាត់។ សូមប្រមូលប័ណ្ណចំណាយ ឬប្រាក់បង្វិល ជាមុន។",
)
refusal(
    "project.open",
    en="{plan} can't be closed while {project} is not settled. Settle it first.",
    km="មិនអាចបិទ {plan} ទេ ព្រោះ {project} មិនទាន់ទូទាត់។ សូមទូទាត់វាជាមុន។",
)
refusal(
    "project.plan_has_a_grant",
    en="There is a grant for this plan already. Open it instead of proposing a second one.",
    km="ផែនការនេះមានជំនួយរួចហើយ។ សូមបើកវា ជំនួសការស្នើថ្មី។",
)
refusal(
    "project.never_paid",
    en="Nothing of {project} was ever paid; there is nothing to settle. Pay a tranche first.",
    km="{project} មិនដែលបានបើកប្រាក់; គ្មានអ្វីត្រូវទូទាត់ទេ។ សូមបើកប្រាក់ជាមុន។",
)
refusal(
    "agreement.account",
    en="{account} is not an account of the kind “{kind}”. Choose one that is.",
    km="{account} មិនមែនជាគណនីប្រភេទ «{kind}» ទេ។ សូមជ្រើសរើសគណនីត្រឹមត្រូវ។",
    status=422,
)
refusal(
    "voucher.currency",
    en="The voucher is in {currency}, the tranche was paid in {wanted}. Write the amount in {wanted}.",
    km="ប័ណ្ណចំណាយគិតជា {currency} តែដំណាក់កាលបានបង់ជា {wanted}។ សូមសរសេរចំនួនជា {wanted}។",
    status=422,
)
refusal(
    "agreement.currency",
    en="The agreement is in {currency}, the programme reports in {wanted}. Agree the amount in {wanted}.",
    km="កិច្ចព្រមព្រៀងគិតជា {currency} តែកម្មវិធីរាយការណ៍ជា {wanted}។ សូមព្រមព្រៀងជា {wanted}។",
    status=422,
)
refusal(
    "agreement.tranches",
    en="The tranches add up to {sum}, the agreement to {amount}. Correct one of them.",
    km="ដំណាក់កាលបើកប្រាក់សរុប {sum} តែកិច្ចព្រមព្រៀងមាន {amount}។ សូមកែមួយ។",
    status=422,
)
refusal(
    "agreement.more_than_plan",
    en="The agreement is over {amount}, the lines of the plan need only {plan}. Correct the amount.",
    km="កិច្ចព្រមព្រៀងមាន {amount} តែសកម្មភាពក្នុងផែនការត្រូវការតែ {plan}។ សូមកែចំនួន។",
    status=422,
)
refusal(
    "tranche.earlier_open",
    en="Tranche {number} is {state}. The next one is requested when it is liquidated.",
    km="ដំណាក់កាលទី {number} ស្ថិតក្នុងស្ថានភាព «{state}»។ ដំណាក់កាលបន្ទាប់ស្នើសុំបានពេលវាទូទាត់រួច។",
)
refusal(
    "tranche.project_settled",
    en="{project} is settled: no more money goes out for it. Propose a new grant if more is needed.",
    km="{project} បានទូទាត់រួចហើយ៖ មិនបើកប្រាក់បន្ថែមទៀតទេ។ បើត្រូវការបន្ថែម សូមស្នើជំនួយថ្មី។",
)
refusal(
    "tranche.not_accounted",
    en="{amount} of {tranche} is not covered by accepted vouchers. Bring in the vouchers first.",
    km="{amount} នៃ {tranche} មិនទាន់មានប័ណ្ណចំណាយទទួលស្គាល់។ សូមប្រមូលប័ណ្ណចំណាយ ឬប្រាក់បង្វិល ជាមុន។",
)
refusal(
    "tranche.entry_cited",
    en="{tranche} was paid by this entry. It can't be reversed alone; ask the programme manager how the payment is put right.",
    km="{tranche} ត្រូវបានបង់ដោយការចុះបញ្ជីនេះ។ មិនអាចបញ្ច្រាសតែឯងបានទេ; សូមសួរអ្នកគ្រប់គ្រងកម្មវិធី។",
)
refusal(
    "voucher.too_much",
    en="The vouchers of {tranche} would add up to {sum}, more than the {paid} that were paid. Correct the amount.",
    km="ប័ណ្ណចំណាយនៃ {tranche} នឹងសរុប {sum} ច្រើនជាង {paid} ដែលបានបង់។ សូមកែចំនួន។",
    status=422,
)
refusal(
    "voucher.tranche_not_paid",
    en="{tranche} is {state}; vouchers come in after it was paid.",
    km="{tranche} ស្ថិតក្នុងស្ថានភាព «{state}»; ប័ណ្ណចំណាយមកក្រោយពេលបង់ប្រាក់។",
)
refusal(
    "voucher.reason_missing",
    en="Say why the voucher is refused, so that the commune can mend it.",
    km="សូមបញ្ជាក់មូលហេតុដែលបដិសេធប័ណ្ណចំណាយ ដើម្បីឱ្យឃុំកែបាន។",
    status=422,
)


def paper_is_there(what: str) -> Any:
    """A guard: the record has this paper attached."""

    def guard(record: Any, *, papers: Collection[str], **_: object) -> None:
        if what not in papers:
            raise Refusal("project.paper_missing", record=record.name, what=PAPERS[what])

    guard.__doc__ = f"the {PAPERS[what].en} is attached"
    return guard


def somebody_else_checked(project: Any, *, by: Any, **_: object) -> None:
    """approved by another person than checked it"""
    if by.pk == project.checked_by_id:
        raise Refusal("access.same_person", who=by.name, step=OA.states["checked"])


def nothing_is_outstanding(project: Any, *, outstanding: Money, **_: object) -> None:
    """paid = liquidated + refunded"""
    if outstanding:
        raise Refusal("project.not_settled", project=project.name, amount=outstanding)


def something_was_paid(project: Any, *, paid: bool, **_: object) -> None:
    """some of its money was paid"""
    if not paid:
        raise Refusal("project.never_paid", project=project.name)


def lines_are_done(project: Any, *, left: int, **_: object) -> None:
    """every line of the plan was held or cancelled"""
    if left:
        raise Refusal("project.lines_left", project=project.name, plan=project.plan.name, left=left)


#: The light path of an outreach grant: a checklist with two names, an agreement, one completion page.
OA = Machine(
    "project",
    "proposed",
    {
        "proposed": Name(en="Proposed", km="បានស្នើ"),
        "checked": Name(en="Checked", km="បានពិនិត្យ"),
        "returned": Name(en="Returned", km="ត្រូវបានប្រគល់ត្រឡប់"),
        "rejected": Name(en="Rejected", km="មិនអនុម័ត"),
        "approved": Name(en="Approved", km="បានអនុម័ត"),
        "agreed": Name(en="Agreed", km="បានចុះកិច្ចព្រមព្រៀង"),
        "completed": Name(en="Completed", km="បានបញ្ចប់"),
        "settled": Name(en="Settled", km="បានទូទាត់"),
    },
    [
        Transition("proposed", "check", "checked", (paper_is_there("checklist"),)),
        Transition("proposed", "return", "returned"),
        Transition("checked", "return", "returned"),
        Transition("returned", "propose_again", "proposed"),
        Transition("checked", "approve", "approved", (somebody_else_checked,)),
        Transition("checked", "reject", "rejected"),
        Transition("approved", "sign", "agreed", (paper_is_there("agreement"),)),
        Transition("agreed", "complete", "completed", (lines_are_done, paper_is_there("report"))),
        Transition("completed", "settle", "settled", (something_was_paid, nothing_is_outstanding)),
    ],
)

#: The path of each kind of project.
PATHS = {"oa": OA}


def the_one_before_is_liquidated(_tranche: Any, *, earlier: Any, **_: object) -> None:
    """the tranche before it is liquidated"""
    if earlier is not None and earlier.state != "liquidated":
        raise Refusal("tranche.earlier_open", number=earlier.number, state=TRANCHE.states[earlier.state])


def its_project_is_open(_tranche: Any, *, project: Any, **_: object) -> None:
    """the project is not settled yet"""
    if project.state == "settled":
        raise Refusal("tranche.project_settled", project=project.name)


def somebody_else_requested(tranche: Any, *, by: Any, **_: object) -> None:
    """approved by another person than requested it"""
    if by.pk == tranche.requested_by_id:
        raise Refusal("access.same_person", who=by.name, step=TRANCHE.states["requested"])


def somebody_else_approved(tranche: Any, *, by: Any, **_: object) -> None:
    """paid by another person than approved it"""
    if by.pk == tranche.approved_by_id:
        raise Refusal("access.same_person", who=by.name, step=TRANCHE.states["approved"])


def all_is_accounted_for(tranche: Any, *, outstanding: Money, **_: object) -> None:
    """accepted vouchers and refunds add up to what was paid"""
    if outstanding:
        raise Refusal("tranche.not_accounted", tranche=tranche.name, amount=outstanding)


TRANCHE = Machine(
    "tranche",
    "scheduled",
    {
        "scheduled": Name(en="Scheduled", km="បានកំណត់ពេល"),
        "requested": Name(en="Requested", km="បានស្នើសុំ"),
        "approved": Name(en="Approved", km="បានអនុម័ត"),
        "paid": Name(en="Paid", km="បានបង់"),
        "acknowledged": Name(en="Acknowledged", km="បានទទួលស្គាល់"),
        "liquidated": Name(en="Liquidated", km="បានទូទាត់"),
        "withheld": Name(en="Withheld", km="ត្រូវបានផ្អាក"),
    },
    [
        Transition("scheduled", "request", "requested", (its_project_is_open, the_one_before_is_liquidated)),
        Transition("requested", "approve", "approved", (somebody_else_requested,)),
        Transition("requested", "withhold", "withheld"),
        Transition("withheld", "request", "requested", (its_project_is_open, the_one_before_is_liquidated)),
        Transition("approved", "pay", "paid", (its_project_is_open, somebody_else_approved)),
        Transition("paid", "acknowledge", "acknowledged", (paper_is_there("receipt"),)),
        Transition("acknowledged", "liquidate", "liquidated", (all_is_accounted_for,)),
    ],
)

#: A tranche whose money has left the account.
PAID = ("paid", "acknowledged", "liquidated")


def somebody_else_brought_it(voucher: Any, *, by: Any, **_: object) -> None:
    """accepted by another person than brought it in"""
    if by.pk == voucher.brought_by_id:
        raise Refusal("access.same_person", who=by.name, step=VOUCHER.states["received"])


def a_reason_is_given(_voucher: Any, *, reason: Name, **_: object) -> None:
    """a reason is given"""
    if not (fold(reason.en) or fold(reason.km)):
        raise Refusal("voucher.reason_missing")


VOUCHER = Machine(
    "voucher",
    "received",
    {
        "received": Name(en="Received", km="បានទទួល"),
        "accepted": Name(en="Accepted", km="បានទទួលស្គាល់"),
        "refused": Name(en="Refused", km="ត្រូវបានបដិសេធ"),
    },
    [
        Transition("received", "accept", "accepted", (somebody_else_brought_it, paper_is_there("voucher"))),
        Transition("received", "refuse", "refused", (a_reason_is_given,)),
    ],
)


def tranches_make_the_amount(tranches: Sequence[Money], amount: Money) -> None:
    """Refuse tranches that do not add up to the agreement (invariant: Σ tranches = agreed grant)."""
    total = sum((tranche.units for tranche in tranches), 0)
    if total != amount.units or any(tranche.currency != amount.currency for tranche in tranches):
        raise Refusal("agreement.tranches", sum=Money(total, amount.currency), amount=amount)


FIELD = ("facilitator", "manager")
MANAGER = ("manager",)
FINANCE = ("finance",)
verb("project.propose", en="Propose a project", km="ស្នើគម្រោង", roles=(*FIELD, "clerk"))
verb("project.check", en="Check the proposal", km="ពិនិត្យសំណើ", roles=FIELD)
verb("project.return", en="Return the proposal", km="ប្រគល់សំណើត្រឡប់", roles=FIELD)
verb("project.propose_again", en="Propose it again", km="ស្នើម្ដងទៀត", roles=(*FIELD, "clerk"))
verb("project.approve", en="Approve the project", km="អនុម័តគម្រោង", roles=MANAGER)
verb("project.reject", en="Reject the project", km="បដិសេធគម្រោង", roles=MANAGER)
verb("project.sign", en="Sign the agreement", km="ចុះហត្ថលេខាកិច្ចព្រមព្រៀង", roles=MANAGER)
verb("project.complete", en="Record the completion", km="កត់ត្រាការបញ្ចប់", roles=FIELD)
verb("project.settle", en="Settle the accounts", km="ទូទាត់គណនី", roles=FINANCE)
verb("tranche.request", en="Request the tranche", km="ស្នើសុំបើកប្រាក់", roles=(*FIELD, "finance"))
verb("tranche.approve", en="Approve the tranche", km="អនុម័តការបើកប្រាក់", roles=MANAGER)
verb("tranche.withhold", en="Withhold the tranche", km="ផ្អាកការបើកប្រាក់", roles=MANAGER)
verb("tranche.pay", en="Pay the tranche", km="បើកប្រាក់", roles=FINANCE)
verb("tranche.acknowledge", en="Record the council's receipt", km="កត់ត្រាបង្កាន់ដៃ", roles=(*FIELD, "finance"))
verb("voucher.bring", en="Bring in a voucher", km="ប្រមូលប័ណ្ណចំណាយ", roles=(*FIELD, "clerk"))
verb("voucher.accept", en="Accept a voucher", km="ទទួលស្គាល់ប័ណ្ណចំណាយ", roles=FINANCE)
verb("voucher.refuse", en="Refuse a voucher", km="បដិសេធប័ណ្ណចំណាយ", roles=FINANCE)
verb("tranche.liquidate", en="Liquidate the tranche", km="ទូទាត់ដំណាក់កាល", roles=FINANCE)
