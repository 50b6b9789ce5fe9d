from datetime import UTC, date, datetime, timedelta

from laar.base import clock
from laar.base.actions import end_role, found_programme, keep_evidence
from laar.base.models import Role, TrailLine
from laar.kit.names import Name
from tests.refused import refused_without_trace
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import NOON, PNG, at_noon


def keep(world, on, by="manager", content=b"x"):
    caption = Name("x")
    return keep_evidence(world.programme, PNG + content, caption=caption, dated=on, by=world.users[by], on=on)


def test_a_paper_dated_tomorrow_is_refused(world):
    with at_noon():
        keep(world, world.day)
        with refused_without_trace("day.not_yet"):
            keep(world, world.day + timedelta(days=1), content=b"y")


def test_today_is_the_day_where_the_installation_works(world):
    late = datetime(2008, 3, 10, 17, 30, tzinfo=UTC)  # half past midnight of the 11th in Phnom Penh
    with clock.simulated(late, "late"):
        assert clock.today() == date(2008, 3, 11)
        keep(world, date(2008, 3, 11))


def test_a_role_that_ended_yesterday_does_not_record_a_paper_dated_before(world):
    role = Role.objects.get(user=world.manager)
    with at_noon():
        end_role(role, until=world.day, by=world.admin, on=world.day)
        with refused_without_trace("access.role_ended") as no:
            keep(world, world.day - timedelta(days=5))
    assert no.value.facts["until"] == world.day
    assert "Programme manager" in no.value.text.en
    assert "អ្នកគ្រប់គ្រងកម្មវិធី" in no.value.text.km


def test_a_role_holds_on_its_last_day(world):
    role = Role.objects.get(user=world.manager)
    with at_noon():
        end_role(role, until=world.day + timedelta(days=1), by=world.admin, on=world.day)
        keep(world, world.day)


def test_a_role_that_begins_tomorrow_does_not_hold_today(world):
    role = Role.objects.get(user=world.manager)
    day_before = role.since - timedelta(days=1)
    with clock.simulated(NOON - (NOON.date() - day_before), "before"), refused_without_trace("access.no_role"):
        keep(world, day_before)


def test_the_line_keeps_the_instant_and_the_day_of_the_paper(world):
    with at_noon():
        piece = keep(world, date(2008, 2, 1))
    line = TrailLine.objects.get(table="base.evidence", key=piece.pk)
    assert (line.at, line.on, line.is_simulated) == (NOON, date(2008, 2, 1), True)


def test_a_line_written_by_the_real_clock_says_so(world):
    before = datetime.now(UTC)
    piece = keep(world, world.day)
    line = TrailLine.objects.get(table="base.evidence", key=piece.pk)
    assert not line.is_simulated
    assert before <= line.at <= datetime.now(UTC)


def test_a_simulated_clock_gives_the_same_ids_every_time_and_others_for_another_seed():
    def uids(seed):
        with clock.simulated(NOON, seed):
            return [clock.new_uid() for _ in range(3)]

    assert uids("one") == uids("one")
    assert not set(uids("one")) & set(uids("two"))
    assert len(set(uids("one"))) == 3


def test_the_clock_is_real_again_after_the_simulation(world):
    with at_noon():
        assert clock.is_simulated()
    assert not clock.is_simulated()
    found_programme("NEW", name=Name("New"), currency="EUR", by=None, on=clock.today())
