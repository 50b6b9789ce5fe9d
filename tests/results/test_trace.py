"""A figure, opened down to its papers."""

from __future__ import annotations

from laar.base import store
from laar.base.models import Evidence
from laar.base.queries import evidence_of
from laar.kit.figures import Scope, figure_of
from laar.results.queries import papers, trace
from tests.thread import FIRST, GRANT, Thread, fund_the_bank
from tests.world import World


def test_the_support_opens_to_its_tranches_and_each_of_them_to_its_papers(world: World) -> None:
    thread = Thread(world).to("settle")
    opened = trace(figure_of("oa.paid", Scope(world.programme)))
    assert [(traced.record, traced.adds) for traced in opened.records] == [
        (thread.first, "400.00"),
        (thread.second, "235.00"),
    ]
    first = opened.records[0]
    receipt, voucher = evidence_of(thread.first).get().evidence, evidence_of(thread.voucher).get().evidence
    assert first.evidence == (("receipt", receipt), ("voucher", voucher))
    assert first.name.en == "Tranche 1, Outreach grant 1"
    assert [stretch.name.en for stretch in first.way][:2] == ["Asked at", "Request"]


def test_what_the_trace_ends_in_is_a_file_with_its_digest(world: World) -> None:
    Thread(world).to("accept_voucher")
    opened = trace(figure_of("oa.paid", Scope(world.programme)))
    pieces = [piece for traced in opened.records for _, piece in traced.evidence]
    assert pieces
    for piece in pieces:
        assert isinstance(piece, Evidence)
        assert store.digest_of(store.path_of(piece.sha256)) == piece.sha256


def test_what_the_records_add_is_the_number(world: World) -> None:
    Thread(world).to("settle")
    opened = trace(figure_of("oa.paid", Scope(world.programme)))
    assert opened.figure.value == GRANT.units
    assert sum(float(traced.adds) for traced in opened.records) == 635.0


def test_the_cost_opens_to_the_voucher_behind_its_posting(world: World) -> None:
    fund_the_bank(world)
    thread = Thread(world).to("accept_voucher")
    (traced,) = trace(figure_of("action.cost", Scope(world.programme))).records
    assert traced.record.entry == thread.voucher.entry  # type: ignore[attr-defined]
    assert traced.adds == FIRST.figure
    assert [role for role, _ in traced.evidence] == ["voucher"]
    assert traced.evidence[0][1] == evidence_of(thread.voucher).get().evidence


def test_money_that_came_in_has_no_paper_of_a_commune(world: World) -> None:
    entry = fund_the_bank(world)
    Thread(world).to("accept_voucher")
    (traced,) = trace(figure_of("donor.amount", Scope(world.programme))).records
    assert traced.record.entry == entry  # type: ignore[attr-defined]
    assert (traced.adds, traced.evidence, traced.way) == ("10,000.00", (), ())


def test_a_ratio_opens_into_its_two_figures(world: World) -> None:
    thread = Thread(world).to("hold_line")
    opened = trace(figure_of("oa.effective", Scope(world.programme)))
    assert opened.records == ()
    assert [part.figure.key for part in opened.parts] == ["oa.lines_held", "oa.lines_planned"]
    assert [[traced.record for traced in part.records] for part in opened.parts] == [[thread.line], [thread.line]]


def test_a_forum_opens_to_its_minutes(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    (traced,) = trace(figure_of("events.forums", Scope(world.programme))).records
    assert (traced.record, traced.adds) == (thread.forum, "1")
    assert [role for role, _ in traced.evidence] == ["minutes"]


def test_a_tranche_has_the_papers_of_its_vouchers_and_of_no_others(world: World) -> None:
    thread = Thread(world).to("liquidate_second")
    first, second = (
        {piece.pk for _, piece in papers([tranche])[tranche.pk]} for tranche in (thread.first, thread.second)
    )
    assert len(first) == len(second) == 2
    assert not first & second
