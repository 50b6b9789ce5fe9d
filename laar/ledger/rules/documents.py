"""The documents of the books: what kinds there are, how they are numbered, and who does what to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.money import Money
from laar.kit.names import Name, gives_reason
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine
from laar.ledger.rules.books import ACCOUNT_USES, MONEY_USES


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: what it is called, what its numbers begin with, and whether money changes hands with it."""

    name: Name
    prefix: str
    moves_money: bool


DOCUMENTS = {
    "receipt": DocumentKind(Name(en="Receipt", km="បង្កាន់ដៃទទួលប្រាក់"), "RV", moves_money=True),
    "payment": DocumentKind(Name(en="Payment voucher", km="ប័ណ្ណចំណាយ"), "PV", moves_money=True),
    "advance": DocumentKind(Name(en="Advance", km="បុរេប្រទាន"), "AV", moves_money=True),
    "liquidation": DocumentKind(Name(en="Liquidation of an advance", km="ការទូទាត់បុរេប្រទាន"), "LV", moves_money=False),
    "deposit": DocumentKind(Name(en="Bank deposit", km="ការដាក់ប្រាក់ក្នុងធនាគារ"), "BD", moves_money=True),
    "withdrawal": DocumentKind(Name(en="Bank withdrawal", km="ការដកប្រាក់ពីធនាគារ"), "BW", moves_money=True),
    "exchange": DocumentKind(Name(en="Exchange of currency", km="ការប្ដូររូបិយប័ណ្ណ"), "FX", moves_money=True),
    "in_kind": DocumentKind(Name(en="Valuation in kind", km="ការវាយតម្លៃវិភាគទានជាសម្ភារៈ"), "IK", moves_money=False),
    "journal": DocumentKind(Name(en="Journal voucher", km="ប័ណ្ណទិនានុប្បវត្តិ"), "JV", moves_money=False),
    "salary": DocumentKind(Name(en="Salary allocation", km="ការបែងចែកប្រាក់បៀវត្ស"), "SV", moves_money=False),
    "tax": DocumentKind(Name(en="Payment of tax withheld", km="ការបង់ពន្ធកាត់ទុក"), "WT", moves_money=True),
    "reversal": DocumentKind(Name(en="Reversal", km="ការបញ្ច្រាស"), "RJ", moves_money=False),
}

#: What a paper can be beside a document.
DOCUMENT_PAPERS = {
    "bill": Name(en="bill or receipt", km="វិក្កយបត្រ ឬបង្កាន់ដៃ"),
    "list": Name(en="signed list", km="បញ្ជីមានហត្ថលេខា"),
    "contract": Name(en="contract", km="កិច្ចសន្យា"),
    "timesheet": Name(en="signed timesheets", km="តារាងម៉ោងមានហត្ថលេខា"),
    "valuation": Name(en="basis of the valuation", km="មូលដ្ឋាននៃការវាយតម្លៃ"),
}

#: The papers by which something is paid, once; a contract or an agreement stands beside many documents.
PAID_ONCE = ("bill", "list")

#: What one of the accounts of a kind is for.
WANTS_ACCOUNT = {"advance": "advance", "liquidation": "advance", "exchange": "exchange", "tax": "tax"}
#: Kinds that name somebody: who is paid, who paid, who gave.
NAMES_PAYEE = frozenset({"receipt", "payment", "advance", "in_kind", "tax"})

