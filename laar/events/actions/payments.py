"""Writes about what participants are paid: the list, its lines, and the voucher over its sum."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.events.models import Event, PaymentLine, PaymentList
from laar.events.queries.payments import payment_lines, sum_of
from laar.kit.money import Money
from laar.kit.names import Name, clean, gives_reason
from laar.kit.refusals import Refusal
from laar.ledger.actions import Item, paid, prepare_document
from laar.ledger.models import Account, BudgetLine, Fund, Purpose
from laar.registers.models import Party


@action("payment_list.draw")
def draw_payment_list(
    event: Event, *, travel: Money, meals: Money, by: User, on: date, command: UUID | None = None
) -> PaymentList:
    """Draw up the list of who is paid at a held event: whoever its attendance names, each with the same amounts."""
    with act(by, "payment_list.draw", event, on=on, command=command) as step:
        event = step.subject
        if event.state != "held":
            raise Refusal("payment_list.not_held")
        together = travel + meals  # refuses two currencies
        paid_out = step.create(
            PaymentList(
                programme_id=event.programme_id,
                event=event,
                number=event.payment_lists.count() + 1,
                currency=together.currency,
                drawn_by=by,
            )
        )
        named = event.attendances.exclude(person=None).select_related("person").order_by("id")
        step.create_many(
            [
                _line(paid_out, place, attendance.person, travel=travel, meals=meals)
                for place, attendance in enumerate(named, start=1)
            ]
        )
    return paid_out


@action("payment_line.add")
def add_payment_line(
    paid_out: PaymentList,
    *,
    travel: Money,
    meals: Money,
    person: Party | None = None,
    called: str = "",
    by: User,
    on: date,
    command: UUID | None = None,
) -> PaymentLine:
    """Add somebody to a payment list: a registered person, or a name. Whoever did not attend has to be explained."""
    with act(by, "payment_line.add", paid_out, on=on, command=command) as step:
        paid_out = step.subject
        _is_not_charged(paid_out)
        if person is None and not clean(called):
            raise Refusal("payment_list.no_name")
        _in_currency(paid_out, travel, meals)
        last = payment_lines(paid_out).values_list("position", flat=True).last() or 0
        name = "" if person else clean(called)
        return step.create(_line(paid_out, last + 1, person, called=name, travel=travel, meals=meals))


@action("payment_line.correct")
def correct_payment_line(
    line: PaymentLine,
    *,
    travel: Money,
    meals: Money,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> PaymentLine:
    """Correct what somebody is paid; nothing at all where they did not come."""
    with act(by, "payment_line.correct", line, on=on, command=command, seen=seen) as step:
        line = step.subject
        _is_not_charged(step.lock(line.sheet))
        _in_currency(line.sheet, travel, meals)
        line.travel, line.meals = travel.units, meals.units
        step.save(line)
    return line


@action("payment_line.explain")
def explain_payment_line(
    line: PaymentLine, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> PaymentLine:
    """Explain why somebody is paid who is flagged. Raises Refusal `payment_list.no_explanation`."""
    with act(by, "payment_line.explain", line, on=on, command=command, seen=seen) as step:
        line = step.subject
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        if not gives_reason(reason):
            raise Refusal("payment_list.no_explanation")
        step.save(line)
    return line


@action("payment_list.charge")
def charge_payment_list(
    paid_out: PaymentList,
    *,
    money: Account,
    cost: Account,
    fund: Fund,
    purpose: Purpose | None = None,
    line: BudgetLine | None = None,
    paper: Evidence | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> PaymentList:
    """Prepare the payment voucher over the sum of a list; from now on the list stays as it is.

    `paper` is the signed list; it may come later, before the voucher is approved. Raises `payment_list.nobody`.
    """
    with act(by, "payment_list.charge", paid_out, on=on, command=command) as step:
        paid_out = step.subject
        _is_not_charged(paid_out)
        total = sum_of(paid_out)
        if not total:
            raise Refusal("payment_list.nobody", list=paid_out.name)
        item = Item(cost, fund, total, purpose, paid_out.event.place, line)
        paid_out.document = prepare_document(
            money.book,
            "payment",
            paid(money, [item]),
            text=paid_out.name,
            payee_text="Participants as listed",
            papers={"list": paper} if paper else None,
            by=by,
            on=on,
        )
        step.save(paid_out)
        return step.result(paid_out)


def _line(
    paid_out: PaymentList, position: int, person: Party | None, *, called: str = "", travel: Money, meals: Money
) -> PaymentLine:
    return PaymentLine(
        programme_id=paid_out.programme_id,
        sheet=paid_out,
        position=position,
        person=person,
        called=called,
        travel=travel.units,
        meals=meals.units,
    )


def _is_not_charged(paid_out: PaymentList) -> None:
    """A list whose voucher is not void stays as it is. Raises Refusal `payment_list.charged`."""
    if paid_out.document and paid_out.document.state != "void":
        raise Refusal("payment_list.charged", list=paid_out.name, document=paid_out.document.name)


def _in_currency(paid_out: PaymentList, *amounts: Money) -> None:
    """Every amount is in the currency of its list. Raises Refusal `money.mixed`."""
    for amount in amounts:
        Money(0, paid_out.currency) + amount
