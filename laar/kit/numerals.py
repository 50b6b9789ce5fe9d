"""Amounts in words, as they stand on a voucher: in English and in Khmer."""

from __future__ import annotations

from laar.kit.money import SCALE, Money, coin_of, decimals_of
from laar.kit.names import Name

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

_KHMER_ONES = ("សូន្យ", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន")
_KHMER_TENS = ("", "ដប់", "ម្ភៃ", "សាមសិប", "សែសិប", "ហាសិប", "ហុកសិប", "ចិតសិប", "ប៉ែតសិប", "កៅសិប")
#: Khmer has words of its own for ten thousand and a hundred thousand; above a million the millions are counted.
_KHMER_GROUPS = ((100_000, "សែន"), (10_000, "ម៉ឺន"), (1_000, "ពាន់"), (100, "រយ"))
_MILLION = 10**6

#: One, several, and the hundredth of each: as they are said.
CURRENCIES = {
    "EUR": (Name(en="euro", km="អឺរ៉ូ"), "euros", Name(en="cent", km="សេន"), "cents"),
    "USD": (Name(en="US dollar", km="ដុល្លារអាមេរិក"), "US dollars", Name(en="cent", km="សេន"), "cents"),
    "KHR": (Name(en="riel", km="រៀល"), "riel", Name(en="", km=""), ""),
    "THB": (Name(en="baht", km="បាត"), "baht", Name(en="satang", km="សតាង"), "satang"),
    "VND": (Name(en="dong", km="ដុង"), "dong", Name(en="", km=""), ""),
}


def in_english(number: int) -> str:
    """A whole number in English words: 1270 is `one thousand two hundred and seventy`."""
    if number < 0:
        return f"minus {in_english(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {in_english(rest)}" if rest else "")
    size, word = next(group for group in _GROUPS if number >= group[0])
    count, rest = divmod(number, size)
    joint = " and " if 0 < rest < 100 else " "
    return f"{in_english(count)} {word}" + (f"{joint}{in_english(rest)}" if rest else "")


def in_khmer_words(number: int) -> str:
    """A whole number in Khmer words: 1270 is `មួយពាន់ពីររយចិតសិប`."""
    if number < 0:
        return f"ដក{in_khmer_words(-number)}"
    if number < 10:
        return _KHMER_ONES[number]
    if number >= _MILLION:
        count, rest = divmod(number, _MILLION)
        return f"{in_khmer_words(count)}លាន" + (in_khmer_words(rest) if rest else "")
    for size, word in _KHMER_GROUPS:
        if number >= size:
            count, rest = divmod(number, size)
            return f"{_KHMER_ONES[count]}{word}" + (in_khmer_words(rest) if rest else "")
    tens, ones = divmod(number, 10)
    return _KHMER_TENS[tens] + (_KHMER_ONES[ones] if ones else "")


def in_words(amount: Money) -> Name:
    """An amount in words, closed so that nothing can be added: `one thousand two hundred and seventy euros only`.

    What is finer than a coin is rounded to none: no voucher is over it.
    """
    one, several, cent, cents = CURRENCIES.get(
        amount.currency, (Name(en=amount.currency, km=f" {amount.currency}"), amount.currency, Name(en="", km=""), "")
    )
    whole, rest = divmod(abs(amount.units), SCALE)
    parts = 10 ** decimals_of(amount.currency)
    coins = rest // coin_of(amount.currency) if parts > 1 else 0
    en = f"{in_english(whole)} {one.en if whole == 1 else several}"
    km = f"{in_khmer_words(whole)}{one.km}"
    if coins and cent.en:
        en += f" and {in_english(coins)} {cent.en if coins == 1 else cents}"
        km += f" និង{in_khmer_words(coins)}{cent.km}"
    elif coins:
        en, km = f"{en} and {coins}/{parts}", f"{km} និង {coins}/{parts}"
    else:
        km += "គត់"
    minus = Name(en="minus ", km="ដក") if amount.units < 0 else Name(en="", km="")
    return Name(en=f"{minus.en}{en} only", km=f"{minus.km}{km}")
