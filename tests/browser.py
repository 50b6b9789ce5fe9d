"""Chromium for the tests marked `browser`: find it, get it where that is possible, start it.

Playwright's own download of a browser is not used: the system's package is enough, and it is
what a closed network can still offer.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Without these Chromium asks for updates and tries its maker's hosts at every start; where the
# network is closed, each of those is a refused connection in the middle of a test.
FLAGS = (
    "--no-sandbox",  # Chromium refuses its sandbox to root, and most build machines run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: The widths at which pages are looked at: a telephone, and in the long run a laptop.
WIDTHS = (360, pytest.param(1280, marks=pytest.mark.long))

PATIENCE = 300  # seconds for one step of the installation


def find() -> str | None:
    """Name the Chromium of this machine: the one in CHROMIUM, or the first on PATH."""
    if chosen := os.environ.get("CHROMIUM"):
        return shutil.which(chosen)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def ensure() -> str | None:
    """Find Chromium, installing Debian's package where that is ours to do; None if there is none."""
    if (found := find()) or os.environ.get("CHROMIUM"):
        return found
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    print("No Chromium here: installing Debian's package ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "chromium"]):
        try:
            # A failed update may still leave lists good enough to install from.
            subprocess.run([apt, "-qq", *step], env=quiet, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            break
    return find()


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window and with a fresh profile; skip the test where there is none."""
    program = find()
    if program is None:
        pytest.skip("no Chromium found")
    return playwright.chromium.launch(executable_path=Path(program), headless=True, args=list(FLAGS))


def is_sound(page: Page) -> None:
    """No sideways scroll, and nothing that axe objects to."""
    page.wait_for_load_state()  # a form just sent leads to a page that may have no element yet
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
