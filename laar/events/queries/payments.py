"""Payment lists of participants: their sum, and who on them has to be explained."""

from __future__ import annotations

from django.db.models import F, QuerySet, Sum

from laar.base.objectors import objects_to
from laar.events.models import PaymentLine, PaymentList
from laar.events.queries.events import present_at
from laar.events.rules.payments import FLAGS
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Document


def payment_lines(paid: PaymentList) -> QuerySet[PaymentLine]:
    """Who stands on a payment list, in its order."""
    return paid.lines.select_related("person", "sheet__event").order_by("position")


def sum_of(paid: PaymentList) -> Money:
    """What a payment list comes to."""
    total = paid.lines.aggregate(sum=Sum(F("travel") + F("meals")))["sum"]
    return Money(total or 0, paid.currency)


def flags_of(paid: PaymentList) -> dict[int, list[str]]:
    """What has to be explained, by line: who is paid but did not attend, or is paid in two places on one day.

    Somebody who is not registered can't be looked for on an attendance with names, and has to be explained, too. Where the
    attendance only counts, whoever stands on the list beyond that number has to be.
    """
    event = paid.event
    present = set(event.attendances.exclude(person=None).values_list("person_id", flat=True))
    elsewhere = set(
        PaymentLine.objects.filter(sheet__event__on=event.on, sheet__event__programme=event.programme_id)
        .exclude(sheet__event=event)
        .exclude(person=None)
        .values_list("person_id", flat=True)
    )
    found = {}
    counted = 0 if present else present_at(event)
    for place, (key, person) in enumerate(paid.lines.order_by("position").values_list("id", "person_id")):
        flags = ["absent"] * (person not in present and place >= counted) + ["elsewhere"] * (person in elsewhere)
        if flags:
            found[key] = flags
    return found


@objects_to("document.approve")
def flags_are_explained(document: Document) -> None:
    """A voucher over a payment list waits until whatever is flagged on it is explained."""
    for paid in PaymentList.objects.filter(document=document).select_related("event"):
        flags = flags_of(paid)
        for line in payment_lines(paid).filter(pk__in=flags):
            if not (line.reason_en or line.reason_km):
                flag = FLAGS[flags[line.pk][0]]
                raise Refusal("payment_list.unexplained", line=line.name, list=paid.name, flag=flag)
