"""What happens when several do something at one moment. SQLite lets one writer in at a time; PostgreSQL does not."""

from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest

from laar.base.actions import end_role, found_programme
from laar.base.clock import today
from laar.base.models import Invitation, Role, TrailLine, User
from laar.base.people.actions import accept_invitation, close_user, invite_user
from laar.base.people.tokens import new_token
from laar.base.trail import history, seal_trail
from laar.base.verify import verify
from laar.events.actions import announce_event, cancel_event, hold_event, record_attendance
from laar.events.models import Event
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry
from laar.ledger.models import Entry, Posting
from laar.ledger.queries import balance, trial_balance
from laar.plans.actions import add_line, approve_plan, draft_plan, submit_plan
from laar.plans.models import Plan
from tests.accounts import PASSWORD, appointed
from tests.base.together import at_once, trials
from tests.thread import Thread
from tests.world import eur

EIGHT = 8
WHY = Name(en="Flood", km="ទឹកជំនន់")


def faults():
    return [fault.text.en for verdict in verify() for fault in verdict.faults]


def submitted(world, number):
    """An outreach plan of another year each time, on its way to the council."""
    users, day = world.users, world.day
    plan = draft_plan(
        world.programme,
        "oa",
        place=world.ang,
        owner=world.council,
        partner=world.committee,
        year=2000 + number,
        funding="grant",
        title=Name(f"Plan {number}"),
        by=users["ang"],
        on=day,
    )
    add_line(
        plan,
        title=Name("Line"),
        place=world.ang,
        month=day,
        people=30,
        budget=eur(100),
        by=users["ang"],
        on=day,
    )
    return submit_plan(plan, by=users["ang"], on=day)


def eight_approvals_of_one_plan(world, number, decisions):
    """Each cites a decision of its own: nothing but the lock keeps the second one out."""
    plan = submitted(world, number)

    def approve(place):
        return approve_plan(
            Plan.objects.get(pk=plan.pk),
            decision=decisions[place],
            by=world.users["second" if place % 2 else "manager"],
            on=world.day,
        )

    came = at_once(EIGHT, approve)
    assert Counter(type(one) for one in came) == {Plan: 1, Refusal: EIGHT - 1}, came
    assert {one.code for one in came if isinstance(one, Refusal)} == {"state.no_such_step"}
    (approved,) = (one for one in came if isinstance(one, Plan))
    kept = Plan.objects.get(pk=plan.pk)
    assert (kept.state, kept.decision) == ("approved", approved.decision)
    assert TrailLine.objects.filter(verb="plan.approve", table="plans.plan", key=plan.pk).count() == 1
    assert [row.after["state"] for row in history(plan)] == ["approved", "submitted", "draft"]


def eight_writers_of_one_book(world, number):
    """Two entries each; half of the writers go the other way round the same accounts."""
    before = Entry.objects.count()
    amounts = [eur(f"{place + 1}.{number % 100:02}") for place in range(EIGHT)]

    def post(place):
        into, out_of = ("bank", "income") if place % 2 else ("cash", "bank")
        legs = [
            debit(world.accounts[into], world.fund, amounts[place]),
            credit(world.accounts[out_of], world.fund, amounts[place]),
        ]
        return [post_entry(world.book, legs, text=Name("x"), by=world.finance, on=world.day).number for _ in range(2)]

    was = {code: balance(account) for code, account in world.accounts.items()}
    came = at_once(EIGHT, post)
    assert [one for one in came if isinstance(one, Exception)] == []
    assert sorted(chain.from_iterable(came)) == list(range(before + 1, before + 2 * EIGHT + 1))
    received = sum((2 * amounts[place].units for place in range(1, EIGHT, 2)), 0)
    drawn = sum((2 * amounts[place].units for place in range(0, EIGHT, 2)), 0)
    assert balance(world.accounts["cash"]) == was["cash"] + Money(drawn, "EUR")
    assert balance(world.accounts["bank"]) == was["bank"] + Money(received - drawn, "EUR")
    assert balance(world.accounts["income"]) == was["income"] - Money(received, "EUR")


