"""When an entry may stand in a book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

ACCOUNT_KINDS = {
    "asset": Name(en="Asset", km="ទ្រព្យសកម្ម"),
    "liability": Name(en="Liability", km="បំណុល"),
    "equity": Name(en="Fund balance", km="សមតុល្យមូលនិធិ"),
    "income": Name(en="Income", km="ចំណូល"),
    "expense": Name(en="Expense", km="ចំណាយ"),
}

FUND_KINDS = {
    "grant": Name(en="Grant of a donor", km="ជំនួយឥតសំណង"),
    "commune": Name(en="Commune/sangkat fund", km="មូលនិធិឃុំ/សង្កាត់"),
    "community": Name(en="Contribution of the community", km="វិភាគទានសហគមន៍"),
    "in_kind": Name(en="In kind", km="ជាសម្ភារៈ"),
}

PURPOSE_KINDS = {
    "oa": Name(en="Outreach activities", km="សកម្មភាពចុះផ្សព្វផ្សាយ"),
    "sdp": Name(en="Social development projects", km="គម្រោងអភិវឌ្ឍន៍សង្គម"),
    "training": Name(en="Training and coaching", km="ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    "running": Name(en="Running the programme", km="ការដំណើរការកម្មវិធី"),
}

#: Rates are kept as whole numbers of 1/100 000 000: eight decimals, more than any published rate has.
RATE_SCALE = 10**8

refusal(
    "entry.unbalanced",
    en="Debits and credits must be equal in every currency and in the book's own. "
    "Look for the line that is missing or wrong; nothing was posted.",
    km="ឥណពន្ធ និងឥណទានត្រូវស្មើគ្នាគ្រប់រូបិយប័ណ្ណ និងតាមរូបិយប័ណ្ណរបស់បញ្ជី។ សូមរកបន្ទាត់ដែលខ្វះ ឬខុស; មិនបានចុះបញ្ជីទេ។",
    status=422,
)
refusal(
    "entry.off_by",
    en="The entry does not balance: {off} too much on the {side} side. Correct the line that is wrong; nothing was posted.",
    km="ការចុះបញ្ជីមិនស្មើគ្នាទេ៖ លើស {off} នៅខាង {side}។ សូមកែបន្ទាត់ដែលខុស; មិនបានចុះបញ្ជីទេ។",
    status=422,
)
refusal(
    "entry.too_short",
    en="An entry has at least two lines, none of them zero: where the money comes from and where it goes.",
    km="ការចុះបញ្ជីមួយមានយ៉ាងតិចពីរបន្ទាត់ គ្មានបន្ទាត់ណាសូន្យ៖ ប្រាក់មកពីណា និងទៅណា។",
    status=422,
)
refusal(
    "rate.too_fine",
    en="{rate} has more than eight decimals. Enter the rate the other way round: how much of {base} one {currency} costs.",
    km="{rate} មានក្បៀសលើសប្រាំបីខ្ទង់។ សូមបញ្ចូលអត្រាបញ្ច្រាស៖ {currency} មួយស្មើ {base} ប៉ុន្មាន។",
    status=422,
)
refusal(
    "book.currency",
    en="A book is kept in the currency that the programme reports in ({wanted}), not in {currency}. "
    "Its entries may be in any currency.",
    km="បញ្ជីត្រូវកត់ជារូបិយប័ណ្ណរបាយការណ៍របស់កម្មវិធី ({wanted}) មិនមែន {currency} ទេ។ ការចុះបញ្ជីអាចជារូបិយប័ណ្ណណាក៏បាន។",
    status=422,
)
refusal(
    "entry.torn",
    en="The lines of an entry belong to its book, its day and its programme. Look for the line that does not; "
    "nothing was posted.",
    km="បន្ទាត់នៃការចុះបញ្ជីត្រូវស្ថិតក្នុងបញ្ជី ថ្ងៃ និងកម្មវិធីតែមួយ។ សូមរកបន្ទាត់ដែលខុស; មិនបានចុះបញ្ជីទេ។",
    status=422,
)
refusal(
    "entry.before_its_cause",
    en="A reversal is dated {on}, before the entry that it undoes ({entry}). Date it on that day or later.",
    km="ការបញ្ច្រាសចុះថ្ងៃ {on} មុនការចុះបញ្ជីដែលវាបញ្ច្រាស ({entry})។ សូមចុះថ្ងៃនោះ ឬក្រោយ។",
    status=422,
)
refusal(
    "entry.other_book",
    en="{account} is not an account of the book {book}. Choose an account of this book.",
    km="{account} មិនមែនជាគណនីក្នុងបញ្ជី {book} ទេ។ សូមជ្រើសរើសគណនីនៃបញ្ជីនេះ។",
    status=422,
)
refusal(
    "entry.final",
    en="A posted entry is never changed or taken away. Correct it by a reversal and a new entry.",
    km="ការចុះបញ្ជីរួចហើយមិនអាចកែ ឬលុបបានទេ។ សូមកែដោយការបញ្ច្រាស និងការចុះបញ្ជីថ្មី។",
)
refusal(
    "entry.reversed_already",
    en="This entry was reversed already. Open the reversal.",
    km="ការចុះបញ្ជីនេះត្រូវបានបញ្ច្រាសរួចហើយ។ សូមបើកការបញ្ច្រាសនោះ។",
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

MONEY = ("finance", "manager")
verb("book.open", en="Open a book", km="បើកបញ្ជីគណនេយ្យ", roles=MONEY)
verb("account.open", en="Open an account", km="បើកគណនី", roles=MONEY)
verb("fund.open", en="Open a fund", km="បើកមូលនិធិ", roles=MONEY)
verb("purpose.open", en="Open a purpose", km="បើកគោលបំណងចំណាយ", roles=MONEY)
verb("rate.set", en="Enter a rate", km="បញ្ចូលអត្រាប្ដូរប្រាក់", roles=(*MONEY, "administrator"))
verb("entry.post", en="Post an entry", km="ចុះបញ្ជី", roles=("finance",))
verb("entry.reverse", en="Reverse an entry", km="បញ្ច្រាសការចុះបញ្ជី", roles=("finance",))


def entry_balances(amounts: Sequence[Money], in_book: Sequence[Money]) -> None:
    """Refuse legs that do not add up to zero in every currency and in the book's own (house rule, both by database)."""
    if len(amounts) < 2 or not all(amounts):
        raise Refusal("entry.too_short")
    for side in (amounts, in_book):
        sums: dict[str, int] = defaultdict(int)
        for amount in side:
            sums[amount.currency] += amount.units
        for currency, units in sums.items():
            if units:
                which = Name(en="debit", km="ឥណពន្ធ") if units > 0 else Name(en="credit", km="ឥណទាន")
                raise Refusal("entry.off_by", off=Money(abs(units), currency), side=which)


def converted(amount: Money, rate: Fraction, to: str) -> Money:
    """An amount in another currency, rounded once, half up, to its smallest coin; `rate` is `to` per unit."""
    return amount.times(rate, to)
