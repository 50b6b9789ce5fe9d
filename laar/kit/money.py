"""Money is an integer of 1/10 000 units and an ISO 4217 currency. No float ever touches it.

Four decimals hold every currency's smallest coin and the quotient of a conversion long enough to be rounded once, by a
rule that is written down. SQLite adds decimals as binary floating point; integers are exact on every database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import total_ordering

from laar.kit.refusals import Refusal, refusal

SCALE = 10_000
#: What the column of an amount holds: 64 bits with a sign.
MOST_UNITS = 2**63 - 1

#: How many decimals an amount of the currency is written with (ISO 4217 minor units; riel and dong are not divided).
DECIMALS = {
    "EUR": 2,
    "USD": 2,
    "KHR": 0,
    "THB": 2,
    "VND": 0,
    "LAK": 2,
    "GBP": 2,
    "CHF": 2,
    "AUD": 2,
    "SEK": 2,
    "JPY": 0,
}

refusal(
    "money.unknown_currency",
    en="{currency} is not a currency of this programme. Use one of {known}.",
    km="{currency} មិនមែនជារូបិយប័ណ្ណនៃកម្មវិធីនេះទេ។ សូមប្រើ {known}។",
    status=422,
)
refusal(
    "money.not_an_amount",
    en="“{text}” is not an amount in {currency}. Write digits with at most {decimals} decimals, for example {example}.",
    km="«{text}» មិនមែនជាចំនួនទឹកប្រាក់ {currency} ទេ។ សូមសរសេរជាលេខ ក្បៀសច្រើនបំផុត {decimals} ខ្ទង់ ឧទាហរណ៍ {example}។",
    status=422,
)
refusal(
    "money.mixed",
    en="{one} and {other} can't be added. Convert one of them at a dated rate first.",
    km="មិនអាចបូក {one} និង {other} ទេ។ សូមប្ដូររូបិយប័ណ្ណតាមអត្រាដែលមានកាលបរិច្ឆេទជាមុនសិន។",
    status=422,
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount: `units` of 1/10 000 in `currency`."""

    units: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in DECIMALS:
            raise Refusal("money.unknown_currency", currency=self.currency, known=", ".join(DECIMALS))

    @classmethod
    def of(cls, text: str | int | Decimal, currency: str) -> Money:
        """Read an amount as people write it: `635`, `"1,270.00"`.

        Raises Refusal `money.not_an_amount` where it is none, has more decimals than the currency, or is too large to keep.
        """
        decimals = decimals_of(currency)
        wrong = Refusal(
            "money.not_an_amount", text=text, currency=currency, decimals=decimals, example=f"{1270:.{decimals}f}"
        )
        plain = str(text).strip()
        if not re.fullmatch(r"[-–]?\d+(,\d{3})*(\.\d+)?", plain):
            raise wrong
        try:
            value = Decimal(plain.replace(",", "").replace("–", "-"))
            is_coins = value == value.quantize(Decimal(1).scaleb(-decimals))
        except InvalidOperation:
            raise wrong from None
        units = int(value * SCALE)
        if not is_coins or abs(units) > MOST_UNITS:
            raise wrong
        return cls(units, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.units + self._same(other).units, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.units - self._same(other).units, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.units < self._same(other).units

    def __neg__(self) -> Money:
        return Money(-self.units, self.currency)

    def __bool__(self) -> bool:
        return self.units != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.figure}"

    @property
    def figure(self) -> str:
        """The amount as it is printed, without its currency: `1,270.00`; a real minus sign."""
        decimals = decimals_of(self.currency)
        if self.units % 10 ** (4 - decimals):
            decimals = 4  # finer than a coin: show all of it rather than round in secret
        text = f"{Decimal(abs(self.units)).scaleb(-4):,.{decimals}f}"
        return f"–{text}" if self.units < 0 else text

    def plain(self) -> str:
        """The amount for machines: `1270.00`."""
        return self.figure.replace(",", "").replace("–", "-")

    def times(self, factor: Fraction, currency: str | None = None) -> Money:
        """Multiply, into another currency if one is named, and round once, half up, to its smallest coin."""
        target = currency or self.currency
        coin = coin_of(target)
        coins = Fraction(self.units) * factor / coin
        whole = (abs(coins) + Fraction(1, 2)).__floor__()
        return Money((whole if coins >= 0 else -whole) * coin, target)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share out by weight without losing a coin: the largest remainders get the odd coins, earlier ones first.

        The parts add up to the whole, always. A whole finer than a coin is shared out in 1/10 000.
        """
        coin = coin_of(self.currency)
        if self.units % coin:
            coin = 1
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative, and one of them is more than zero")
        coins = abs(self.units) // coin
        shares = [coins * weight // total for weight in weights]
        remainders = [(-(coins * weight % total), place) for place, weight in enumerate(weights)]
        for _, place in sorted(remainders)[: coins - sum(shares)]:
            shares[place] += 1
        sign = -1 if self.units < 0 else 1
        return [Money(sign * share * coin, self.currency) for share in shares]

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise Refusal("money.mixed", one=self, other=other)
        return other


def decimals_of(currency: str) -> int:
    """How many decimals an amount of this currency is written with."""
    try:
        return DECIMALS[currency]
    except KeyError:
        raise Refusal("money.unknown_currency", currency=currency, known=", ".join(DECIMALS)) from None


def coin_of(currency: str) -> int:
    """The smallest coin in units of 1/10 000: 100 for a euro cent, 10 000 for one riel."""
    return int(10 ** (4 - decimals_of(currency)))


def shared_out(whole: Money, exact: Sequence[Fraction]) -> list[Money]:
    """Amounts as near to their exact values (in 1/10 000) as coins allow, which add up to the whole.

    Unlike `Money.split` the values may be of both signs: what was reversed is among them.
    """
    coin = coin_of(whole.currency)
    coins = [value / coin for value in exact]
    floors = [value.__floor__() for value in coins]
    odd = whole.units // coin - sum(floors)
    order = sorted(range(len(coins)), key=lambda place: (floors[place] - coins[place], place))
    for turn in range(odd):
        floors[order[turn % len(order)]] += 1
    return [Money(number * coin, whole.currency) for number in floors]


def rounded(exact: Fraction, currency: str) -> Money:
    """An exact value in 1/10 000, rounded once, half up, to the smallest coin."""
    return Money(1, currency).times(exact)
