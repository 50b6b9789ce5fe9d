"""The books: accounts, funds, rates; what the donors gave, what running the programme cost; a book for each council."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from laar.demo.cast import Cast
from laar.demo.data import Row, day, pair, rows
from laar.demo.teller import Strand, Teller
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Leg,
    credit,
    debit,
    open_account,
    open_book,
    open_fund,
    open_purpose,
    post_entry,
    set_rate,
)
from laar.ledger.queries import rate_on
from laar.ledger.rules import converted

#: Code, kind, what is special about it, the only currency in which it is kept, its name.
ACCOUNTS = (
    ("101", "asset", "bank", "EUR", "Bank, euro", "ធនាគារ អឺរ៉ូ"),
    ("102", "asset", "cash", "KHR", "Cash, riel", "សាច់ប្រាក់ រៀល"),
    ("103", "asset", "cash", "USD", "Cash, dollar", "សាច់ប្រាក់ ដុល្លារ"),
    ("104", "asset", "bank", "USD", "Bank, dollar", "ធនាគារ ដុល្លារ"),
    ("110", "asset", "exchange", "", "Exchange between currencies", "ការប្ដូររូបិយប័ណ្ណ"),
    ("121", "asset", "advance", "", "Advances to communes", "បុរេប្រទានដល់ឃុំ"),
    ("201", "liability", "payable", "", "To be paid", "ត្រូវបង់"),
    ("211", "liability", "tax", "", "Tax withheld", "ពន្ធកាត់ទុក"),
    ("401", "income", "", "", "Grants received", "ជំនួយដែលបានទទួល"),
    ("405", "income", "gain", "", "Exchange gains and losses", "ចំណេញ និងខាតពីការប្ដូរប្រាក់"),
    ("501", "expense", "", "", "Outreach activities of communes", "សកម្មភាពចុះផ្សព្វផ្សាយរបស់ឃុំ"),
    ("502", "expense", "", "", "Social development projects", "គម្រោងអភិវឌ្ឍន៍សង្គម"),
    ("511", "expense", "", "", "Training and coaching", "ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    ("521", "expense", "", "", "Staff", "បុគ្គលិក"),
    ("531", "expense", "", "", "Office", "ការិយាល័យ"),
    ("541", "expense", "", "", "Transport", "ការធ្វើដំណើរ"),
    ("551", "expense", "", "", "Head office, audit", "ការិយាល័យកណ្តាល សវនកម្ម"),
)
PURPOSES = (
    ("OA", "oa", "Outreach activities", "សកម្មភាពចុះផ្សព្វផ្សាយ"),
    ("SDP", "sdp", "Social development projects", "គម្រោងអភិវឌ្ឍន៍សង្គម"),
    ("TRAIN", "training", "Training and coaching", "ការបណ្តុះបណ្តាល និងការបង្វឹក"),
    ("RUN", "running", "Running the programme", "ការដំណើរការកម្មវិធី"),
)
FUNDS = (
    ("LBF", "donor", "Grant of the Lotus Bridge Fund", "ជំនួយរបស់មូលនិធិស្ពានផ្កាឈូក"),
    ("PLT", "donor-2", "Grant of the Palm Leaf Trust", "ជំនួយរបស់មូលនិធិស្លឹកត្នោត"),
)
#: Out of which cash something in a currency is paid.
CASH = {"KHR": "102", "USD": "103"}


def open_books(teller: Teller, cast: Cast) -> None:
    """The book of the organisation, and what its money is for."""
    finance, programme = cast.finance, cast.programme
    book = cast.books["MAIN"] = teller.tell(
        "book",
        open_book,
        programme,
        "MAIN",
        name=Name(en="Book of the organisation", km="បញ្ជីរបស់អង្គការ"),
        owner=cast.parties["ngo"],
        currency="EUR",
        rate_source="demo rates",
        by=finance,
    )
    for code, kind, use, currency, en, km in ACCOUNTS:
        cast.accounts[code] = teller.tell(
            f"account {code}",
            open_account,
            book,
            code,
            name=Name(en=en, km=km),
            kind=kind,
            use=use,
            currency=currency,
            by=cast.finance,
        )
    for code, kind, en, km in PURPOSES:
        cast.purposes[code] = teller.tell(
            f"purpose {code}", open_purpose, programme, code, name=Name(en=en, km=km), kind=kind, by=finance
        )
    for code, giver, en, km in FUNDS:
        cast.funds[code] = teller.tell(
            f"fund {code}",
            open_fund,
            programme,
            code,
            name=Name(en=en, km=km),
            kind="grant",
            giver=cast.parties[giver],
            by=finance,
        )


def open_councils_book(teller: Teller, cast: Cast, code: str) -> None:
    """A memorandum book for the council: what its treasury pays is copied into it."""
    council, said = cast.parties[f"council-{code}"], cast.places[code].name
    book = cast.books[code] = teller.tell(
        f"book {code}",
        open_book,
        cast.programme,
        f"CSF-{code}",
        name=Name(en=f"Commune/sangkat fund of {said.en}, copied", km=f"មូលនិធិឃុំ{said.km} (ចម្លង)"),
        owner=council,
        currency="EUR",
        rate_source="demo rates",
        is_memorandum=True,
        by=cast.finance,
    )
    for short, kind, name in (
        ("701", "income", Name(en="Commune/sangkat fund", km="មូលនិធិឃុំ/សង្កាត់")),
        ("601", "expense", Name(en="Social services", km="សេវាសង្គម")),
    ):
        cast.accounts[f"{short}-{code}"] = teller.tell(
            f"account {book.code} {short}", open_account, book, short, name=name, kind=kind, by=cast.finance
        )
    cast.funds[code] = teller.tell(
        f"fund {code}",
        open_fund,
        cast.programme,
        f"CSF-{code}",
        name=Name(en=f"Commune/sangkat fund of {said.en}", km=f"មូលនិធិឃុំ{said.km}"),
        kind="commune",
        giver=council,
        by=cast.finance,
    )


def rates(teller: Teller, cast: Cast) -> Strand:
    """Every month what a euro costs: invented, and nobody else's word for it."""
    for row in rows("rates.csv"):
        since = day(row["since"])
        yield since
        for currency in ("KHR", "USD"):
            teller.tell(
                f"rate {currency} {since}",
                set_rate,
                "EUR",
                currency,
                since=since,
                rate=Decimal(row[currency.lower()]),
                source="demo rates",
                by=cast.finance,
            )