refusal(
    "document.paper_missing",
    en="{document} has no paper yet. Attach the receipt, the list or the contract that it stands on.",
    km="{document} មិនទាន់មានឯកសារទេ។ សូមភ្ជាប់បង្កាន់ដៃ បញ្ជី ឬកិច្ចសន្យាដែលជាមូលដ្ឋានរបស់វា។",
    status=422,
)
refusal(
    "document.papers_final",
    en="The papers of {document} are those with which it was approved. Make it void and prepare it anew, or add what you have as "
    "a note or a letter.",
    km="ឯកសារភ្ជាប់នៃ {document} គឺអ្វីដែលមានពេលអនុម័ត។ សូមធ្វើឱ្យមោឃៈ ហើយរៀបចំថ្មី ឬបន្ថែមជាកំណត់ចំណាំ ឬលិខិត។",
)
refusal(
    "document.lines_final",
    en="The lines of a document are as they were prepared. Make it void, and prepare it anew.",
    km="បន្ទាត់នៃឯកសារនៅដដែលដូចពេលរៀបចំ។ សូមធ្វើឱ្យមោឃៈ ហើយរៀបចំថ្មី។",
)
refusal(
    "document.paper_twice",
    en="The bill or list of {document} stands beside {other}, too. Look at both; if one paper is right for both, say why.",
    km="វិក្កយបត្រ ឬបញ្ជីនៃ {document} មាននៅជាមួយ {other} ដែរ។ សូមពិនិត្យទាំងពីរ; បើឯកសារមួយត្រឹមត្រូវសម្រាប់ទាំងពីរ សូមប្រាប់មូលហេតុ។",
    status=422,
)
refusal(
    "document.reason_missing",
    en="Say why {record} is void: whoever counts the numbers finds it later.",
    km="សូមប្រាប់មូលហេតុដែល {record} ត្រូវមោឃៈ៖ អ្នកដែលរាប់លេខនឹងឃើញនៅពេលក្រោយ។",
    status=422,
)
refusal(
    "document.three_persons",
    en="{document} is over {most}: who prepared it does not pay it. Ask another finance officer.",
    km="{document} លើសពី {most}៖ អ្នករៀបចំមិនត្រូវបង់ទេ។ សូមសួរមន្ត្រីហិរញ្ញវត្ថុផ្សេង។",
)


