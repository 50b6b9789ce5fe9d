from datetime import date
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base.act import act
from laar.base.faults import checks
from laar.base.rollups import Rollup, rollups, rollups_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry, reverse_entry
from laar.ledger.models import AccountMonth, Posting
from laar.ledger.rollups import ACCOUNT_MONTHS
from tests.refused import refused
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import eur


def post(world, amount, *, on=None, into="bank", out_of="income", purpose=None):
    accounts = world.accounts
    legs = [
        debit(accounts[into], world.fund, eur(amount), purpose),
        credit(accounts[out_of], world.fund, eur(amount), purpose),
    ]
    return post_entry(world.book, legs, text=Name("x"), by=world.finance, on=on or world.day)


def faults():
    return list(checks()["rollups.recount"]())


def test_totals_are_exact_after_several_posts_and_reversals(world):
    chance, entries = Random(7), []
    for number in range(30):
        day = date(2008, chance.randint(1, 3), chance.randint(1, 9))
        into, out_of = chance.sample(sorted(world.accounts), 2)
        purpose = world.purpose if number % 3 else None
        amount = f"{chance.randint(1, 99_999) / 100:.2f}"
        entries.append(post(world, amount, on=day, into=into, out_of=out_of, purpose=purpose))
        if number % 5 == 4:
            reverse_entry(entries.pop(), reason=Name("wrong"), by=world.finance, on=world.day)
    assert ACCOUNT_MONTHS.kept() == ACCOUNT_MONTHS.recount()
    assert faults() == []
    assert sum(sums[2] for sums in ACCOUNT_MONTHS.kept().values()) == Posting.objects.count() == 72


def test_a_total_is_the_sum_of_its_rows(world):
    for amount in ("10.00", "0.05", "635"):
        post(world, amount)
    total = AccountMonth.objects.get(account_id=world.accounts["bank"].pk)
    assert (total.units, total.in_book, total.postings) == (6_450_500, 6_450_500, 3)
    assert (total.month, total.currency) == (200803, "EUR")


def test_posts_of_one_transaction_are_merged_and_applied_in_the_order_of_their_keys(world):
    queries = CaptureQueriesContext(connection)
    with queries, act(world.finance, "entry.post", world.book, on=world.day):
        for into, out_of in (("expense", "bank"), ("cash", "bank"), ("advances", "cash"), ("cash", "bank")):
            post(world, 7, into=into, out_of=out_of)
    applied = [query["sql"] for query in queries if '"ledger_accountmonth"' in query["sql"]]
    accounts = list(AccountMonth.objects.order_by("id").values_list("account_id", flat=True))
    assert len(applied) == 1
    assert accounts == sorted(accounts)
    assert faults() == []


def test_a_refused_inner_post_leaves_the_totals_alone(world):
    post(world, 5)
    before = ACCOUNT_MONTHS.kept()
    with refused("period.reversed"), act(world.finance, "entry.post", world.book, on=world.day):
        post(world, 7)
        raise Refusal("period.reversed")
    with act(world.finance, "entry.post", world.book, on=world.day):
        with refused("period.reversed"), act(world.finance, "entry.post", world.book, on=world.day):
            post(world, 7)
            raise Refusal("period.reversed")
        post(world, "0.50")
    assert faults() == []
    assert ACCOUNT_MONTHS.kept() != before


def test_a_total_that_comes_back_to_nothing_is_as_if_it_had_never_been(world):
    entry = post(world, 5)
    reverse_entry(entry, reason=Name("wrong"), by=world.finance, on=world.day)
    assert all(sums[:2] == [0, 0] for sums in ACCOUNT_MONTHS.kept().values())
    assert faults() == []


def test_a_row_that_changes_moves_from_one_total_to_the_other():
    by_state = Rollup(
        Posting, AccountMonth, ("currency",), ("units",), lambda row: [((row["currency"],), (row["units"],))]
    )
    deltas: dict[tuple[str, ...], list[int]] = {}
    by_state.add(deltas, {"currency": "EUR", "units": 7}, -1)
    by_state.add(deltas, {"currency": "USD", "units": 9}, 1)
    assert deltas == {("EUR",): [-7], ("USD",): [9]}


def test_every_total_is_found_by_the_table_that_it_counts():
    assert ACCOUNT_MONTHS in rollups_of(Posting)
    assert ACCOUNT_MONTHS in list(rollups())
