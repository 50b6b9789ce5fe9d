"""What people know of documents: numbers, four eyes, advances, exchanges, taxes, reversals."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from laar.base.actions import attach_evidence, grant_role
from laar.base.guard import open_door
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import (
    Item,
    Leg,
    approve_document,
    credit,
    debit,
    exchanged,
    in_kind,
    paid,
    post_document,
    prepare_document,
    prove_document,
    received,
    reverse_entry,
    transferred,
    void_document,
)
from laar.ledger.checks import entries_balance, numbers_are_without_gaps
from laar.ledger.models import Document, Entry
from laar.ledger.queries import advances_open, amount_of, balance, balance_in, settled, worth
from tests.ledger.books import money, rate
from tests.ledger.papers import TEXT, Office, office
from tests.world import World, eur

WHY = Name(en="Typed twice", km="វាយពីរដង")


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


def refused(code: str):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def test_a_payment_is_prepared_approved_and_posted_with_one_number(here):
    document = here.payment("635.00")
    assert (document.number, document.state) == ("PV-2008-0001", "prepared")
    posted = here.posted(document)
    assert (posted.state, posted.entry.document, posted.entry.on) == ("posted", "PV-2008-0001", here.world.day)
    assert balance(here.accounts["bank"]) == -eur("635.00")
    assert balance(here.accounts["cost"]) == eur("635.00")
    assert list(entries_balance()) == list(numbers_are_without_gaps()) == []


def test_a_photo_beside_a_document_is_not_the_paper_that_it_stands_on(here):
    document = here.payment("635.00", papers={})
    paper = here.world.paper(by=here.world.finance)
    attach_evidence(document, paper=paper, role="photo", by=here.world.finance, on=here.world.day)
    with refused("document.paper_missing"):
        here.approved(document)
    with refused("value.unknown"):
        prove_document(document, paper=paper, role="photo", by=here.world.finance, on=here.world.day)
    prove_document(document, paper=paper, role="bill", by=here.world.finance, on=here.world.day)
    with refused("document.papers_final"):
        approved = here.approved(document)
        prove_document(approved, paper=paper, role="list", by=here.world.finance, on=here.world.day)


def test_nothing_is_posted_before_somebody_else_approved(here):
    document = here.payment("10")
    with refused("state.no_such_step"):
        post_document(document, by=here.cashier, on=here.world.day)
    assert not Entry.objects.filter(kind="payment").exists()


def test_who_prepared_does_not_approve_and_who_approved_does_not_pay(here):
    world = here.world
    grant_role(world.finance, role="manager", programme=world.programme, since=world.day, by=None, on=world.day)
    grant_role(world.manager, role="finance", programme=world.programme, since=world.day, by=None, on=world.day)
    document = here.payment("10")
    with refused("access.same_person"):
        approve_document(document, by=world.finance, on=world.day)
    here.approved(document)
    with refused("access.same_person"):
        post_document(document, by=world.manager, on=world.day)


def test_without_its_paper_a_document_is_not_approved(here):
    with refused("document.paper_missing"):
        here.approved(here.payment("10", papers={}))


def test_two_persons_are_enough_up_to_the_limit_and_not_above(here):
    world = here.world
    here.limit("two_persons", eur("50"))
    small, large = here.approved(here.payment("50.00")), here.approved(here.payment("50.01"))
    assert post_document(small, by=world.finance, on=world.day).state == "posted"
    with refused("document.three_persons"):
        post_document(large, by=world.finance, on=world.day)
    assert post_document(large, by=here.cashier, on=world.day).paid_by == here.cashier


def test_what_comes_in_is_paid_by_somebody_else_and_takes_two_of_us(here):
    world = here.world
    came = received(here.accounts["bank"], [Item(world.accounts["income"], world.fund, eur("20,000"))])
    receipt = here.approved(here.prepared("receipt", came))
    assert post_document(receipt, by=world.finance, on=world.day).paid_by == receipt.prepared_by == world.finance


def test_a_limit_holds_in_its_days_only(here):
    here.limit("two_persons", eur("50"), until=here.world.day)
    with refused("document.three_persons"):
        post_document(here.approved(here.payment("10")), by=here.world.finance, on=here.world.day)


def test_nobody_pays_out_of_a_box_what_it_does_not_hold(here):
    rate(here.world, "KHR", "5400", here.world.day)
    here.fill(money("KHR 100,000"))
    lines = paid(here.accounts["box"], [here.item(money("KHR 100,100"))])
    with refused("cash.not_enough"):
        here.posted(here.prepared("payment", lines))
    assert balance_in(here.accounts["box"].pk, "KHR") == money("KHR 100,000")


def test_a_limit_is_judged_in_the_currency_of_the_book(here):
    world = here.world
    rate(world, "KHR", "5400", world.day)
    here.limit("two_persons", eur("50"))
    here.fill(money("KHR 270,000"))
    riel = here.item(money("KHR 270,000"))
    small = here.prepared("payment", paid(here.accounts["box"], [riel]))
    large = here.prepared("payment", paid(here.accounts["box"], [here.item(money("KHR 280,000"))]))
    assert worth(small) == eur("50")
    assert post_document(here.approved(small), by=world.finance, on=world.day).state == "posted"
    with refused("document.three_persons"):
        post_document(here.approved(large), by=world.finance, on=world.day)


def test_the_same_command_twenty_times_prepares_and_posts_once(here):
    command = uuid4()
    lines = paid(here.accounts["bank"], [here.item(eur("10"))])
    made = [
        prepare_document(
            here.world.book,
            "payment",
            lines,
            text=TEXT,
            payee_text="Sok",
            by=here.world.finance,
            on=here.world.day,
            command=command,
        ).pk
        for _ in range(20)
    ]
    assert len(set(made)) == Document.objects.count() == 1
    document = here.approved(here.payment("5"))
    command = uuid4()
    for _ in range(20):
        post_document(document, by=here.cashier, on=here.world.day, command=command)
    assert Entry.objects.filter(kind="payment").count() == 1


def test_a_void_document_keeps_its_number_and_the_next_one_goes_on(here):
    document = here.payment("10")
    with refused("document.reason_missing"):
        void_document(document, reason=Name(""), by=here.world.finance, on=here.world.day)
    void = void_document(document, reason=WHY, by=here.world.finance, on=here.world.day)
    assert (void.state, void.reason_en, void.number) == ("void", "Typed twice", "PV-2008-0001")
    assert here.payment("10").number == "PV-2008-0002"
    with refused("state.no_such_step"):
        here.approved(void)
    assert list(numbers_are_without_gaps()) == []


@pytest.mark.parametrize(
    ("on", "works"),
    [(date(2008, 3, 9), False), (date(2008, 3, 10), True), (date(2008, 12, 31), True), (date(2009, 1, 1), False)],
)
def test_a_document_is_posted_in_the_year_of_its_number_and_not_before_its_day(here, on, works):
    document = here.approved(here.payment("10"))
    if works:
        assert post_document(document, by=here.cashier, on=on).entry.on == on
    else:
        with refused("document.day"):
            post_document(document, by=here.cashier, on=on)


def test_what_does_not_balance_takes_no_number(here):
    world = here.world
    lines = [debit(here.accounts["cost"], world.fund, eur("10")), credit(here.accounts["bank"], world.fund, eur("9"))]
    with refused("entry.off_by"):
        here.prepared("payment", lines)
    assert not Document.objects.exists()
    assert here.payment("1").serial == 1


def test_a_journal_voucher_moves_no_money_and_a_payment_does(here):
    world = here.world
    by_bank = paid(here.accounts["bank"], [here.item(eur("10"))])
    by_debt = paid(here.accounts["owed"], [here.item(eur("10"))])
    with refused("document.moves_money"):
        here.prepared("journal", by_bank)
    with refused("document.no_money"):
        here.prepared("payment", by_debt)
    assert here.posted(here.prepared("journal", by_debt)).number == "JV-2008-0001"
    assert world.book.entries.count() == 1


def test_somebody_is_paid(here):
    with refused("document.payee_missing"):
        here.payment("10", payee_text=" ")
    assert here.payment("10", payee_text="", payee=here.world.witness).payee == here.world.witness


def test_an_advance_says_until_when(here):
    world = here.world
    lines = [debit(here.accounts["adv"], world.fund, eur("10")), credit(here.accounts["bank"], world.fund, eur("10"))]
    with refused("document.due_missing"):
        here.prepared("advance", lines)
    with refused("document.account_missing"):
        here.prepared("advance", paid(here.accounts["bank"], [here.item(eur("1"))]), due_on=world.day)


def test_an_advance_is_accounted_for_and_the_rest_comes_back(here):
    advance = here.advance("100")
    assert advances_open(here.world.programme) == [advance]
    here.posted(here.liquidation(advance, "60"))
    back = here.prepared("receipt", received(here.accounts["bank"], [here.item(eur("40"), "adv")]), settles=advance)
    assert settled(advance).waiting == eur("40")
    here.posted(back)
    assert (settled(advance).posted, settled(advance).left) == (eur("100"), eur("0"))
    assert balance(here.accounts["adv"]) == eur("0")
    assert balance(here.accounts["cost"]) == eur("60")
    assert advances_open(here.world.programme) == []


def test_more_than_the_advance_is_never_accounted_for_also_not_while_it_waits(here):
    advance = here.advance("100")
    here.liquidation(advance, "60")
    with refused("advance.too_much"):
        here.liquidation(advance, "40.01")
    here.liquidation(advance, "40.00")


def test_an_advance_in_riel_is_not_accounted_for_in_euro(here):
    world = here.world
    rate(world, "KHR", "5400", world.day)
    advance = here.advance("100")
    lines = paid(here.accounts["adv"], [here.item(money("KHR 5,400"))])
    with refused("advance.currency"):
        here.prepared("liquidation", lines, settles=advance)


def test_only_a_posted_advance_is_accounted_for(here):
    with refused("document.settles_missing"):
        here.liquidation(here.posted(here.payment("10")), "5")
    with refused("document.settles_missing"):
        here.prepared("liquidation", paid(here.accounts["adv"], [here.item(eur("10"))]))


def test_bought_riel_stands_in_the_books_at_what_was_agreed(here):
    world = here.world
    rate(world, "KHR", "5400", world.day)
    lines = exchanged(
        here.accounts["bank"], eur("1000"), here.accounts["box"], money("KHR 5,380,000"),
        fund=world.fund, exchange=here.accounts["fx"], gain=here.accounts["gain"], on=world.day,
    )  # fmt: skip
    document = here.posted(here.prepared("exchange", lines))
    assert amount_of(document) == eur("1000")
    assert balance(here.accounts["box"]) == eur("1000")
    assert balance_in(here.accounts["box"].pk, "KHR") == money("KHR 5,380,000")
    assert balance(here.accounts["fx"]) == balance(here.accounts["gain"]) == eur("0")


def test_sold_riel_leaves_at_the_rate_of_the_day_and_the_gain_is_booked_openly(here):
    world = here.world
    rate(world, "KHR", "5400", world.day)
    here.fill(money("KHR 5,400,000"))
    lines = exchanged(
        here.accounts["box"], money("KHR 5,400,000"), here.accounts["bank"], eur("1010"),
        fund=world.fund, exchange=here.accounts["fx"], gain=here.accounts["gain"], on=world.day,
    )  # fmt: skip
    here.posted(here.prepared("exchange", lines))
    assert balance(here.accounts["box"]) == eur("0")
    assert balance(here.accounts["gain"]) == -eur("10")
    assert balance(here.accounts["fx"]) == eur("0")


def test_tax_withheld_waits_on_its_account_until_it_is_paid(here):
    world = here.world
    lines = paid(here.accounts["bank"], [here.item(eur("100"))], tax=here.accounts["tax"], withheld=eur("15"))
    voucher = here.posted(here.prepared("payment", lines))
    assert amount_of(voucher) == eur("100")
    assert balance(here.accounts["bank"]) == -eur("85")
    assert balance(here.accounts["tax"]) == -eur("15")
    owed = paid(here.accounts["bank"], [here.item(eur("15"), "tax")])
    assert here.posted(here.prepared("tax", owed, payee=world.ngo)).number == "WT-2008-0001"
    assert balance(here.accounts["tax"]) == eur("0")


def test_tax_on_two_lines_is_shared_to_the_cent(here):
    lines = paid(
        here.accounts["bank"],
        [here.item(eur("33.33")), here.item(eur("66.67"))],
        tax=here.accounts["tax"],
        withheld=eur("14.99"),
    )
    here.posted(here.prepared("payment", lines))
    assert balance(here.accounts["tax"]) == -eur("14.99")
    assert balance(here.accounts["bank"]) == -eur("85.01")


def test_something_in_kind_is_valued_with_its_basis(here):
    lines = in_kind(here.accounts["kind"], [here.item(eur("80"))])
    with refused("document.basis_missing"):
        here.prepared("in_kind", lines)
    document = here.posted(here.prepared("in_kind", lines, basis="40 days at the usual wage of 2.00"))
    assert document.number == "IK-2008-0001"


def test_cash_is_brought_to_the_bank_and_drawn_from_it(here):
    world = here.world
    rate(world, "USD", "1.5", world.day)
    till = Leg(here.accounts["usd"], world.fund, money("USD 30"))
    assert till.amount.figure == "30.00"
    usd = here.accounts["usd"]
    lines = [Leg(usd, world.fund, money("USD 30")), Leg(world.accounts["cash"], world.fund, -money("USD 30"))]
    assert here.posted(here.prepared("deposit", lines)).number == "BD-2008-0001"
    same = transferred(here.accounts["bank"], world.accounts["bank"], world.fund, eur("5"))
    assert here.posted(here.prepared("withdrawal", same)).number == "BW-2008-0001"


def test_a_posted_document_is_undone_by_a_reversal_that_somebody_else_approves(here):
    world = here.world
    paid_twice = here.posted(here.payment("10"))
    with refused("entry.has_document"):
        reverse_entry(paid_twice.entry, reason=WHY, by=world.finance, on=world.day)
    reversal = here.prepared("reversal", [], reverses=paid_twice, text=WHY)
    with refused("document.reverses_missing"):
        here.prepared("reversal", [], reverses=paid_twice, text=WHY)
    done = here.posted(reversal)
    assert (done.number, done.entry.document, done.entry.reverses) == ("RJ-2008-0001", "RJ-2008-0001", paid_twice.entry)
    assert balance(here.accounts["bank"]) == eur("0")
    assert list(numbers_are_without_gaps()) == []


def test_a_reversed_liquidation_counts_no_more(here):
    advance = here.advance("100")
    liquidation = here.posted(here.liquidation(advance, "100"))
    with refused("advance.settled"):
        here.posted(here.prepared("reversal", [], reverses=advance, text=WHY))
    here.posted(here.prepared("reversal", [], reverses=liquidation, text=WHY))
    assert settled(advance).left == eur("100")
    here.posted(here.liquidation(advance, "100"))


def test_the_commune_book_has_no_documents_of_ours(here):
    world = here.world
    world.book.is_memorandum = True

    with open_door():
        world.book.save(update_fields=["is_memorandum"])
    with refused("document.memorandum"):
        here.payment("10")


def test_a_refused_document_leaves_nothing_half_posted(here):
    world = here.world
    lines = paid(here.accounts["box"], [here.item(money("KHR 5,000"))])
    with refused("rate.missing"):
        here.prepared("payment", lines)
    with refused("entry.account_currency"):
        here.prepared("payment", paid(here.accounts["box"], [here.item(eur("5"))]))
    item = Item(here.accounts["cost"], world.fund, eur("5"))
    with refused("day.not_yet"):
        here.prepared("payment", paid(here.accounts["bank"], [item]), on=date(2200, 1, 1))
    assert not Document.objects.exists()
    assert not Entry.objects.exists()
    assert Money(0, "EUR") == balance(here.accounts["bank"])


@pytest.mark.parametrize("kind", ["payment", "receipt"])
def test_money_goes_the_way_of_its_document(here, kind):
    legs = (paid if kind == "payment" else received)(here.accounts["bank"], [here.item(eur("-5"))])
    with refused("document.wrong_way"):
        here.prepared(kind, legs)
