"""What the people of a commune bring to a project themselves: in cash, or as work and materials that are valued.

It is neither the commune's part (the commune/sangkat fund, paid by the treasury) nor what a donor asks its partner to
co-finance. Whether it passes through our books is a fact of each contribution: then it cites its entry there.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from laar.base.rules import by_another_than, verb, with_a_reason
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine
from laar.projects.rules.money import another_takes_it_back, not_closed_yet

CONTRIBUTION_KINDS = {
    "cash": Name(en="In cash", km="ជាសាច់ប្រាក់"),
    "in_kind": Name(en="In kind", km="ជាសម្ភារៈ ឬកម្លាំងពលកម្ម"),
}
#: What kind of fund the entry of a contribution is of, where it passes through our books.
FUND_OF = {"cash": "community", "in_kind": "in_kind"}

#: The paper on which it was received, by kind: who paid in what, or who worked when.
CONTRIBUTION_PAPERS = {
    "collected": Name(en="list of who paid in, signed", km="បញ្ជីអ្នកបង់ប្រាក់ មានហត្ថលេខា"),
    "delivered": Name(en="list of work and materials, signed", km="បញ្ជីកម្លាំងពលកម្ម និងសម្ភារៈ មានហត្ថលេខា"),
}
PAPER_OF = {"cash": "collected", "in_kind": "delivered"}

#: States of a project to which nothing more is brought. One whose grant is settled still goes on with the commune.
NOTHING_MORE = ("closed", "terminated", "wound_up", "rejected")

refusal(
    "contribution.nothing",
    en="A contribution is worth something: {amount} is not. Write how much was promised.",
    km="វិភាគទានត្រូវមានតម្លៃ៖ {amount} មិនមែនទេ។ សូមសរសេរចំនួនដែលបានសន្យា។",
    status=422,
)
refusal(
    "contribution.only_sdp",
    en="{project} is an outreach grant; contributions are told of social development projects. What an outreach plan gets from "
    "elsewhere stands in its lines.",
    km="{project} ជាជំនួយសកម្មភាពចុះផ្សព្វផ្សាយ; វិភាគទានកត់ត្រាសម្រាប់គម្រោងអភិវឌ្ឍន៍សង្គមប៉ុណ្ណោះ។ "
    "អ្វីដែលផែនការចុះផ្សព្វផ្សាយទទួលពីប្រភពផ្សេង មានក្នុងបន្ទាត់របស់វា។",
)
refusal(
    "contribution.over",
    en="{project} is {state}: nothing more is brought to it. Open the project that goes on.",
    km="{project} {state}៖ គ្មានវិភាគទានបន្ថែមទេ។ សូមបើកគម្រោងដែលកំពុងបន្ត។",
)
refusal(
    "contribution.basis_missing",
    en="Say by what it is valued: a price list, a quotation, a wage that is usual there.",
    km="សូមប្រាប់មូលដ្ឋានវាយតម្លៃ៖ បញ្ជីតម្លៃ សម្រង់តម្លៃ ឬប្រាក់ឈ្នួលធម្មតានៅទីនោះ។",
    status=422,
)
refusal(
    "contribution.currency",
    en="It was promised in {wanted} and is received in it, not in {currency}. Correct the currency.",
    km="វិភាគទាននេះបានសន្យាជា {wanted} ហើយត្រូវទទួលជា {wanted} មិនមែន {currency} ទេ។ សូមកែរូបិយប័ណ្ណ។",
    status=422,
)
refusal(
    "contribution.too_much",
    en="{promised} was promised, and with this {sum} would be received. Correct it, or record a promise of what came beyond it.",
    km="បានសន្យា {promised} ហើយជាមួយការទទួលនេះនឹងមាន {sum}។ សូមកែ ឬកត់ត្រាការសន្យាសម្រាប់ចំនួនលើស។",
    status=422,
)
refusal(
    "contribution.not_counted",
    en="It was promised in kind ({unit}): say how many were counted. What they are worth follows from the promise.",
    km="វិភាគទាននេះបានសន្យាជាសម្ភារៈ ({unit})៖ សូមប្រាប់ចំនួនដែលបានរាប់។ តម្លៃគិតតាមការសន្យា។",
    status=422,
)
refusal(
    "contribution.nobody_counted",
    en="Say who counted it there: the name and the office, as on the list.",
    km="សូមប្រាប់អ្នកណាបានរាប់នៅទីនោះ៖ ឈ្មោះ និងមុខងារ ដូចក្នុងបញ្ជី។",
    status=422,
)
refusal(
    "contribution.rounds_away",
    en="{amount} comes to nothing in {currency}. Collect more before it is written down, on one list.",
    km="{amount} គិតជា {currency} ស្មើសូន្យ។ សូមប្រមូលបន្ថែមមុនកត់ត្រា ក្នុងបញ្ជីតែមួយ។",
    status=422,
)
refusal(
    "contribution.entry",
    en="{entry} does not say the same: it should bring {amount} of a fund of the kind “{kind}” to {place}. "
    "Choose the entry that does, or none where the money never came through our books.",
    km="{entry} មិនស្របគ្នាទេ៖ ត្រូវជា {amount} នៃមូលនិធិប្រភេទ «{kind}» នៅ{place}។ "
    "សូមជ្រើសរើសការចុះបញ្ជីត្រឹមត្រូវ ឬទុកទទេបើប្រាក់មិនបានឆ្លងកាត់បញ្ជីរបស់យើង។",
    status=422,
)
refusal(
    "contribution.entry_cited",
    en="{contribution} stands on this entry. Say first that it was not given, with the reason; then reverse the entry.",
    km="{contribution} ផ្អែកលើការចុះបញ្ជីនេះ។ សូមកត់ត្រាជាមុនថាវាមិនបានផ្ដល់ ព្រមទាំងមូលហេតុ រួចបញ្ច្រាសការចុះបញ្ជី។",
)
refusal(
    "contribution.paper_missing",
    en="Attach the {what}: without it nobody knows who gave.",
    km="សូមភ្ជាប់{what}៖ បើគ្មានវា គ្មាននរណាដឹងថាអ្នកណាបានផ្ដល់ទេ។",
    status=422,
)


refusal(
    "contribution.paper_twice",
    en="This {what} proves another contribution already. Attach the list of this one.",
    km="{what}នេះជាភស្តុតាងនៃវិភាគទានផ្សេងរួចហើយ។ សូមភ្ជាប់បញ្ជីរបស់វិភាគទាននេះ។",
)


@condition(en="The signed list of who gave is attached", km="មានបញ្ជីអ្នកផ្ដល់ដែលចុះហត្ថលេខា")
def its_list_is_there(contribution: Any, *, papers: Collection[str], **_: object) -> None:
    """the signed list of who gave is attached"""
    role = PAPER_OF[contribution.kind]
    if role not in papers:
        raise Refusal("contribution.paper_missing", what=CONTRIBUTION_PAPERS[role])


def worth_of(quantity: int, promised: Money, of: int) -> Money:
    """What a quantity is worth, as the promise values it: `of` units were promised at `promised` together."""
    return Money(promised.units * quantity // of, promised.currency)


_STATES = {
    "promised": Name(en="Promised", km="បានសន្យា"),
    "received": Name(en="Received", km="បានទទួល"),
    "dropped": Name(en="Not given", km="មិនបានផ្ដល់"),
}
_BECAUSE = (with_a_reason("project.reason_missing"),)

CONTRIBUTION = machine(
    "contribution",
    "promised",
    _STATES,
    [
        Transition(
            "promised",
            "receive",
            "received",
            (by_another_than("promised_by", _STATES["promised"]), its_list_is_there),
        ),
        # The rest of it, another day.
        Transition(
            "received",
            "receive",
            "received",
            (by_another_than("promised_by", _STATES["promised"]), its_list_is_there),
        ),
        Transition("promised", "drop", "dropped", _BECAUSE),
        # What was written down as received and was not: the mistake is told, and counts no more.
        Transition("received", "drop", "dropped", (*_BECAUSE, another_takes_it_back, not_closed_yet)),
    ],
)

_FIELD = ("facilitator", "manager", "clerk")
verb("contribution.promise", en="Record money that the community promised", km="កត់ត្រាប្រាក់ដែលសហគមន៍សន្យា", roles=_FIELD)
verb(
    "contribution.offer",
    en="Record work or materials that the community promised",
    km="កត់ត្រាកម្លាំងពលកម្ម ឬសម្ភារៈដែលសហគមន៍សន្យា",
    roles=_FIELD,
)
verb(
    "contribution.receive",
    en="Record what the community gave",
    km="កត់ត្រាអ្វីដែលសហគមន៍បានផ្ដល់",
    roles=("facilitator", "manager", "finance"),
)
verb("contribution.drop", en="Record that it was not given", km="កត់ត្រាថាមិនបានផ្ដល់", roles=("manager", "finance"))
