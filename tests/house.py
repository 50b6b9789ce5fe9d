"""The law of the house as small questions about a tree or a list of tables; each answers with what breaks it.

`tests/test_house.py` asks them about the product, where the answer is nothing, and about a planted copy, where it is not.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models

ROOT = Path(__file__).parents[1]
LAAR = ROOT / "laar"

Model = type[models.Model]

DOORS = ("desk", "cli", "portal", "field", "api")
#: The one door and what stands behind it; a migration writes while nobody is in.
#: `factors.py` takes secrets out of a table of the sign-in library, inside a step that says so.
MAY_WRITE = ("base/act.py", "base/trail.py", "base/archive.py", "base/people/factors.py")
MAY_OPEN_THE_DOOR = (
    "base/guard.py",
    "base/act.py",
    "base/trail.py",
    "base/archive.py",
    "base/ids.py",
    "base/migrations/0002_triggers.py",
    "results/migrations/0003_count.py",
    "ledger/migrations/0004_books.py",
    "projects/migrations/0005_eyes.py",
)
MAY_SPEAK_SQL = (
    *MAY_WRITE[:3],
    "base/ids.py",
    "base/rows.py",
    "base/rollups.py",
    "base/snapshot.py",
    "base/triggers.py",
)

WRITES = {"save", "create", "bulk_create", "delete", "get_or_create", "update_or_create", "bulk_update", "_raw_delete"}
WRITES |= {f"a{name}" for name in WRITES} | {"aupdate"}
QUERIES = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all", "order_by", "annotate", "using"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals")
SIGNALS_OF_APPS = ("django.contrib.auth.signals", "django.test.signals")


def modules(root: Path, *, migrations: bool = False) -> Iterator[tuple[str, ast.Module]]:
    """Every module of a tree, by its path in it."""
    for file in sorted(root.rglob("*.py")):
        path = file.relative_to(root).as_posix()
        if migrations or "/migrations/" not in path:
            yield path, parsed(file)


@cache
def parsed(file: Path) -> ast.Module:
    """A module, read once: every question asks about the same tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Everything in a tree, walked through once."""
    return tuple(ast.walk(tree))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call."""
    return (node for node in nodes(tree) if isinstance(node, ast.Call))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module or name that is imported, with its line."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            prefix = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{prefix}.{name.name}") for name in node.names)


def lint_imports(where: Path) -> str:
    """What import-linter says of the tree in this folder; empty when every contract is kept."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 and " 0 broken" in done.stdout else done.stdout + done.stderr


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def floors() -> list[str]:
    """The floors from the ground up, as the import rules have them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return [name.strip() for layer in reversed(layers) for name in layer.split("|")]


def keys(tables: Iterable[Model]) -> Iterator[tuple[Model, Any, Model]]:
    """Every foreign key: the table, its column, and the table that it cites."""
    for table in tables:
        for field in table._meta.local_fields:
            if field.remote_field:
                yield table, field, field.remote_field.model


def upward_keys(tables: Iterable[Model]) -> list[str]:
    """Foreign keys that point to a higher floor: a cause that knows its effect."""
    height = {name: number for number, name in enumerate(floors())}
    return [
        f"{table._meta.label}.{field.name} → {cited._meta.label}"
        for table, field, cited in keys(tables)
        if height[cited._meta.app_label] > height[table._meta.app_label]
    ]


def careless_keys(tables: Iterable[Model]) -> list[str]:
    """Foreign keys that are not PROTECT, or that let a lower floor see the one above through a reverse name."""
    tables = list(tables)
    loose = [
        f"{table._meta.label}.{field.name} is not PROTECT"
        for table, field, _ in keys(tables)
        if field.remote_field.on_delete is not models.PROTECT
    ]
    named = [
        f"{table._meta.label}.{field.name} has a reverse name on another floor"
        for table, field, cited in keys(tables)
        if cited._meta.app_label != table._meta.app_label and field.remote_field.related_name != "+"
    ]
    return loose + named


def many_to_many(tables: Iterable[Model]) -> list[str]:
    """Links that are not rows of their own."""
    return [f"{table._meta.label}.{field.name}" for table in tables for field in table._meta.local_many_to_many]


def without_programme(tables: Iterable[Model]) -> list[str]:
    """Tables without a column for their programme, or with one that may be empty."""
    found = []
    for table in tables:
        column = next((field for field in table._meta.local_fields if field.name == "programme"), None)
        if column is None or column.null:
            found.append(table._meta.label_lower)
    return found


def unknown_tables(tables: Iterable[str], known: Iterable[Model]) -> list[str]:
    """Tables of the database that are no model's: nothing records them and nothing guards them."""
    return sorted(set(tables) - {model._meta.db_table for model in known} - {"django_migrations"})


# ── the tree ────────────────────────────────────────────────────────────────────────────────────────────────────────


def signal_receivers(root: Path) -> list[str]:
    """Receivers of signals: an effect that does not stand in the action that causes it."""
    found = []
    for path, tree in modules(root, migrations=True):
        found += [f"{path}:{line} imports {name}" for line, name in imported(tree) if _is_signal(name)]
        for call in calls(tree):
            name = ast.unparse(call.func)
            if name.endswith(".connect") and name.split(".")[0] not in ("sqlite3", "psycopg"):
                found.append(f"{path}:{call.lineno} {name}")
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                decorators = [ast.unparse(one).split("(")[0] for one in node.decorator_list]
                found += [f"{path}:{node.lineno} @{name}" for name in decorators if name.split(".")[-1] == "receiver"]
    return found


