"""Every read of this floor."""

from laar.events.queries.courses import advice, held_courses, session_in
from laar.events.queries.dates import WHEN, during
from laar.events.queries.decisions import decisions
from laar.events.queries.events import attendances, bodies_at, held, present_at
from laar.events.queries.forums import Hole, forum_holes, without_forum
from laar.events.queries.payments import flags_of, payment_lines, sum_of
from laar.events.queries.requests import requests, unused_code

__all__ = [
    "WHEN",
    "Hole",
    "advice",
    "attendances",
    "bodies_at",
    "decisions",
    "during",
    "flags_of",
    "forum_holes",
    "held",
    "held_courses",
    "payment_lines",
    "present_at",
    "requests",
    "session_in",
    "sum_of",
    "unused_code",
    "without_forum",
]
