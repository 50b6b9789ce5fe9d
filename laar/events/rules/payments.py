"""What participants are paid, and what has to be explained before somebody approves it."""

from __future__ import annotations

from laar.base.rules import verb
from laar.events.rules.events import FIELD
from laar.kit.names import Name
from laar.kit.refusals import refusal

#: What is found on a line of a payment list, and must be explained.
FLAGS = {
    "absent": Name(en="not on the attendance", km="មិនមានក្នុងបញ្ជីវត្តមាន"),
    "elsewhere": Name(en="paid at another event on that day", km="បើកប្រាក់នៅព្រឹត្តិការណ៍ផ្សេងក្នុងថ្ងៃតែមួយ"),
}

refusal(
    "payment_list.not_held",
    en="Participants are paid when the event was held. Hold it first.",
    km="អ្នកចូលរួមទទួលប្រាក់នៅពេលព្រឹត្តិការណ៍បានប្រព្រឹត្តទៅ។ សូមកត់ត្រាថាបានប្រព្រឹត្តទៅជាមុន។",
)
refusal(
    "payment_list.nobody",
    en="Nobody stands on {list} with an amount. Add the participants first.",
    km="គ្មាននរណាមានចំនួនទឹកប្រាក់ក្នុង {list} ទេ។ សូមបន្ថែមអ្នកចូលរួមជាមុន។",
    status=422,
)
refusal(
    "payment_list.charged",
    en="{list} is charged to {document} and is not changed any more. Make that document void first.",
    km="{list} បានភ្ជាប់ទៅ {document} ហើយ មិនអាចកែទៀតទេ។ សូមធ្វើឱ្យឯកសារនោះមោឃៈជាមុន។",
)
refusal(
    "payment_list.unexplained",
    en="{line} is on {list}, but {flag}. Explain it on the list before the voucher is approved.",
    km="{line} មានក្នុង {list} ប៉ុន្តែ{flag}។ សូមពន្យល់ក្នុងបញ្ជីមុនពេលអនុម័តប័ណ្ណចំណាយ។",
)
refusal(
    "payment_list.named_once",
    en="This person stands on the list already. Correct the line that is there.",
    km="បុគ្គលនេះមានក្នុងបញ្ជីរួចហើយ។ សូមកែបន្ទាត់ដែលមាន។",
)
refusal(
    "payment_list.no_name",
    en="Choose the person, or write the name as it stands on the list.",
    km="សូមជ្រើសរើសបុគ្គល ឬសរសេរឈ្មោះដូចក្នុងបញ្ជី។",
    status=422,
)
refusal(
    "payment_list.no_explanation",
    en="Write why this participant is paid: the approver and the auditor read it.",
    km="សូមសរសេរមូលហេតុដែលអ្នកចូលរួមនេះទទួលប្រាក់៖ អ្នកអនុម័ត និងសវនករនឹងអាន។",
    status=422,
)

PAYS = (*FIELD, "finance")
verb("payment_list.draw", en="Draw up a payment list", km="រៀបចំបញ្ជីបើកប្រាក់", roles=PAYS)
verb("payment_list.charge", en="Prepare the payment voucher", km="រៀបចំប័ណ្ណចំណាយ", roles=("finance",))
verb("payment_line.add", en="Add a participant to be paid", km="បន្ថែមអ្នកចូលរួមដែលត្រូវបើកប្រាក់", roles=PAYS)
verb("payment_line.correct", en="Correct what somebody is paid", km="កែចំនួនដែលបើកឱ្យ", roles=PAYS)
verb("payment_line.explain", en="Explain a payment", km="ពន្យល់ការបើកប្រាក់", roles=PAYS)
