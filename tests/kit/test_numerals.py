"""Amounts in words."""

from __future__ import annotations

import pytest

from laar.kit.money import Money
from laar.kit.numerals import in_english, in_khmer_words, in_words


@pytest.mark.parametrize(
    ("number", "english", "khmer"),
    [
        (0, "zero", "សូន្យ"),
        (7, "seven", "ប្រាំពីរ"),
        (10, "ten", "ដប់"),
        (16, "sixteen", "ដប់ប្រាំមួយ"),
        (20, "twenty", "ម្ភៃ"),
        (21, "twenty-one", "ម្ភៃមួយ"),
        (45, "forty-five", "សែសិបប្រាំ"),
        (100, "one hundred", "មួយរយ"),
        (105, "one hundred and five", "មួយរយប្រាំ"),
        (999, "nine hundred and ninety-nine", "ប្រាំបួនរយកៅសិបប្រាំបួន"),
        (1_000, "one thousand", "មួយពាន់"),
        (1_001, "one thousand and one", "មួយពាន់មួយ"),
        (1_270, "one thousand two hundred and seventy", "មួយពាន់ពីររយចិតសិប"),
        (10_000, "ten thousand", "មួយម៉ឺន"),
        (12_500, "twelve thousand five hundred", "មួយម៉ឺនពីរពាន់ប្រាំរយ"),
        (100_000, "one hundred thousand", "មួយសែន"),
        (140_664, "one hundred and forty thousand six hundred and sixty-four", "មួយសែនបួនម៉ឺនប្រាំមួយរយហុកសិបបួន"),
        (1_000_000, "one million", "មួយលាន"),
        (5_380_000, "five million three hundred and eighty thousand", "ប្រាំលានបីសែនប្រាំបីម៉ឺន"),
        (12_000_000, "twelve million", "ដប់ពីរលាន"),
        (2_000_000_000, "two billion", "ពីរពាន់លាន"),
    ],
)
def test_a_number_is_said_as_people_say_it(number, english, khmer):
    assert in_english(number) == english
    assert in_khmer_words(number) == khmer


@pytest.mark.parametrize(
    ("amount", "currency", "english", "khmer"),
    [
        ("1,270.00", "EUR", "one thousand two hundred and seventy euros only", "មួយពាន់ពីររយចិតសិបអឺរ៉ូគត់"),
        ("1.00", "EUR", "one euro only", "មួយអឺរ៉ូគត់"),
        ("0.01", "USD", "zero US dollars and one cent only", "សូន្យដុល្លារអាមេរិក និងមួយសេន"),
        ("59,931.08", "EUR", "fifty-nine thousand nine hundred and thirty-one euros and eight cents only",
         "ប្រាំម៉ឺនប្រាំបួនពាន់ប្រាំបួនរយសាមសិបមួយអឺរ៉ូ និងប្រាំបីសេន"),
        ("6,848", "KHR", "six thousand eight hundred and forty-eight riel only", "ប្រាំមួយពាន់ប្រាំបីរយសែសិបប្រាំបីរៀលគត់"),
        ("3.50", "CHF", "three CHF and 50/100 only", "បី CHF និង 50/100"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_words_that_nobody_can_add_to(amount, currency, english, khmer):
    words = in_words(Money.of(amount, currency))
    assert (words.en, words.km) == (english, khmer)


def test_every_number_has_its_own_words():
    numbers = [*range(0, 3000), *range(9_990, 10_010), *range(99_990, 100_110), *range(999_990, 1_000_010)]
    assert (
        len({in_english(one) for one in numbers}) == len({in_khmer_words(one) for one in numbers}) == len(set(numbers))
    )
