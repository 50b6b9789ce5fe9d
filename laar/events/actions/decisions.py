"""Writes of what councils decide."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, User
from laar.base.rules import not_later
from laar.events.models import Decision, Event
from laar.events.rules import decides
from laar.kit.names import Name, clean


@action("decision.record")
def record_decision(
    session: Event, *, number: str, title: Name, paper: Evidence, by: User, on: date, command: UUID | None = None
) -> Decision:
    """Record what a council decided in a session that was held, with the signed paper.

    The council is the host of the session and the decision is dated with it. Raises Refusal `decision.no_session`,
    `decision.no_council`, `event.not_held`, `decision.numbered_once`.
    """
    with act(by, "decision.record", session, on=on, command=command) as step:
        session = step.subject
        decides(session)
        decision = step.create(
            Decision(
                programme_id=session.programme_id,
                council=session.host,
                number=clean(number),
                on=not_later(session.on, on),
                session=session,
                title_en=clean(title.en),
                title_km=clean(title.km),
            )
        )
        step.attach(decision, paper, "decision", is_signed=True)
    return decision
