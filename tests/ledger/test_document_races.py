"""Documents posted at one moment by several: one entry, and never more accounted for than was advanced."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from laar.base.models import Evidence
from laar.base.verify import verify
from laar.kit.refusals import Refusal
from laar.ledger.actions import post_document
from laar.ledger.models import Document, Entry
from laar.ledger.queries import balance, settled
from tests.base.together import at_once, trials
from tests.ledger.papers import Office, office
from tests.world import World, eur

EIGHT = 8


def faults() -> list[str]:
    return [fault.text.en for verdict in verify() for fault in verdict.faults]


def eight_posts(here: Office, document: Document, **more: object) -> list[object]:
    def post(_place: int) -> Document:
        mine = Document.objects.get(pk=document.pk)
        return post_document(mine, by=here.cashier, on=here.world.day, **more)  # type: ignore[arg-type]

    return at_once(EIGHT, post)


@pytest.mark.pg
@trials(3, 50)
def test_eight_posts_of_one_document_make_one_entry(committed_world: World, trials: int) -> None:
    here = office(committed_world)
    for number in range(1, trials + 1):
        came = eight_posts(here, here.approved(here.payment("10")))
        assert Counter(type(one) for one in came) == {Document: 1, Refusal: EIGHT - 1}, came
        assert Entry.objects.filter(kind="payment").count() == number
    assert balance(here.accounts["bank"]) == -eur(10 * trials)
    assert faults() == []


@pytest.mark.pg
def test_the_same_command_at_one_moment_posts_once_and_all_are_told_so(committed_world: World) -> None:
    here = office(committed_world)
    came = eight_posts(here, here.approved(here.payment("10")), command=uuid4())
    assert [one.state for one in came if isinstance(one, Document)] == ["posted"] * EIGHT, came
    assert Entry.objects.count() == 1


@pytest.mark.pg
@trials(3, 50)
def test_of_eight_liquidations_at_once_no_more_is_taken_than_was_advanced(committed_world: World, trials: int) -> None:
    here = office(committed_world)
    for _ in range(trials):
        advance = here.advance("100")

        papers = [here.world.paper(by=here.world.finance) for _ in range(EIGHT)]

        def account(place: int, advance: Document = advance, papers: list[Evidence] = papers) -> Document:
            return here.liquidation(Document.objects.get(pk=advance.pk), "40", papers={"bill": papers[place]})

        came = at_once(EIGHT, account)
        assert Counter(type(one) for one in came) == {Document: 2, Refusal: EIGHT - 2}, came
        assert {one.code for one in came if isinstance(one, Refusal)} == {"advance.too_much"}
        waiting = [one for one in came if isinstance(one, Document)]
        assert len({one.serial for one in waiting}) == 2
        both = [here.approved(one) for one in waiting]

        def post(place: int, both: list[Document] = both) -> Document:
            return post_document(Document.objects.get(pk=both[place].pk), by=here.cashier, on=here.world.day)

        assert [type(one) for one in at_once(2, post)] == [Document, Document]
        assert settled(advance).posted == eur("80")
    assert faults() == []


def test_numbers_have_no_gap_when_eight_prepare_at_once(committed_world: World) -> None:
    here = office(committed_world)
    papers = [here.world.paper(by=here.world.finance) for _ in range(EIGHT)]

    def prepare(place: int) -> Document:
        return here.payment(str(place + 1), papers={"bill": papers[place]})

    came = at_once(EIGHT, prepare)
    assert sorted(one.serial for one in came) == list(range(1, EIGHT + 1)), came
    assert faults() == []