def receipts(teller: Teller, cast: Cast) -> Strand:
    """The donors' instalments."""
    for number, row in enumerate(rows("receipts.csv"), start=1):
        yield day(row["on"])
        fund, amount = cast.funds[row["fund"]], Money.of(row["amount"], "EUR")
        teller.tell(
            f"instalment {number}",
            post_entry,
            cast.books["MAIN"],
            [debit(cast.accounts["101"], fund, amount), credit(cast.accounts["401"], fund, amount)],
            text=pair(row, "text"),
            kind="receipt",
            by=cast.finance,
        )


def costs(teller: Teller, cast: Cast) -> Strand:
    """What running the programme cost, month by month; what is paid in cash is bought on the day."""
    for number, row in enumerate(rows("costs.csv"), start=1):
        yield day(row["on"])
        amount = Money.of(row["amount"], row["currency"])
        if amount.currency != "EUR":
            _buy(teller, cast, f"cash for cost {number}", row, amount)
        fund, purpose = cast.funds[row["fund"]], cast.purposes[row["purpose"]]
        paid_from = cast.accounts[CASH.get(amount.currency, "101")]
        line = cast.lines[f"{row['fund']} {row['heading']}-{row['on'][:4]}"]
        teller.tell(
            f"cost {number}",
            post_entry,
            cast.books["MAIN"],
            [
                debit(cast.accounts[row["account"]], fund, amount, purpose, line=line),
                credit(paid_from, fund, amount, purpose),
            ],
            text=pair(row, "text"),
            kind="payment",
            by=cast.finance,
        )


def _buy(teller: Teller, cast: Cast, name: str, row: Row, amount: Money) -> None:
    """Change euro from the bank into cash at the rate of the day."""
    fund, accounts = cast.funds[row["fund"]], cast.accounts
    rate = rate_on("EUR", amount.currency, day(row["on"]))
    euro = converted(amount, rate.per_unit_of(amount.currency), "EUR")
    legs: Sequence[Leg] = (
        credit(accounts["101"], fund, euro),
        debit(accounts["110"], fund, euro),
        Leg(accounts[CASH[amount.currency]], fund, amount),
        Leg(accounts["110"], fund, -amount),
    )
    teller.tell(
        name,
        post_entry,
        cast.books["MAIN"],
        legs,
        text=Name(en=f"{amount} bought", km=f"ប្ដូរប្រាក់ {amount}"),
        kind="exchange",
        by=cast.finance,
    )
