"""Every "no" of the domain, in one catalogue: what is refused, why, and what to do next, in both languages.

A floor declares its refusals beside its rules; a door shows them and never invents one. The sentence says what to do,
because somebody in a commune office reads it with a villager waiting.
"""

from __future__ import annotations

from dataclasses import dataclass

from laar.kit.names import Name

_CATALOGUE: dict[str, Reason] = {}


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of the catalogue; `{facts}` in the sentences are filled in when it is raised."""

    code: str
    text: Name
    status: int
    exit: int


class Refusal(Exception):
    """The domain says no. Nothing was written. `see` is the record that stands in the way, where it is another one."""

    def __init__(self, code: str, /, *, see: object = None, **facts: object) -> None:
        self.reason = _CATALOGUE[code]
        self.code = code
        self.see = see
        self.facts = facts
        super().__init__(code, facts)

    @property
    def text(self) -> Name:
        """The sentence with its facts, in both languages."""
        return self.reason.text.format(**self.facts)

    @property
    def status(self) -> int:
        """The HTTP status a door answers with."""
        return self.reason.status

    def __str__(self) -> str:
        return f"{self.text.en} [{self.code}]"


def refusal(code: str, *, en: str, km: str, status: int = 409, exit: int = 1) -> None:  # noqa: A002 - the word of the shell
    """Put a reason into the catalogue.

    `status` is HTTP's (409: the state of things forbids it; 422: the input is wrong; 403: not yours; 404: not there),
    `exit` is the exit code of a command.
    """
    if code in _CATALOGUE:
        raise ValueError(f"refusal {code} is declared twice")
    _CATALOGUE[code] = Reason(code, Name(en=en, km=km), status, exit)


def catalogue() -> list[Reason]:
    """All reasons, for the documentation and the tests."""
    return [_CATALOGUE[code] for code in sorted(_CATALOGUE)]
