"""The small office of the finance officer's month: its home, its people, its chart, its budget, the rates of the month.

Only the setting up uses actions; what happens in the month is clicked and typed (`test_month_browser.py`). The month is
the last one that is over, whenever the test runs.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from laar.base.access import the_installation
from laar.base.actions import found_programme, grant_role, register_user
from laar.base.clock import today
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.kit.periods import month as month_of
from laar.ledger.actions import (
    load_chart,
    load_heading,
    open_book,
    open_budget,
    open_fund,
    open_purpose,
    set_budget,
    set_rate,
)
from laar.ledger.charts import accounts_in, headings_in, own_file
from laar.ledger.queries import PlannedLine, headings_of
from laar.registers.actions import add_location, load_gazetteer, register_party
from laar.registers.gazetteer import read
from laar.registers.queries import place_coded

GAZETTEER = """code,name_km,name_en
21,តាកែវ,Takeo
2101,អង្គរបូរី,Angkor Borei
210101,អង្គរបូរី,Angkor Borei
210102,បាស្រែ,Ba Srae
210103,គោកធ្លក,Kouk Thlok
"""
#: User name, role, English and Khmer name.
STAFF = (
    ("bopha", "finance", "Chea Bopha", "ជា បុប្ផា"),
    ("sokha", "manager", "Chan Sokha", "ចាន់ សុខា"),
    ("dara", "finance", "Kim Dara", "គឹម តារា"),
)
#: Code, heading, English and Khmer name, EUR.
LINES = (
    ("2.2", "2.2", "Local travel", "ការធ្វើដំណើរក្នុងស្រុក", "1200"),
    ("4.3", "4.3", "Office supplies", "សម្ភារៈការិយាល័យ", "600"),
    ("6.1", "6.1", "Outreach activities", "សកម្មភាពចុះផ្សព្វផ្សាយ", "6000"),
)
RATES = {"USD": "1.25", "KHR": "5000"}


def the_month() -> Period:
    """The last month that is over."""
    return month_of(today().replace(day=1) - timedelta(days=1))


def furnish() -> None:
    """Found the programme, hire three people, and lay out what they work with."""
    with the_installation():
        first = the_month().since
        _furnished(first, date(first.year + 1, first.month, 1))


def _furnished(first: date, until: date) -> None:
    programme = found_programme(
        "MONTH", name=Name(en="Month", km="ខែ"), currency="EUR", by=None, on=first, is_demo=True
    )
    people: dict[str, User] = {}
    for username, role, en, km in STAFF:
        people[username] = register_user(username, name=Name(en=en, km=km), by=None, on=first, is_fictional=True)
        grant_role(people[username], role=role, programme=programme, since=first, by=None, on=first)
    finance, manager = people["bopha"], people["sokha"]
    load_gazetteer(read(GAZETTEER.encode(), "places.csv"), source="test", since=None, by=None, on=first)
    for code in ("210101", "210102", "210103"):
        add_location(programme, place_coded(code), since=first, by=manager, on=first)
    ngo, donor = (
        register_party(kind, name=Name(en=en, km=km), by=manager, on=first, is_fictional=True)
        for kind, en, km in (("ngo", "River NGO", "អង្គការទន្លេ"), ("donor", "Lotus Fund", "មូលនិធិឈូក"))
    )
    name = Name(en="Book of the organisation", km="បញ្ជីរបស់អង្គការ")
    book = open_book(programme, "MAIN", name=name, owner=ngo, currency="EUR", by=finance, on=first)
    load_chart(book, rows=accounts_in(own_file("accounts-ngo.csv"), "accounts-ngo.csv"), by=finance, on=first)
    fund = open_fund(
        programme,
        "LF",
        name=Name(en="Grant of the Lotus Fund", km="ជំនួយរបស់មូលនិធិឈូក"),
        kind="grant",
        giver=donor,
        currency="EUR",
        rate_policy="period_mean",
        rate_source="test rates",
        since=first,
        until=until,
        by=finance,
        on=first,
    )
    open_purpose(programme, "OA", name=Name(en="Outreach", km="ការចុះផ្សព្វផ្សាយ"), kind="oa", by=finance, on=first)
    for currency, rate in RATES.items():
        set_rate("EUR", currency, since=first, rate=Decimal(rate), source="test rates", by=finance, on=first)
    headings = headings_in(own_file("headings-eu.csv"), "headings-eu.csv")
    load_heading(programme, "eu", rows=headings, by=finance, on=first)
    by_code = {one.code: one for one in headings_of(programme, "eu")}
    budget = open_budget(
        fund,
        "LF-1",
        name=Name(en="Budget of the Lotus Fund", km="ថវិការបស់មូលនិធិឈូក"),
        chart="eu",
        currency="EUR",
        since=first,
        until=until,
        by=finance,
        on=first,
    )
    lines = [
        PlannedLine(
            code=code,
            heading=by_code[heading],
            name=Name(en=en, km=km),
            amount=Money.of(amount, "EUR"),
            year=first.year,
        )
        for code, heading, en, km, amount in LINES
    ]
    set_budget(budget, lines, by=finance, on=first)
