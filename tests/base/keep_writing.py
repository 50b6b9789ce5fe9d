"""Writes until it is killed, and says each time what was acknowledged: `python -m tests.base.keep_writing`.

What stands on its output was answered with success: a restart has to find it.
"""

from __future__ import annotations

import django

django.setup()

from itertools import count  # noqa: E402

from django.db import connection  # noqa: E402

from laar.base.actions import keep_evidence  # noqa: E402
from laar.base.models import Evidence, Programme, User  # noqa: E402
from laar.base.trail import seal_trail  # noqa: E402
from laar.events.actions import announce_event, hold_event, record_attendance  # noqa: E402
from laar.kit.names import Name  # noqa: E402
from laar.ledger.actions import credit, debit, post_entry  # noqa: E402
from laar.ledger.models import Account, Book, Fund  # noqa: E402
from laar.registers.models import Party, Place  # noqa: E402
from tests.world import DAY, PNG, eur  # noqa: E402


def acknowledge(record: object) -> None:
    """Say that it is done, at once."""
    print(f"{type(record).__name__} {record.pk}", flush=True)  # type: ignore[attr-defined]


def write() -> None:
    """Papers, entries and events, one after the other, for ever."""
    programme = Programme.objects.get(code="TEST")
    finance, manager = (User.objects.get(username=name) for name in ("finance", "manager"))
    book, fund = Book.objects.get(), Fund.objects.get()
    accounts = {account.code: account for account in Account.objects.all()}
    place, host = Place.objects.get(code="210101"), Party.objects.get(kind="council")
    for number in count(Evidence.objects.count() + 1):
        title = Name(f"Number {number}", f"លេខ {number}")
        content = PNG + f"kill {number}".encode() * 500
        paper = keep_evidence(programme, content, caption=title, dated=DAY, by=manager, on=DAY)
        acknowledge(paper)
        legs = [debit(accounts["bank"], fund, eur(number)), credit(accounts["income"], fund, eur(number))]
        acknowledge(post_entry(book, legs, text=title, by=finance, on=DAY))
        event = announce_event(programme, "forum", place=place, host=host, day=DAY, title=title, by=manager, on=DAY)
        acknowledge(event)
        record_attendance(event, capacity="citizen", sex="f", count=number, by=manager, on=DAY)
        acknowledge(hold_event(event, papers={"minutes": paper}, by=manager, on=DAY))
        if connection.vendor == "postgresql" and number % 3 == 0:
            seal_trail()


if __name__ == "__main__":
    write()
