from __future__ import annotations

from fractions import Fraction

import pytest

from laar.ledger.rules import converted, entry_balances
from tests.ledger.books import money
from tests.refused import refused

HUNDRED = [money("EUR 100"), -money("EUR 100")]


def test_equal_debits_and_credits_balance() -> None:
    entry_balances([money("EUR 60"), money("EUR 40"), -money("EUR 100")], HUNDRED)


def test_two_currencies_balance_each_for_itself() -> None:
    entry_balances([money("KHR 4000"), -money("KHR 4000"), *HUNDRED], HUNDRED)


@pytest.mark.parametrize(
    ("amounts", "off", "side"),
    [
        (["EUR 100", "EUR -99.99"], "EUR 0.01", "debit"),
        (["EUR 99.99", "EUR -100"], "EUR 0.01", "credit"),
        (["EUR 100", "EUR -100", "KHR 4000", "KHR -3900"], "KHR 100", "debit"),
        (["EUR 100", "USD -100"], "EUR 100.00", "debit"),
    ],
)
def test_what_is_off_is_named_with_its_side(amounts: list[str], off: str, side: str) -> None:
    with refused("entry.off_by") as no:
        entry_balances([money(amount) for amount in amounts], [])
    assert no.value.text.en.startswith(f"The entry does not balance: {off} too much on the {side} side.")


def test_an_entry_that_balances_in_its_own_currency_must_balance_in_the_books_too() -> None:
    with refused("entry.off_by"):
        entry_balances([money("KHR 4000"), -money("KHR 4000")], [money("EUR 0.76"), -money("EUR 0.75")])


@pytest.mark.parametrize("amounts", [[], ["EUR 0"], ["EUR 0", "EUR 0"], ["EUR 1", "EUR -1", "EUR 0"]])
def test_an_entry_has_two_lines_none_of_them_zero(amounts: list[str]) -> None:
    with refused("entry.too_short"):
        entry_balances([money(amount) for amount in amounts], [])


def test_a_conversion_is_rounded_once_half_away_from_zero() -> None:
    assert converted(money("KHR 53"), Fraction(1, 5300), "EUR") == money("EUR 0.01")
    assert converted(money("KHR 26"), Fraction(1, 5300), "EUR") == money("EUR 0")
    assert converted(money("USD 0.5"), Fraction(1, 100), "EUR") == money("EUR 0.01")
    assert converted(money("USD -0.5"), Fraction(1, 100), "EUR") == money("EUR -0.01")
