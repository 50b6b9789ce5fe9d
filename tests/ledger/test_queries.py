"""What the books say: balances, the trial balance, and the figures computed from them."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from laar.kit.figures import Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import credit, debit, open_account, open_book, open_fund, post_entry
from laar.ledger.models import AccountMonth, FundMonth, Posting
from laar.ledger.queries import balance, trial_balance
from laar.ledger.queries.sums import moved_up_to
from tests.ledger.books import post, rate
from tests.world import World, eur


def a_year(world: World) -> None:
    rate(world, "KHR", "5800", date(2007, 1, 1))
    post(world, "debit bank EUR 1000", "credit income EUR 1000", on=date(2007, 4, 2))
    post(world, "debit cash EUR 200", "credit bank EUR 200", on=date(2007, 4, 30))
    post(world, "debit expense KHR 333333", "credit cash KHR 333333", on=date(2007, 5, 1))
    post(world, "debit expense EUR 12.34", "debit advances EUR 100", "credit bank EUR 112.34", on=date(2007, 5, 2))


def test_a_balance_holds_at_the_end_of_its_day(world: World) -> None:
    a_year(world)
    days = [date(2007, 4, 1), date(2007, 4, 2), date(2007, 4, 30), date(2007, 5, 2)]
    assert [balance(world.accounts["bank"], day).plain() for day in days] == ["0.00", "1000.00", "800.00", "687.66"]
    assert balance(world.accounts["bank"]) == eur("687.66")


def test_the_trial_balance_adds_up_to_zero_and_is_what_the_lines_add_up_to(world: World) -> None:
    a_year(world)
    accounts = dict(trial_balance(world.book))
    assert sum(amount.units for amount in accounts.values()) == 0
    recount = Posting.objects.values_list("account_id").annotate(sum=Sum("in_book"))
    assert {account.pk: amount.units for account, amount in accounts.items()} == dict(recount)
    assert {account.code: amount for account, amount in accounts.items()} == {
        code: balance(account) for code, account in world.accounts.items()
    }
    assert accounts[world.accounts["cash"]] == eur("142.53")


def test_an_account_that_never_moved_is_not_in_the_trial_balance(world: World) -> None:
    post(world, "debit bank EUR 1", "credit income EUR 1")
    assert [account.code for account, _ in trial_balance(world.book)] == ["bank", "income"]


def test_the_cost_of_the_action_is_what_was_spent(world: World) -> None:
    a_year(world)
    cost = figure_of("action.cost", Scope(world.programme))
    assert cost.figure == "69.81"
    assert sum(adds for _, adds in cost.measured.contributions()) == cost.value  # type: ignore[union-attr]


def test_what_a_donor_gave_is_what_came_in_of_its_fund(world: World) -> None:
    a_year(world)
    second = open_fund(
        world.programme, "H", name=Name(en="Second"), kind="grant", giver=world.donor, by=world.finance, on=world.day
    )
    bank, income = world.accounts["bank"], world.accounts["income"]
    post_entry(
        world.book,
        [debit(bank, second, eur(50)), credit(income, second, eur(50))],
        text=Name(en="x"),
        by=world.finance,
        on=world.day,
    )
    given = {fund: figure_of("donor.amount", Scope(world.programme, more={"fund": fund})).figure for fund in "GH"}
    assert given == {"G": "1,000.00", "H": "50.00"}
    assert figure_of("donor.amount", Scope(world.programme)).figure == "1,050.00"
    assert figure_of("donor.amount", Scope(world.other)).figure == "0.00"


def test_a_memorandum_book_is_no_part_of_the_cost(world: World) -> None:
    book = open_book(
        world.programme,
        "MEMO",
        name=Name(en="Treasury"),
        owner=world.council,
        currency="EUR",
        is_memorandum=True,
        by=world.finance,
        on=world.day,
    )
    accounts = [
        open_account(book, kind, name=Name(en=kind), kind=kind, by=world.finance, on=world.day)
        for kind in ("expense", "income")
    ]
    post_entry(
        book,
        [debit(accounts[0], world.fund, eur(5)), credit(accounts[1], world.fund, eur(5))],
        text=Name(en="x"),
        by=world.finance,
        on=world.day,
    )
    assert figure_of("action.cost", Scope(world.programme)).value == 0
    assert figure_of("donor.amount", Scope(world.programme)).value == 0
    assert balance(accounts[0]) == Money.of(5, "EUR")


def test_what_moved_up_to_a_day_is_what_the_postings_add_up_to(world: World) -> None:
    a_year(world)
    accounts = [one.pk for one in world.accounts.values()]
    seen = 0
    for rollup in (AccountMonth, FundMonth):
        for day in (None, date(2006, 12, 31), date(2007, 4, 15), date(2007, 4, 30), date(2007, 5, 1)):
            for wanted in (accounts[0], accounts[:2], []):
                where = {"programme_id": world.programme.pk, "account_id": wanted}
                read = moved_up_to(rollup, ("account_id", "currency"), where, day=day)
                postings = Posting.objects.filter(account_id__in=wanted if isinstance(wanted, list) else [wanted])
                sums = (postings.filter(on__lte=day) if day else postings).order_by().values_list("account", "currency")
                assert {(*key, one.units, one.in_book) for key, one in read.items()} == {
                    *sums.annotate(Sum("units"), Sum("in_book"))
                }
                seen += len(read)
    assert seen > 10
