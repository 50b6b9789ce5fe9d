import sys
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.states import Machine, Transition, machine, machines

HOUSE = machines()
STATES = {"open": Name("Open", "បើក"), "shut": Name("Shut", "បិទ")}
EVERY_VERB = sorted({step.verb for machine in HOUSE for step in machine.steps} | {"no_such_verb"})


def thing(state):
    return SimpleNamespace(name=Name("A thing", "វត្ថុ"), state=state)


@pytest.mark.parametrize("machine", HOUSE, ids=lambda machine: machine.noun)
def test_a_step_that_is_not_in_the_table_is_refused_and_changes_nothing(machine):
    table = {(step.source, step.verb) for step in machine.steps}
    for state, verb in set(product(machine.states, EVERY_VERB)) - table:
        record = thing(state)
        with pytest.raises(Refusal) as no:
            machine.move(record, verb)
        assert no.value.code == "state.no_such_step"
        assert record.state == state
        for possible in machine.verbs_from(state):
            assert possible in no.value.text.en


@pytest.mark.parametrize("machine", HOUSE, ids=lambda machine: machine.noun)
def test_every_step_of_the_table_without_a_guard_leads_where_it_says(machine):
    for step in machine.steps:
        if not step.guards:
            record = thing(step.source)
            machine.move(record, step.verb)
            assert record.state == step.target


@pytest.mark.parametrize("machine", HOUSE, ids=lambda machine: machine.noun)
def test_every_state_is_reachable_named_in_both_languages_and_drawn(machine):
    assert machine.reachable() == set(machine.states)
    drawing = machine.draw()
    for state, name in machine.states.items():
        assert name.en
        assert name.km
        assert f"| `{state}` | {name.en} | {name.km} |" in drawing
    for step in machine.steps:
        assert f"{step.source} --> {step.target}: {step.verb}" in drawing


def test_the_states_of_a_noun_are_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        machine(HOUSE[0].noun, "open", STATES, [Transition("open", "close", "shut")])


def test_a_state_that_no_step_leads_to_is_refused_at_construction():
    with pytest.raises(ValueError, match="no step leads to shut"):
        Machine("door", "open", STATES, [])


def test_a_doubled_step_is_refused_at_construction():
    twice = [Transition("open", "close", "shut"), Transition("open", "close", "open")]
    with pytest.raises(ValueError, match="close leaves open twice"):
        Machine("door", "open", STATES, twice)


@pytest.mark.parametrize("step", [Transition("ajar", "close", "shut"), Transition("open", "close", "ajar")])
def test_a_step_with_an_unknown_state_is_refused_at_construction(step):
    with pytest.raises(ValueError, match="ajar"):
        Machine("door", "open", STATES, [Transition("open", "close", "shut"), step])


def test_an_unknown_initial_state_is_refused_at_construction():
    with pytest.raises(ValueError, match="no step leads to"):
        Machine("door", "ajar", STATES, [Transition("open", "close", "shut"), Transition("shut", "open", "open")])


def test_a_guard_that_refuses_leaves_the_state_as_it_was():
    def never(_record, **_):
        """never"""
        raise Refusal("period.reversed")

    door = Machine("door", "open", STATES, [Transition("open", "close", "shut", (never,))])
    record = thing("open")
    with pytest.raises(Refusal):
        door.move(record, "close")
    assert record.state == "open"
    assert "- `close` from `open`: never" in door.draw()


@given(st.data())
def test_a_machine_is_accepted_exactly_when_every_state_can_be_reached(data):
    names = [f"s{n}" for n in range(data.draw(st.integers(1, 6)))]
    edges = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=12, unique=True))
    steps = [Transition(source, f"v{n}", target) for n, (source, target) in enumerate(edges)]
    found = {names[0]}
    for _ in names:
        found |= {target for source, target in edges if source in found}
    try:
        Machine("thing", names[0], {name: Name(name) for name in names}, steps)
    except ValueError:
        assert found != set(names)
    else:
        assert found == set(names)


def test_every_machine_of_the_house_is_tried_here():
    rooms = [module for name, module in sys.modules.items() if name.startswith("laar.") and name.endswith(".rules")]
    found = {id(thing) for room in rooms for thing in vars(room).values() if isinstance(thing, Machine)}
    assert found == {id(machine) for machine in HOUSE}
