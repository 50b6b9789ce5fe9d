"""What a file of salaries and timesheets has to say."""

from __future__ import annotations

from collections.abc import Mapping

from laar.base.rules import verb
from laar.kit.refusals import Refusal, refusal

#: What a column can mean, and what it is called where no mapping says otherwise.
SALARY_COLUMNS = {"person": "person", "line": "budget line", "hours": "hours", "gross": "gross", "amount": "amount"}
#: Without these nothing can be charged.
SALARY_NEEDED = ("person", "line")

refusal(
    "salary.way",
    en="Say either a column with the amount of each line, or one with the gross salary and one with the hours.",
    km="សូមបញ្ជាក់ជួរឈរចំនួនទឹកប្រាក់នៃបន្ទាត់នីមួយៗ ឬជួរឈរប្រាក់បៀវត្សសរុប និងជួរឈរម៉ោង។",
    status=422,
)
refusal(
    "salary.line_unknown",
    en="Line {row}: there is no budget line {code}. Correct the code.",
    km="បន្ទាត់ {row}៖ គ្មានបន្ទាត់ថវិកា {code} ទេ។ សូមកែលេខកូដ។",
    status=422,
)
refusal(
    "salary.line_twice",
    en="Line {row}: several budgets have a line {code}. Write it with its budget, as in {example}.",
    km="បន្ទាត់ {row}៖ ថវិកាច្រើនមានបន្ទាត់ {code}។ សូមសរសេរជាមួយថវិកា ដូចជា {example}។",
    status=422,
)
refusal(
    "salary.amount",
    en="Line {row}: “{text}” can't be read as an amount in {currency}. Correct it.",
    km="បន្ទាត់ {row}៖ មិនអាចអាន «{text}» ជាចំនួនទឹកប្រាក់ {currency} ទេ។ សូមកែ។",
    status=422,
)
refusal(
    "salary.hours",
    en="Line {row}: “{text}” are no hours. Write a number, for example 88 or 12.5.",
    km="បន្ទាត់ {row}៖ «{text}» មិនមែនជាម៉ោងទេ។ សូមសរសេរជាលេខ ឧទាហរណ៍ 88 ឬ 12.5។",
    status=422,
)
refusal(
    "salary.sum",
    en="{person}: the lines come to {sum}, the gross salary is {gross}. Correct one of them.",
    km="{person}៖ បន្ទាត់សរុប {sum} តែប្រាក់បៀវត្សគឺ {gross}។ សូមកែមួយ។",
    status=422,
)

refusal(
    "salary.no_timesheets",
    en="The signed timesheets are missing. Send a scan of them: they are the paper of this document.",
    km="ខ្វះតារាងម៉ោងដែលមានហត្ថលេខា។ សូមផ្ញើរូបស្កេន៖ វាជាឯកសារភស្តុតាង។",
    status=422,
)

verb("salary.allocate", en="Allocate salaries", km="បែងចែកប្រាក់បៀវត្ស", roles=("finance",))


def columns_fit(columns: Mapping[str, str]) -> None:
    """Refuse a mapping by which no amount could be known. Raises Refusal `salary.way`."""
    has = {meaning for meaning, heading in columns.items() if heading}
    if not set(SALARY_NEEDED) <= has or ("amount" not in has and not {"gross", "hours"} <= has):
        raise Refusal("salary.way")
