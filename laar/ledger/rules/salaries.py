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
    en="Line {row}: it is not known what {person} cost there. Write the amount, or the gross salary and the hours.",
    km="បន្ទាត់ {row}៖ មិនដឹងថា {person} ចំណាយប៉ុន្មាននៅទីនោះទេ។ សូមសរសេរចំនួន ឬប្រាក់បៀវត្សសរុប និងម៉ោង។",
    status=422,
)
refusal(
    "salary.negative",
    en="Line {row}: {amount} is less than nothing. Write what the work costs.",
    km="បន្ទាត់ {row}៖ {amount} តិចជាងសូន្យ។ សូមសរសេរថ្លៃការងារ។",
    status=422,
)
refusal(
    "salary.nobody",
    en="Line {row} names nobody. Write who did the work.",
    km="បន្ទាត់ {row} គ្មានឈ្មោះនរណាទេ។ សូមសរសេរអ្នកដែលបានធ្វើការ។",
    status=422,
)
refusal(
    "salary.hours",
    en="Line {row}: “{text}” are no hours of a month. Write a number, for example 88 or 12.5.",
    km="បន្ទាត់ {row}៖ «{text}» មិនមែនជាម៉ោងក្នុងមួយខែទេ។ សូមសរសេរជាលេខ ឧទាហរណ៍ 88 ឬ 12.5។",
    status=422,
)
refusal(
    "salary.gross",
    en="Line {row}: the gross salary of {person} is {other} here and {gross} before. Correct one of them.",
    km="បន្ទាត់ {row}៖ ប្រាក់បៀវត្សសរុបរបស់ {person} គឺ {other} នៅទីនេះ និង {gross} ពីមុន។ សូមកែមួយ។",
    status=422,
)
refusal(
    "salary.sum",
    en="{person}: the lines come to {sum}, the gross salary is {gross}. Correct one of them.",
    km="{person}៖ បន្ទាត់សរុប {sum} តែប្រាក់បៀវត្សគឺ {gross}។ សូមកែមួយ។",
    status=422,
)
refusal(
    "salary.twice",
    en="This file became {document} already. Undo that one first, if it was wrong.",
    km="ឯកសារនេះបានក្លាយជា {document} រួចហើយ។ បើវាខុស សូមដកវាចេញជាមុន។",
)

verb("salary.allocate", en="Allocate salaries", km="បែងចែកប្រាក់បៀវត្ស", roles=("finance",))


def columns_fit(columns: Mapping[str, str]) -> None:
    """Refuse a mapping by which no amount could be known. Raises Refusal `salary.way`."""
    has = {meaning for meaning, heading in columns.items() if heading}
    if not set(SALARY_NEEDED) <= has or ("amount" not in has and not {"gross", "hours"} <= has):
        raise Refusal("salary.way")
