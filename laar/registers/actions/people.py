"""The sheet of people and groups taken into the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Installation, User
from laar.base.queries import installation
from laar.kit.names import clean
from laar.kit.sheets import Row
from laar.registers.models import Party
from laar.registers.people import judge, refuse_wrong
from laar.registers.queries import known_codes, known_parties


@action("parties.load")
def load_parties(rows: Sequence[Row], *, by: User, on: date, command: UUID | None = None) -> Installation:
    """Register everybody of a sheet who is not there yet: all of them or, where one line is wrong, none.

    Loading a sheet twice changes nothing. Raises Refusal `party.lines_wrong`.
    """
    with act(by, "parties.load", installation(), on=on, command=command) as step:
        places = known_codes()
        judged = judge(rows, known=known_parties(), places=places)
        refuse_wrong(judged)
        step.create_many(
            [
                Party(
                    kind=line.kind,
                    name_en=clean(line.name.en),
                    name_km=clean(line.name.km),
                    sex=line.sex,
                    place=places.get(line.place),
                )
                for line in judged
                if line.state == "new"
            ]
        )
    return step.subject
