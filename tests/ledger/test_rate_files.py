"""Files of rates as they are published, and how a fund's contract converts. All rates in here are invented.

InforEuro's layouts (the names in the files, as its public interface answers): the rates of a month,
`[{"country", "currency", "isoA3Code", "isoA2Code", "value", "comment"}, …]`, and the history of one currency,
`[{"currencyIso", "refCurrencyIso", "amount", "dateStart", "dateEnd"}, …]`.
"""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from laar.base.models import Attachment, Evidence, TrailRow
from laar.base.queries import evidence_of
from laar.kit.money import Money, rounded, shared_out
from laar.kit.periods import Period, year
from laar.ledger.actions import agree_fund, import_rate, keep_mapping, rate_book, read_rate_file, set_rate
from laar.ledger.inforeuro import read_inforeuro
from laar.ledger.models import Entry, Posting, Rate
from laar.ledger.queries import rate_on, report_rate
from tests.ledger.books import post
from tests.refused import refused, refused_without_trace
from tests.world import World

#: Twelve invented rates of a dollar; their sum is 17.5491, their mean 1.462425.
TWELVE = [
    "1.4561",
    "1.4712",
    "1.4588",
    "1.4403",
    "1.4699",
    "1.4777",
    "1.4611",
    "1.4590",
    "1.4425",
    "1.4801",
    "1.4703",
    "1.4621",
]
MARCH = date(2008, 3, 1)


def history(rates: list[str], currency: str = "USD") -> bytes:
    """The history of one currency, in the layout in which it is published."""
    rows = [
        {
            "currencyIso": currency,
            "refCurrencyIso": "EUR",
            "amount": float(rate),
            "dateStart": f"01/{number:02}/2007",
            "dateEnd": f"28/{number:02}/2007",
        }
        for number, rate in enumerate(rates, start=1)
    ]
    return json.dumps(rows).encode()


def monthly(khr: str = "5900.12", usd: str = "1.47") -> bytes:
    """The rates of a month, in the layout in which they are published: a country each, a currency perhaps twice."""
    rows = [
        ("Cambodia", "Riel", "KHR", "KH", khr),
        ("United States", "US Dollar", "USD", "US", usd),
        ("Ecuador", "US Dollar", "USD", "EC", usd),
        ("Zambia", "Kwacha", "ZMW", "ZM", "20.1"),
    ]
    keys = ("country", "currency", "isoA3Code", "isoA2Code", "value")
    return json.dumps([{**dict(zip(keys, row, strict=True)), "comment": None} for row in rows]).encode()


def load(world: World, content: bytes, month: date | None = MARCH) -> Evidence:
    return import_rate(world.programme, content, file="rates.json", of=month, by=world.finance, on=world.day)


def kept() -> list[tuple[str, str, str, int]]:
    return [(one.currency, str(one.since), one.plain, one.version) for one in Rate.objects.order_by("id")]


def test_the_rates_of_a_month_are_loaded_once_for_each_currency_that_is_known_here(world: World) -> None:
    paper = load(world, monthly())
    assert [(c, d, Decimal(p.replace(",", "")), v) for c, d, p, v in kept()] == [
        ("KHR", "2008-03-01", Decimal("5900.12"), 1),
        ("USD", "2008-03-01", Decimal("1.47"), 1),
    ]
    assert {one.evidence for one in evidence_of(Rate.objects.first())} == {paper}
    assert Rate.objects.first().source == "InforEuro"


def test_the_same_file_once_more_changes_nothing(world: World) -> None:
    load(world, monthly())
    rates, papers = kept(), Attachment.objects.count()
    load(world, monthly())
    assert (kept(), Attachment.objects.count(), Evidence.objects.count()) == (rates, papers, 1)


def test_a_rate_that_its_source_corrected_becomes_the_next_version_and_the_old_one_stays(world: World) -> None:
    load(world, monthly())
    read = read_rate_file(monthly(usd="1.48"), "x.json", of=MARCH)
    assert [one.state for one in read] == ["same", "corrected"]
    load(world, monthly(usd="1.48"))
    assert [(one.plain[:4], one.version) for one in Rate.objects.filter(currency="USD").order_by("id")] == [
        ("1.47", 1),
        ("1.48", 2),
    ]
    assert rate_on("EUR", "USD", world.day).version == 2


def test_a_dry_run_writes_nothing(world: World) -> None:
    before = TrailRow.objects.count()
    assert [one.state for one in read_rate_file(monthly(), "x", of=MARCH)] == ["new"] * 2
    assert TrailRow.objects.count() == before


def test_a_file_that_does_not_name_its_month_is_asked_for_it(world: World) -> None:
    with refused_without_trace("rate.which_month"):
        load(world, monthly(), month=None)


@pytest.mark.parametrize(
    "content", [b"[1, 2]", b'[{"isoA3Code": "KHR"}]', b"{nonsense", b"a,b\n1,2\n", b'[{"isoA3Code":"ZMW","value":1}]']
)
def test_a_file_of_something_else_is_refused(world: World, content: bytes) -> None:
    with refused_without_trace("rate.file"):
        load(world, content)


def test_the_same_table_as_csv_reads_the_same() -> None:
    text = (
        "country;currency;isoA3Code;isoA2Code;value;comment\nCambodia;Riel;KHR;KH;5900.12;\nUSA;Dollar;USD;US;1.47;\n"
    )
    assert [(one.currency, one.rate) for one in read_inforeuro(text.encode(), "x.csv", MARCH)] == [
        (one.currency, one.rate) for one in read_inforeuro(monthly(), "x.json", MARCH)
    ]


