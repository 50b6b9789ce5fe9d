"""The law. Each question is asked twice: of the product, which keeps it, and of a plant, which is found."""

import shutil
import tomllib

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from laar.base.act import actions
from laar.base.guard import WriteOutsideAct
from laar.base.models import Record
from laar.base.recorded import UNRECORDED, recorded_models
from laar.base.rules import ROLES, verbs
from laar.registers.models import Party
from tests import house
from tests.house import LAAR, ROOT

#: Tables that belong to no programme: the house itself, who works in it, and what all programmes share.
SHARED = {
    "base.programme": "it is the programme",
    "base.user": "somebody may work in several programmes",
    "base.role": "a role may be in all programmes",
    "base.invitation": "an account is no programme's",
    "registers.place": "the gazetteer is the state's",
    "registers.party": "people and bodies live longer than a programme",
    "registers.mandate": "an election is no programme's",
    "registers.membership": "an office in a body is no programme's",
    "registers.sector": "a code list of the OECD",
    "ledger.rate": "published rates are the same for all",
}


def own_tables():
    """The tables of the house; what the framework and the sign-in library bring along follows their own law."""
    return [table for table in apps.get_models(include_auto_created=True) if table.__module__.startswith("laar.")]


@pytest.fixture
def planted(tmp_path):
    """Write a module into an empty tree and hand the tree over."""

    def plant(path, text):
        file = tmp_path / "laar" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path / "laar"

    return plant


# ── imports ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_imports_respect_floors_and_rooms():
    assert house.lint_imports(ROOT) == ""


