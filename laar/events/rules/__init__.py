"""Every decision of this floor, by noun."""

from laar.events.rules.courses import (
    ADVICE,
    COURSE,
    COURSE_HELD,
    hundredths_of,
    is_a_visit,
    takes_a_session,
)
from laar.events.rules.events import (
    CAPACITIES,
    EVENT,
    FIELD,
    KINDS,
    MOST_ON_A_LINE,
    PROOFS,
    REQUEST,
    decides,
    is_said,
    was_held,
)
from laar.events.rules.payments import FLAGS, PAYS

__all__ = [
    "ADVICE",
    "CAPACITIES",
    "COURSE",
    "COURSE_HELD",
    "EVENT",
    "FIELD",
    "FLAGS",
    "KINDS",
    "MOST_ON_A_LINE",
    "PAYS",
    "PROOFS",
    "REQUEST",
    "decides",
    "hundredths_of",
    "is_a_visit",
    "is_said",
    "takes_a_session",
    "was_held",
]
