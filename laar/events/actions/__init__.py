"""Every write of this floor, by noun."""

from laar.events.actions.courses import (
    cancel_course,
    design_course,
    evaluate_course,
    follow_up_advice,
    give_advice,
    hold_course,
    open_course,
    report_course,
    schedule_course,
)
from laar.events.actions.decisions import record_decision
from laar.events.actions.events import (
    Present,
    announce_event,
    cancel_event,
    correct_attendance,
    correct_event,
    enter_attendance,
    hold_event,
    record_attendance,
)
from laar.events.actions.payments import (
    add_payment_line,
    charge_payment_list,
    correct_payment_line,
    draw_payment_list,
    explain_payment_line,
)
from laar.events.actions.requests import (
    accept_request,
    correct_request,
    decline_request,
    raise_request,
    refer_request,
    report_back_request,
)

__all__ = [
    "Present",
    "accept_request",
    "add_payment_line",
    "announce_event",
    "cancel_course",
    "cancel_event",
    "charge_payment_list",
    "correct_attendance",
    "correct_event",
    "correct_payment_line",
    "correct_request",
    "decline_request",
    "design_course",
    "draw_payment_list",
    "enter_attendance",
    "evaluate_course",
    "explain_payment_line",
    "follow_up_advice",
    "give_advice",
    "hold_course",
    "hold_event",
    "open_course",
    "raise_request",
    "record_attendance",
    "record_decision",
    "refer_request",
    "report_back_request",
    "report_course",
    "schedule_course",
]
