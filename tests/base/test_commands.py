from uuid import uuid4

import pytest

from laar.base.act import act
from laar.base.actions import grant_role, keep_evidence, register_user
from laar.base.models import Evidence, Role, TrailLine, User
from laar.base.queries import was_done
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry
from laar.ledger.models import Entry
from tests.base.together import at_once
from tests.refused import refused, refused_without_trace
from tests.world import PNG, eur


def register(world, command, by="admin"):
    name = Name("Twice", "ពីរដង")
    return register_user("twice", name=name, by=world.users[by], on=world.day, command=command)


def legs(world, amount=10):
    return [
        debit(world.accounts["bank"], world.fund, eur(amount)),
        credit(world.accounts["income"], world.fund, eur(amount)),
    ]


def test_the_same_command_twenty_times_has_one_effect_and_one_result(world):
    command = uuid4()
    made = [register(world, command) for _ in range(20)]
    assert len({user.pk for user in made}) == 1
    assert User.objects.filter(username="twice").count() == 1
    assert TrailLine.objects.filter(command=command).count() == 1


def test_a_repeated_command_returns_the_record_as_it_is_now(world):
    command = uuid4()
    entry = post_entry(world.book, legs(world), text=Name("x"), by=world.finance, on=world.day, command=command)
    again = post_entry(world.book, legs(world, 99), text=Name("y"), by=world.finance, on=world.day, command=command)
    assert again == entry
    assert again.text_en == "x"
    assert Entry.objects.count() == 1


def test_a_command_reused_for_another_verb_is_refused(world):
    command = uuid4()
    register(world, command)
    with refused_without_trace("command.reused"):
        keep_evidence(
            world.programme, PNG, caption=Name("x"), dated=world.day, by=world.manager, on=world.day, command=command
        )


def test_a_refused_command_may_be_tried_again(world):
    command = uuid4()
    with refused("access.no_role"):
        register(world, command, by="manager")
    assert not was_done(command)
    assert register(world, command, by="admin").username == "twice"
    assert was_done(command)


def test_two_commands_are_two_entries(world):
    for _ in range(2):
        post_entry(world.book, legs(world), text=Name("x"), by=world.finance, on=world.day, command=uuid4())
    assert Entry.objects.count() == 2


def test_the_command_belongs_to_the_outermost_action(world):
    command, inner = uuid4(), uuid4()
    with act(world.finance, "entry.post", world.book, on=world.day, command=command):
        post_entry(world.book, legs(world), text=Name("x"), by=world.finance, on=world.day, command=inner)
    assert TrailLine.objects.get(command=command).effects.get().verb == "entry.post"
    assert not was_done(inner)


def test_a_call_without_a_command_is_never_a_repetition(world):
    given = {"role": "clerk", "programme": world.programme, "since": world.day, "by": world.admin, "on": world.day}
    grant_role(world.nobody, place="210101", **given)
    with refused("role.already_given"):
        grant_role(world.nobody, place="210101", **given)


def test_twenty_threads_with_one_command_at_once_have_one_effect(committed_world):
    world, command = committed_world, uuid4()

    def post(_):
        return post_entry(world.book, legs(world), text=Name("x"), by=world.finance, on=world.day, command=command)

    entries = at_once(20, post)
    assert [entry for entry in entries if isinstance(entry, Exception)] == []
    assert len({entry.pk for entry in entries}) == 1
    assert Entry.objects.count() == 1
    assert TrailLine.objects.filter(verb="entry.post").count() == 1


def test_eight_threads_that_keep_one_content_keep_it_once(committed_world):
    world = committed_world

    def keep(_):
        return keep_evidence(
            world.programme, PNG + b"same", caption=Name("x"), dated=world.day, by=world.manager, on=world.day
        )

    kept = at_once(8, keep)
    assert [piece for piece in kept if isinstance(piece, Exception)] == []
    assert len({piece.pk for piece in kept}) == 1
    assert Evidence.objects.count() == 1


def test_eight_threads_that_give_one_role_give_it_once(committed_world):
    world = committed_world

    def grant(_):
        return grant_role(
            world.nobody, role="donor", programme=world.programme, since=world.day, by=world.admin, on=world.day
        )

    came = at_once(8, grant)
    assert sorted(type(one).__name__ for one in came) == ["Refusal"] * 7 + ["Role"]
    assert {one.code for one in came if isinstance(one, Refusal)} == {"role.already_given"}
    assert Role.objects.filter(user=world.nobody).count() == 1


def test_an_unexpected_repetition_outside_an_action_is_not_hidden(world):
    command = uuid4()
    register(world, command)
    with (
        pytest.raises(Exception, match="Twice"),
        act(world.admin, "user.register", world.admin, on=world.day, command=command),
    ):
        pytest.fail("the body must not run")
