"""The ways of a tranche and of a voucher, and what an agreement, a refund and a payment of the treasury must fit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.money import Money
from laar.kit.names import Name, fold
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Machine, Transition, condition, machine
from laar.projects.rules.words import PAPERS, ROUTES

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
    en="{tranche} stands on this entry, so that is not reversed alone. Open {tranche} and take it back there.",
    km="{tranche} ផ្អែកលើការចុះបញ្ជីនេះ ដូច្នេះមិនអាចបញ្ច្រាសតែឯងបានទេ។ សូមបើក {tranche} ហើយដកវិញនៅទីនោះ។",
)
refusal(
    "voucher.brought_already",
    en="This paper, or this number, is {voucher} already. Look at it; one receipt is paid for once.",
    km="ឯកសារនេះ ឬលេខនេះ ជា {voucher} រួចហើយ។ សូមពិនិត្យវា; បង្កាន់ដៃមួយបង់តែម្ដង។",
)
refusal(
    "voucher.paid_by_us",
    en="Its bill stands on {document} of our own books, too: it would be paid twice. Refuse the voucher or make the document "
    "void; where both are right, whoever approves the document says why.",
    km="វិក្កយបត្រនេះមាននៅលើ {document} នៃបញ្ជីរបស់យើងដែរ៖ នឹងត្រូវបង់ពីរដង។ សូមបដិសេធប័ណ្ណចំណាយ ឬធ្វើឱ្យឯកសារមោឃៈ; "
    "បើទាំងពីរត្រឹមត្រូវ អ្នកអនុម័តឯកសារត្រូវប្រាប់មូលហេតុ។",
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
refusal(
    "agreement.share_missing",
    en="{project} is paid together with the commune: name the commune's part and the council's decision on it.",
    km="{project} ចំណាយរួមជាមួយឃុំ៖ សូមបញ្ជាក់ចំណែករបស់ឃុំ និងសេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សា។",
    status=422,
)
refusal(
    "agreement.not_the_communes",
    en="The commune's part is copied to the council's memorandum book, from the commune/sangkat fund; {book} and {fund} are "
    "not both of that kind. Choose others.",
    km="ចំណែករបស់ឃុំត្រូវចម្លងទៅបញ្ជីកំណត់ចំណាំរបស់ក្រុមប្រឹក្សា ពីមូលនិធិឃុំ/សង្កាត់; {book} និង {fund} មិនមែនប្រភេទនោះទាំងពីរទេ។ សូមជ្រើសរើសផ្សេង។",
    status=422,
)
refusal(
    "agreement.memorandum",
    en="{book} holds copies of somebody else's money; a grant is paid from the organisation's own book. Choose that one.",
    km="{book} ជាច្បាប់ចម្លងប្រាក់របស់អ្នកដទៃ; ជំនួយត្រូវបង់ពីបញ្ជីរបស់អង្គការផ្ទាល់។ សូមជ្រើសរើសបញ្ជីនោះ។",
    status=422,
)
refusal(
    "agreement.not_budgeted",
    en="Money that goes over the treasury is revenue of the commune: {line} has to be in the council's budget first.",
    km="ប្រាក់ដែលឆ្លងកាត់រតនាគារជាចំណូលរបស់ឃុំ៖ {line} ត្រូវមានក្នុងថវិកាក្រុមប្រឹក្សាជាមុន។",
)
refusal(
    "tranche.paper_missing",
    en="{tranche} goes by the route “{route}”: attach the {what}.",
    km="{tranche} ទៅតាមផ្លូវ «{route}»៖ សូមភ្ជាប់ {what}។",
    status=422,
)
refusal(
    "tranche.payee_missing",
    en="{tranche} is paid to a supplier: say to which one.",
    km="{tranche} បង់ទៅអ្នកផ្គត់ផ្គង់៖ សូមបញ្ជាក់ថាអ្នកណា។",
    status=422,
)
refusal(
    "tranche.not_running",
    en="{project} is {state}: no tranche is requested or paid until it goes on.",
    km="{project} ស្ថិតក្នុងស្ថានភាព «{state}»៖ មិនស្នើសុំ ឬបើកប្រាក់ទេ រហូតដល់វាបន្ត។",
)
refusal(
    "refund.too_much",
    en="Only {left} of {tranche} is left to be paid back. Correct the amount of {amount}.",
    km="នៅសល់តែ {left} នៃ {tranche} ដែលត្រូវបង្វិល។ សូមកែចំនួន {amount}។",
    status=422,
)
refusal(
    "treasury.no_share",
    en="The commune has agreed no part of {project}. A payment of the treasury belongs to an agreed part.",
    km="ឃុំមិនបានព្រមព្រៀងចំណែកក្នុង {project} ទេ។ ការបង់របស់រតនាគារត្រូវមានចំណែកដែលបានព្រមព្រៀង។",
)
refusal(
    "treasury.currency",
    en="The treasury pays in {wanted}; the amount is in {currency}. Copy it as it stands on the payment order.",
    km="រតនាគារបង់ជា {wanted} តែចំនួនគិតជា {currency}។ សូមចម្លងតាមអាណត្តិបើកប្រាក់។",
    status=422,
)
refusal(
    "treasury.too_much",
    en="With this payment the treasury would have paid {sum} for {project}, more than the {agreed} that the council "
    "decided. Correct the amount, or record the new decision first.",
    km="ជាមួយការបង់នេះ រតនាគារនឹងបានបង់ {sum} សម្រាប់ {project} ច្រើនជាង {agreed} ដែលក្រុមប្រឹក្សាបានសម្រេច។ "
    "សូមកែចំនួន ឬកត់ត្រាសេចក្តីសម្រេចថ្មីជាមុន។",
    status=422,
)
refusal(
    "share.below_paid",
    en="The treasury has paid {paid} already; the commune's part can't be {amount}. Correct the amount.",
    km="រតនាគារបានបង់ {paid} រួចហើយ; ចំណែករបស់ឃុំមិនអាចជា {amount} ទេ។ សូមកែចំនួន។",
    status=422,
)
refusal(
    "share.same_decision",
    en="The commune's part stands on this decision already. Record the new decision of the council first, and choose it.",
    km="ចំណែករបស់ឃុំផ្អែកលើសេចក្តីសម្រេចនេះរួចហើយ។ សូមកត់ត្រាសេចក្តីសម្រេចថ្មីរបស់ក្រុមប្រឹក្សាជាមុន រួចជ្រើសរើសវា។",
    status=422,
)
refusal(
    "treasury.number_taken",
    en="A payment with this payment order is copied already. Open it instead of copying it twice.",
    km="ការបង់តាមអាណត្តិនេះបានចម្លងរួចហើយ។ សូមបើកវា ជំនួសការចម្លងពីរដង។",
)

refusal(
    "entry.taken_back",
    en="This entry was written by “{verb}”: it undoes what was wrong. Do what is right anew on the record itself.",
    km="ការចុះបញ្ជីនេះកើតពី «{verb}»៖ វាដកអ្វីដែលខុស។ សូមធ្វើអ្វីដែលត្រឹមត្រូវម្ដងទៀតលើកំណត់ត្រានោះ។",
)
refusal(
    "tranche.accounted",
    en="{by} stands on {tranche}. Take that back first.",
    km="{by} ផ្អែកលើ {tranche}។ សូមដកវាវិញជាមុន។",
)
refusal(
    "tranche.nothing_open",
    en="All of {tranche} is accounted for. It stays liquidated.",
    km="{tranche} ត្រូវបានទូទាត់អស់ហើយ។ វានៅក្នុងស្ថានភាពបានទូទាត់។",
)
refusal(
    "money.settled",
    en="{project} is {state}: its money was settled and stays as it is. Book a correction as a journal voucher.",
    km="{project} ស្ថិតក្នុងស្ថានភាព «{state}»៖ ប្រាក់បានទូទាត់រួច ហើយនៅដដែល។ សូមកែដោយប័ណ្ណទិនានុប្បវត្តិ។",
)
refusal(
    "money.reason_missing",
    en="Say why {record} is taken back: the auditor reads it.",
    km="សូមប្រាប់មូលហេតុដែលដក {record} វិញ៖ សវនករនឹងអាន។",
    status=422,
)

#: A tranche whose money has left the account.
PAID = ("paid", "acknowledged", "liquidated")

#: While what was spent, or came back, of a tranche may be brought in.
OPEN_FOR_VOUCHERS = ("paid", "acknowledged")

#: States of a project in which no more money goes out for it.
NO_MORE_MONEY = ("verified", "settled", "closed", "terminated", "wound_up")
#: States in which nothing was outstanding any more.
SETTLED_MONEY = ("settled", "closed", "wound_up")


@condition(en="The tranche before it is accounted for", km="ដំណាក់កាលមុនបានទូទាត់រួច")
def the_one_before_is_liquidated(_tranche: Any, *, earlier: Any, **_: object) -> None:
    """the tranche before it is liquidated"""
    if earlier is not None and earlier.state != "liquidated":
        raise Refusal("tranche.earlier_open", number=earlier.number, state=TRANCHE.states[earlier.state])


@condition(en="The project goes on: it is neither suspended nor ended", km="គម្រោងនៅបន្ត៖ មិនត្រូវបានផ្អាក ឬបញ្ចប់")
def its_project_is_open(_tranche: Any, *, project: Any, path: Machine, **_: object) -> None:
    """the project is neither suspended nor terminated nor settled"""
    if project.state in NO_MORE_MONEY:
        raise Refusal("tranche.project_settled", project=project.name)
    if project.state == "suspended":
        raise Refusal("tranche.not_running", project=project.name, state=path.states[project.state])


@condition(
    en="What its route asks for is there: the council's request, the supplier's name",
    km="មានអ្វីដែលផ្លូវបើកប្រាក់តម្រូវ៖ សំណើរបស់ក្រុមប្រឹក្សា ឈ្មោះអ្នកផ្គត់ផ្គង់",
)
def its_route_is_kept(tranche: Any, *, route: str, papers: Collection[str], **_: object) -> None:
    """what its route asks for is there: the council's request, the supplier's name"""
    way = ROUTES[route]
    if way.request and way.request not in papers:
        raise Refusal("tranche.paper_missing", tranche=tranche.name, route=way.name, what=PAPERS[way.request])
    if way.names_payee and tranche.payee_id is None:
        raise Refusal("tranche.payee_missing", tranche=tranche.name)


@condition(
    en="The paper of its arrival is attached: receipt, delivery note or deposit slip",
    km="មានឯកសារបញ្ជាក់ការទទួល៖ បង្កាន់ដៃ លិខិតប្រគល់ទទួល ឬប័ណ្ណដាក់ប្រាក់",
)
def its_arrival_is_proven(tranche: Any, *, route: str, papers: Collection[str], **_: object) -> None:
    """the paper that its route asks for is attached: receipt, delivery note or deposit slip"""
    way = ROUTES[route]
    if way.receipt not in papers:
        raise Refusal("tranche.paper_missing", tranche=tranche.name, route=way.name, what=PAPERS[way.receipt])


@condition(
    en="Accepted vouchers and refunds add up to what was paid", km="ប័ណ្ណចំណាយដែលបានទទួលស្គាល់ និងប្រាក់បង្វិល ស្មើនឹងប្រាក់ដែលបានបង់"
)
def all_is_accounted_for(tranche: Any, *, outstanding: Money, **_: object) -> None:
    """accepted vouchers and refunds add up to what was paid"""
    if outstanding:
        raise Refusal("tranche.not_accounted", tranche=tranche.name, amount=outstanding)


@condition(en="The voucher itself is attached", km="មានប័ណ្ណចំណាយភ្ជាប់")
def its_paper_is_there(voucher: Any, *, papers: Collection[str], **_: object) -> None:
    """the voucher itself is attached"""
    if "voucher" not in papers:
        raise Refusal("project.paper_missing", record=voucher.name, what=PAPERS["voucher"])


@condition(en="By another person than who posted it: four eyes", km="ដោយបុគ្គលផ្សេងពីអ្នកចុះបញ្ជី៖ ភ្នែកបួន")
def another_takes_it_back(_record: Any, *, by: Any, did_by: Any, did: Name, **_: object) -> None:
    """by another person than who posted it"""
    if by == did_by:
        raise Refusal("access.same_person", who=by.name, step=did)


@condition(en="Its project is not settled yet", km="គម្រោងមិនទាន់ទូទាត់")
def not_settled_yet(_record: Any, *, project: Any, path: Machine, **_: object) -> None:
    """its project is not settled yet"""
    if project.state in SETTLED_MONEY:
        raise Refusal("money.settled", project=project.name, state=path.states[project.state])


@condition(en="Its project is not closed yet", km="គម្រោងមិនទាន់បិទ")
def not_closed_yet(_record: Any, *, project: Any, path: Machine, **_: object) -> None:
    """its project is not closed yet"""
    if project.state == "closed":
        raise Refusal("money.settled", project=project.name, state=path.states[project.state])


@condition(en="No voucher, refund or later tranche stands on it", km="គ្មានប័ណ្ណចំណាយ ប្រាក់បង្វិល ឬដំណាក់កាលក្រោយផ្អែកលើវា")
def nothing_stands_on_it(tranche: Any, *, standing: Any, **_: object) -> None:
    """no voucher, refund or later tranche stands on it"""
    if standing is not None:
        raise Refusal("tranche.accounted", tranche=tranche.name, by=standing.name)


@condition(en="Not all of it is accounted for any more", km="មិនទាន់ទូទាត់អស់ទៀតទេ")
def something_is_open(tranche: Any, *, outstanding: Money, **_: object) -> None:
    """not all of it is accounted for any more"""
    if not outstanding:
        raise Refusal("tranche.nothing_open", tranche=tranche.name)


#: How money is taken back that was posted by mistake: with a reason, by another person, before all is settled.
_TAKEN_BACK = (with_a_reason("money.reason_missing"), another_takes_it_back)

_TRANCHE_STATES = {
    "scheduled": Name(en="Scheduled", km="បានកំណត់ពេល"),
    "requested": Name(en="Requested", km="បានស្នើសុំ"),
    "approved": Name(en="Approved", km="បានអនុម័ត"),
    "paid": Name(en="Paid", km="បានបង់"),
    "acknowledged": Name(en="Acknowledged", km="បានទទួលស្គាល់"),
    "liquidated": Name(en="Liquidated", km="បានទូទាត់"),
    "withheld": Name(en="Withheld", km="ត្រូវបានផ្អាក"),
}
_BEFORE_REQUEST = (its_project_is_open, the_one_before_is_liquidated, its_route_is_kept)

TRANCHE = machine(
    "tranche",
    "scheduled",
    _TRANCHE_STATES,
    [
        Transition("scheduled", "request", "requested", _BEFORE_REQUEST),
        Transition(
            "requested",
            "approve",
            "approved",
            (by_another_than("requested_by", _TRANCHE_STATES["requested"]), the_one_before_is_liquidated),
        ),
        Transition("requested", "withhold", "withheld", (with_a_reason("project.reason_missing"),)),
        Transition("withheld", "request", "requested", _BEFORE_REQUEST),
        Transition(
            "approved",
            "pay",
            "paid",
            (
                its_project_is_open,
                the_one_before_is_liquidated,
                by_another_than("requested_by", _TRANCHE_STATES["requested"]),
                by_another_than("approved_by", _TRANCHE_STATES["approved"]),
            ),
        ),
        Transition("paid", "acknowledge", "acknowledged", (its_arrival_is_proven,)),
        Transition("acknowledged", "liquidate", "liquidated", (all_is_accounted_for,)),
        # The money did not arrive, or went to somebody else: it is requested anew. What a voucher or a refund accounted
        # for, and does no more, is open again.
        Transition("paid", "reverse", "withheld", (*_TAKEN_BACK, not_settled_yet, nothing_stands_on_it)),
        Transition("acknowledged", "reverse", "withheld", (*_TAKEN_BACK, not_settled_yet, nothing_stands_on_it)),
        Transition("liquidated", "reopen", "acknowledged", (something_is_open,)),
    ],
)

_VOUCHER_STATES = {
    "received": Name(en="Received", km="បានទទួល"),
    "accepted": Name(en="Accepted", km="បានទទួលស្គាល់"),
    "refused": Name(en="Refused", km="ត្រូវបានបដិសេធ"),
    "reversed": Name(en="Taken back", km="បានដកវិញ"),
}

VOUCHER = machine(
    "voucher",
    "received",
    _VOUCHER_STATES,
    [
        Transition(
            "received",
            "accept",
            "accepted",
            (by_another_than("brought_by", _VOUCHER_STATES["received"]), its_paper_is_there),
        ),
        Transition("received", "refuse", "refused", (with_a_reason("voucher.reason_missing"),)),
        Transition("accepted", "reverse", "reversed", (*_TAKEN_BACK, not_settled_yet)),
    ],
)

#: Vouchers whose number and whose paper may come again: they account for nothing.
VOID_VOUCHERS = ("refused", "reversed")

REFUND = machine(
    "refund",
    "received",
    {"received": Name(en="Received", km="បានទទួល"), "reversed": Name(en="Taken back", km="បានដកវិញ")},
    [Transition("received", "reverse", "reversed", (*_TAKEN_BACK, not_settled_yet))],
)

TREASURY_PAYMENT = machine(
    "treasury_payment",
    "copied",
    {"copied": Name(en="Copied", km="បានចម្លង"), "reversed": Name(en="Taken back", km="បានដកវិញ")},
    [Transition("copied", "reverse", "reversed", (*_TAKEN_BACK, not_closed_yet))],
)


def number_key(number: str) -> str:
    """By what two numbers of vouchers are the same, however they were typed: invisible signs, spaces and capitals."""
    return fold(number).replace(" ", "")


def tranches_make_the_amount(tranches: Sequence[Money], amount: Money) -> None:
    """Refuse tranches that do not add up to the agreement (invariant: Σ tranches = agreed grant)."""
    total = sum((tranche.units for tranche in tranches), 0)
    if total != amount.units or any(tranche.currency != amount.currency for tranche in tranches):
        raise Refusal("agreement.tranches", sum=Money(total, amount.currency), amount=amount)


FIELD = ("facilitator", "manager")
MANAGER = ("manager",)
FINANCE = ("finance",)
# Not by who pays: the one finance officer of a small office could not pay what she requested herself.
verb("tranche.request", en="Request the tranche", km="ស្នើសុំបើកប្រាក់", roles=FIELD)
verb("tranche.approve", en="Approve the tranche", km="អនុម័តការបើកប្រាក់", roles=MANAGER)
verb("tranche.withhold", en="Withhold the tranche", km="ផ្អាកការបើកប្រាក់", roles=MANAGER)
verb("tranche.pay", en="Pay the tranche", km="បើកប្រាក់", roles=FINANCE)
verb("tranche.acknowledge", en="Record the council's receipt", km="កត់ត្រាបង្កាន់ដៃ", roles=(*FIELD, "finance"))
verb("voucher.bring", en="Bring in a voucher", km="ប្រមូលប័ណ្ណចំណាយ", roles=(*FIELD, "clerk"))
verb("voucher.accept", en="Accept a voucher", km="ទទួលស្គាល់ប័ណ្ណចំណាយ", roles=FINANCE)
verb("voucher.refuse", en="Refuse a voucher", km="បដិសេធប័ណ្ណចំណាយ", roles=FINANCE)
verb("tranche.liquidate", en="Liquidate the tranche", km="ទូទាត់ដំណាក់កាល", roles=FINANCE)
verb("refund.receive", en="Receive a refund", km="ទទួលប្រាក់បង្វិល", roles=FINANCE)
verb(
    "treasury_payment.copy",
    en="Copy a payment of the treasury",
    km="ចម្លងការបង់របស់រតនាគារ",
    roles=("finance", "facilitator"),
)
UNDO = ("finance", "manager")
verb("tranche.reverse", en="Take the payment back", km="ដកការបើកប្រាក់វិញ", roles=UNDO)
verb("tranche.reopen", en="Open the tranche again", km="បើកដំណាក់កាលឡើងវិញ", roles=UNDO)
verb("voucher.reverse", en="Take the voucher back", km="ដកប័ណ្ណចំណាយវិញ", roles=UNDO)
verb("refund.reverse", en="Take the refund back", km="ដកប្រាក់បង្វិលវិញ", roles=UNDO)
verb("treasury_payment.reverse", en="Take the copied payment back", km="ដកការបង់ដែលបានចម្លងវិញ", roles=UNDO)
verb("share.revise", en="Revise the commune's part", km="កែសម្រួលចំណែករបស់ឃុំ", roles=("manager", "finance"))
