"""How many contributions one machine takes in a second, and that none is lost or doubled, also under SIGKILL.

    .venv/bin/python benchmarks/writing.py [--contributions 2000] [--clients 8] [--workers 2] [--kill]
                                           [--database postgres://…]

A city of its own is made in a folder that is removed, and served as `./mitstadt serve` does: granian, SQLite with full
synchronisation, or an empty PostgreSQL database on this machine. Each client is a person with a participation code who
sends the form of the page with its submission key, and sends it again until a receipt comes back. With ``--kill`` the
whole server is killed and started again three times meanwhile. In the end every acknowledged contribution must exist
exactly once, and the log must verify.

Quote contributions per CPU second of the server; the wall time is that of the machine with all that runs on it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

CSRF = "k" * 32
_PATIENCE_S = 60.0

_SEED = """
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

_PREPARE = """
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
        made = json.loads(self.run("-c", _SEED, str(clients)))
        self.text, self.passages, self.sessions = made["text"], made["passages"], made["sessions"]

    def prepare(self) -> None:
        """Make the empty database and gather the static files."""
        self.run("-c", _PREPARE)

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
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/seiten/ueber/")
                if connection.getresponse().status == http.client.OK:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
    raise RuntimeError("The server does not answer.")


class Writer(threading.Thread):
    """One person who sends contributions one after another, each until its receipt comes back."""

    def __init__(self, city: City, number: int, *, count: int) -> None:
        super().__init__(daemon=True)
        self.city, self.number, self.count = city, number, count
        self.receipts: list[Receipt] = []
        self.tries = 0
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Send all of them."""
        for turn in range(self.count):
            self.receipts.append(self._until_received(uuid4(), turn))
        self._hang_up()

    def _until_received(self, key: UUID, turn: int) -> Receipt:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            self.tries += 1
            try:
                ref = self._send(key, turn)
            except (OSError, http.client.HTTPException):
                self._hang_up()
                time.sleep(0.05)
                continue
            return Receipt(key, ref)
        raise RuntimeError("No receipt came within a minute.")

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _send(self, key: UUID, turn: int) -> str:
        passage = self.city.passages[turn % len(self.city.passages)]
        form = {
            "csrfmiddlewaretoken": CSRF,
            "submission_key": str(key),
            "body": f"Beitrag {turn} von {self.number}: mehr Schatten, weniger Lärm, bitte bald.",
            "similar_seen": "on",
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"mitstadt_session={self.city.sessions[self.number]}; csrftoken={CSRF}",
        }
        self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.city.port, timeout=30)
        address = f"/texte/{self.city.text}/{passage}/comment/beitragen/"
        self._connection.request("POST", address, urlencode(form), headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            raise http.client.HTTPException(str(answer.status))
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"The form was refused: {answer.status}.")
        return answer.headers["Location"].strip("/").rpartition("/")[2]


def write_all(city: City, *, contributions: int, kills: int = 0) -> list[Writer]:
    """Let every client write its share; meanwhile, at equal parts of the way, kill the server and start it again."""
    clients = len(city.sessions)
    writers = [Writer(city, number, count=contributions // clients) for number in range(clients)]
    for writer in writers:
        writer.start()
    for kill in range(1, kills + 1):
        _wait_until_received(writers, contributions * kill // (kills + 1))
        city.stop(how=signal.SIGKILL)
        city.start()
    for writer in writers:
        writer.join()
    return writers


def _wait_until_received(writers: list[Writer], count: int) -> None:
    """Wait for so many receipts: whoever is not done yet is in the middle of the next."""
    while sum(len(writer.receipts) for writer in writers) < count and any(writer.is_alive() for writer in writers):
        time.sleep(0.005)


def losses(receipts: list[Receipt], kept: list[Receipt]) -> list[str]:
    """A sentence for every contribution that was lost, doubled, or kept under another ref than its receipt says."""
    refs: dict[UUID, list[str]] = {}
    for one in kept:
        refs.setdefault(one.key, []).append(one.ref)
    return [
        f"{receipt.key} has the receipt {receipt.ref}, and the city holds {refs.get(receipt.key, [])}."
        for receipt in receipts
        if refs.get(receipt.key) != [receipt.ref]
    ]


def main() -> int:
    """Measure, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contributions", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--database", default="")
    chosen = parser.parse_args()
    with served_city(clients=chosen.clients, workers=chosen.workers, database=chosen.database) as city:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        worked = _database_s(chosen.database)
        writers = write_all(city, contributions=chosen.contributions, kills=3 if chosen.kill else 0)
        wall_s = time.monotonic() - started
        database_s = _database_s(chosen.database) - worked
        receipts = [receipt for writer in writers for receipt in writer.receipts]
        found = losses(receipts, city.kept())
        sound = city.log_is_sound()
        reading = resource.getrusage(resource.RUSAGE_CHILDREN)
        city.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # What was counted in between is the reading back, by a process of its own.
    cpu_s = _cpu(after) - (_cpu(reading) if not chosen.kill else _cpu(before))
    print(f"{len(receipts)} receipts from {sum(writer.tries for writer in writers)} tries in {wall_s:.1f} s wall:")
    print(f"  {len(receipts) / wall_s:.0f} a second; {len(receipts) / cpu_s:.0f} a CPU second of the server")
    if chosen.database:
        print(f"  {len(receipts) / database_s:.0f} a CPU second of PostgreSQL, all that it did meanwhile")
    print(f"  lost or doubled: {len(found)}; the log verifies: {'yes' if sound else 'NO'}")
    print("\n".join(found[:10]))
    return 0 if sound and not found else 1


def _database_s(database: str) -> float:
    """CPU seconds of PostgreSQL's processes so far, those that ended included; 0 without PostgreSQL."""
    if not database:
        return 0.0
    import psycopg

    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    first = str(found[0]).split()[0] if found else ""
    stats = [Path(f"/proc/{first}/stat")]
    stats += [path for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == first]
    return sum(_ticks(path) for path in stats) / os.sysconf("SC_CLK_TCK")


def _fields(stat: Path) -> list[str]:
    """What stands behind the name of a process; nothing where it has just ended."""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(stat: Path) -> str:
    return (_fields(stat) or ["", ""])[1]


def _ticks(stat: Path) -> int:
    """Its own and those of the children that it waited for."""
    return sum(map(int, _fields(stat)[11:15]))


def _cpu(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
