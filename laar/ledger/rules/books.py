"""What a book, an account and a fund can be."""

from __future__ import annotations

from typing import Any

from laar.base.rules import verb
from laar.kit.names import Name
from laar.kit.refusals import refusal

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

#: What is special about an account, for the documents that choose it.
ACCOUNT_USES = {
    "bank": Name(en="Bank account", km="គណនីធនាគារ"),
    "cash": Name(en="Cash box", km="បេឡាសាច់ប្រាក់"),
    "advance": Name(en="Advances", km="បុរេប្រទាន"),
    "exchange": Name(en="Exchange between currencies", km="ការប្ដូររូបិយប័ណ្ណ"),
    "gain": Name(en="Exchange gains and losses", km="ចំណេញ និងខាតពីការប្ដូរប្រាក់"),
    "tax": Name(en="Tax withheld", km="ពន្ធកាត់ទុក"),
    "payable": Name(en="To be paid", km="ត្រូវបង់"),
    "interest": Name(en="Interest and other income", km="ការប្រាក់ និងចំណូលផ្សេងៗ"),
}

#: Income that no donor paid in.
NO_INSTALMENT = ("gain", "interest")


def is_instalment(account: Any) -> bool:
    """Whether what comes in on an account was paid by a donor: income that is neither interest nor an exchange gain."""
    return bool(account.kind == "income" and account.use not in NO_INSTALMENT)


#: Where money lies: what a cash position lists.
MONEY_USES = ("bank", "cash")
#: Where a currency stays until it goes away again: there it is revalued.
HOLDS = (*MONEY_USES, "advance")

#: When an advance becomes a cost of the fund that gave it: what its donor's rules say.
COST_COMES = {
    "liquidation": Name(en="when it is accounted for", km="ពេលទូទាត់"),
    "transfer": Name(en="when it is paid out", km="ពេលបើកប្រាក់"),
}

refusal(
    "book.currency",
    en="A book is kept in the currency that the programme reports in ({wanted}), not in {currency}. "
    "Its entries may be in any currency.",
    km="បញ្ជីត្រូវកត់ជារូបិយប័ណ្ណរបាយការណ៍របស់កម្មវិធី ({wanted}) មិនមែន {currency} ទេ។ ការចុះបញ្ជីអាចជារូបិយប័ណ្ណណាក៏បាន។",
    status=422,
)

refusal(
    "fund.cost_comes_already",
    en="Advances of {fund} were paid under its present rule for when an advance becomes a cost. That rule stays; "
    "correct the rest, or open another fund.",
    km="បុរេប្រទានរបស់ {fund} ត្រូវបានបើកក្រោមវិធានបច្ចុប្បន្នអំពីពេលដែលវាក្លាយជាចំណាយ។ វិធាននោះនៅដដែល; សូមកែអ្វីផ្សេង ឬបើកមូលនិធិថ្មី។",
)
refusal(
    "account.nothing_to_revalue",
    en="{account} is worth in the books what it is worth at the rate of {on}. Nothing needs to be posted.",
    km="{account} ក្នុងបញ្ជីមានតម្លៃស្មើនឹងអត្រានៃថ្ងៃ {on}។ មិនចាំបាច់ចុះបញ្ជីទេ។",
)
refusal(
    "account.own_currency",
    en="{account} is kept in the currency of its book: its worth there does not change. Choose an account in another currency.",
    km="{account} កត់ជារូបិយប័ណ្ណរបស់បញ្ជី៖ តម្លៃវាមិនប្រែទេ។ សូមជ្រើសរើសគណនីជារូបិយប័ណ្ណផ្សេង។",
    status=422,
)
refusal(
    "account.not_revalued",
    en="{account} says what came in or was spent, at the rate of its day: that stays. Choose an account of money, "
    "of advances or of debts.",
    km="{account} កត់ចំណូល ឬចំណាយ តាមអត្រានៃថ្ងៃរបស់វា៖ តម្លៃនោះនៅដដែល។ សូមជ្រើសរើសគណនីប្រាក់ បុរេប្រទាន ឬបំណុល។",
    status=422,
)
refusal(
    "account.use_stays",
    en="Documents stand on {account}, and were judged by what it is for. That stays; open another account for the other use.",
    km="មានឯកសារផ្អែកលើ {account} ហើយត្រូវបានពិនិត្យតាមការប្រើប្រាស់របស់វា។ វានៅដដែល; សូមបើកគណនីផ្សេងសម្រាប់ការប្រើប្រាស់ផ្សេង។",
)
refusal(
    "account.currency_stays",
    en="{account} was counted, or has statements of the bank, in its currency. That stays; open another account.",
    km="{account} ត្រូវបានរាប់ ឬមានរបាយការណ៍ធនាគារ តាមរូបិយប័ណ្ណរបស់វា។ វានៅដដែល; សូមបើកគណនីផ្សេង។",
)
refusal(
    "account.other_currency",
    en="{account} has entries in {other}, so it is not kept in {currency} only. Leave the currency empty, or open another "
    "account.",
    km="{account} មានការចុះបញ្ជីជា {other} ដូច្នេះមិនអាចកត់តែជា {currency} ទេ។ សូមទុករូបិយប័ណ្ណទទេ ឬបើកគណនីផ្សេង។",
    status=422,
)
refusal(
    "account.no_gain_account",
    en="{book} has no account for exchange gains and losses. Open one first, with that use.",
    km="{book} គ្មានគណនីសម្រាប់ចំណេញ និងខាតពីការប្ដូរប្រាក់ទេ។ សូមបើកគណនីនោះជាមុន។",
)

MONEY = ("finance", "manager")
verb("account.revalue", en="Book the exchange difference", km="ចុះលម្អៀងអត្រាប្ដូរប្រាក់", roles=("finance",))
verb("fund.agree", en="Correct the contract words of a fund", km="កែលក្ខខណ្ឌកិច្ចសន្យារបស់មូលនិធិ", roles=MONEY)
verb("book.open", en="Open a book", km="បើកបញ្ជីគណនេយ្យ", roles=MONEY)
verb("book.rate", en="Say whose rates a book is kept with", km="កំណត់ប្រភពអត្រាប្ដូរប្រាក់របស់បញ្ជី", roles=MONEY)
verb("account.open", en="Open an account", km="បើកគណនី", roles=MONEY)
verb("account.describe", en="Say what an account is for", km="បញ្ជាក់ការប្រើប្រាស់គណនី", roles=MONEY)
verb("fund.open", en="Open a fund", km="បើកមូលនិធិ", roles=MONEY)
verb("purpose.open", en="Open a purpose", km="បើកគោលបំណងចំណាយ", roles=MONEY)
