"""What was posted by mistake is taken back: with a reason, by somebody else, and the record says again what is true."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import reverse_entry
from laar.ledger.models import CommitmentMove, Posting
from laar.ledger.queries import balance
from laar.projects.actions import (
    accept_voucher,
    bring_voucher,
    refuse_voucher,
    reopen_tranche,
    reverse_refund,
    reverse_tranche,
    reverse_treasury_payment,
    reverse_voucher,
)
from laar.projects.models import Tranche, Voucher
from laar.projects.queries import accepted, advances_out, outstanding, paid_by_treasury, unaccounted, voucher_numbered
from tests.desk.clients import client_of
from tests.refused import refused_without_trace
from tests.sdp import BACK, PAID_FIRST, Sdp
from tests.thread import FIRST, Thread, faults, fresh
from tests.world import World, eur

WHY = Name(en="It went to another commune", km="ទៅឃុំផ្សេង")


def parts(tranche: Tranche) -> tuple[Money, Money]:
    """What is accounted for and what is outstanding of a tranche."""
    return accepted(tranche), unaccounted(tranche)


def holds(world: World, tranche: Tranche) -> None:
    """The books say of the advance what the tranche says, and `verify` finds nothing."""
    tranche = fresh(tranche)
    out = unaccounted(tranche) if tranche.entry_id else eur(0)
    assert balance(tranche.agreement.advances) == out
    assert outstanding(tranche.agreement.project) == out
    assert sum(one.open.units for one in advances_out(world.programme, world.day)) == out.units
    assert faults() == []


@pytest.mark.parametrize("stage", ["pay_first", "acknowledge_first"])
def test_a_payment_that_is_taken_back_is_no_advance_any_more_and_is_requested_anew(world: World, stage: str) -> None:
    thread = Thread(world).to(stage)
    entry = thread.first.entry
    back = reverse_tranche(thread.first, reason=WHY, by=world.manager, on=world.day)
    assert (back.state, back.entry, back.paid_on, back.reason_en) == ("withheld", None, None, WHY.en)
    assert entry.reversal.text_en == WHY.en
    holds(world, back)
    thread.first = back
    for again in ("request_first", "approve_first", "pay_first"):
        getattr(thread, again)()
    assert fresh(thread.first).entry != entry
    holds(world, thread.first)


def test_a_payment_with_a_voucher_on_it_is_not_taken_back_before_that(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    voucher = Voucher.objects.get()
    with refused_without_trace("tranche.accounted"):
        reverse_tranche(thread.first, reason=WHY, by=world.manager, on=world.day)
    refuse_voucher(voucher, reason=WHY, by=world.finance, on=world.day)
    assert reverse_tranche(thread.first, reason=WHY, by=world.manager, on=world.day).state == "withheld"


def test_a_voucher_that_is_taken_back_opens_its_tranche_again_and_its_number_is_free(world: World) -> None:
    thread = Thread(world).to("liquidate_first")
    voucher = Voucher.objects.filter(state="accepted").first()
    assert voucher
    back = reverse_voucher(voucher, reason=WHY, by=world.manager, on=world.day)
    tranche = fresh(thread.first)
    assert (back.state, tranche.state) == ("reversed", "acknowledged")
    assert unaccounted(tranche) == voucher.amount
    assert balance(world.accounts["expense"]) == FIRST - voucher.amount
    holds(world, tranche)
    again = thread.voucher_of(tranche, voucher.number, voucher.amount)
    accept_voucher(again, by=world.finance, on=world.day)
    assert parts(fresh(tranche)) == (FIRST, eur(0))
    holds(world, tranche)


def test_a_refund_that_is_taken_back_is_outstanding_again(world: World) -> None:
    sdp = Sdp(world).to("liquidate")
    back = reverse_refund(sdp.refund, reason=WHY, by=world.manager, on=world.day)
    tranche = fresh(sdp.tranche)
    assert (back.state, tranche.state, unaccounted(tranche)) == ("reversed", "acknowledged", BACK)
    assert faults() == []
    with refused_without_trace("state.no_such_step"):
        reverse_refund(back, reason=WHY, by=world.manager, on=world.day)


def test_a_payment_of_the_treasury_that_was_copied_wrongly_is_copied_again_under_its_order(world: World) -> None:
    sdp = Sdp(world).to("sign")
    wrong = sdp.copy(PAID_FIRST, order="PO-77")
    back = reverse_treasury_payment(wrong, reason=WHY, by=world.manager, on=world.day)
    assert (back.state, paid_by_treasury(back.share).units) == ("reversed", 0)
    assert sum(one.units for one in Posting.objects.filter(account=sdp.memo["expense"])) == 0
    right = sdp.copy(PAID_FIRST, order="PO-77")
    assert paid_by_treasury(right.share) == PAID_FIRST
    assert faults() == []


def undoings(world: World) -> list[tuple[Callable[[User], object], User]]:
    """Each way to take something back, and who did what it takes back."""
    thread, sdp = Thread(world).to("acknowledge_first"), Sdp(world).to("pay_back")
    payment = sdp.copy(PAID_FIRST)
    voucher = Voucher.objects.filter(state="accepted", tranche=sdp.tranche).first()
    assert voucher

    def one(action: Callable[..., object], record: object, reason: Name = WHY) -> Callable[[User], object]:
        return lambda by: action(record, reason=reason, by=by, on=world.day)

    return [
        (one(reverse_tranche, thread.first), world.finance),
        (one(reverse_voucher, voucher), world.finance),
        (one(reverse_refund, sdp.refund), world.finance),
        (one(reverse_treasury_payment, payment), world.finance),
    ]


def test_who_posted_it_does_not_take_it_back(world: World) -> None:
    for undo, doer in undoings(world):
        with refused_without_trace("access.same_person"):
            undo(doer)


def test_nothing_is_taken_back_without_a_reason(world: World) -> None:
    thread = Thread(world).to("pay_first")
    with refused_without_trace("money.reason_missing"):
        reverse_tranche(thread.first, reason=Name(" "), by=world.manager, on=world.day)


def test_what_is_settled_is_not_taken_back(world: World) -> None:
    sdp = Sdp(world).to("settle")
    voucher = Voucher.objects.filter(state="accepted").first()
    assert voucher
    with refused_without_trace("money.settled"):
        reverse_voucher(voucher, reason=WHY, by=world.manager, on=world.day)
    with refused_without_trace("money.settled"):
        reverse_refund(sdp.refund, reason=WHY, by=world.manager, on=world.day)


def test_what_was_taken_back_does_not_come_again_by_reversing_its_reversal(world: World) -> None:
    thread = Thread(world).to("pay_first")
    entry = thread.first.entry
    reverse_tranche(thread.first, reason=WHY, by=world.manager, on=world.day)
    with refused_without_trace("entry.taken_back"):
        reverse_entry(entry.reversal, reason=WHY, by=world.finance, on=world.day)


def test_a_tranche_that_is_accounted_for_is_not_opened_again(world: World) -> None:
    thread = Thread(world).to("liquidate_first")
    with refused_without_trace("tranche.nothing_open"):
        reopen_tranche(thread.first, by=world.finance, on=world.day)
    page = client_of("manager").get(f"/do/tranche.reverse/tranche/{thread.first.pk}/").content.decode()
    assert "Possible now: –" in page
    assert "Open the tranche again" not in page


def test_what_a_commitment_says_follows_what_was_taken_back(world: World) -> None:
    sdp = Sdp(world).to("pay_back")
    reverse_refund(sdp.refund, reason=WHY, by=world.manager, on=world.day)
    for voucher in Voucher.objects.filter(state="accepted"):
        reverse_voucher(voucher, reason=WHY, by=world.manager, on=world.day)
    reverse_tranche(fresh(sdp.tranche), reason=WHY, by=world.manager, on=world.day)
    moves = CommitmentMove.objects.exclude(kind="made")
    assert (sum(one.units for one in moves), sum(one.out for one in moves)) == (0, 0)
    assert faults() == []


# ── the numbers of vouchers ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_refused_voucher_is_mended_and_comes_again_under_its_number(world: World) -> None:
    thread = Thread(world).to("acknowledge_first")
    wrong = thread.voucher_of(thread.first, "V-7", eur(10))
    refuse_voucher(wrong, reason=WHY, by=world.finance, on=world.day)
    right = thread.voucher_of(thread.first, "v- 7", eur(9))
    assert (right.state, fresh(wrong).state) == ("received", "refused")
    with refused_without_trace("voucher.brought_already"):
        thread.voucher_of(thread.first, "V-7", eur(9))


@pytest.mark.parametrize("number", [1, 3])
def test_to_look_for_a_number_asks_one_question_however_many_vouchers_there_are(
    world: World, number: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    thread = Thread(world).to("acknowledge_first")
    for place in range(number):
        thread.voucher_of(thread.first, f"V {place}", eur(1))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context
        assert voucher_numbered(world.programme, "v0") is not None
    assert bring_voucher
