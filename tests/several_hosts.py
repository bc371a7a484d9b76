"""A city on two hosts: each with its own folder, one PostgreSQL, one Redis, shared secrets and uploads."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from benchmarks.served_city import ROOT, SEED, City, free_port
from benchmarks.writing import Writer

COMMAND = ("-m", "mitstadt.site.commandline")


@dataclass
class Host(City):
    """One machine of the city."""

    shared: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the web server, without a worker of its own."""
        self.server = self.launch(*COMMAND, "serve", "--no-worker", "--workers", "1", "--port", str(self.port))

    def launch(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A process of this machine, with its children in a group of its own; what it says goes to a file."""
        with (self.folder / "said.txt").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, *arguments],
                env=self._environment(),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Whether the machine says that it can serve the city."""
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
                connection.request("GET", "/bereit/")
                return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), **self.shared}


class Wanderer(Writer):
    """A person whose load balancer leads to the other machine as soon as one does not answer."""

    def __init__(self, hosts: list[Host], number: int, *, count: int) -> None:
        super().__init__(hosts[number % 2], number, count=count)
        self.hosts = hosts

    def _hang_up(self) -> None:
        super()._hang_up()
        self.city = self.hosts[1] if self.city is self.hosts[0] else self.hosts[0]


@contextmanager
def two_hosts(folder: Path, *, clients: int, mail_port: int) -> Iterator[list[Host]]:
    """Two machines that are ready, and gone afterwards with their database."""
    with database(os.environ["DATABASE_URL"]) as url, ExitStack() as running:
        shared = {
            "DATABASE_URL": url,
            "REDIS_URL": os.environ["REDIS_URL"],
            "MITSTADT_SECRET_KEY": uuid4().hex * 2,
            "MITSTADT_CODE_PEPPER": uuid4().hex * 2,
            "MITSTADT_LOG_KEY": str(folder / "log_key"),
            "MITSTADT_UPLOADS": str(folder / "uploads"),
            "MITSTADT_MAIL_HOST": "127.0.0.1",
            "MITSTADT_MAIL_PORT": str(mail_port),
            "MITSTADT_ROOT": str(ROOT),
        }
        hosts = []
        for name in ("first", "second"):
            (folder / name).mkdir()
            hosts.append(Host(folder / name, free_port(), 1, shared=shared))
        hosts[0].run(*COMMAND, "manage", "migrate", "-v0")
        made = json.loads(hosts[0].run("-c", SEED, str(clients)))
        for host in hosts:
            host.text, host.passages, host.sessions = made["text"], made["passages"], made["sessions"]
            host.start()
            running.callback(kill, host.server)
        until(lambda: all(host.is_ready() for host in hosts), within_s=90)
        yield hosts


@contextmanager
def database(url: str) -> Iterator[str]:
    """A fresh database on the server of this address, dropped afterwards."""
    name = f"mitstadt_hosts_{uuid4().hex[:8]}"
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill(process: subprocess.Popen[bytes] | None) -> None:
    """End a machine's process with all its children, without a moment to think."""
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(true: Callable[[], bool], *, within_s: float) -> None:
    """Wait until it is so; an `AssertionError` where it never is."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.2)