def test_the_mean_of_twelve_rates_is_reproduced_to_six_digits(world: World) -> None:
    load(world, history(TWELVE), month=None)
    fund = agree_fund(
        world.fund,
        currency="EUR",
        rate_policy="period_mean",
        rate_source="InforEuro",
        by=world.manager,
        on=world.day,
    )
    rate = report_rate(fund, "USD", year(2007), date(2007, 5, 5))
    assert rate.rate == sum(Fraction(one) for one in TWELVE) / 12
    assert rate.printed() == "1.462425"
    assert len(rate.made_of) == 12
    assert str(rate.convert(Money.of("1462.43", "USD"))) == "EUR 1,000.00"


def test_a_month_without_a_rate_of_its_own_does_not_borrow_one(world: World) -> None:
    load(world, history(TWELVE[:11]), month=None)
    fund = agree_fund(world.fund, rate_policy="period_mean", rate_source="InforEuro", by=world.manager, on=world.day)
    with refused("rate.missing_month") as no:
        report_rate(fund, "USD", year(2007), world.day)
    assert no.value.facts["month"] == "2007-12"


def test_each_policy_takes_its_own_rate(world: World) -> None:
    load(world, history(TWELVE), month=None)
    by, on = world.finance, world.day
    set_rate("EUR", "USD", since=date(2007, 5, 4), rate=Decimal("1.5"), source="bank", by=by, on=on)
    set_rate("EUR", "USD", since=date(2007, 1, 1), rate=Decimal("1.25"), source="contract 7", by=by, on=on)
    half, day = Period(date(2007, 4, 1), date(2007, 6, 1)), date(2007, 5, 5)
    found = {
        (policy, source): report_rate(
            agree_fund(world.fund, rate_policy=policy, rate_source=source, by=world.manager, on=on), "USD", half, day
        ).printed(4)
        for policy, source in (
            ("transaction", "bank"),
            ("transaction", "InforEuro"),
            ("month", "InforEuro"),
            ("period_mean", "InforEuro"),
            ("fixed", "contract 7"),
        )
    }
    assert list(found.values()) == ["1.5000", "1.4699", "1.4699", "1.4551", "1.2500"]


def test_converting_a_report_alters_nothing_in_the_books(world: World) -> None:
    load(world, history(TWELVE), month=None)
    post(world, "debit expense USD 100", "credit bank USD 100")
    before = list(Posting.objects.values()), Entry.objects.count(), TrailRow.objects.count()
    report_rate(world.fund, "USD", year(2007), world.day).convert(Money.of("100", "USD"))
    assert (list(Posting.objects.values()), Entry.objects.count(), TrailRow.objects.count()) == before


def test_an_entry_is_converted_at_the_rates_of_its_book(world: World) -> None:
    load(world, monthly(usd="1.25"))
    set_rate("EUR", "USD", since=date(2008, 3, 5), rate=Decimal(2), source="bank", by=world.finance, on=world.day)
    assert post(world, "debit expense USD 100", "credit bank USD 100").postings.first().in_book == 50_0000
    rate_book(world.book, rate_source="InforEuro", by=world.manager, on=world.day)
    assert post(world, "debit expense USD 100", "credit bank USD 100").postings.first().in_book == 80_0000


@given(st.lists(st.fractions(min_value=-(10**9), max_value=10**9), max_size=40), st.sampled_from(["EUR", "KHR", "USD"]))
def test_printed_parts_add_up_to_their_total_rounded_once(exact: list[Fraction], currency: str) -> None:
    parts = shared_out(rounded(sum(exact, Fraction(0)), currency), exact)
    coin = 10_000 if currency == "KHR" else 100
    total = Money(0, currency)
    for part, one in zip(parts, exact, strict=True):
        assert part.units % coin == 0
        assert abs(part.units - one) < coin
        total += part
    whole = sum(exact, Fraction(0))
    assert abs(total.units - whole) * 2 <= coin


def workbook(rows: list[list[object]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return made.getvalue()


def test_the_list_of_a_national_bank_is_read_by_a_saved_mapping(world: World) -> None:
    mapping = keep_mapping(
        world.programme,
        "rates",
        "National Bank",
        columns={"on": "Date", "currency": "Code", "rate": "Average", "unit": "Unit"},
        written={"date": "%d/%m/%Y", "decimal": ".", "quoted_in": "KHR"},
        by=world.finance,
        on=world.day,
    )
    rows: list[list[object]] = [
        ["Date", "Code", "Unit", "Average"],
        ["03/03/2008", "EUR", 1, 6087],
        ["03/03/2008", "JPY", 100, 3855],
        ["03/03/2008", "XDR", 1, 6400],
    ]
    import_rate(world.programme, workbook(rows), file="nbc.xlsx", mapping=mapping, by=world.finance, on=world.day)
    assert [str(one) for one in Rate.objects.order_by("id")] == [
        "1 EUR = 6,087.0000 KHR, 2008-03-03",
        "1 JPY = 38.5500 KHR, 2008-03-03",
    ]
    assert {one.source for one in Rate.objects.all()} == {"National Bank"}
    rows[0][3] = "Mid"
    with refused("sheet.columns") as no:
        read_rate_file(workbook(rows), "nbc.xlsx", mapping=mapping)
    assert no.value.facts["missing"] == "Average"


def test_the_words_of_a_contract_are_corrected_but_not_when_an_advance_became_a_cost(world: World) -> None:
    fund = agree_fund(world.fund, cost_on="transfer", donor_share=8000, by=world.manager, on=world.day)
    assert (fund.cost_on, fund.donor_share) == ("transfer", 8000)