def assert_books_are_exact(world):
    numbers = list(Entry.objects.filter(book=world.book).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Posting.objects.count() == 2 * len(numbers)
    for account, total in trial_balance(world.book):
        assert balance(account) == total
    assert sum(total.units for _, total in trial_balance(world.book)) == 0
    assert faults() == []


@trials(5, 100)
def test_of_eight_approvals_at_once_one_succeeds_and_seven_are_refused(committed_world, trials):
    thread = Thread(committed_world)
    decisions = [thread.decision(f"{place}/08") for place in range(EIGHT)]
    for number in range(trials):
        eight_approvals_of_one_plan(committed_world, number, decisions)
    assert faults() == []


@trials(5, 100)
def test_eight_writers_of_one_book_leave_no_gap_no_double_and_exact_balances(committed_world, trials):
    for number in range(trials):
        eight_writers_of_one_book(committed_world, number)
    assert_books_are_exact(committed_world)


@pytest.mark.pg
@trials(5, 25)
def test_of_two_administrators_who_go_at_once_one_stays(committed_world, trials):
    """Each looks whether the other is there: without a lock that both take, both see each other and both go."""
    tomorrow = today() + timedelta(days=1)
    for number in range(trials):
        there = found_programme(f"P{number}", name=Name("Programme"), currency="EUR", by=None, on=today())
        both = [appointed(f"{name}{number}", "administrator", programme=there) for name in ("root", "second")]

        def go(place, both=both):
            role = Role.objects.get(user=both[place])
            return end_role(role, until=tomorrow, by=both[place], on=today())

        def close(place, both=both):
            return close_user(User.objects.get(pk=both[1 - place].pk), by=both[place], on=today())

        came = at_once(2, close if number % 2 else go)
        assert Counter(type(one) for one in came)[Refusal] == 1, came
        assert Role.objects.filter(programme=there, until=None, user__is_active=True).count() == 1, came
    assert faults() == []


@pytest.mark.pg
@trials(5, 25)
def test_a_new_link_and_the_old_one_at_one_moment_leave_the_new_one(committed_world, trials):
    """Accepted first, the old one did its work before; never after the new one is there."""
    world = committed_world
    office = appointed("office", "administrator", programme=world.programme)
    for number in range(trials):
        user = appointed(f"dara{number}", "clerk", programme=world.programme, place="210101")
        old = invite_user(user, token=new_token(), by=office, on=today())

        def either(place, user=user, old=old):
            if place:
                return invite_user(user, token=new_token(), by=office, on=today())
            return accept_invitation(old, password=PASSWORD, by=user, on=today())

        came = at_once(2, either)
        lines = TrailLine.objects.filter(verb__in=("user.invite", "invitation.accept"), table="base.invitation")
        order = list(lines.order_by("-id").values_list("verb", flat=True)[:2])
        assert isinstance(came[1], Invitation), came
        assert isinstance(came[0], Invitation) or came[0].code == "invitation.not_open", came
        assert order[0] == "user.invite", "the old link was used after the new one was there"


@trials(5, 50)
def test_an_event_is_held_or_cancelled_and_never_both(committed_world, trials):
    world = committed_world
    for number in range(trials):
        event = announce_event(
            world.programme,
            "forum",
            place=world.ang,
            host=world.council,
            day=world.day,
            title=Name(f"Forum {number}"),
            by=world.manager,
            on=world.day,
        )
        record_attendance(event, capacity="citizen", sex="f", count=3, by=world.manager, on=world.day)
        papers = {"minutes": world.paper()}

        def either(place, event=event, papers=papers):
            mine = Event.objects.get(pk=event.pk)
            if place % 2:
                return hold_event(mine, papers=papers, by=world.manager, on=world.day)
            return cancel_event(mine, reason=WHY, by=world.second, on=world.day)

        came = at_once(4, either)
        assert Counter(type(one) for one in came) == {Event: 1, Refusal: 3}, came
        assert history(event).count() == 2
    seal_trail()
    assert faults() == []