refusal(
    "document.no_money",
    en="With a document of the kind “{kind}” money changes hands: one of its lines is a bank account or a cash box. "
    "Choose it.",
    km="ឯកសារប្រភេទ «{kind}» មានប្រាក់ចេញចូល៖ បន្ទាត់មួយត្រូវជាគណនីធនាគារ ឬបេឡា។ សូមជ្រើសរើស។",
    status=422,
)
refusal(
    "document.moves_money",
    en="A document of the kind “{kind}” moves no money, but {account} does. Write a payment, a receipt or a transfer.",
    km="ឯកសារប្រភេទ «{kind}» មិនមានប្រាក់ចេញចូលទេ ប៉ុន្តែ {account} ជាគណនីប្រាក់។ សូមសរសេរប័ណ្ណចំណាយ បង្កាន់ដៃ ឬការផ្ទេរ។",
    status=422,
)
refusal(
    "document.payee_missing",
    en="Write who is paid, or who paid, as the name stands on the paper.",
    km="សូមសរសេរឈ្មោះអ្នកទទួល ឬអ្នកបង់ប្រាក់ ដូចក្នុងឯកសារ។",
    status=422,
)
refusal(
    "document.account_missing",
    en="A document of the kind “{kind}” has a line on an account for “{use}”. Choose one.",
    km="ឯកសារប្រភេទ «{kind}» ត្រូវមានបន្ទាត់ក្នុងគណនី «{use}»។ សូមជ្រើសរើស។",
    status=422,
)
refusal(
    "document.due_missing",
    en="Say until when the advance is accounted for.",
    km="សូមបញ្ជាក់ថ្ងៃកំណត់ទូទាត់បុរេប្រទាន។",
    status=422,
)
refusal(
    "document.due_before",
    en="The advance is of {on} and would be due on {due}, before that. Write a day that comes after it.",
    km="បុរេប្រទាននេះចុះថ្ងៃ {on} ហើយត្រូវទូទាត់នៅ {due} ដែលមុនថ្ងៃនោះ។ សូមសរសេរថ្ងៃក្រោយ។",
    status=422,
)
refusal(
    "document.same_account",
    en="The money would go from {account} to {account}. Choose two accounts.",
    km="ប្រាក់នឹងចេញពី {account} ចូល {account} ដដែល។ សូមជ្រើសរើសគណនីពីរ។",
    status=422,
)
refusal(
    "document.commune_money",
    en="{fund} is the money of a commune: the treasury pays it, and it never lies on {account}. Copy the treasury's payment "
    "at its project, or choose the fund whose money it is.",
    km="{fund} ជាប្រាក់របស់ឃុំ៖ រតនាគារជាអ្នកបើក ហើយវាមិនស្ថិតក្នុង {account} ទេ។ សូមចម្លងការបើកប្រាក់របស់រតនាគារនៅគម្រោង "
    "ឬជ្រើសរើសមូលនិធិដែលជាម្ចាស់ប្រាក់។",
    status=422,
)
refusal(
    "document.line_of_other_year",
    en="{line} is planned for {year}, and this is of {on}. Choose the line of its year, or shift the amount in the budget first.",
    km="{line} គ្រោងសម្រាប់ឆ្នាំ {year} ប៉ុន្តែនេះនៅថ្ងៃ {on}។ សូមជ្រើសរើសបន្ទាត់នៃឆ្នាំនោះ ឬផ្ទេរចំនួនក្នុងថវិកាជាមុន។",
    status=422,
)
refusal(
    "document.basis_missing",
    en="Say by what it was valued: a price list, a quotation, a wage that is usual there.",
    km="សូមប្រាប់មូលដ្ឋានវាយតម្លៃ៖ បញ្ជីតម្លៃ សម្រង់តម្លៃ ឬប្រាក់ឈ្នួលធម្មតានៅទីនោះ។",
    status=422,
)
refusal(
    "document.settles_missing",
    en="Say which advance this accounts for. It has to be posted, and of the same book.",
    km="សូមបញ្ជាក់បុរេប្រទានដែលត្រូវទូទាត់។ វាត្រូវបានចុះបញ្ជីរួច និងនៅក្នុងបញ្ជីតែមួយ។",
    status=422,
)
refusal(
    "document.reverses_missing",
    en="Say which document this reverses. It has to be posted, and no other reversal of it may wait.",
    km="សូមបញ្ជាក់ឯកសារដែលត្រូវបញ្ច្រាស។ វាត្រូវបានចុះបញ្ជីរួច ហើយគ្មានការបញ្ច្រាសផ្សេងរង់ចាំទេ។",
    status=422,
)
refusal(
    "document.memorandum",
    en="{book} copies somebody else's money and has no documents of ours. Choose one of our own books.",
    km="{book} ចម្លងប្រាក់របស់អ្នកដទៃ គ្មានឯកសាររបស់យើងទេ។ សូមជ្រើសរើសបញ្ជីរបស់យើង។",
    status=422,
)
refusal(
    "document.day",
    en="{document} was prepared on {prepared} and is posted in the same year, not before that day. Correct the date, or "
    "make it void and prepare it anew.",
    km="{document} បានរៀបចំនៅថ្ងៃ {prepared} ហើយត្រូវចុះបញ្ជីក្នុងឆ្នាំតែមួយ មិនមុនថ្ងៃនោះទេ។ សូមកែកាលបរិច្ឆេទ ឬធ្វើឱ្យមោឃៈ ហើយរៀបចំថ្មី។",
    status=422,
)
refusal(
    "advance.too_much",
    en="{advance} is over {paid}; with this {sum} would be accounted for or paid back. Account for what is left of it, and "
    "pay the rest by a payment voucher.",
    km="{advance} មានចំនួន {paid}; ជាមួយឯកសារនេះ ការទូទាត់ ឬបង្វិលនឹងមាន {sum}។ សូមទូទាត់អ្វីដែលនៅសល់ ហើយបង់ផ្នែកលើសតាមប័ណ្ណចំណាយ។",
    status=422,
)
refusal(
    "advance.currency",
    en="{advance} was given in {wanted} and is accounted for in it, not in {currency}. Correct the currency.",
    km="{advance} បានផ្ដល់ជា {wanted} ហើយត្រូវទូទាត់ជា {wanted} មិនមែន {currency} ទេ។ សូមកែរូបិយប័ណ្ណ។",
    status=422,
)
refusal(
    "advance.other",
    en="{advance} has no such part on {account} of {fund} to account for. Take the account and the fund that it was given from.",
    km="{advance} គ្មានចំណែកបែបនេះក្នុង {account} នៃ {fund} ដែលត្រូវទូទាត់ទេ។ សូមយកគណនី និងមូលនិធិដែលបានផ្ដល់បុរេប្រទាននេះ។",
    status=422,
)
refusal(
    "advance.which",
    en="A line on {account} says which advance it is about. Write an advance, or the liquidation or the repayment of one.",
    km="បន្ទាត់ក្នុង {account} ត្រូវប្រាប់ថាជាបុរេប្រទានណា។ សូមសរសេរបុរេប្រទាន ឬការទូទាត់ ឬការបង្វិលបុរេប្រទាន។",
    status=422,
)
refusal(
    "document.exchange_lines",
    en="An exchange is of one fund, out of one account of money and into another, through an account for exchange. "
    "Write anything else as another document.",
    km="ការប្ដូរប្រាក់មានមូលនិធិមួយ ចេញពីគណនីប្រាក់មួយ ចូលគណនីប្រាក់មួយទៀត តាមគណនីប្ដូរប្រាក់។ សូមសរសេរអ្វីផ្សេងជាឯកសារផ្សេង។",
    status=422,
)
refusal(
    "advance.awaited",
    en="{by} waits to account for {advance}. Make it void first, or post it and reverse it.",
    km="{by} កំពុងរង់ចាំទូទាត់ {advance}។ សូមធ្វើឱ្យវាមោឃៈជាមុន ឬចុះបញ្ជី ហើយបញ្ច្រាសវា។",
)
refusal(
    "advance.settled",
    en="Part of {advance} is accounted for already. Reverse that first: {by}.",
    km="ផ្នែកខ្លះនៃ {advance} បានទូទាត់រួចហើយ។ សូមបញ្ច្រាសឯកសារនោះជាមុន៖ {by}។",
)
refusal(
    "entry.has_document",
    en="This entry stands on {document}. Prepare a reversal of that document: somebody else approves it.",
    km="ការចុះបញ្ជីនេះផ្អែកលើ {document}។ សូមរៀបចំការបញ្ច្រាសឯកសារនោះ៖ អ្នកផ្សេងនឹងអនុម័ត។",
)

