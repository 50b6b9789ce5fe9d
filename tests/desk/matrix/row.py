"""One line of the matrix: an address, and what every reader gets for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tests.desk.matrix.readers import READERS


@dataclass(frozen=True)
class Row:
    """`get` an address: 200 for those named in `to`, and for everybody else `others`; for nobody signed in `anonymous`.

    A page that only those who are signed in have sends anybody else to sign in (302). What one may not know of is 404.
    """

    path: str
    to: Collection[str] = ()
    others: int = 404
    anonymous: int = 404
    #: What those get who get it: a page, or a redirect (302), or "send it by a form" (405).
    answer: int = 200
    #: Who may know of it and may not do it: 403, with the reason.
    forbidden: Collection[str] = ()
    #: Who is shown another page of the same thing: 302.
    elsewhere: Collection[str] = ()

    def expected(self, reader: str) -> int:
        """The status that this reader gets."""
        if reader in self.elsewhere:
            return 302
        if reader in self.forbidden:
            return 403
        if reader in self.to:
            return self.answer
        return self.others if reader else self.anonymous

    def __post_init__(self) -> None:
        unknown = set(self.to) - set(READERS)
        if unknown:
            raise ValueError(f"{self.path}: no such reader {unknown}")
