"""The whole thread, really committed."""

from __future__ import annotations

from laar.base.verify import verify
from tests.thread import Thread
from tests.world import World


def test_a_committed_thread_verifies_with_its_head_file(committed_world: World) -> None:
    Thread(committed_world).to("report_back")
    assert [fault for verdict in verify() for fault in verdict.faults] == []
