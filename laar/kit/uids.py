"""UUIDv7: ids that sort by time, for what is born offline, exchanged or printed (RFC 9562)."""

from __future__ import annotations

from uuid import UUID

#: Crockford's alphabet: no letter that is mistaken for a digit when it is read out over a bad telephone line.
SPOKEN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7(milliseconds: int, randomness: bytes) -> UUID:
    """An id for this instant (milliseconds since 1970) with ten bytes of randomness."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def spoken(uid: UUID, length: int = 6) -> str:
    """A short code that can be said and written down, from the random end of an id: `7K2-M9Q`."""
    bits = uid.int & (2**62 - 1)
    letters = "".join(SPOKEN[bits >> (5 * place) & 31] for place in range(length))
    return f"{letters[:3]}-{letters[3:]}"
