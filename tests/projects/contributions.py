"""What the community gives to a project of the tests."""

from __future__ import annotations

from laar.kit.money import Money
from laar.kit.names import Name
from laar.projects.actions import offer_contribution, promise_contribution, receive_contribution
from laar.projects.models import Contribution
from tests.sdp import Sdp

CASH, WORK = Name(en="For the pump", km="សម្រាប់ស្នប់"), Name(en="Digging the canal", km="ជីកប្រឡាយ")


def riel(amount: int) -> Money:
    return Money.of(amount, "KHR")


def promised(sdp: Sdp, amount: int = 540_000) -> Contribution:
    world = sdp.world
    return promise_contribution(
        sdp.project, giver=world.committee, text=CASH, amount=riel(amount), by=world.users["ang"], on=world.day
    )


def offered(sdp: Sdp, **other: object) -> Contribution:
    world = sdp.world
    given = {
        "quantity": 30,
        "unit": Name(en="days of work", km="ថ្ងៃធ្វើការ"),
        "price": riel(8_000),
        "basis": "Usual wage in the commune, quotation 4/08",
        **other,
    }
    return offer_contribution(
        sdp.project, giver=world.committee, text=WORK, by=world.users["ang"], on=world.day, **given
    )


def came(one: Contribution, sdp: Sdp, quantity: int, **more: object) -> Contribution:
    """So many days of work were counted there."""
    world = sdp.world
    given = {"counted_by": "Chief of the village", "paper": world.paper(), "by": world.manager, "on": world.day, **more}
    return receive_contribution(one, quantity=quantity, **given)


def received(one: Contribution, sdp: Sdp, amount: int, **more: object) -> Contribution:
    world = sdp.world
    return receive_contribution(
        one, amount=riel(amount), **{"paper": world.paper(), "by": world.manager, "on": world.day, **more}
    )
