"""A figure for every place at once, and who sits in the bodies of a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from laar.kit.figures import Figure, Records, Scope, figure
from laar.kit.names import Name
from laar.registers.models import Membership
from laar.registers.queries import communes_of, survivor
from laar.registers.rules import SEATED, SEXES

#: The bodies of a commune that are elected or chosen, and which offices count in them.
SEATS = {"council": SEATED, "committee": ("chair", "deputy", "member")}


def for_each_place(whole: Figure, codes: Collection[str]) -> dict[str, Figure]:
    """A figure for each of some places of one level, by code: one question for all of them, however many."""
    spread([whole], codes)
    return {code: whole.at(place=code) for code in codes}


def spread(wholes: Iterable[Figure], codes: Collection[str]) -> None:
    """Measure some figures for each of some places of one level; what they are made of, too.

    A record belongs to the place that its table says it is about (`PLACE`), as in the scope of a figure.
    """
    lengths = {len(code) for code in codes}
    if not lengths:
        return
    (length,) = lengths
    waiting, seen = list(wholes), set[str]()
    while waiting:
        whole = waiting.pop()
        waiting += whole.parts
        if whole.id in seen or not isinstance(whole.measured, Records):
            continue
        seen.add(whole.id)
        values = whole.measured.by_place(length)
        for code in codes:
            vars(whole.at(place=code).measured)["value"] = values.get(code, 0)


@figure(
    "bodies.members",
    label=Name(en="Members of the councils and committees", km="សមាជិកក្រុមប្រឹក្សា និងគណៈកម្មាធិការ"),
    rule=Name(
        en="Persons who hold a seat in a commune council (chief, deputy, councillor) or in a monitoring committee of the "
        "communes of the action now, each once in each body kind; by body and by sex where that is asked for.",
        km="បុគ្គលដែលមានអាសនៈក្នុងក្រុមប្រឹក្សាឃុំ (មេឃុំ ជំទប់ សមាជិក) ឬក្នុងគណៈកម្មាធិការតាមដាននៃឃុំនៃសកម្មភាពនៅពេលនេះ "
        "ម្នាក់រាប់ម្ដង; តាមអង្គភាព និងភេទ បើមានសួរ។",
    ),
    takes=("body", "sex"),
    only={"body": SEATS, "sex": SEXES},
    of_people=True,
)
def members(scope: Scope) -> Records:
    communes = communes_of(scope.programme, scope.place).order_by().values("place")
    kinds = [scope["body"]] if scope["body"] else list(SEATS)
    offices = {office for kind in kinds for office in SEATS[kind]}
    seated = Membership.objects.filter(body__kind__in=kinds, role__in=offices, body__place__in=communes, until=None)
    if scope["sex"]:
        seated = seated.filter(person__sex=scope["sex"])
    seated = seated.select_related("person", "body__place").annotate(counted=survivor("person"))
    return Records(seated.order_by("body__place__code", "body", "id"), distinct="counted")
