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
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.served_city import CSRF, PATIENCE_S, City, Receipt, served_city  # noqa: E402  # it may be called as a script


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
        deadline = time.monotonic() + PATIENCE_S
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
