"""The generated pages of the documentation say what the code says; the README names what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from laar.cli import main as entry
from laar.cli.docs import pages
from laar.kit.states import Machine, machines

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_no_state_page_is_left_of_a_machine_that_is_gone() -> None:
    assert {path.stem for path in (DOCS / "states").glob("*.md")} == {machine.noun for machine in machines()}


def test_every_machine_of_the_house_is_drawn() -> None:
    rules = [
        __import__(f"laar.{floor}.rules", fromlist=["rules"])
        for floor in ("registers", "ledger", "events", "plans", "projects", "results", "reports")
    ]
    found = {id(value) for module in rules for value in vars(module).values() if isinstance(value, Machine)}
    assert found == {id(machine) for machine in machines()}


def test_every_setting_is_documented_and_no_other() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "laar").rglob("*.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"|environ\.get\(\"(\w+)\"", code))
    named = {name for pair in read for name in pair if name}
    said = set(re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert said == named


def test_every_command_of_the_readme_exists_and_every_command_is_named() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {command.NAME for command in entry.COMMANDS}
    assert set(re.findall(r"\blaar (\w[\w-]*)\b", readme)) - commands <= set()
    assert {command for command in commands if f"laar {command}" not in readme} == set()


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.glob("*.md"), *(DOCS / "decisions").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
