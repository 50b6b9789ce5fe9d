"""A month of the finance officer with all her documents: dollars from a donor, their exchange, a payment list, an advance
and its bills, a statement of the dollar account, a counted box.

What the donor gives in it is what it costs, to the cent, so that no total of the story moves: `GIVEN` is spent as `PAID` in
dollars, as the list of participants in riel, and as the bills of an advance that make up the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from laar.base.actions import keep_evidence
from laar.base.models import Evidence
from laar.demo.cash import statement_of
from laar.demo.cast import Cast
from laar.demo.paper import paper
from laar.demo.teller import Strand, Teller
from laar.events.actions import charge_payment_list, draw_payment_list
from laar.events.models import Event
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Item,
    Leg,
    approve_document,
    count_cash,
    exchanged,
    given_out,
    match_statement,
    paid,
    post_document,
    prepare_document,
    received,
    reconcile_statement,
    settled_with,
)
from laar.ledger.models import Account, Document
from laar.ledger.queries import held, rate_on
from laar.ledger.rules import converted
from laar.ledger.rules.cash import PIECES

MAY, LAST = date(2010, 5, 1), date(2010, 5, 31)
#: At the rate of the month EUR 1,000, EUR 900 and EUR 100.
GIVEN, SOLD, PAID = Money.of("1257", "USD"), Money.of("1131.30", "USD"), Money.of("125.70", "USD")
#: What the bank paid for the dollars, at the rate of the month: no gain, no loss; and what was advanced.
BOUGHT, ADVANCED = Money.of("900", "EUR"), Money.of("900", "EUR")
#: What each participant is paid.
TRAVEL, MEALS = Money.of("6000", "KHR"), Money.of("4000", "KHR")
LINE = "LBF 6.1-2010"


def the_month(teller: Teller, cast: Cast) -> Strand:
    """May 2010, day by day."""
    dollars, euro, riel = cast.accounts["104"], cast.accounts["101"], cast.accounts["102"]
    yield date(2010, 5, 4)
    item = _item(cast, "401", GIVEN, charged=False)
    text = Name(en="Last instalment of the Lotus Bridge Fund, in dollars", km="ប្រាក់ជំនួយចុងក្រោយ ជាដុល្លារ")
    _document(teller, cast, "receipt", received(dollars, [item]), text, payee_text="Lotus Bridge Fund (fictional)")
    yield date(2010, 5, 5)
    _exchange(teller, cast, out_of=dollars, given=SOLD, into=euro, got=BOUGHT)
    yield date(2010, 5, 6)
    text = Name(en="Printing of the plans for afterwards", km="បោះពុម្ពផែនការបន្ត")
    legs = paid(dollars, [_item(cast, "501", PAID)])
    _document(teller, cast, "payment", legs, text, payee_text="Dragonfly Trading (fictional)")
    yield date(2010, 5, 10)
    listed = _payment_list(teller, cast)
    yield date(2010, 5, 12)
    advance = _advance(teller, cast)
    yield date(2010, 5, 26)
    _account_for(teller, cast, advance, listed)
    yield LAST
    there, pieces = held(riel, LAST), dict[str, int]()
    left = int(there.plain())
    for piece in PIECES["KHR"]:
        pieces[piece], left = divmod(left, int(piece))
    teller.tell(f"count 102 {LAST}", count_cash, riel, pieces=pieces, witness="Lay Pisey", by=cast.finance)
    yield date(2010, 6, 3)
    statement = statement_of(teller, cast, "104", MAY, LAST)
    teller.tell("statement 104 matched", match_statement, statement, by=cast.finance)
    teller.tell("statement 104 signed", reconcile_statement, statement, by=cast.manager)


def _item(cast: Cast, account: str, amount: Money, *, charged: bool = True) -> Item:
    """A line of the Lotus Bridge Fund; a cost of it stands on its budget."""
    purpose = cast.purposes["TRAIN"] if charged else None
    return Item(cast.accounts[account], cast.funds["LBF"], amount, purpose, None, cast.lines[LINE] if charged else None)


def _paper(teller: Teller, cast: Cast, kind: str, title: str, amount: Money) -> Evidence:
    """The bill or the list, drawn."""
    facts, signed = [("Date", f"{teller.day:%d/%m/%Y}"), ("Amount", str(amount))], ["Lay Pisey (fictional)"]
    content = paper(kind, title=title, lines=facts, signed=signed, seed=f"{title} {teller.day}")
    return teller.tell(
        f"paper {title} {teller.day}",
        keep_evidence,
        cast.programme,
        content,
        caption=Name(en=f"{title}, {teller.day:%d %B %Y}", km=f"វិក្កយបត្រ {teller.day:%d/%m/%Y}"),
        dated=teller.day,
        signed_by=", ".join(signed),
        by=cast.finance,
    )


def _document(teller: Teller, cast: Cast, kind: str, legs: Sequence[Leg], text: Name, **more: Any) -> Document:
    """Prepared with its paper, approved by another, posted."""
    bill = _paper(teller, cast, "receipt", text.en, legs[0].amount)
    facts = {"text": text, "papers": {"bill": bill}, "by": cast.finance, **more}
    name = f"{kind} {teller.day}"
    document: Document = teller.tell(name, prepare_document, cast.books["MAIN"], kind, legs, **facts)
    return _posted(teller, cast, name, document)


def _posted(teller: Teller, cast: Cast, name: str, document: Document) -> Document:
    teller.tell(f"{name} approved", approve_document, document, by=cast.manager)
    return teller.tell(f"{name} posted", post_document, document, by=cast.finance)


def _exchange(teller: Teller, cast: Cast, *, out_of: Account, given: Money, into: Account, got: Money) -> None:
    rooms = {"exchange": cast.accounts["110"], "gain": cast.accounts["405"]}
    legs = exchanged(out_of, given, into, got, fund=cast.funds["LBF"], on=teller.day, **rooms)
    _document(teller, cast, "exchange", legs, Name(en=f"Exchange of {given}", km=f"ប្ដូរប្រាក់ {given}"))


def _payment_list(teller: Teller, cast: Cast) -> Money:
    """Who came to the last meeting with a list of names is paid in riel; what that is worth in euro."""
    named = Event.objects.filter(
        programme=cast.programme, state="held", on__lte=teller.day, attendances__person__isnull=False
    )
    event = named.order_by("-on", "-id").first()
    if event is None:  # a part of the story may have none
        return Money(0, "EUR")
    listed = teller.tell("payment list", draw_payment_list, event, travel=TRAVEL, meals=MEALS, by=cast.finance)
    total = (TRAVEL + MEALS).times(Fraction(listed.lines.count()))
    rate = rate_on("EUR", "KHR", teller.day).per_unit_of("KHR")
    riel = cast.accounts["102"]
    euro = converted(total, rate, "EUR")
    _exchange(teller, cast, out_of=cast.accounts["101"], given=euro, into=riel, got=total)
    charged = teller.tell(
        "payment list charged",
        charge_payment_list,
        listed,
        money=riel,
        cost=cast.accounts["501"],
        fund=cast.funds["LBF"],
        purpose=cast.purposes["TRAIN"],
        line=cast.lines[LINE],
        paper=_paper(teller, cast, "receipt", "Signed list of participants", total),
        by=cast.finance,
    )
    assert charged.document
    _posted(teller, cast, "payment list", charged.document)
    return converted(total, rate, "EUR")


def _advance(teller: Teller, cast: Cast) -> Document:
    legs = given_out(cast.accounts["101"], cast.accounts["121"], _item(cast, "121", ADVANCED, charged=False))
    text = Name(en="Last meetings of the districts", km="ការប្រជុំចុងក្រោយនៃស្រុក")
    return _document(teller, cast, "advance", legs, text, payee_text="Lay Pisey (fictional)", due_on=LAST)


def _account_for(teller: Teller, cast: Cast, advance: Document, listed: Money) -> None:
    """Two bills, and what is left is paid back: the donor's money is spent to the cent."""
    hall = Money.of("380", "EUR")
    bills = [_item(cast, "501", hall), _item(cast, "501", ADVANCED - listed - hall)]
    text = Name(en="Hall and meals of the last meetings", km="សាល និងអាហារនៃការប្រជុំចុងក្រោយ")
    _document(teller, cast, "liquidation", settled_with(cast.accounts["121"], bills), text, settles=advance)
    if listed:
        back = received(cast.accounts["101"], [_item(cast, "121", listed, charged=False)])
        text = Name(en="Rest of the advance", km="ប្រាក់សល់នៃបុរេប្រទាន")
        _document(teller, cast, "receipt", back, text, settles=advance, payee_text="Lay Pisey (fictional)")