@pytest.fixture
def copied(tmp_path):
    """A copy of the whole tree, with the import rules beside it."""
    shutil.copytree(LAAR, tmp_path / "laar", ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_an_import_that_points_upward_or_sideways_is_found(copied):
    plants = {
        "kit/uids.py": "from laar.base import clock",
        "ledger/rules.py": "from laar.ledger import queries",
        "plans/queries.py": "def later():\n    from laar.projects import models",
        "desk/urls.py": "from laar.cli import main",
    }
    for path, line in plants.items():
        with (copied / "laar" / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    said = " ".join(house.lint_imports(copied).split())
    for arrow in ("laar.kit.uids -> laar.base", "laar.ledger.rules -> laar.ledger.queries"):
        assert arrow in said
    for arrow in ("laar.plans.queries -> laar.projects.models", "laar.desk.urls -> laar.cli"):
        assert arrow in said


def test_a_package_without_a_floor_is_found(copied):
    (copied / "laar/attic").mkdir()
    (copied / "laar/attic/__init__.py").touch()
    assert "attic" in house.lint_imports(copied)


def test_the_floors_of_the_import_rules_are_the_packages_of_the_house():
    packages = {path.parent.name for path in LAAR.glob("*/__init__.py")} - {"locale"}
    assert packages == set(house.floors())


def test_nothing_of_the_house_is_imported_inside_a_function():
    assert house.inner_imports(LAAR) == []


def test_an_import_inside_a_function_is_found(planted):
    tree = planted(
        "plans/queries.py",
        "import os\nfrom laar.kit import money\n"
        "def f():\n    import json\n    from laar.projects import models\n"
        "class C:\n    async def g(self):\n        import laar.base.act\n",
    )
    assert house.inner_imports(tree) == [
        "plans/queries.py:5 laar.projects.models",
        "plans/queries.py:8 laar.base.act",
    ]


def test_the_kit_knows_nothing_above_it_and_has_no_table():
    assert house.first_party(LAAR, "kit") == []
    assert house.tables_in(LAAR, ["kit"]) == []


def test_doors_have_no_table():
    assert house.tables_in(LAAR, house.DOORS) == []


def test_a_table_in_the_kit_or_in_a_door_is_found(planted):
    planted("kit/money.py", "from laar.base.models import User\nclass Coin(models.Model):\n    pass\n")
    planted("desk/models.py", "")
    tree = planted("cli/serve.py", "class Note(Record):\n    pass\n")
    assert house.first_party(tree, "kit") == ["kit/money.py:1 laar.base.models.User"]
    assert house.tables_in(tree, ["kit"]) == ["kit/money.py:2 Coin(models.Model)"]
    assert house.tables_in(tree, house.DOORS) == ["desk/models.py", "cli/serve.py:1 Note(Record)"]


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cause_never_knows_its_effects():
    assert house.upward_keys(own_tables()) == []


def test_every_foreign_key_protects_what_it_cites_and_hides_itself_from_lower_floors():
    assert house.careless_keys(own_tables()) == []


def test_a_link_is_a_row_of_its_own():
    assert house.many_to_many(own_tables()) == []


def test_the_house_knows_its_own_tables_from_those_of_a_library():
    labels = {table._meta.app_label for table in own_tables()}
    assert labels <= set(house.floors())
    assert {"base", "registers", "projects"} <= labels


def test_no_table_of_the_house_cites_one_of_a_library():
    assert {cited._meta.label for _, _, cited in house.keys(own_tables()) if cited not in set(own_tables())} == set()


@isolate_apps("laar.base", "laar.projects")
def test_a_foreign_key_that_points_upward_cascades_or_links_many_is_found():
    class Effect(models.Model):
        class Meta:
            app_label = "projects"

    class Cause(models.Model):
        effect = models.ForeignKey(Effect, models.CASCADE, related_name="causes")
        effects = models.ManyToManyField(Effect, related_name="+")

        class Meta:
            app_label = "base"

    pair = [Cause, Effect]
    assert house.upward_keys(pair) == ["base.Cause.effect → projects.Effect"]
    assert house.careless_keys(pair) == [
        "base.Cause.effect is not PROTECT",
        "base.Cause.effect has a reverse name on another floor",
    ]
    assert house.many_to_many(pair) == ["base.Cause.effects"]


def test_the_two_arrows_that_may_point_upward_are_no_foreign_keys():
    for label in ("base.attachment", "base.trailline", "base.trailrow"):
        table = apps.get_model(label)
        assert {"table", "key"} <= {field.name for field in table._meta.local_fields}
        assert all(cited._meta.app_label == "base" for _, _, cited in house.keys([table]))


def test_every_operational_table_has_its_programme():
    assert house.without_programme(table for table in apps.get_models() if issubclass(table, Record)) == []


def test_every_other_recorded_table_is_shared_for_a_reason():
    others = {table._meta.label_lower for table in recorded_models() if not issubclass(table, Record)}
    assert others == set(SHARED)


@isolate_apps("laar.base")
def test_a_table_without_its_programme_is_found():
    class Loose(models.Model):
        class Meta:
            app_label = "base"

    class Half(models.Model):
        programme = models.ForeignKey("base.Programme", models.PROTECT, null=True, related_name="+")

        class Meta:
            app_label = "base"

    assert house.without_programme([Loose, Half]) == ["base.loose", "base.half"]


def test_every_table_of_the_database_is_a_model_of_the_house(db):
    known = apps.get_models(include_auto_created=True)
    assert house.unknown_tables(connection.introspection.table_names(), known) == []


def test_a_table_that_no_model_knows_is_found():
    assert house.unknown_tables(["base_user", "django_migrations", "stray"], apps.get_models()) == ["stray"]


def test_every_table_that_is_not_recorded_exists_and_has_a_reason():
    for label, (reason, guarded) in UNRECORDED.items():
        assert apps.get_model(label), label
        assert len(reason.split()) > 3, label
        assert guarded or not label.startswith(tuple(house.floors())), label


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_listens_to_a_signal():
    assert house.signal_receivers(LAAR) == []


def test_a_receiver_of_a_signal_is_found(planted):
    tree = planted(
        "events/actions.py",
        "import sqlite3\nfrom django.db.models import signals as s\nfrom django.dispatch import receiver\n"
        "sqlite3.connect('x')\ns.post_save.connect(print)\n@receiver(s.post_save)\ndef f(**_): ...\n",
    )
    found = house.signal_receivers(tree)
    assert "events/actions.py:3 imports django.dispatch.receiver" in found
    assert "events/actions.py:5 s.post_save.connect" in found
    assert "events/actions.py:7 @receiver" in found
    assert not any("sqlite3" in one for one in found)


def test_nothing_is_written_outside_act():
    assert house.writes_outside_act(LAAR) == []


@pytest.mark.parametrize(
    "line",
    [
        "User.objects.create(username='x')",
        "user.save()",
        "user.save(update_fields=['name_en'])",
        "User.objects.filter(pk=1).update(is_active=False)",
        "users.update(is_active=False)",
        "User._default_manager.bulk_create([])",
        "User.objects.get_or_create(username='x')",
        "User.objects.update_or_create(username='x')",
        "User.objects.bulk_update([], ['x'])",
        "user.roles.all().delete()",
        "self.record.save()",
        "async_user.asave()",
    ],
)
def test_a_write_past_the_step_is_found(planted, line):
    tree = planted("desk/forms/user.py", f"def f():\n    {line}\n")
    assert [found.split()[0] for found in house.writes_outside_act(tree)] == ["desk/forms/user.py:2"]


def test_a_step_a_dict_a_digest_and_a_picture_are_no_false_alarm(planted):
    tree = planted(
        "events/actions.py",
        "with act(by, 'x', y) as step:\n    step.save(x)\n    step.create(x)\n"
        "found.update(zip(a, b))\nsha.update(piece)\nnames.update({'a': 1})\npicture.save(file, 'PNG')\n",
    )
    assert house.writes_outside_act(tree) == []


def test_sql_is_spoken_only_where_it_must_be():
    assert house.raw_sql(LAAR) == []


def test_the_door_is_opened_only_by_those_who_may():
    assert house.open_doors(LAAR) == []


def test_sql_and_an_open_door_elsewhere_are_found(planted):
    tree = planted(
        "reports/queries.py",
        "from laar.base.guard import open_door\nimport laar.base.guard\ncursor.execute('x')\nUser.objects.raw('x')\n",
    )
    assert house.open_doors(tree) == ["reports/queries.py:1", "reports/queries.py:2"]
    assert house.raw_sql(tree) == ["reports/queries.py:3 cursor.execute", "reports/queries.py:4 User.objects.raw"]


def test_a_write_outside_act_is_refused_at_run_time(world):
    with pytest.raises(WriteOutsideAct):
        Party.objects.filter(pk=world.ngo.pk).update(name_en="x")


def test_no_table_does_anything_of_its_own_when_it_is_written():
    assert house.save_overrides(LAAR) == []


def test_a_table_that_overrides_save_is_found(planted):
    tree = planted("plans/models.py", "class Plan(Record):\n    def save(self, *a, **k):\n        pass\n")
    assert house.save_overrides(tree) == ["plans/models.py:2 Plan.save"]


# ── verbs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_verb_has_its_one_action_and_every_action_opens_its_verb():
    codes = [verb.code for verb in verbs()]
    assert house.wrong_actions(LAAR, codes) == []
    assert sorted(actions()) == codes


def test_an_action_that_is_not_what_its_verb_says_is_found(planted):
    tree = planted(
        "plans/actions.py",
        "@action('plan.approve')\ndef approve_plan(plan, *, by, on):\n    with act(by, 'plan.close', plan, on=on): ...\n"
        "@action('plan.close')\ndef end_plan(plan, *, by, on):\n    with act(by, 'plan.close', plan, on=on): ...\n"
        "@action('plan.start')\ndef start_plan(plan, by):\n    with act(by, 'plan.start', plan): ...\n"
        "@action('plan.dance')\ndef dance_plan(plan, *, by, on):\n    pass\n",
    )
    found = house.wrong_actions(tree, ["plan.approve", "plan.close", "plan.start", "plan.submit"])
    assert found == [
        "plans/actions.py:2 approve_plan opens [\"'plan.close'\"] and not plan.approve",
        "plans/actions.py:5 end_plan is not called close_plan",
        "plans/actions.py:8 start_plan takes no `by` or no `on` by name",
        "plans/actions.py:11 dance_plan opens [] and not plan.dance",
        "plan.submit has 0 actions",
        "plan.dance is no verb",
    ]


def test_every_verb_is_said_in_both_languages_and_done_by_roles_that_exist():
    for verb in verbs():
        assert verb.label.en, verb.code
        assert verb.label.km, verb.code
        assert bool(verb.roles) is not verb.own, verb.code
        assert verb.roles <= set(ROLES), verb.code


def test_the_contracts_of_the_imports_cover_every_floor_with_rooms():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rooms = next(contract["containers"] for contract in contracts if contract["id"] == "rooms")
    between = house.floors()[house.floors().index("base") + 1 : house.floors().index("demo")]
    assert rooms == [f"laar.{floor}" for floor in between]
