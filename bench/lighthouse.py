"""Lighthouse's marks for the ten main pages, as a telephone gets them: `python -m bench.lighthouse`.

Node, and Lighthouse from the npm registry (into .tools/lighthouse), are asked for only here; without them it says so and
ends. Marks are of this machine under this load: an engine of its own throttles network and processor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.browser import find

VERSION = "12"
TOOLS = Path(__file__).parents[1] / ".tools" / "lighthouse"
#: By whom they are looked at; nobody for the first.
PAGES = (
    ("", "/"),
    ("", "/km/sheet/"),
    ("sokha", "/today/"),
    ("sokha", "/km/programme/"),
    ("sokha", "/places/"),
    ("sokha", "/km/places/210104/"),
    ("sokha", "/lists/requests/"),
    ("sokha", "/km/lists/projects/"),
    ("sokha", "/records/project/1/"),
    ("sokha", "/do/event.announce/"),
)
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update"
WANTED = ("performance", "accessibility")


def main() -> int:
    """Load a part of the demonstration, serve it, print the marks and the weights."""
    program, chromium = lighthouse(), find()
    if program is None or chromium is None:
        print("Lighthouse needs node, npm and Chromium; one of them is not here.")
        return 0
    with tempfile.TemporaryDirectory(prefix="laar-lighthouse-") as folder:
        environment = {**os.environ, "LAAR_HOME": folder, "DJANGO_SETTINGS_MODULE": "laar.settings"}
        environment |= {"CHROME_PATH": chromium}
        laar = [sys.executable, "-m", "laar.cli.main"]
        subprocess.run([*laar, "demo", "--communes", "210104", "210708"], env=environment, check=True)
        cookie = subprocess.run(
            [sys.executable, "-m", "bench.lighthouse", "--cookie"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        server = subprocess.Popen([*laar, "serve", "--port", "8187"], env=environment, stdout=subprocess.DEVNULL)
        try:
            print(f"{'Lighthouse, mobile':28}{'performance':>12}{'accessibility':>15}{'KB sent':>9}")
            for user, path in PAGES:
                show(path, measured(program, path, cookie if user else "", environment, Path(folder)))
        finally:
            server.terminate()
            server.wait(20)
    return 0


def show(path: str, report: dict[str, Any]) -> None:
    """One line."""
    marks = [round(100 * (report["categories"][name]["score"] or 0)) for name in WANTED]
    weight = report["audits"]["total-byte-weight"]["numericValue"] / 1024
    print(f"{path:28}{marks[0]:>12}{marks[1]:>15}{weight:>9.0f}", flush=True)


def measured(program: Path, path: str, cookie: str, environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """Lighthouse's report on a page."""
    out = folder / "report.json"
    headers = json.dumps({"Cookie": f"sessionid={cookie}"} if cookie else {})
    command = [str(program), f"http://127.0.0.1:8187{path}", "--quiet", "--output=json", f"--output-path={out}"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(WANTED)}", f"--extra-headers={headers}"]
    for _ in range(3):  # a browser that is started anew for every page does not always come up
        if subprocess.run(command, env=environment, check=False, stderr=subprocess.DEVNULL).returncode == 0:
            break
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


def lighthouse() -> Path | None:
    """The program; fetched once. None where there is no node."""
    program = TOOLS / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            return None
        TOOLS.mkdir(parents=True, exist_ok=True)
        command = [
            npm,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(TOOLS),
            f"lighthouse@{VERSION}",
        ]
        subprocess.run(command, check=True)
    return program


def cookie() -> str:
    """A session of the demonstration's manager."""
    import_module("django").setup()
    client = import_module("django.test").Client()
    users = import_module("laar.base.models").User
    client.force_login(users.objects.get(username="sokha"))
    return str(client.session.session_key)


if __name__ == "__main__":
    if "--cookie" in sys.argv:
        print(cookie())
    else:
        sys.exit(main())
