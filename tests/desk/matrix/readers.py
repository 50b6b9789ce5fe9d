"""Who asks: every role over the own area, and those who are elsewhere, were here once, or are nobody."""

from __future__ import annotations

from datetime import timedelta

from laar.base.actions import grant_role, register_user
from laar.base.models import User
from laar.kit.names import Name
from tests.world import World

#: Role and area, in the programme of the test; the thread is in the commune 210101.
IN_THE_PROGRAMME = {
    "clerk": ("clerk", "210101"),
    "monitoring": ("monitoring", ""),
    "donor": ("donor", ""),
    "auditor": ("auditor", ""),
    "expired": ("manager", ""),
}
#: Those of the small world: admin, manager, finance of all of it, ang of the own area, ba of another one, stranger of
#: another programme, nobody without a role; and "" for who is not signed in.
READERS = (
    "admin", "manager", "finance", "monitoring", "clerk", "ang", "donor", "auditor",
    "ba", "stranger", "expired", "nobody", "",
)  # fmt: skip

#: What most rows are made of.
WHOLE = ("admin", "manager", "finance", "monitoring", "donor", "auditor")
OWN_AREA = (*WHOLE, "clerk", "ang")
INSIDE = (*OWN_AREA, "ba")
SIGNED_IN = (*INSIDE, "stranger", "expired", "nobody")
EVERYBODY = READERS


def invite_all(world: World) -> dict[str, User]:
    """The readers whom the small world does not have."""
    for name, (role, place) in IN_THE_PROGRAMME.items():
        user = register_user(name, name=Name(en=name), by=None, on=world.day, is_fictional=True)
        until = world.day + timedelta(days=1) if name == "expired" else None
        grant_role(
            user,
            role=role,
            programme=world.programme,
            place=place,
            since=world.day,
            until=until,
            by=None,
            on=world.day,
        )
        world.users[name] = user
    return world.users
