from __future__ import annotations

from decimal import Decimal

import pytest

from laar.registers.rules import codes_are_complete, level_of, parent_code, shares_are_whole
from tests.refused import refused


@pytest.mark.parametrize(
    ("code", "level"), [("21", "province"), ("2101", "district"), ("210101", "commune"), ("21010101", "village")]
)
def test_the_length_of_a_code_says_its_level(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize("code", ["", "1", "210", "10201", "2101011", "210101011", "21 1", "2101a1", "២១", "²¹"])
def test_what_has_lost_a_digit_is_no_code(code: str) -> None:
    assert level_of(code) is None


def test_a_place_lies_in_the_one_whose_code_it_begins_with() -> None:
    assert [parent_code(code) for code in ("21010101", "210101", "2101", "21")] == ["210101", "2101", "21", ""]


def test_shares_that_make_a_hundred_are_whole() -> None:
    shares_are_whole([Decimal("33.34"), Decimal("33.33"), Decimal("33.33")])


@pytest.mark.parametrize(("last", "total", "off"), [("33.32", "99.99", "0.01"), ("33.34", "100.01", "0.01")])
def test_shares_off_by_a_hundredth_are_refused_with_the_sum_and_the_difference(last: str, total: str, off: str) -> None:
    with refused("sector.shares") as no:
        shares_are_whole([Decimal("33.34"), Decimal("33.33"), Decimal(last)])
    assert no.value.text.en == (
        f"The shares of the sectors add up to {total} %, not to 100 %. Correct one of them by {off}."
    )
    assert total in no.value.text.km


def test_no_shares_at_all_are_not_whole() -> None:
    with refused("sector.shares"):
        shares_are_whole([])


def test_a_share_finer_than_a_hundredth_of_a_percent_is_refused() -> None:
    with refused("sector.share_too_fine") as no:
        shares_are_whole([Decimal("33.333"), Decimal("33.333"), Decimal("33.334")])
    assert "33.333" in no.value.text.en


def test_a_doubled_code_is_refused_with_both_its_lines() -> None:
    with refused("place.code_doubled") as no:
        codes_are_complete([(2, "21"), (3, "2101"), (7, "2101")], set())
    assert no.value.facts == {"code": "2101", "first": 3, "line": 7}


def test_a_place_without_its_parent_is_refused_with_its_line() -> None:
    with refused("place.parent_missing") as no:
        codes_are_complete([(2, "21"), (3, "210101")], set())
    assert no.value.facts == {"code": "210101", "parent": "2101", "line": 3}


def test_a_parent_may_stand_below_its_children_or_be_in_the_register_already() -> None:
    codes_are_complete([(2, "210101"), (3, "2101"), (4, "21")], set())
    codes_are_complete([(2, "210101")], {"2101"})
