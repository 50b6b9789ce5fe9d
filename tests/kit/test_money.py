from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laar.kit.money import DECIMALS, SCALE, Money, coin_of, decimals_of
from laar.kit.refusals import Refusal

CURRENCIES = st.sampled_from(sorted(DECIMALS))
UNITS = st.integers(-(9 * 10**14), 9 * 10**14)
ANY = st.builds(Money, UNITS, CURRENCIES)
COINS = st.builds(lambda coins, currency: Money(coins * coin_of(currency), currency), UNITS, CURRENCIES)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(ANY, WEIGHTS)
def test_a_split_never_loses_a_coin(whole, weights):
    parts = whole.split(weights)
    assert sum(part.units for part in parts) == whole.units
    assert len(parts) == len(weights)


@given(COINS, WEIGHTS)
def test_a_whole_in_coins_is_split_into_coins(whole, weights):
    assert all(part.units % coin_of(whole.currency) == 0 for part in whole.split(weights))


@given(COINS, WEIGHTS)
def test_a_part_is_less_than_a_coin_away_from_its_exact_share(whole, weights):
    for part, weight in zip(whole.split(weights), weights, strict=True):
        assert abs(part.units - Fraction(whole.units * weight, sum(weights))) < coin_of(whole.currency)


@given(ANY, WEIGHTS)
def test_who_has_no_weight_gets_nothing(whole, weights):
    assert all(not part for part, weight in zip(whole.split(weights), weights, strict=True) if not weight)


def test_the_odd_coins_go_to_the_largest_remainders_and_the_earlier_ones_first():
    assert [part.figure for part in Money.of("100", "EUR").split([1, 1, 1])] == ["33.34", "33.33", "33.33"]
    assert [part.figure for part in Money.of("1.00", "EUR").split([1, 2, 3])] == ["0.17", "0.33", "0.50"]
    assert [part.figure for part in Money.of("-100", "EUR").split([1, 1, 1])] == ["–33.34", "–33.33", "–33.33"]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [-2, 3]])
def test_weights_that_share_nothing_out_are_an_error(weights):
    with pytest.raises(ValueError, match="weights"):
        Money.of("1", "EUR").split(weights)


@given(ANY, UNITS)
def test_subtraction_undoes_addition(one, units):
    other = Money(units, one.currency)
    assert one + other - other == one
    assert one + other == other + one
    assert not one + -one


@given(ANY, ANY)
def test_two_currencies_are_never_added(one, other):
    assume(one.currency != other.currency)
    for mix in (lambda: one + other, lambda: one - other):
        with pytest.raises(Refusal) as no:
            mix()
        assert no.value.code == "money.mixed"


@given(COINS)
def test_what_is_printed_reads_back_as_the_same_amount(amount):
    assert Money.of(amount.figure, amount.currency) == amount
    assert Money.of(amount.plain(), amount.currency) == amount


@given(ANY)
def test_an_amount_finer_than_a_coin_is_printed_whole(amount):
    assert Decimal(amount.plain()) * SCALE == amount.units


@given(ANY, st.fractions(-1000, 1000, max_denominator=10_000), CURRENCIES)
def test_times_rounds_once_half_away_from_zero_to_the_smallest_coin(amount, factor, currency):
    product = amount.times(factor, currency)
    coins = Fraction(product.units, coin_of(currency))
    exact = Fraction(amount.units) * factor / coin_of(currency)
    assert coins.denominator == 1
    assert abs(coins - exact) <= Fraction(1, 2)
    if abs(coins - exact) == Fraction(1, 2):
        assert abs(coins) > abs(exact)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_times_agrees_with_decimal_arithmetic(cents, per_mille):
    product = Money(cents * 100, "EUR").times(Fraction(per_mille, 1000))
    expected = (Decimal(cents) * per_mille / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    assert product.units == int(expected) * 100


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("635", "EUR", 6_350_000),
        ("1,270.00", "EUR", 12_700_000),
        (" 0.01 ", "USD", 100),
        ("–5.50", "EUR", -55_000),
        ("4,000", "KHR", 40_000_000),
        ("១២៣", "KHR", 1_230_000),
        (Decimal("2.50"), "EUR", 25_000),
        (7, "KHR", 70_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, currency, units):
    assert Money.of(text, currency) == Money(units, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "EUR"),
        ("12.345", "EUR"),
        ("0.5", "KHR"),
        ("1.270,00", "EUR"),
        ("1e5", "EUR"),
        ("NaN", "EUR"),
        ("five", "EUR"),
        ("12,34", "EUR"),
        ("--5", "EUR"),
        ("9" * 40, "EUR"),
        (str(2**63), "KHR"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(text, currency):
    with pytest.raises(Refusal) as no:
        Money.of(text, currency)
    assert no.value.code == "money.not_an_amount"
    assert Money.of(str(no.value.facts["example"]), currency)


def test_an_unknown_currency_is_refused_wherever_it_is_named():
    for name in (
        lambda: Money(1, "XXX"),
        lambda: Money.of("1", "XXX"),
        lambda: decimals_of("XXX"),
        lambda: coin_of("XXX"),
    ):
        with pytest.raises(Refusal) as no:
            name()
        assert no.value.code == "money.unknown_currency"


@given(CURRENCIES)
def test_the_smallest_coin_is_what_the_decimals_say(currency):
    assert coin_of(currency) * 10 ** decimals_of(currency) == SCALE
