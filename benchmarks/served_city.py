"""A city of its own in a folder, served as `./mitstadt serve` does: granian, SQLite or an empty PostgreSQL database.

Benchmarks write into it, and tests attack it, kill it and look at it in a browser.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

CSRF = "k" * 32
PATIENCE_S = 60.0

SEED = """
import json, secrets, sys
from datetime import timedelta
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from mitstadt.ground.organisations.contact import Contact, columns_of
from mitstadt.ground.organisations.models import Membership, Organisation
from mitstadt.ground.people.models import Person
from mitstadt.ground.people.sessions import SessionStore
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.models import CoText, Passage
from mitstadt.spine.actions import codes, processes
from mitstadt.spine.actions.parts import plan_part
from mitstadt.spine.actors import GUEST, actor_for

now = timezone.now()
reached = columns_of(Contact("Amt", "Platz 1", "030 1", "amt@example.org", "immer", "yes"))
office = Organisation.objects.create(name="Amt", slug="amt", kind="administration", **reached)
person = Person.objects.create_account(email="amt@example.org", display_name="Amt")
Membership.objects.create(person=person, organisation=office, role="owner")
owner = actor_for(person)
process = processes.prepare_process(host=office, actor=owner, title="Was soll gelten?", body="", now=now)
promise = dict.fromkeys(("what_is_open", "what_is_fixed", "use_of_results", "money"), "Alles.")
promise |= {"level": "consult", "decided_by_id": office.slug, "answer_by": (now + timedelta(days=40)).date()}
processes.write_commitment(process, actor=owner, fields=promise, now=now)
text = plan_part(process, actor=owner, format_key="drafting", title="Schreiben",
    opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), now=now)
words = "Leitbild\\n\\n" + "\\n\\n".join(f"Absatz {n} handelt von der Stadt und ihren Wegen." for n in range(20))
import_text(CoText.objects.get(pk=text.pk), actor=owner, read=computations.read_pasted(words), source_name="", now=now)
processes.open_process(process, actor=owner, now=now)
sessions = []
for _client in range(int(sys.argv[1])):
    someone = codes.participant(GUEST, process, now=now)[0].person
    session = SessionStore()
    session[SESSION_KEY] = str(someone.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = someone.get_session_auth_hash()
    session.create()
    sessions.append(session.session_key)
passages = list(Passage.objects.order_by("position").values_list("ref", flat=True))
print(json.dumps({"text": text.ref, "passages": passages[1:], "sessions": sessions}))
"""

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
"""

_COUNT = """
import json
import django; django.setup()
from mitstadt.participation.drafting.models import Contribution
print(json.dumps([[str(key), ref] for key, ref in Contribution.objects.values_list("submission_key", "ref")]))
"""


_SIGN = """
import django; django.setup()
from mitstadt.spine.actions.log import publish_head
publish_head()
"""


@dataclass(frozen=True)
class Receipt:
    """The server's word that a contribution is kept: the form's own key, and the ref that it was given."""

    key: UUID
    ref: str


@dataclass
class City:
    """A city in a folder of its own, served by granian on a port of its own."""

    folder: Path
    port: int
    workers: int
    database_url: str = ""
    text: str = ""
    passages: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    server: subprocess.Popen[bytes] | None = None

    def build(self, *, clients: int) -> None:
        """Make the database with an open process and people who hold a code."""
        if not self.database.exists():
            self.prepare()
        made = json.loads(self.run("-c", SEED, str(clients)))
        self.text, self.passages, self.sessions = made["text"], made["passages"], made["sessions"]

    def prepare(self) -> None:
        """Make the empty database and gather the static files."""
        self.run("-c", PREPARE)

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / "mitstadt.sqlite3"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        code = "from mitstadt.site.commandline import serve; serve.run('127.0.0.1', %d, workers=%d)"
        self.server = subprocess.Popen(
            [sys.executable, "-c", code % (self.port, self.workers)],
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _wait_for(self.port)

    def stop(self, *, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the server with all its workers; SIGKILL gives none of them a moment."""
        if self.server is None:
            return
        if how == signal.SIGKILL:
            os.killpg(self.server.pid, how)
        else:
            self.server.send_signal(how)
        self.server.wait(timeout=30)
        self.server = None

    def run(self, *arguments: str) -> str:
        """What a Python process prints that works in this city."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def kept(self) -> list[Receipt]:
        """What the database holds, read by a process of its own."""
        return [Receipt(UUID(key), ref) for key, ref in json.loads(self.run("-c", _COUNT))]

    def log_is_sound(self) -> bool:
        """Whether the log, signed as the clock does and exported as everyone can, verifies."""
        from mitstadt.methods.log import verify_log

        self.run("-c", _SIGN)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/protokoll/protokoll.jsonl")
        answer = connection.getresponse()
        lines = answer.read().splitlines(keepends=True)
        connection.close()
        return answer.status == http.client.OK and len(lines) > len(self.kept()) and verify_log(lines).sound

    def _environment(self) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if self.database_url:
            mine["DATABASE_URL"] = self.database_url
        return {
            "MITSTADT_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            **mine,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
            "MITSTADT_ROOT": str(ROOT),
            "MITSTADT_VAR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "mitstadt.site.settings",
        }


@contextmanager
def served_city(*, clients: int, workers: int, database: str = "", prepared: Path | None = None) -> Iterator[City]:
    """A city that is served while the block runs, and gone afterwards; it begins as a copy of a prepared folder."""
    with tempfile.TemporaryDirectory(prefix="mitstadt-writing-") as folder:
        if prepared:
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
        city = City(Path(folder), free_port(), workers, database)
        city.build(clients=clients)
        city.start()
        try:
            yield city
        finally:
            city.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/seiten/ueber/")
                if connection.getresponse().status == http.client.OK:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
    raise RuntimeError("The server does not answer.")
