"""What a rate is, and by which rule a fund's reports convert."""

from __future__ import annotations

from fractions import Fraction

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import refusal
from laar.ledger.rules.books import MONEY

#: By which rate the reports of a fund convert what was paid in another currency (domain 5.3; the donor's contract says).
RATE_POLICIES = {
    "transaction": Name(en="rate of the day of the transaction", km="អត្រានៃថ្ងៃប្រតិបត្តិការ"),
    "month": Name(en="rate of the month of payment", km="អត្រានៃខែដែលបង់"),
    "period_mean": Name(en="mean of the months of the reporting period", km="មធ្យមភាគនៃខែក្នុងរយៈពេលរបាយការណ៍"),
    "fixed": Name(en="rate fixed in the contract", km="អត្រាកំណត់ក្នុងកិច្ចសន្យា"),
}

#: Rates are kept as whole numbers of 1/100 000 000: eight decimals, more than any published rate has.
RATE_SCALE = 10**8

refusal(
    "rate.too_fine",
    en="{rate} has more than eight decimals. Enter the rate the other way round: how much of {base} one {currency} costs.",
    km="{rate} មានក្បៀសលើសប្រាំបីខ្ទង់។ សូមបញ្ចូលអត្រាបញ្ច្រាស៖ {currency} មួយស្មើ {base} ប៉ុន្មាន។",
    status=422,
)
refusal(
    "rate.final",
    en="A rate stays as it was entered: money was converted at it. Enter the corrected one; the newest counts from then on.",
    km="អត្រានៅដដែលដូចដែលបានបញ្ចូល៖ ប្រាក់ត្រូវបានប្ដូរតាមវា។ សូមបញ្ចូលអត្រាដែលកែ; អត្រាថ្មីបំផុតរាប់ពីពេលនោះ។",
)
refusal(
    "rate.source_unknown",
    en="Nobody has entered rates of “{source}”. Choose one of these, or enter its rates first: {known}.",
    km="គ្មានអត្រារបស់ «{source}» ទេ។ សូមជ្រើសរើសមួយក្នុងចំណោមនេះ ឬបញ្ចូលអត្រារបស់វាជាមុន៖ {known}។",
    status=422,
)
refusal(
    "rate.missing",
    en="There is no rate from {currency} to {book} on {day}. Enter the rate of that day with its source first.",
    km="គ្មានអត្រាប្ដូរប្រាក់ពី {currency} ទៅ {book} នៅថ្ងៃ {day} ទេ។ សូមបញ្ចូលអត្រានៃថ្ងៃនោះ រួមទាំងប្រភព ជាមុន។",
    status=422,
)
refusal(
    "rate.not_positive",
    en="A rate is more than zero. Write how much of {currency} one {base} costs.",
    km="អត្រាត្រូវធំជាងសូន្យ។ សូមសរសេរថា {base} មួយស្មើ {currency} ប៉ុន្មាន។",
    status=422,
)

refusal(
    "rate.missing_month",
    en="There is no rate from {currency} to {book} dated in {month} ({source}). Load the file of that month first.",
    km="គ្មានអត្រាប្ដូរប្រាក់ពី {currency} ទៅ {book} ចុះក្នុងខែ {month} ({source}) ទេ។ សូមបញ្ចូលឯកសារអត្រានៃខែនោះជាមុន។",
    status=422,
)
refusal(
    "rate.file",
    en="{file} is not a list of rates as InforEuro publishes it: {why}. Download it again and load it as it is, or say "
    "once which of its columns is what.",
    km="{file} មិនមែនជាបញ្ជីអត្រាដូចដែល InforEuro បានផ្សាយទេ៖ {why}។ សូមទាញយកម្ដងទៀត ហើយបញ្ចូលដោយមិនកែ ឬប្រាប់ម្ដងថាជួរឈរណាជាអ្វី។",
    status=422,
)
refusal(
    "rate.which_month",
    en="{file} does not say of which month its rates are. Say the month, and load it once more.",
    km="{file} មិនបានប្រាប់ថាអត្រានេះជារបស់ខែណាទេ។ សូមប្រាប់ខែ ហើយបញ្ចូលម្ដងទៀត។",
    status=422,
)

refusal(
    "rate.which_day",
    en="No column of {file} says from which day its rates hold. Say the day, and load it once more.",
    km="គ្មានជួរឈរណានៃ {file} ប្រាប់ថាអត្រាមានសុពលភាពពីថ្ងៃណាទេ។ សូមប្រាប់ថ្ងៃ ហើយបញ្ចូលម្ដងទៀត។",
    status=422,
)
refusal(
    "rate.far",
    en="Line {line} of {file}: {rate}, but it was {was}. Correct how the list writes its numbers, or which way round it "
    "says them. If it is right all the same, enter that one rate by hand.",
    km="បន្ទាត់ {line} នៃ {file}៖ {rate} តែពីមុន {was}។ សូមកែរបៀបសរសេរលេខ ឬទិសដៅនៃអត្រា។ បើវាត្រឹមត្រូវមែន សូមបញ្ចូលអត្រានោះដោយដៃ។",
    status=422,
)

#: A rate that is so many times the one before it, or so small a part of it, was misread: a sign of thousands, a unit.
FAR = 8

verb("rate.import", en="Load rates from a file", km="បញ្ចូលអត្រាពីឯកសារ", roles=(*MONEY, "administrator"))
verb("rate.set", en="Enter a rate", km="បញ្ចូលអត្រាប្ដូរប្រាក់", roles=(*MONEY, "administrator"))


def converted(amount: Money, rate: Fraction, to: str) -> Money:
    """An amount in another currency, rounded once, half up, to its smallest coin; `rate` is `to` per unit."""
    return amount.times(rate, to)
