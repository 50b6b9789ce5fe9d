"""What may be promised and paid to third parties: never more than the caps that hold on the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.ledger.rules.books import MONEY

#: The limits that cap grants to third parties: to one of them, and to all of them together.
CAPS = ("recipient", "third_parties")

_TOGETHER = Name(en="all third parties together", km="ភាគីទីបីទាំងអស់រួមគ្នា")

refusal(
    "commitment.cap",
    en="With {amount} more, {who} would have {sum} of {fund}; at most {most} is allowed ({source}). "
    "Make it smaller, or enter the new limit first.",
    km="បើបន្ថែម {amount} {who} នឹងមាន {sum} ពី {fund}; អនុញ្ញាតយ៉ាងច្រើន {most} ({source})។ សូមបន្ថយ ឬបញ្ចូលកម្រិតថ្មីជាមុន។",
)
refusal(
    "commitment.too_much",
    en="Only {left} of {commitment} is left; {amount} can't be paid. Correct the amount.",
    km="នៅសល់តែ {left} នៃ {commitment}; មិនអាចបង់ {amount} ទេ។ សូមកែចំនួន។",
    status=422,
)
refusal(
    "commitment.line_missing",
    en="{fund} has a budget: say which of its lines this is charged to.",
    km="{fund} មានថវិកា៖ សូមបញ្ជាក់ថាកត់លើបន្ទាត់ណា។",
    status=422,
)

verb("commitment.make", en="Promise money", km="សន្យាប្រាក់", roles=MONEY)
verb("commitment.draw", en="Pay of what is promised", km="បង់ពីប្រាក់សន្យា", roles=MONEY)
verb("commitment.account", en="Account for what was advanced", km="ទូទាត់បុរេប្រទានពីការសន្យា", roles=MONEY)
verb("commitment.return", en="Take back what was paid", km="ទទួលប្រាក់សន្យាមកវិញ", roles=MONEY)
verb("commitment.release", en="Let go what is still promised", km="លែងប្រាក់សន្យាដែលនៅសល់", roles=MONEY)


def within_the_caps(caps: Sequence[Any], *, granted: Money | None = None, paid: Money | None = None) -> None:
    """Refuse what would go above a cap, when it is promised or when it is paid. Exactly the cap is allowed.

    Raises Refusal `commitment.cap`.
    """
    for cap in caps:
        for more, there in ((granted, cap.granted), (paid, cap.paid)):
            if more is not None and there + more > cap.most:
                raise Refusal(
                    "commitment.cap",
                    amount=more,
                    who=cap.recipient.name if cap.recipient else _TOGETHER,
                    sum=there + more,
                    fund=cap.limit.fund.name if cap.limit.fund else Name(en="the fund", km="មូលនិធិ"),
                    most=cap.most,
                    source=cap.limit.source,
                )
