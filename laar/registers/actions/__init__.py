"""Every write of this floor, by noun."""

from laar.registers.actions.bodies import end_mandate, end_membership, merge_party, open_mandate, seat_member
from laar.registers.actions.people import load_parties
from laar.registers.actions.register import (
    FORGOTTEN,
    Shared,
    add_location,
    correct_party,
    erase_party,
    list_sector,
    load_gazetteer,
    register_party,
    rename_sector,
    write_profile,
)

__all__ = [
    "FORGOTTEN",
    "Shared",
    "add_location",
    "correct_party",
    "end_mandate",
    "end_membership",
    "erase_party",
    "list_sector",
    "load_gazetteer",
    "load_parties",
    "merge_party",
    "open_mandate",
    "register_party",
    "rename_sector",
    "seat_member",
    "write_profile",
]