refusal(
    "document.wrong_way",
    en="With a document of the kind “{kind}” {amount} can't be written: the money would go the wrong way. Write an amount above "
    "zero; what was posted by mistake is undone by a reversal.",
    km="ឯកសារប្រភេទ «{kind}» មិនអាចសរសេរ {amount} ទេ៖ ប្រាក់នឹងទៅខុសទិស។ សូមសរសេរចំនួនធំជាងសូន្យ; អ្វីដែលចុះបញ្ជីខុសត្រូវធ្វើការបញ្ច្រាស។",
    status=422,
)

verb("document.prepare", en="Prepare a document", km="រៀបចំឯកសារ", roles=("finance",))
verb("document.prove", en="Add its paper", km="បន្ថែមឯកសារមូលដ្ឋាន", roles=("finance",))
verb("document.approve", en="Approve a document", km="អនុម័តឯកសារ", roles=("manager",))
verb("document.post", en="Pay and post a document", km="បង់ និងចុះបញ្ជីឯកសារ", roles=("finance",))
verb("document.void", en="Make a document void", km="ធ្វើឱ្យឯកសារមោឃៈ", roles=("finance", "manager"))


@condition(en="The paper that it stands on is attached", km="ឯកសារមូលដ្ឋានត្រូវបានភ្ជាប់")
def its_paper_is_there(document: Any, *, papers: Collection[str], **_: object) -> None:
    """the paper that it stands on is attached"""
    if not set(papers) & set(DOCUMENT_PAPERS):  # a photo or a note beside it is none
        raise Refusal("document.paper_missing", document=document.name)


@condition(
    en="No other document stands on the same bill or list, unless it is said why",
    km="គ្មានឯកសារផ្សេងផ្អែកលើវិក្កយបត្រ ឬបញ្ជីដដែល លើកលែងតែបានប្រាប់មូលហេតុ",
)
def its_paper_is_its_own(document: Any, *, twin: Any, why: Name | None = None, **_: object) -> None:
    """no other document stands on the same bill or list, unless it is said why"""
    if twin is not None and not (why and gives_reason(why)):
        raise Refusal("document.paper_twice", document=document.name, other=twin.name, see=twin)


def moves_money(document: Any) -> bool:
    """Whether money changes hands with a document; with a reversal, where it did with what that undoes."""
    while document.reverses is not None:
        document = document.reverses
    return DOCUMENTS[document.kind].moves_money


@condition(
    en="Where we pay, a third person does it, unless it is below the limit up to which two are enough",
    km="ពេលយើងបង់ប្រាក់ មនុស្សទីបីជាអ្នកបង់ លើកលែងតែចំនួនក្រោមកម្រិតដែលមនុស្សពីរនាក់គ្រប់គ្រាន់",
)
def enough_persons(document: Any, *, by: Any, amount: Money, most: Money | None, **_: object) -> None:
    """a third person pays, unless it is below the limit up to which two are enough; what comes in is paid by somebody else"""
    small = most is not None and amount <= most
    pays = moves_money(document) and document.kind != "receipt"
    if pays and by.pk == document.prepared_by_id and not small:
        raise Refusal("document.three_persons", document=document.name, most=most or Money(0, amount.currency))


_STATES = {
    "prepared": Name(en="Prepared", km="បានរៀបចំ"),
    "approved": Name(en="Approved", km="បានអនុម័ត"),
    "posted": Name(en="Posted", km="បានចុះបញ្ជី"),
    "void": Name(en="Void", km="មោឃៈ"),
}