def _is_signal(name: str) -> bool:
    return name.startswith((*SIGNALS, *SIGNALS_OF_APPS)) or ".signals." in name


def _chain(node: ast.expr) -> set[str]:
    """The names along `Model.objects.filter(…).order_by(…)`."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return names


def writes_outside_act(root: Path) -> list[str]:
    """Calls of the ORM that write, on anything but a step."""
    found = []
    for path, tree in modules(root):
        if path in MAY_WRITE:
            continue
        for call in calls(tree):
            if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) == "step":
                continue
            name, receiver = call.func.attr, call.func.value
            by_query = bool(_chain(receiver) & QUERIES)
            # A dict or a digest is updated with a value, a queryset only by name.
            updates = name == "update" and (by_query or (not call.args and bool(call.keywords)))
            to_a_file = name == "save" and call.args  # a picture's; a record's takes nothing but names
            if (name in WRITES and not to_a_file) or updates:
                found.append(f"{path}:{call.lineno} {ast.unparse(call.func)}")
    return found


def raw_sql(root: Path) -> list[str]:
    """Statements in SQL outside the few modules that need them."""
    return [
        f"{path}:{call.lineno} {ast.unparse(call.func)}"
        for path, tree in modules(root)
        if path not in MAY_SPEAK_SQL
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("execute", "executemany", "executescript", "raw")
    ]


def open_doors(root: Path) -> list[str]:
    """Modules that could open the guard's door and may not."""
    return [
        f"{path}:{line}"
        for path, tree in modules(root, migrations=True)
        if path not in MAY_OPEN_THE_DOOR
        for line, name in imported(tree)
        if name.split(".")[-1] in ("open_door", "_door_is_open") or name == "laar.base.guard"
    ]


def inner_imports(root: Path) -> list[str]:
    """Imports of the house's own modules inside a function."""
    return [
        f"{path}:{line} {name}"
        for path, tree in modules(root)
        for function in nodes(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for line, name in imported(function)
        if name.startswith(("laar", "."))
    ]


def save_overrides(root: Path) -> list[str]:
    """Tables that do something of their own when they are written."""
    hidden = ("save", "asave", "delete", "save_base", "full_clean")
    return [
        f"{path}:{method.lineno} {table.name}.{method.name}"
        for path, tree in modules(root)
        if path.endswith("models.py") or "/models/" in path
        for table in nodes(tree)
        if isinstance(table, ast.ClassDef)
        for method in table.body
        if isinstance(method, ast.FunctionDef) and method.name in hidden
    ]


def tables_in(root: Path, packages: Iterable[str]) -> list[str]:
    """Where these packages have a table, a Django app, or (the kit) anything of the house above them."""
    found = []
    for package in packages:
        folder = root / package
        for path, tree in modules(folder) if folder.exists() else ():
            if path in ("models.py", "apps.py") or path.startswith("models/"):
                found.append(f"{package}/{path}")
            for node in nodes(tree):
                if isinstance(node, ast.ClassDef):
                    bases = [ast.unparse(base).split("[")[0] for base in node.bases]
                    found += [
                        f"{package}/{path}:{node.lineno} {node.name}({base})" for base in bases if _is_table(base)
                    ]
    return found


def _is_table(base: str) -> bool:
    return base.split(".")[-1] in ("Model", "Record", "Coded", "AppConfig", "Floor")


def first_party(root: Path, package: str) -> list[str]:
    """What a package imports of the house, but from itself."""
    return [
        f"{package}/{path}:{line} {name}"
        for path, tree in modules(root / package)
        for line, name in imported(tree)
        if name.startswith("laar.") and not name.startswith(f"laar.{package}.")
    ]


def declared_actions(root: Path) -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Every function that says `@action("verb")`: where, which verb, the function."""
    for path, tree in modules(root):
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "action":
                        yield f"{path}:{node.lineno} {node.name}", ast.literal_eval(decorator.args[0]), node


def wrong_actions(root: Path, verbs: Iterable[str]) -> list[str]:
    """Verbs without their one action, and actions that are called, open or take something else than they should."""
    found, seen = [], Counter[str]()
    for where, verb, function in declared_actions(root):
        seen[verb] += 1
        noun, _, imperative = verb.partition(".")
        if function.name != f"{imperative}_{noun}":
            found.append(f"{where} is not called {imperative}_{noun}")
        opened = [
            ast.unparse(call.args[1])
            for call in calls(function)
            if ast.unparse(call.func) == "act" and len(call.args) > 2
        ]
        if opened != [repr(verb)]:
            found.append(f"{where} opens {opened} and not {verb}")
        by_name = [argument.arg for argument in function.args.kwonlyargs]
        if not {"by", "on"} <= set(by_name):
            found.append(f"{where} takes no `by` or no `on` by name")
    found += [f"{verb} has {seen[verb]} actions" for verb in verbs if seen[verb] != 1]
    return found + [f"{verb} is no verb" for verb in seen if verb not in set(verbs)]
