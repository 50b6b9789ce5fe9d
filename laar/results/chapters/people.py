"""The lists of who is there: bodies, people, who holds which office, and who may do what here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from laar.base.models import Programme, Role
from laar.kit.names import Name
from laar.registers.models import Membership, Party
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import NAME, Of
from laar.results.chapters.filters import area, as_of, chosen, search

_party, _membership, _role = Of(Party), Of(Membership), Of(Role)
_PERSON = Name(en="Person", km="បុគ្គល")


def _bodies(_: Programme) -> QuerySet[Party]:
    """Parties are shared by all programmes; of two that were merged the one that stays."""
    return Party.objects.filter(merged_into=None).exclude(kind="person")


def _people(_: Programme) -> QuerySet[Party]:
    return Party.objects.filter(merged_into=None, kind="person")


def _offices(_: Programme) -> QuerySet[Membership]:
    return Membership.objects.all()


def _roles(programme: Programme) -> QuerySet[Role]:
    return Role.objects.filter(Q(programme=programme) | Q(programme=None))


BODIES = Chapter(
    slug="bodies",
    title=Name(en="Councils, committees, groups", km="ក្រុមប្រឹក្សា គណៈកម្មាធិការ និងក្រុម"),
    model=Party,
    columns=(_party.party("", NAME, sort="name_en"), _party.choice("kind", sort="kind"), _party.place(sort="")),
    filters=(search("name_en", "name_km"), chosen(Party, "kind", without=("person",)), area()),
    order="name_en",
    empty=Name(en="No body yet. Register the first one.", km="មិនទាន់មានអង្គភាពទេ។ សូមចុះបញ្ជីអង្គភាពទីមួយ។"),
    verb="party.register",
    made=_bodies,
)

PEOPLE = Chapter(
    slug="people",
    title=Name(en="People", km="បុគ្គល"),
    model=Party,
    columns=(_party.party("", NAME, sort="name_en"), _party.choice("sex"), _party.place(sort="")),
    filters=(search("name_en", "name_km"), chosen(Party, "sex", is_personal=True), area()),
    order="name_en",
    empty=Name(en="Nobody yet. Register the first person.", km="មិនទាន់មាននរណាទេ។ សូមចុះបញ្ជីបុគ្គលទីមួយ។"),
    verb="party.register",
    made=_people,
    of_persons=True,
)

MEMBERSHIPS = Chapter(
    slug="memberships",
    title=Name(en="Offices and members", km="មុខងារ និងសមាជិក"),
    model=Membership,
    columns=(
        _membership.party("person", _PERSON),
        _membership.choice("role", sort="role"),
        _membership.party("body", sort="body__name_en"),
        _membership.day("since", sort="since"),
        _membership.day("until"),
    ),
    filters=(
        search("person__name_en", "person__name_km", "body__name_en", "body__name_km"),
        chosen(Membership, "role"),
        chosen(Membership, "body__kind"),
        area("body__place__code"),
        as_of(),
    ),
    order="-since",
    empty=Name(
        en="Nobody holds an office yet. Record who sits in a council or a committee, and since when.",
        km="មិនទាន់មានអ្នកកាន់មុខងារទេ។ សូមកត់ត្រាថានរណាស្ថិតក្នុងក្រុមប្រឹក្សា ឬគណៈកម្មាធិការ និងចាប់ពីពេលណា។",
    ),
    verb="member.seat",
    made=_offices,
    of_persons=True,
)

ROLES = Chapter(
    slug="roles",
    title=Name(en="Who may do what", km="នរណាអាចធ្វើអ្វី"),
    model=Role,
    columns=(
        _role.party("user", NAME, sort="user__name_en"),
        _role.choice("role", sort="role"),
        _role.text("place", Name(en="Area (code of the place)", km="តំបន់ (លេខកូដទីកន្លែង)")),
        _role.day("since", sort="since"),
        _role.day("until"),
    ),
    filters=(search("user__name_en", "user__name_km"), chosen(Role, "role"), area("place"), as_of()),
    order="-since",
    empty=Name(
        en="Nobody has a role yet. The administrator gives the first one.",
        km="មិនទាន់មាននរណាមានតួនាទីទេ។ អ្នកគ្រប់គ្រងប្រព័ន្ធផ្ដល់តួនាទីទីមួយ។",
    ),
    verb="role.grant",
    made=_roles,
    of_persons=True,
)

CHAPTERS = (BODIES, PEOPLE, MEMBERSHIPS, ROLES)
