"""Money of ours moves by the hands of several people, whichever way somebody goes at it."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from laar.base.guard import open_door
from laar.base.models import Evidence, TrailLine
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import (
    Leg,
    approve_document,
    credit,
    debit,
    decided_elsewhere,
    open_account,
    open_book,
    post_document,
    post_entry,
    received,
    reverse_entry,
    void_document,
)
from laar.ledger.checks import numbers_are_without_gaps
from laar.ledger.models import Document, DocumentLine, Entry, Rate
from laar.ledger.queries import advances_open, settled, twin_of
from laar.ledger.triggers import TRIGGERS
from laar.projects.checks import advances_stand_in_the_books
from laar.projects.queries import advances_out
from tests.desk.clients import client_of
from tests.house import LAAR
from tests.ledger.books import rate
from tests.ledger.papers import Office, office
from tests.world import World, eur

WHY = Name(en="Paid to the wrong shop", km="បង់ខុសហាង")


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


def refused(code: str):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def bought(here: Office, money: str = "bank") -> list[Leg]:
    fund = here.world.fund
    return [debit(here.accounts["cost"], fund, eur("10")), credit(here.accounts[money], fund, eur("10"))]


# ── what is posted directly ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", [post_entry, reverse_entry])
def test_nobody_posts_under_a_number_that_a_document_took(action):
    assert "serial" not in signature(action).parameters


def test_money_does_not_leave_the_bank_by_one_persons_entry(here):
    world = here.world
    with refused("entry.needs_document"):
        post_entry(world.book, bought(here), text=WHY, kind="payment", by=world.finance, on=world.day)
    assert not Entry.objects.exists()


def test_what_moves_no_money_is_posted_directly(here):
    world = here.world
    assert post_entry(world.book, bought(here, "owed"), text=WHY, by=world.finance, on=world.day).document


@pytest.mark.parametrize("sides", [("adv", "owed"), ("owed", "adv")])
def test_an_account_for_advances_is_moved_by_an_advance_only(here, sides):
    world, (into, out_of) = here.world, sides
    legs = [
        debit(here.accounts[into], world.fund, eur("10")),
        credit(here.accounts[out_of], world.fund, eur("10")),
    ]
    with refused("advance.which"):
        post_entry(world.book, legs, text=WHY, by=world.finance, on=world.day)
    assert not Entry.objects.exists()


def test_verify_finds_what_stands_on_an_account_for_advances_and_is_no_advance(here):
    advance = here.advance("100")
    liquidation = here.posted(here.liquidation(advance, "60"))
    assert list(advances_stand_in_the_books()) == []
    with open_door(), connection.cursor() as sql:
        sql.execute("UPDATE ledger_document SET state = 'approved' WHERE id = %s", [liquidation.pk])
    (fault,) = advances_stand_in_the_books()
    assert (fault.table, fault.key) == ("ledger.account", here.accounts["adv"].pk)
    assert f"EUR 40.00 stands there, but EUR 100.00 is open: {advance.number}" in fault.text.en


def test_what_the_treasury_did_is_copied_directly(here):
    world = here.world
    book = open_book(
        world.programme, "CSF", name=WHY, owner=world.council, currency="EUR", is_memorandum=True, by=world.finance,
        on=world.day,
    )  # fmt: skip
    bank, cost = (
        open_account(book, code, name=WHY, kind=kind, use=use, by=world.finance, on=world.day)
        for code, kind, use in (("1", "asset", "bank"), ("2", "expense", ""))
    )
    legs = [debit(cost, world.fund, eur("1")), credit(bank, world.fund, eur("1"))]
    assert post_entry(book, legs, text=WHY, by=world.finance, on=world.day).document == ""


def test_only_the_demonstration_says_that_something_was_decided_elsewhere():
    callers = [
        str(path.relative_to(LAAR))
        for path in Path(LAAR).rglob("*.py")
        if "decided_elsewhere():" in path.read_text(encoding="utf-8")
    ]
    assert sorted(callers) == ["demo/teller.py"]


def test_a_document_is_posted_in_one_line_of_the_trail_by_whoever_paid_it(here):
    posted = here.posted(here.payment("10"))
    assert {line.verb for line in TrailLine.objects.filter(rows__table="ledger.entry", rows__key=posted.entry.pk)} == {
        "document.post"
    }
    assert list(numbers_are_without_gaps()) == []


# ── reversals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def reversal_of(here: Office, document: Document) -> Document:
    return here.approved(here.prepared("reversal", [], reverses=document, text=WHY))


def test_the_reversal_of_a_payment_is_not_posted_by_who_prepared_it(here):
    reversal = reversal_of(here, here.posted(here.payment("10")))
    with refused("document.three_persons"):
        post_document(reversal, by=here.world.finance, on=here.world.day)
    assert post_document(reversal, by=here.cashier, on=here.world.day).paid_by == here.cashier


def test_two_persons_are_enough_for_a_reversal_up_to_the_limit_of_payments(here):
    here.limit("two_persons", eur("50"))
    small, large = (reversal_of(here, here.posted(here.payment(amount))) for amount in ("50.00", "50.01"))
    assert post_document(small, by=here.world.finance, on=here.world.day).state == "posted"
    with refused("document.three_persons"):
        post_document(large, by=here.world.finance, on=here.world.day)


def test_the_reversal_of_a_reversal_moves_the_money_again_and_takes_as_many_persons(here):
    back = post_document(reversal_of(here, here.posted(here.payment("10"))), by=here.cashier, on=here.world.day)
    again = reversal_of(here, back)
    with refused("document.three_persons"):
        post_document(again, by=here.world.finance, on=here.world.day)


def test_the_reversal_of_a_journal_voucher_moves_no_money_and_takes_two(here):
    voucher = here.posted(here.prepared("journal", bought(here, "owed")))
    assert post_document(reversal_of(here, voucher), by=here.world.finance, on=here.world.day).state == "posted"


def test_the_entry_of_a_document_is_reversed_by_a_document_only(here):
    world = here.world
    paid = here.posted(here.payment("10"))
    reversal_of(here, paid)
    with refused("entry.has_document"):
        reverse_entry(paid.entry, reason=WHY, by=world.finance, on=world.day)


def test_who_posted_money_without_a_document_does_not_undo_it(here):
    world = here.world
    with decided_elsewhere():
        entry = post_entry(
            world.book, received(here.accounts["bank"], [here.item(eur("5"), "kind")]), text=WHY, kind="receipt",
            by=world.finance, on=world.day,
        )  # fmt: skip
    with refused("access.same_person"):
        reverse_entry(entry, reason=WHY, by=world.finance, on=world.day)
    with refused("entry.reason_missing"):
        reverse_entry(entry, reason=Name(" "), by=world.manager, on=world.day)
    assert reverse_entry(entry, reason=WHY, by=world.manager, on=world.day).reverses == entry


# ── one paper, two documents ────────────────────────────────────────────────────────────────────────────────────────


def with_paper(here: Office, paper: Evidence, role: str = "bill") -> Document:
    return here.payment("10", papers={role: paper})


def test_a_bill_that_stands_beside_two_documents_is_refused_until_it_is_said_why(here):
    world = here.world
    bill = world.paper(by=world.finance)
    first, second = with_paper(here, bill), with_paper(here, bill)
    with refused("document.paper_twice") as no:
        approve_document(second, by=world.manager, on=world.day)
    assert first.number in no.value.text.en
    approved = approve_document(second, why=Name(en="Half from each fund"), by=world.manager, on=world.day)
    assert (approved.state, approved.why.en) == ("approved", "Half from each fund")


def test_the_bill_of_what_is_void_or_was_undone_may_be_used_again(here):
    world = here.world
    bill = world.paper(by=world.finance)
    void_document(with_paper(here, bill), reason=WHY, by=world.finance, on=world.day)
    paid_wrongly = here.posted(with_paper(here, bill))
    reversal = here.prepared("reversal", [], reverses=paid_wrongly, text=WHY, papers={"bill": bill})
    assert twin_of(reversal) is None
    here.posted(reversal)
    assert here.posted(with_paper(here, bill)).state == "posted"


def test_a_contract_stands_beside_many_documents(here):
    paper = here.world.paper(by=here.world.finance)
    assert [here.approved(with_paper(here, paper, "contract")).state for _ in range(2)] == ["approved"] * 2


def test_the_approver_sees_the_other_document_with_its_link(here):
    world = here.world
    bill = world.paper(by=world.finance)
    first, second = with_paper(here, bill), with_paper(here, bill)
    manager = client_of("manager")
    page = manager.get(f"/records/document/{second.pk}/", follow=True).content.decode()
    assert "The same bill or list stands beside another document:" in page
    assert f'href="/records/document/{first.pk}/"' in page
    form = manager.get(f"/do/document.approve/document/{second.pk}/").content.decode()
    assert "Why the same paper stands beside both" in form


# ── what nobody alters ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_lines_of_a_document_are_as_they_were_prepared(here):
    line = here.approved(here.payment("10")).lines.first()
    with open_door(), transaction.atomic(), pytest.raises(DatabaseError, match=r"document\.lines_final"):
        DocumentLine.objects.filter(pk=line.pk).update(units=1)
    line.pk, line.position = None, 9
    with open_door(), transaction.atomic(), pytest.raises(DatabaseError, match=r"document\.lines_final"):
        line.save(force_insert=True)


@pytest.mark.parametrize("table", ["rate", "budgetchange", "cashcount", "difference", "documentline"])
@pytest.mark.parametrize("event", ["UPDATE", "DELETE"])
def test_what_is_written_down_once_has_its_triggers(table, event):
    assert [one.name for one in TRIGGERS if (one.table, one.event, one.when) == (f"ledger_{table}", event, "1 = 1")]


def test_a_rate_is_not_changed_behind_what_was_converted_at_it(here):
    kept = rate(here.world, "KHR", "5400", here.world.day)
    with open_door(), transaction.atomic(), pytest.raises(DatabaseError, match=r"rate\.final"):
        Rate.objects.filter(pk=kept.pk).update(rate=1)


# ── advances ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [1, 3])
def test_open_advances_ask_the_same_few_questions_however_many_there_are(here, number, django_assert_num_queries):
    for _ in range(number):
        here.posted(here.liquidation(here.advance("100"), "60"))
    with django_assert_num_queries(2):
        assert [(one.given, one.left) for one in advances_open(here.world.programme)] == [(100_0000, 40_0000)] * number
    with django_assert_num_queries(5):
        assert len(advances_out(here.world.programme, here.world.day)) == number


def test_a_reversed_liquidation_leaves_its_advance_open_in_every_list(here):
    advance = here.advance("100")
    liquidation = here.posted(here.liquidation(advance, "100"))
    assert advances_open(here.world.programme) == []
    back = here.posted(here.prepared("reversal", [], reverses=liquidation, text=WHY))
    assert [one.left for one in advances_open(here.world.programme)] == [settled(advance).left.units]
    assert [one.open for one in advances_out(here.world.programme, here.world.day)] == [eur("100")]
    here.posted(here.prepared("reversal", [], reverses=back, text=WHY))
    assert advances_open(here.world.programme) == []
