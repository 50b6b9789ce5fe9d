"""Ask the real server for pages, as somebody who is signed in, and see what processor time it took for them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from django.test import Client

from bench.clock import TICK
from laar.base.models import User
from tests.desk.clients import SIDE_DOOR

#: How long a round is: the processor time of a server is counted in ticks of 10 ms.
ROUNDS, TIMES, NOTHINGS = 5, 100, 600


class Pages:
    """A server with one worker, and one connection to it that stays open."""

    def __init__(self, port: int, pid: int, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username), backend=SIDE_DOOR)
        self.headers = {"Cookie": f"sessionid={client.cookies['sessionid'].value}", "Host": "localhost"}
        self.connection = HTTPConnection("127.0.0.1", port)
        self.pid = pid

    def get(self, path: str) -> bytes:
        """The body of a page, which must be there."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return body

    def cpu(self) -> float:
        """Seconds of processor time that the server and its workers have used, in ticks of 10 ms."""
        stats = [Path(f"/proc/{pid}/stat").read_text() for pid in (self.pid, *_children(self.pid))]
        return sum(sum(map(int, stat.rpartition(")")[2].split()[11:13])) for stat in stats) / TICK


def beside_nothing(pages: Pages, name: str, path: str, times: int = TIMES) -> dict[str, Any]:
    """What a page takes beside a view that does nothing, in alternating rounds, and how heavy it is."""

    def seconds(one: str) -> float:
        asked = NOTHINGS if one == "/nothing/" else times
        start = pages.cpu()
        for _ in range(asked):
            pages.get(one)
        return (pages.cpu() - start) / asked

    for _ in range(times // 5):
        weight = len(pages.get(path))
    pairs = []
    for number in range(ROUNDS):
        order = ["/nothing/", path] if number % 2 else [path, "/nothing/"]
        pairs.append({one: seconds(one) for one in order})
    ratios = [pair[path] / pair["/nothing/"] for pair in pairs]
    return {
        "name": name,
        "page": median(pair[path] for pair in pairs),
        "nothing": median(pair["/nothing/"] for pair in pairs),
        "ratio": median(ratios),
        "least": min(ratios),
        "most": max(ratios),
        "weight": weight,
    }


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def served(username: str) -> Iterator[Pages]:
    """The server on a free port of this machine, until the block is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--no-log", "bench.server:application"], env=os.environ, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(600):  # a busy machine takes its time
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Pages(port, server.pid, username)
    finally:
        server.terminate()
        server.wait(20)
