"""A wrong entry is put right by its mirror, once; both stay."""

from __future__ import annotations

from datetime import date

from laar.kit.names import Name
from laar.ledger.actions import reverse_entry
from laar.ledger.models import Entry
from laar.ledger.queries import balance, trial_balance
from laar.projects.actions import refuse_voucher
from tests.ledger.books import in_book, lines, post, rate
from tests.refused import refused_without_trace
from tests.thread import Thread, faults
from tests.world import World, eur

WHY = Name(en="Wrong account", km="គណនីខុស")


def reverse(world: World, entry: Entry, **facts: object) -> Entry:
    return reverse_entry(entry, **{"reason": WHY, "by": world.finance, "on": world.day, **facts})  # type: ignore[arg-type]


def test_a_reversal_is_the_mirror_of_its_entry(world: World) -> None:
    rate(world, "KHR", "5300", date(2008, 1, 1))
    entry = post(world, "debit expense KHR 121", "debit cash EUR 2", "credit bank KHR 121", "credit bank EUR 2")
    mirror = reverse(world, entry)
    assert (mirror.reverses, mirror.number, mirror.text_en) == (entry, entry.number + 1, "Wrong account")
    assert [(one.account, -one.units, -one.in_book, one.rate) for one in lines(mirror)] == [
        (one.account, one.units, one.in_book, one.rate) for one in lines(entry)
    ]
    assert {str(amount) for _, amount in trial_balance(world.book)} == {"EUR 0.00"}


def test_a_reversal_keeps_the_rate_of_its_entry_whatever_the_rate_is_then(world: World) -> None:
    rate(world, "KHR", "5300", date(2008, 1, 1))
    entry = post(world, "debit expense KHR 5300", "credit bank KHR 5300")
    rate(world, "KHR", "2650", date(2008, 6, 1))
    assert in_book(reverse(world, entry, on=date(2008, 7, 1))) == ["–1.00", "1.00"]


def test_an_entry_is_reversed_once(world: World) -> None:
    entry = post(world, "debit expense EUR 1", "credit bank EUR 1")
    reverse(world, entry)
    with refused_without_trace("entry.reversed_already"):
        reverse(world, entry)


def test_a_reversal_can_itself_be_reversed(world: World) -> None:
    entry = post(world, "debit expense EUR 1", "credit bank EUR 1")
    reverse(world, reverse(world, entry))
    assert balance(world.accounts["expense"]) == eur(1)


def test_what_was_true_before_the_reversal_stays_true(world: World) -> None:
    entry = post(world, "debit expense EUR 1", "credit bank EUR 1")
    reverse(world, entry, on=date(2008, 4, 1))
    assert balance(world.accounts["expense"], date(2008, 3, 31)) == eur(1)
    assert balance(world.accounts["expense"], date(2008, 4, 1)) == eur(0)


def test_only_finance_or_the_manager_reverses(world: World) -> None:
    entry = post(world, "debit expense EUR 1", "credit bank EUR 1")
    with refused_without_trace("access.no_role"):
        reverse(world, entry, by=world.users["ang"])


def test_the_entry_of_a_paid_tranche_is_kept_by_an_objection(world: World) -> None:
    entry = Thread(world).to("pay_first").first.entry
    with refused_without_trace("tranche.entry_cited") as no:
        reverse(world, entry)
    assert "Tranche 1" in no.value.text.en
    assert not Entry.objects.exclude(reverses=None).exists()


def test_the_entry_of_an_accepted_voucher_is_kept_by_an_objection(world: World) -> None:
    entry = Thread(world).to("accept_voucher").voucher.entry
    with refused_without_trace("tranche.entry_cited"):
        reverse(world, entry)


def test_a_refused_voucher_leaves_no_entry_to_reverse(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    refuse_voucher(thread.voucher, reason=WHY, by=world.finance, on=world.day)
    assert Entry.objects.get() == thread.first.entry
    assert faults() == []
