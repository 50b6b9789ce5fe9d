"""What participants are paid: the list comes from the attendance, its sum is the voucher, and what is odd is explained."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.actions import grant_role
from laar.events.actions import (
    add_payment_line,
    announce_event,
    charge_payment_list,
    correct_payment_line,
    draw_payment_list,
    explain_payment_line,
    hold_event,
    record_attendance,
)
from laar.events.models import Event, PaymentList
from laar.events.queries import flags_of, sum_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import approve_document, void_document
from laar.ledger.models import Document, Posting
from laar.registers.actions import register_party
from laar.reports.vouchers import list_as_pdf
from tests.ledger.books import rate
from tests.ledger.papers import Office, office
from tests.world import World

WHY = Name(en="He took the minutes", km="គាត់កត់កំណត់ហេតុ")


def riel(amount: int) -> Money:
    return Money.of(amount, "KHR")


@pytest.fixture
def here(world: World) -> Office:
    there = office(world)
    rate(world, "KHR", "5400", date(2008, 1, 1))
    return there


def held(world: World, *people: object, title: str = "Forum") -> Event:
    """A forum that was held, with these people by name and twenty more."""
    event = announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name(title),
        by=world.manager,
        on=world.day,
    )
    for person in people:
        record_attendance(event, person=person, capacity="citizen", sex="f", by=world.manager, on=world.day)
    record_attendance(event, capacity="citizen", sex="f", count=20, by=world.manager, on=world.day)
    return hold_event(event, papers={"minutes": world.paper()}, by=world.manager, on=world.day)


def drawn(world: World, *people: object, **more: str) -> PaymentList:
    event = held(world, *people, **more)
    return draw_payment_list(event, travel=riel(8000), meals=riel(5000), by=world.users["ang"], on=world.day)


def villager(world: World, name: str):
    return register_party("person", name=Name(name), place=world.ang, by=world.manager, on=world.day, is_fictional=True)


def charged(here: Office, paid: PaymentList) -> Document:
    world = here.world
    sheet = charge_payment_list(
        paid,
        money=here.accounts["box"],
        cost=here.accounts["cost"],
        fund=world.fund,
        paper=world.paper(),
        by=world.finance,
        on=world.day,
    )
    assert sheet.document
    return sheet.document


def refused(code: str):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def test_the_list_names_whom_the_attendance_names_and_its_sum_is_the_voucher(here):
    world = here.world
    paid = drawn(world, world.witness, villager(world, "Chan"))
    assert [line.amount for line in paid.lines.order_by("position")] == [riel(13000), riel(13000)]
    document = charged(here, paid)
    assert (sum_of(paid), document.kind, document.state) == (riel(26000), "payment", "prepared")
    assert {abs(line.units) for line in document.lines.all()} == {riel(26000).units}
    assert set(document.lines.values_list("place__code", flat=True)) == {world.ang.code}
    here.fill(riel(26000))
    here.posted(document)
    assert Posting.objects.get(account=here.accounts["box"], units__lt=0).amount == riel(-26000)


def test_who_did_not_attend_is_flagged_and_explained_before_somebody_approves(here):
    world = here.world
    paid = drawn(world, world.witness)
    chan = add_payment_line(
        paid, person=villager(world, "Chan"), travel=riel(8000), meals=riel(0), by=world.users["ang"], on=world.day
    )
    assert flags_of(paid) == {chan.pk: ["absent"]}
    document = charged(here, paid)
    with refused("payment_list.unexplained"):
        here.approved(document)
    with refused("payment_list.no_explanation"):
        explain_payment_line(chan, reason=Name(" "), by=world.users["ang"], on=world.day)
    explain_payment_line(chan, reason=WHY, by=world.users["ang"], on=world.day)
    assert here.approved(document).state == "approved"


def test_who_is_paid_in_two_places_on_one_day_is_flagged_on_both(here):
    world = here.world
    first, second = drawn(world, world.witness), drawn(world, world.witness, title="Another")
    assert list(flags_of(first).values()) == list(flags_of(second).values()) == [["elsewhere"]]


def test_a_name_that_nobody_registered_has_to_be_explained(here):
    world = here.world
    paid = drawn(world, world.witness)
    line = add_payment_line(
        paid, called="Driver", travel=riel(0), meals=riel(5000), by=world.users["ang"], on=world.day
    )
    assert flags_of(paid) == {line.pk: ["absent"]}
    with refused("payment_list.no_name"):
        add_payment_line(paid, travel=riel(1), meals=riel(1), by=world.users["ang"], on=world.day)


def test_where_the_attendance_only_counts_no_more_are_paid_than_were_there(here):
    world = here.world
    paid = drawn(world)
    for number in range(21):
        last = add_payment_line(
            paid, called=f"Name {number}", travel=riel(1), meals=riel(1), by=world.users["ang"], on=world.day
        )
    assert flags_of(paid) == {last.pk: ["absent"]}


def test_nobody_is_paid_twice_on_one_list(here):
    paid = drawn(here.world, here.world.witness)
    with refused("payment_list.named_once"):
        add_payment_line(
            paid,
            person=here.world.witness,
            travel=riel(1),
            meals=riel(1),
            by=here.world.users["ang"],
            on=here.world.day,
        )


def test_a_charged_list_stays_as_it_is_until_its_voucher_is_void(here):
    world = here.world
    paid = drawn(world, world.witness)
    document = charged(here, paid)
    line = paid.lines.get()
    with refused("payment_list.charged"):
        correct_payment_line(line, travel=riel(1), meals=riel(1), by=world.users["ang"], on=world.day)
    void_document(document, reason=WHY, by=world.finance, on=world.day)
    correct_payment_line(line, travel=riel(9000), meals=riel(5000), by=world.users["ang"], on=world.day)
    again = charged(here, PaymentList.objects.get())
    assert (again.number, sum_of(paid)) == ("PV-2008-0002", riel(14000))


def test_participants_are_paid_when_the_event_was_held(here):
    world = here.world
    event = announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name("x"),
        by=world.manager,
        on=world.day,
    )
    with refused("payment_list.not_held"):
        draw_payment_list(event, travel=riel(1), meals=riel(1), by=world.manager, on=world.day)


def test_the_facilitator_of_another_commune_pays_nobody_here(here):
    with refused("access.no_role"):
        draw_payment_list(held(here.world), travel=riel(1), meals=riel(1), by=here.world.users["ba"], on=here.world.day)


def test_who_drew_up_the_list_may_not_charge_it_without_the_role(here):
    world = here.world
    paid = drawn(world, world.witness)
    accounts = {"money": here.accounts["box"], "cost": here.accounts["cost"], "fund": world.fund}
    with refused("access.no_role"):
        charge_payment_list(paid, **accounts, by=world.users["ang"], on=world.day)
    grant_role(world.manager, role="finance", programme=world.programme, since=world.day, by=None, on=world.day)
    document = charge_payment_list(paid, **accounts, paper=world.paper(), by=world.manager, on=world.day).document
    with refused("access.same_person"):
        approve_document(document, by=world.manager, on=world.day)


def test_the_list_is_printed_with_a_row_to_sign_for_each(here):
    assert list_as_pdf(drawn(here.world, here.world.witness)).startswith(b"%PDF")
