"""In which programmes a person or a body is used: whoever works in none of them changes nothing about it.

The register is shared, so that a council is one record in whatever programme it meets. But what a programme says in public
– how many seats, how many women on them, who gave how much – is read from it, and that is for those to change who answer
for one of these programmes. See docs/decisions/0012.
"""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from laar.base import clock
from laar.base.access import covers, roles_held
from laar.base.models import Programme, TrailRow, User
from laar.base.rules import verb_of
from laar.kit.names import listed
from laar.kit.refusals import Refusal
from laar.registers.models import Location, Membership, Party


def require_use(by: User | None, verb: str, party: Party) -> None:
    """Refuse somebody who may do this in some programme, but in none of those that use this person or body.

    Whoever registered it may, and so may anybody with the role while no programme uses it. Called with the permission of
    the step already given. Raises Refusal `party.of_another_programme`.
    """
    roles = [role for role in roles_held(by, clock.now()) if role.role in verb_of(verb).roles and covers(role, party)]
    own = {role.programme_id for role in roles}
    if None in own:
        return
    used = programmes_using(party)
    if not used or used & own or _registered_by(by, party):
        return
    names = listed(one.name for one in Programme.objects.filter(pk__in=used).order_by("id"))
    raise Refusal("party.of_another_programme", party=party.name, programmes=names)


def programmes_using(party: Party) -> set[int]:
    """The keys of the programmes that work where it is at home, or have a record that names it, or a body it sits in."""
    keys = {party.pk, *party.merged.values_list("pk", flat=True)}
    keys |= set(Membership.objects.filter(person__in=keys).values_list("body", flat=True))
    named = [
        model._default_manager.filter(Q(*((f"{column}__in", keys) for column in columns), _connector=Q.OR))
        .order_by()
        .values_list("programme_id", flat=True)
        for model, columns in _tables_that_name_parties()
    ]
    found = set(named[0].union(*named[1:])) | _working_at(party)
    return found - {None}


def _working_at(party: Party) -> set[int]:
    if party.place is None:
        return set()
    code = party.place.code
    around = Q(place__code__in=[code[:length] for length in range(2, len(code) + 1, 2)])
    within = Q(place__code__startswith=code)
    return set(Location.objects.filter(around | within).values_list("programme_id", flat=True))


@cache
def _tables_that_name_parties() -> tuple[tuple[type[Model], tuple[str, ...]], ...]:
    """Every table of a programme with its columns that cite a party, of whatever floor: a new one is there by itself."""
    found = []
    for model in apps.get_models():
        columns = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
        names = tuple(one.name for one in columns if one.related_model is Party)
        if names and any(one.name == "programme" for one in columns):
            found.append((model, names))
    return tuple(found)


def _registered_by(by: User | None, party: Party) -> bool:
    first = TrailRow.objects.filter(table=Party._meta.label_lower, key=party.pk).select_related("line").order_by("id")
    made = first.first()
    return by is not None and made is not None and made.line.by_id == by.pk
