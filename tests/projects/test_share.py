"""The commune's part is revised by a new decision of its council, never below what the treasury has paid."""

from __future__ import annotations

from laar.kit.money import Money
from laar.projects.actions import revise_share
from laar.projects.models import Share
from tests.refused import refused_without_trace
from tests.sdp import PAID_FIRST, Sdp
from tests.thread import Thread, faults
from tests.world import World


def test_a_part_is_revised_by_a_new_decision_and_not_below_what_is_paid(world: World) -> None:
    sdp = Sdp(world).to("pay")
    sdp.copy(PAID_FIRST)
    share = Share.objects.get()
    new = Thread(world, 5).decision("25/08")
    facts = {"by": world.manager, "on": world.day}
    with refused_without_trace("share.same_decision"):
        revise_share(share, amount=Money.of("9000000", "KHR"), decision=share.decision, **facts)
    with refused_without_trace("share.below_paid"):
        revise_share(share, amount=Money.of("7499000", "KHR"), decision=new, **facts)
    revised = revise_share(share, amount=Money.of("9000000", "KHR"), decision=new, **facts)
    assert (revised.amount, revised.decision) == (Money.of("9000000", "KHR"), new)
    assert faults() == []
