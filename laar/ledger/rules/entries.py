"""When an entry may stand in a book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from laar.base.rules import verb
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.ledger.rules.books import HOLDS, MONEY, MONEY_USES

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
    "entry.account_currency",
    en="{account} is kept in {wanted} only, not in {currency}. Choose another account, or exchange the money first.",
    km="{account} កត់តែជា {wanted} មិនមែន {currency} ទេ។ សូមជ្រើសរើសគណនីផ្សេង ឬប្ដូរប្រាក់ជាមុន។",
    status=422,
)
refusal(
    "entry.line_not_cost",
    en="A budget line is charged by costs only; {account} is no cost account. Leave the budget line out there.",
    km="បន្ទាត់ថវិកាកត់តែចំណាយ; {account} មិនមែនជាគណនីចំណាយទេ។ សូមទុកបន្ទាត់ថវិកានៅទទេ។",
    status=422,
)
refusal(
    "entry.line_of_other_fund",
    en="{line} is a line of the budget of {wanted}; the money is of {fund}. Choose a line of the same fund.",
    km="{line} ជាបន្ទាត់ថវិការបស់ {wanted}; ប្រាក់នេះជារបស់ {fund}។ សូមជ្រើសរើសបន្ទាត់នៃមូលនិធិតែមួយ។",
    status=422,
)
refusal(
    "entry.mischarged",
    en="A budget line is charged by costs of its own fund, under its own heading. Look for the line that is wrong; "
    "nothing was posted.",
    km="បន្ទាត់ថវិកាកត់តែចំណាយនៃមូលនិធិរបស់ខ្លួន ក្រោមចំណាត់ថ្នាក់របស់ខ្លួន។ សូមរកបន្ទាត់ដែលខុស; មិនបានចុះបញ្ជីទេ។",
    status=422,
)
refusal(
    "entry.month_closed",
    en="The month of this entry is closed. Date it in an open month, and name the day of the paper in its text.",
    km="ខែនៃការចុះបញ្ជីនេះបានបិទហើយ។ សូមចុះក្នុងខែដែលនៅបើក ហើយសរសេរថ្ងៃនៃឯកសារក្នុងអត្ថបទ។",
)

refusal(
    "entry.worth_said",
    en="What the line on {account} is worth in the book is not written down: it is the rate of the day. Leave it out; only "
    "an exchange stands at its price, and a revaluation has its own step.",
    km="តម្លៃនៃបន្ទាត់ក្នុង {account} តាមបញ្ជីមិនត្រូវសរសេរទេ៖ វាតាមអត្រានៃថ្ងៃ។ សូមទុកវាចោល; "
    "មានតែការប្ដូរប្រាក់ដែលតាមតម្លៃព្រមព្រៀង ហើយការវាយតម្លៃឡើងវិញមានជំហានរបស់វា។",
    status=422,
)
refusal(
    "entry.needs_document",
    en="{account} holds money. What goes in or out is a document that one prepares, another approves and a third pays: "
    "write a payment, a receipt or a transfer.",
    km="{account} ជាគណនីប្រាក់។ ប្រាក់ចេញ ឬចូលត្រូវមានឯកសារដែលម្នាក់រៀបចំ ម្នាក់ទៀតអនុម័ត និងអ្នកទីបីបង់៖ សូមសរសេរប័ណ្ណចំណាយ បង្កាន់ដៃ ឬការផ្ទេរ។",
)
refusal(
    "entry.reason_missing",
    en="Say why {entry} is reversed: the auditor reads it beside both.",
    km="សូមប្រាប់មូលហេតុដែល {entry} ត្រូវបញ្ច្រាស៖ សវនករនឹងអានវា។",
    status=422,
)

verb("entry.post", en="Post an entry", km="ចុះបញ្ជី", roles=("finance",))
verb("entry.reverse", en="Reverse an entry", km="បញ្ច្រាសការចុះបញ្ជី", roles=MONEY)


def moves_no_money(accounts: Iterable[Any]) -> None:
    """Refuse a line on a bank account or a cash box, and one on an account for advances, which says of none.

    Raises Refusal `entry.needs_document`, `advance.which`.
    """
    for account in accounts:
        if account.use in MONEY_USES:
            raise Refusal("entry.needs_document", account=account.name)
        if account.use in HOLDS:
            raise Refusal("advance.which", account=account.name)


def entry_balances(amounts: Sequence[Money], in_book: Sequence[Money]) -> None:
    """Refuse legs that do not add up to zero in every currency and in the book's own (house rule, both by database).

    Where a currency is revalued no coin moves: all amounts are zero, and what they are worth in the book is not.
    """
    said = amounts if any(amounts) else in_book
    if len(amounts) < 2 or not said or not all(said):
        raise Refusal("entry.too_short")
    for side in (amounts, in_book):
        sums: dict[str, int] = defaultdict(int)
        for amount in side:
            sums[amount.currency] += amount.units
        for currency, units in sums.items():
            if units:
                which = Name(en="debit", km="ឥណពន្ធ") if units > 0 else Name(en="credit", km="ឥណទាន")
                raise Refusal("entry.off_by", off=Money(abs(units), currency), side=which)
