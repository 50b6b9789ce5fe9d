import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from laar.base.images import digest
from laar.base.models import Seal, TrailLine
from laar.base.trail import seal_trail
from laar.base.verify import verify
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, post_entry
from tests.base.together import at_once
from tests.world import eur

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def faults():
    return [fault.text.en for verdict in verify() for fault in verdict.faults]


def unsealed():
    return TrailLine.objects.filter(seal=None).count()


def post(world, on=None):
    legs = [debit(world.accounts["bank"], world.fund, eur(1)), credit(world.accounts["income"], world.fund, eur(1))]
    return post_entry(world.book, legs, text=Name("x"), by=world.finance, on=on or world.day)


def links():
    """Number, what each seal says of the one before it, and its own digest, in order."""
    return list(Seal.objects.order_by("number").values_list("number", "previous", "digest"))


def assert_one_chain():
    before = ""
    for expected, (number, previous, own) in enumerate(links(), start=1):
        assert (number, previous) == (expected, before)
        before = own


def test_a_commit_is_sealed_at_once_on_sqlite_and_by_the_sealer_on_postgresql(committed_world):
    at_once_ = connection.vendor == "sqlite"
    lines = TrailLine.objects.count()
    assert unsealed() == (0 if at_once_ else lines)
    assert seal_trail() == (0 if at_once_ else lines)
    assert unsealed() == 0
    assert seal_trail() == 0
    post(committed_world)
    assert unsealed() == (0 if at_once_ else 1)
    seal_trail()
    assert Seal.objects.order_by("-number")[0].members == 1
    assert_one_chain()


def test_seals_cover_each_line_once(committed_world):
    post(committed_world)
    seal_trail()
    assert sum(Seal.objects.values_list("members", flat=True)) == TrailLine.objects.count()


def test_a_refused_action_makes_no_seal(committed_world):
    seal_trail()
    before = Seal.objects.count()
    with pytest.raises(Exception, match="Correct the date"):
        post(committed_world, on=committed_world.day.replace(year=2999))
    seal_trail()
    assert Seal.objects.count() == before


def test_sealers_at_once_do_not_fork_the_chain(committed_world):
    """Four seal while four write: what matters on PostgreSQL, where the sealer is not the writer."""
    world = committed_world

    def do(place):
        for _ in range(4):
            post(world) if place % 2 else seal_trail()

    assert at_once(8, do) == [None] * 8
    seal_trail()
    assert unsealed() == 0
    assert_one_chain()
    assert faults() == []


@pytest.mark.pg
def test_eight_sealers_share_the_lines_out_without_sealing_one_twice(committed_world):
    lines = TrailLine.objects.count()
    assert sum(at_once(8, lambda _: seal_trail())) == lines
    assert Seal.objects.count() == 1
    assert faults() == []


@given(JSON)
def test_a_digest_does_not_depend_on_the_order_of_keys(value):
    def turned(one):
        if isinstance(one, dict):
            return {key: turned(one[key]) for key in reversed(one)}
        return [turned(item) for item in one] if isinstance(one, list) else one

    assert digest(value) == digest(turned(value))


@given(JSON, JSON)
def test_two_values_have_one_digest_only_if_they_are_the_same(one, other):
    assert (digest(one) == digest(other)) == (same(one) == same(other))


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_parts_are_told_apart(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)


def same(value):
    """A value with its types, for Python holds 1 and True to be equal and JSON does not."""
    if isinstance(value, dict):
        return "dict", {key: same(item) for key, item in value.items()}
    if isinstance(value, list):
        return "list", [same(item) for item in value]
    return type(value).__name__, value
