"""What a budget is made of, what happens to a commitment, and what a limit can limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.ledger.rules.books import MONEY

#: What the budget form computes in a row of its own, where the row is no sum of lines (domain 5.3: EU headings 7 to 11).
HEADING_ROLES = {
    "direct": Name(en="subtotal of direct cost", km="សរុបរងចំណាយផ្ទាល់"),
    "indirect": Name(en="indirect cost", km="ចំណាយប្រយោល"),
    "eligible": Name(en="total eligible cost without reserve", km="សរុបចំណាយដែលអាចទទួលយកបាន មិនរាប់បម្រុង"),
    "reserve": Name(en="contingency reserve", km="ថវិកាបម្រុង"),
    "total": Name(en="total", km="សរុប"),
    "in_kind": Name(en="contributions in kind", km="វិភាគទានជាសម្ភារៈ"),
}

BUDGET_CHANGES = {
    "original": Name(en="Original budget", km="ថវិកាដើម"),
    "amended": Name(en="Amendment", km="វិសោធនកម្ម"),
    "reallocated": Name(en="Reallocation", km="ការផ្ទេរឥណទាន"),
}

COMMITMENT_MOVES = {
    "made": Name(en="Committed", km="បានសន្យា"),
    "drawn": Name(en="Paid", km="បានបង់"),
    "returned": Name(en="Came back", km="បានបង្វិល"),
    "released": Name(en="Released", km="បានលែង"),
    "accounted": Name(en="Accounted for", km="បានទូទាត់"),
}

LIMITS = {
    "reallocation": Name(en="Shift between headings without an addendum", km="ការផ្ទេររវាងចំណាត់ថ្នាក់ដោយគ្មានសេចក្ដីបន្ថែម"),
    "recipient": Name(en="Grants to one third party", km="ជំនួយដល់ភាគីទីបីមួយ"),
    "third_parties": Name(en="Grants to third parties together", km="ជំនួយដល់ភាគីទីបីសរុប"),
    "variation": Name(en="Variation that a report may leave unexplained", km="គម្លាតដែលរបាយការណ៍មិនបាច់ពន្យល់"),
    "two_persons": Name(en="Payment that two persons are enough for", km="ការទូទាត់ដែលមនុស្សពីរនាក់គ្រប់គ្រាន់"),
    "cash_box": Name(en="Cash in a box", km="សាច់ប្រាក់ក្នុងបេឡា"),
    "advance": Name(en="Days in which an advance is accounted for", km="ចំនួនថ្ងៃសម្រាប់ទូទាត់បុរេប្រទាន"),
}

#: A shift away from nothing, in 1/100 %.
MORE_THAN_ANY = 10**9

#: Limits that are a share of something, so that a percentage means something for them.
SHARES = ("reallocation", "recipient", "third_parties", "variation")

refusal(
    "budget.final",
    en="What a change of the budget said is never altered. Record another change.",
    km="អ្វីដែលការផ្លាស់ប្ដូរថវិកាបានចែង មិនត្រូវកែទេ។ សូមកត់ត្រាការផ្លាស់ប្ដូរថ្មី។",
)
refusal(
    "commitment.final",
    en="What happened to a commitment is never altered. Record what happens next.",
    km="អ្វីដែលបានកើតឡើងចំពោះការសន្យា មិនត្រូវកែទេ។ សូមកត់ត្រាអ្វីដែលកើតឡើងបន្ទាប់។",
)
refusal(
    "budget.set_already",
    en="{budget} has its original lines already. Amend it by an addendum, or shift amounts between its lines.",
    km="{budget} មានបន្ទាត់ដើមរួចហើយ។ សូមធ្វើវិសោធនកម្មតាមសេចក្ដីបន្ថែម ឬផ្ទេររវាងបន្ទាត់។",
)
refusal(
    "budget.not_set",
    en="{budget} has no lines yet. Enter the original budget first.",
    km="{budget} មិនទាន់មានបន្ទាត់ទេ។ សូមបញ្ចូលថវិកាដើមជាមុន។",
)
refusal(
    "budget.no_heading",
    en="There is no heading {heading} in the form {chart}. Load the form first, or write a heading that it has.",
    km="គ្មានចំណាត់ថ្នាក់ {heading} ក្នុងទម្រង់ {chart} ទេ។ សូមបញ្ចូលទម្រង់ជាមុន ឬសរសេរចំណាត់ថ្នាក់ដែលមាន។",
    status=422,
)
refusal(
    "budget.form_missing",
    en="The headings of the form “{chart}” are not loaded in this programme, so no budget can be laid out by them. Open "
    "Budgets, then Budget forms, load the form there, and come back.",
    km="ចំណាត់ថ្នាក់នៃទម្រង់ «{chart}» មិនទាន់បានបញ្ចូលក្នុងកម្មវិធីនេះទេ។ សូមបើក ថវិកា រួច ទម្រង់ថវិកា បញ្ចូលទម្រង់នៅទីនោះ ហើយត្រឡប់មកវិញ។",
    status=422,
)
refusal(
    "budget.heading_computed",
    en="{heading} is computed by the form; no line stands there. Choose another heading.",
    km="{heading} ត្រូវបានគណនាដោយទម្រង់; គ្មានបន្ទាត់នៅទីនោះទេ។ សូមជ្រើសរើសចំណាត់ថ្នាក់ផ្សេង។",
    status=422,
)
refusal(
    "budget.currency",
    en="{amount} is not in the currency of {budget}, which is {wanted}. Write it in {wanted}.",
    km="{amount} មិនមែនជារូបិយប័ណ្ណរបស់ {budget} គឺ {wanted} ទេ។ សូមសរសេរជា {wanted}។",
    status=422,
)
refusal(
    "budget.product",
    en="{line}: {quantity} units at {unit_cost} make {product}, not {amount}. Correct one of the three.",
    km="{line}៖ {quantity} ឯកតា តម្លៃ {unit_cost} ស្មើ {product} មិនមែន {amount} ទេ។ សូមកែមួយ។",
    status=422,
)
refusal(
    "budget.line_doubled",
    en="The line {line} stands there twice. Give each line its own code.",
    km="បន្ទាត់ {line} មានពីរដង។ សូមឱ្យកូដផ្សេងគ្នា។",
    status=422,
)
refusal(
    "budget.year",
    en="{line} is of the year {year}, outside {budget} ({since} to {until}). Correct the year.",
    km="{line} ជារបស់ឆ្នាំ {year} ក្រៅពី {budget} ({since} ដល់ {until})។ សូមកែឆ្នាំ។",
    status=422,
)
refusal(
    "budget.over_most",
    en="{heading} would be {amount}, more than {most} of the direct cost of {direct}. Make it smaller.",
    km="{heading} នឹងមាន {amount} លើស {most} នៃចំណាយផ្ទាល់ {direct}។ សូមបន្ថយ។",
    status=422,
)
refusal(
    "budget.addendum_missing",
    en="An amendment stands on an addendum to the contract. Write its number.",
    km="វិសោធនកម្មត្រូវមានសេចក្ដីបន្ថែមនៃកិច្ចសន្យា។ សូមសរសេរលេខ។",
    status=422,
)
refusal(
    "budget.nothing",
    en="No line is changed. Write at least one amount.",
    km="គ្មានបន្ទាត់ណាផ្លាស់ប្ដូរទេ។ សូមសរសេរយ៉ាងតិចចំនួនមួយ។",
    status=422,
)
refusal(
    "budget.line_elsewhere",
    en="{line} is no line of {budget}. Choose one of its lines.",
    km="{line} មិនមែនជាបន្ទាត់នៃ {budget} ទេ។ សូមជ្រើសរើសបន្ទាត់របស់វា។",
    status=422,
)
refusal(
    "budget.shift_open",
    en="The shifts do not cancel out: {sum} is left over. What one line gets, others give.",
    km="ការផ្ទេរមិនស្មើគ្នាទេ៖ នៅសល់ {sum}។ អ្វីដែលបន្ទាត់មួយទទួល បន្ទាត់ផ្សេងត្រូវឱ្យ។",
    status=422,
)
refusal(
    "budget.below_zero",
    en="{line} has only {planned}; {amount} can't be taken from it. Take less.",
    km="{line} មានតែ {planned}; មិនអាចដក {amount} ទេ។ សូមដកតិចជាងនេះ។",
    status=422,
)
refusal(
    "budget.ceiling",
    en="With this, {heading} is shifted by {percent} % of its {base} in all; without an addendum at most {most} % ({source}). "
    "Shift less, or write the number of the addendum.",
    km="ដោយការផ្ទេរនេះ {heading} ត្រូវបានផ្ទេរសរុប {percent} % នៃ {base}; បើគ្មានសេចក្ដីបន្ថែម យ៉ាងច្រើន {most} % ({source})។ "
    "សូមផ្ទេរតិចជាងនេះ ឬសរសេរលេខសេចក្ដីបន្ថែម។",
)
refusal(
    "budget.no_ceiling",
    en="No limit says how much of {fund} may be shifted between headings on {on}. Enter the limit of the contract first, "
    "or write the number of the addendum.",
    km="គ្មានកម្រិតកំណត់ថាអាចផ្ទេររវាងចំណាត់ថ្នាក់នៃ {fund} ប៉ុន្មាននៅថ្ងៃ {on} ទេ។ សូមបញ្ចូលកម្រិតនៃកិច្ចសន្យាជាមុន ឬសរសេរលេខសេចក្ដីបន្ថែម។",
)
refusal(
    "budget.before_last",
    en="It is dated {on}, before the last change of {budget} ({last}). Date it on that day or later.",
    km="ចុះថ្ងៃ {on} មុនការផ្លាស់ប្ដូរចុងក្រោយនៃ {budget} ({last})។ សូមចុះថ្ងៃនោះ ឬក្រោយ។",
    status=422,
)
refusal(
    "budget.cost_outside",
    en="A cost of {on} can't be charged to {line}: {budget} runs from {since} to {last}. Extend the budget by an addendum, or "
    "choose a line of a budget that has this day; what was bought by {last} and is paid later is booked on its day as to be "
    "paid.",
    km="ចំណាយថ្ងៃ {on} មិនអាចកត់លើ {line} ទេ៖ {budget} ចាប់ពី {since} ដល់ {last}។ សូមបន្តថវិកាតាមសេចក្ដីបន្ថែម "
    "ឬជ្រើសរើសបន្ទាត់នៃថវិកាដែលមានថ្ងៃនេះ; អ្វីដែលបានទិញត្រឹម {last} ហើយបង់ក្រោយ ត្រូវចុះបញ្ជីនៅថ្ងៃរបស់វា ជាប្រាក់ត្រូវបង់។",
    status=422,
)
refusal(
    "budget.not_longer",
    en="{budget} runs to {last}. An addendum extends it to a later day; {until} is not later.",
    km="{budget} មានរហូតដល់ {last}។ សេចក្ដីបន្ថែមបន្តវាដល់ថ្ងៃក្រោយ; {until} មិនក្រោយទេ។",
    status=422,
)
refusal(
    "budget.other_currency",
    en="The contract of {fund} is in {wanted}, so its budget is, too, and not in {currency}. Choose {wanted}.",
    km="កិច្ចសន្យារបស់ {fund} ជា {wanted} ដូច្នេះថវិកាក៏ជា {wanted} មិនមែន {currency} ទេ។ សូមជ្រើសរើស {wanted}។",
    status=422,
)
refusal(
    "forecast.days",
    en="{since} to {last} is not within {budget} ({first} to {end}). A forecast is about days of the budget.",
    km="{since} ដល់ {last} មិននៅក្នុង {budget} ({first} ដល់ {end}) ទេ។ ការព្យាករណ៍គឺអំពីថ្ងៃក្នុងថវិកា។",
    status=422,
)
refusal(
    "forecast.nothing",
    en="No amount is expected on any line. Write at least one.",
    km="គ្មានចំនួនរំពឹងទុកលើបន្ទាត់ណាទេ។ សូមសរសេរយ៉ាងតិចមួយ។",
    status=422,
)
refusal(
    "forecast.twice",
    en="{line} has two amounts from {since} to {last}, or days that overlap. Write one for each month, quarter or year.",
    km="{line} មានចំនួនពីរ ពី {since} ដល់ {last} ឬថ្ងៃជាន់គ្នា។ សូមសរសេរមួយសម្រាប់ខែ ត្រីមាស ឬឆ្នាំនីមួយៗ។",
    status=422,
)
refusal(
    "forecast.final",
    en="A forecast stays as it was made. Enter another one; the newest counts.",
    km="ការព្យាករណ៍នៅដដែលដូចដែលបានធ្វើ។ សូមបញ្ចូលថ្មី; ថ្មីបំផុតត្រូវបានរាប់។",
)
refusal(
    "forecast.negative",
    en="{amount} is expected on {line}: what is spent is never below zero. Leave the line out, or correct the amount.",
    km="រំពឹងទុក {amount} លើ {line}៖ ចំណាយមិនដែលក្រោមសូន្យទេ។ សូមទុកបន្ទាត់ទទេ ឬកែចំនួន។",
    status=422,
)
refusal(
    "forecast.too_much",
    en="{amount} is expected on {line}, more than the whole budget of {whole}. Correct the amount.",
    km="រំពឹងទុក {amount} លើ {line} ច្រើនជាងថវិកាទាំងមូល {whole}។ សូមកែចំនួន។",
    status=422,
)
refusal(
    "limit.absurd",
    en="“{kind}” can't be {value}: an amount is not below zero, a percentage is at most 100, days are 1 to {days}. Correct it.",
    km="«{kind}» មិនអាចជា {value} ទេ៖ ចំនួនប្រាក់មិនក្រោមសូន្យ ភាគរយមិនលើស 100 ថ្ងៃពី 1 ដល់ {days}។ សូមកែ។",
    status=422,
)
refusal(
    "limit.value",
    en="“{kind}” is either an amount, a percentage or a number of days. Write the one that the contract names.",
    km="«{kind}» ជាចំនួនទឹកប្រាក់ ភាគរយ ឬចំនួនថ្ងៃ។ សូមសរសេរមួយតាមកិច្ចសន្យា។",
    status=422,
)
refusal(
    "limit.source_missing",
    en="Say who sets this limit: the article of the contract, the manual.",
    km="សូមប្រាប់ថាអ្នកណាកំណត់កម្រិតនេះ៖ មាត្រានៃកិច្ចសន្យា សៀវភៅណែនាំ។",
    status=422,
)

#: Nobody gives an advance for more days than this.
MOST_DAYS = 3_650


def is_possible(kind: str, *, amount: Money | None, percent: int | None, days: int | None) -> None:
    """Refuse a limit that nothing can keep to, or that limits nothing. Raises Refusal `limit.absurd`."""
    wrong = (
        (amount is not None and amount.units < 0 and str(amount))
        or (percent is not None and not 0 <= percent <= 10_000 and f"{percent / 100:g} %")
        or (days is not None and not 1 <= days <= MOST_DAYS and str(days))
    )
    if wrong:
        raise Refusal("limit.absurd", kind=LIMITS.get(kind, kind), value=wrong, days=f"{MOST_DAYS:,}")


verb("chart.load", en="Load a chart of accounts", km="បញ្ចូលប្លង់គណនី", roles=MONEY)
verb("heading.load", en="Load a budget form", km="បញ្ចូលទម្រង់ថវិកា", roles=MONEY)
verb("budget.open", en="Open a budget", km="បើកថវិកា", roles=MONEY)
verb("budget.set", en="Enter the original budget", km="បញ្ចូលថវិកាដើម", roles=MONEY)
verb("budget.amend", en="Amend the budget by an addendum", km="វិសោធនកម្មថវិកា", roles=MONEY)
verb("budget.reallocate", en="Shift amounts between budget lines", km="ផ្ទេររវាងបន្ទាត់ថវិកា", roles=MONEY)
verb("budget.forecast", en="Enter a forecast", km="បញ្ចូលការព្យាករណ៍", roles=MONEY)
verb("limit.set", en="Enter a limit", km="បញ្ចូលកម្រិតកំណត់", roles=("manager", "administrator"))


def shift_of(part: int, base: int) -> Fraction:
    """How much of a main heading is shifted, in 1/100 % of what was agreed; more than any limit where that is nothing."""
    return Fraction(part * 10_000, base) if base else Fraction(MORE_THAN_ANY if part else 0)


def is_shifted_too_far(part: int, base: int, limit: Any) -> bool:
    """The one rule about a shift without an addendum, for a change of the budget and for a report: exactly the ceiling is
    allowed, and what is spent beyond a heading shifts it as a reallocation does.
    """
    return part > 0 and limit.percent is not None and shift_of(part, base) > limit.percent


def within_the_ceiling(
    shifted: Mapping[str, int], base: Mapping[str, int], names: Mapping[str, Name], limit: Any, currency: str
) -> None:
    """Refuse a shift that, with those before it, moves a main heading by more than the ceiling.

    `shifted` is what a heading has gained or lost without an addendum since `base` was agreed. Raises Refusal
    `budget.ceiling`.
    """
    for code, units in shifted.items():
        if is_shifted_too_far(abs(units), base.get(code, 0), limit):
            percent = shift_of(abs(units), base.get(code, 0))
            raise Refusal(
                "budget.ceiling",
                heading=names[code],
                percent="more than 1,000" if percent > 100_000 else f"{float(percent) / 100:.2f}",
                base=Money(base.get(code, 0), currency),
                most=f"{limit.percent / 100:g}",
                source=limit.source,
            )


def within_their_most(capped: Iterable[tuple[Name, int, int]], direct: int, currency: str) -> None:
    """Refuse indirect cost or a reserve above its part of the direct cost: (name, amount, most in 1/100 %).

    Raises Refusal `budget.over_most`.
    """
    for name, units, most in capped:
        if units * 10_000 > direct * most:
            raise Refusal(
                "budget.over_most",
                heading=name,
                amount=Money(units, currency),
                most=f"{most / 100:g} %",
                direct=Money(direct, currency),
            )
