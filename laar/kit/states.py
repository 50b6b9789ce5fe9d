"""A state machine is a table. It checks itself, moves records, and draws itself for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from laar.kit.names import Name, lazily, name_of
from laar.kit.refusals import Refusal, refusal

refusal(
    "state.no_such_step",
    en="{record} is {state}; “{verb}” can't be done from there. Possible now: {possible}.",
    km="{record} ស្ថិតក្នុងស្ថានភាព «{state}»; មិនអាចធ្វើ «{verb}» ពីទីនេះទេ។ អាចធ្វើបាន៖ {possible}។",
)

#: A guard looks at the record and the facts of the step, and raises a Refusal or lets it pass.
Guard = Callable[..., None]


G = TypeVar("G", bound=Guard)


def condition(en: str, km: str) -> Callable[[G], G]:
    """Say in words what a guard asks for, so that it can be read before the step is refused."""

    def said(guard: G) -> G:
        guard.says = Name(en=en, km=km)  # type: ignore[attr-defined]  # read by `said_by` only
        return guard

    return said


def said_by(guard: Guard) -> Name:
    """What a guard asks for, in words."""
    says = getattr(guard, "says", None)
    return says if isinstance(says, Name) else Name(en=_sentence(guard))


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table: from this state, this verb leads to that state, unless a guard refuses."""

    source: str
    verb: str
    target: str
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Machine:
    """The states of one kind of record, what they are called, and the steps between them."""

    noun: str
    initial: str
    states: dict[str, Name]
    steps: Sequence[Transition]
    _table: dict[tuple[str, str], Transition] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.steps:
            if step.source not in self.states or step.target not in self.states:
                raise ValueError(f"{self.noun}: {step.source} → {step.target} names a state that is not in the table")
            if (step.source, step.verb) in self._table:
                raise ValueError(f"{self.noun}: {step.verb} leaves {step.source} twice")
            self._table[step.source, step.verb] = step
        lost = set(self.states) - self.reachable()
        if lost:
            raise ValueError(f"{self.noun}: no step leads to {', '.join(sorted(lost))}")

    def reachable(self) -> set[str]:
        """Every state that a record can come to."""
        found, edge = {self.initial}, [self.initial]
        while edge:
            source = edge.pop()
            for step in self.steps:
                if step.source == source and step.target not in found:
                    found.add(step.target)
                    edge.append(step.target)
        return found

    def move(self, record: Any, verb: str, **facts: object) -> None:
        """Take the step, or raise the Refusal of the table or of a guard. Changes the record in memory only."""
        step = self._table.get((record.state, verb))
        if step is None:
            raise Refusal(
                "state.no_such_step",
                record=name_of(record),
                state=self.states[record.state],
                verb=verb,
                possible=", ".join(self.verbs_from(record.state)) or "–",
            )
        for guard in step.guards:
            guard(record, **facts)
        record.state = step.target

    def step(self, state: str, verb: str) -> Transition | None:
        """The row by which a verb leaves a state; None where it does not."""
        return self._table.get((state, verb))

    def verbs_from(self, state: str) -> list[str]:
        """What may be done from a state, in the order of the table."""
        return [step.verb for step in self.steps if step.source == state]

    def choices(self) -> list[tuple[str, str]]:
        """For a model's column."""
        return [(state, lazily(name)) for state, name in self.states.items()]

    def draw(self) -> str:
        """The table as a Mermaid diagram and a list of the names."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {step.source} --> {step.target}: {step.verb}" for step in self.steps]
        ends = [state for state in self.states if not self.verbs_from(state)]
        lines += [f"    {state} --> [*]" for state in ends]
        names = [f"| `{state}` | {name.en} | {name.km} |" for state, name in self.states.items()]
        guards = [
            f"- `{step.verb}` from `{step.source}`: {', '.join(_sentence(guard) for guard in step.guards)}"
            for step in self.steps
            if step.guards
        ]
        table = ["| state | English | Khmer |", "|---|---|---|", *names]
        return "\n".join(["```mermaid", *lines, "```", "", *table, *(["", *guards] if guards else [])])


_MACHINES: dict[str, Machine] = {}


def machine(noun: str, initial: str, states: dict[str, Name], steps: Sequence[Transition]) -> Machine:
    """Declare a machine of the house: it is drawn in the documentation, and its every pair is tried by a test."""
    if noun in _MACHINES:
        raise ValueError(f"the states of a {noun} are declared twice")
    _MACHINES[noun] = Machine(noun, initial, states, steps)
    return _MACHINES[noun]


def machines() -> list[Machine]:
    """All machines of the house, for the documentation and the tests."""
    return [_MACHINES[noun] for noun in sorted(_MACHINES)]


def _sentence(guard: Guard) -> str:
    return (guard.__doc__ or guard.__name__.replace("_", " ")).strip().splitlines()[0].rstrip(".")
