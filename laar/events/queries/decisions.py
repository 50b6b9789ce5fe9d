"""Reads of what councils decided, and its figure."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.events.models import Decision
from laar.events.queries.dates import during
from laar.kit.figures import Records, Scope, figure
from laar.kit.names import Name


def decisions(programme: Programme, prefix: str = "") -> QuerySet[Decision]:
    """The council decisions of the time of the action, by their date."""
    records = Decision.objects.filter(programme=programme, session__place__code__startswith=prefix)
    return during(programme, records, "on").select_related("council", "session__place").order_by("on", "id")


@figure(
    "decisions.recorded",
    label=Name(en="Council decisions on record", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សាដែលបានកត់ត្រា"),
    rule=Name(
        en="Decisions that a council took in a session within the dates of the action, each with its number and its "
        "signed paper.",
        km="សេចក្តីសម្រេចដែលក្រុមប្រឹក្សាបានអនុម័តក្នុងកិច្ចប្រជុំ ក្នុងរយៈពេលនៃសកម្មភាព ដោយមានលេខ និងឯកសារចុះហត្ថលេខា។",
    ),
)
def recorded(scope: Scope) -> Records:
    return Records(decisions(scope.programme, scope.place))
