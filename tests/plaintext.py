"""hledger and Beancount for the tests of the exports: find them, get them where that is possible.

They are programs beside the product, never a part of it: nothing of LAAR needs them.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PATIENCE = 300  # seconds for one step of the installation
#: The command of each, and Debian's package that brings it.
PACKAGES = {"hledger": "hledger", "bean-check": "beancount"}


def tool(name: str) -> str:
    """The path of a tool, installing Debian's package where that is ours to do; skips the test where there is none."""
    found = shutil.which(name) or _installed(name)
    if found is None:
        pytest.skip(f"no {name} found")
    return found


def _installed(name: str) -> str | None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", PACKAGES[name]]):
        try:
            subprocess.run([apt, "-qq", *step], env=quiet, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return None
    return shutil.which(name)
