from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laar.kit.periods import Period, month, year

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@st.composite
def periods(draw):
    since = draw(DAYS)
    return Period(since, draw(st.none() | st.builds(lambda n: since + timedelta(days=n), st.integers(1, 900))))


@given(periods())
def test_a_period_holds_its_first_day_and_not_the_day_it_ends(period):
    assert period.since in period
    assert period.since - timedelta(days=1) not in period
    if period.until:
        assert period.until not in period
        assert period.last in period


@given(periods(), periods())
def test_two_periods_overlap_when_they_share_a_day(one, other):
    later = max(one.since, other.since)
    assert one.overlaps(other) == other.overlaps(one) == (later in one and later in other)


@given(periods())
def test_the_months_of_a_period_are_those_of_its_days(period):
    if period.until is None:
        with pytest.raises(ValueError, match="open period"):
            list(period.months())
        return
    days = [period.since + timedelta(days=n) for n in range((period.until - period.since).days)]
    assert list(period.months()) == sorted({day.replace(day=1) for day in days})


@pytest.mark.parametrize("until", [date(2008, 1, 1), date(2007, 12, 31)])
def test_a_period_that_ends_before_its_second_day_is_an_error(until):
    with pytest.raises(ValueError, match="ends after it begins"):
        Period(date(2008, 1, 1), until)


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_year_only(day):
    assert day in month(day)
    assert day in year(day.year)
    assert day not in year(day.year - 1)
    assert list(month(day).months()) == [day.replace(day=1)]
    assert len(list(year(day.year).months())) == 12