DOCUMENT = machine(
    "document",
    "prepared",
    _STATES,
    [
        Transition(
            "prepared",
            "approve",
            "approved",
            (by_another_than("prepared_by", _STATES["prepared"]), its_paper_is_there, its_paper_is_its_own),
        ),
        Transition("approved", "post", "posted", (by_another_than("approved_by", _STATES["approved"]), enough_persons)),
        Transition("prepared", "void", "void", (with_a_reason("document.reason_missing"),)),
        Transition("approved", "void", "void", (with_a_reason("document.reason_missing"),)),
    ],
)


#: Whether money comes in (1) or goes out (-1) with a kind of document.
WAYS = {"receipt": 1, "payment": -1, "advance": -1, "tax": -1}


def money_goes_its_way(kind: str, lines: Sequence[tuple[Any, Money]]) -> None:
    """Refuse a receipt that takes money out and a payment that brings some in; `lines` are accounts with amounts."""
    for account, amount in lines:
        if account.use in MONEY_USES and amount.units * WAYS.get(kind, 0) < 0:
            raise Refusal("document.wrong_way", kind=DOCUMENTS[kind].name, amount=-amount if WAYS[kind] < 0 else amount)


def number_of(kind: str, year: int | None, serial: int | None) -> str:
    """A document's number as it is printed: `PV-2008-0012`; empty for what has none."""
    return f"{DOCUMENTS[kind].prefix}-{year}-{serial:04}" if kind and serial else ""


def fits_its_kind(
    kind: str,
    accounts: Sequence[Any],
    *,
    payee: str,
    due_on: date | None,
    basis: str,
    settles: Any,
) -> None:
    """Refuse lines that are not what people know by this kind of document, or one that leaves out what it has to say."""
    one = DOCUMENTS[kind]
    money = [account for account in accounts if account.use in MONEY_USES]
    if one.moves_money and not money:
        raise Refusal("document.no_money", kind=one.name)
    if money and not one.moves_money and kind != "reversal":
        raise Refusal("document.moves_money", kind=one.name, account=money[0].name)
    wanted = WANTS_ACCOUNT.get("liquidation" if settles else kind)
    if wanted and not any(account.use == wanted for account in accounts):
        raise Refusal("document.account_missing", kind=one.name, use=ACCOUNT_USES[wanted])
    if kind in NAMES_PAYEE and not payee:
        raise Refusal("document.payee_missing")
    if kind == "advance" and due_on is None:
        raise Refusal("document.due_missing")
    if kind == "in_kind" and not basis:
        raise Refusal("document.basis_missing")
    if kind == "liquidation" and settles is None:
        raise Refusal("document.settles_missing")


def is_due_later(on: date, due_on: date | None) -> None:
    """Refuse an advance that is due before its own day; one that is paid too late is overdue at once, and says so.

    Raises Refusal `document.due_before`.
    """
    if due_on is not None and due_on < on:
        raise Refusal("document.due_before", on=on, due=due_on)


def stands_to_reason(kind: str, lines: Sequence[Any], on: date) -> None:
    """Refuse what balances and can't be so: money that stays where it is, a commune's money on our account, another year.

    One exception the field knows: what accounts for an advance has receipts of the year in which it was given, so a
    liquidation may charge a line of that year. Raises Refusal `document.same_account`, `document.commune_money`,
    `document.line_of_other_year`.
    """
    money = [one for one in lines if one.account.use in MONEY_USES]
    if kind in ("deposit", "withdrawal") and len({one.account.pk for one in money}) < len(money):
        raise Refusal("document.same_account", account=money[0].account.name)
    for one in lines:
        if one in money and one.fund.kind == "commune":
            raise Refusal("document.commune_money", fund=one.fund.name, account=one.account.name)
        charged = one.amount.units > 0  # what comes back lowers the line that it was charged to
        if kind != "liquidation" and charged and one.line and one.line.year not in (None, on.year):
            raise Refusal("document.line_of_other_year", line=one.line.name, year=one.line.year, on=on)


def advances_are_named(kind: str, lines: Sequence[tuple[Any, int]], *, settles: Any) -> None:
    """An advance account is moved by an advance, upwards, and by what accounts for one, downwards: so that what is
    out stands there, advance by advance. Raises Refusal `advance.which`.
    """
    for account, units in lines:
        if account.use == "advance" and not (units < 0 if settles else kind == "advance" and units > 0):
            raise Refusal("advance.which", account=account.name)
