"""Fair lots beside sortition-algorithms, in one run: CPU seconds, memory, values reached and ratios.

Make a place for the peer first, then run:

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install sortition-algorithms
    PYTHONPATH=src .venv/bin/python benchmarks/sortition.py --peer /tmp/peer/bin/python [NAME ...]

Names: 250_20, 1000_100h (reference pools, from MITSTADT_DATA), 1727_110, 2000_150, 10000_200 (made here, seeded: shares
as in a social survey, people who correlate through a hidden class). Both programs run as processes of their own; the
times include start and reading. The peer is stopped after --limit CPU seconds, or ten and a half times ours where that
is longer, and then counted as what it used.
"""

import argparse
import csv
import json
import math
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MITSTADT_DATA", ROOT.parent / "shared" / "data")) / "sortition"
SHARES = {
    "gender": {"female": 0.54, "male": 0.46},
    "age": {"18-24": 0.07, "25-34": 0.18, "35-44": 0.18, "45-54": 0.17, "55-64": 0.17, "65+": 0.23},
    "school": {"none": 0.13, "school": 0.49, "college": 0.08, "bachelor": 0.18, "master": 0.12},
    "origin": {"a": 0.73, "b": 0.16, "c": 0.11},
    "region": {f"r{i}": p for i, p in enumerate((0.05, 0.13, 0.17, 0.06, 0.2, 0.06, 0.11, 0.09, 0.13))},
    "party": {"x": 0.34, "y": 0.43, "z": 0.21, "other": 0.02},
    "children": {"no": 0.27, "yes": 0.73},
    "class": {"c1": 0.09, "c2": 0.46, "c3": 0.42, "c4": 0.03},
}
PEER = """
import csv, json, sys
from sortition_algorithms import Settings, read_in_features, read_in_people
from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
from sortition_algorithms.committee_generation.nash import find_distribution_nash
categories, respondents, size, objective = sys.argv[1:5]
keys = {"feature": "category", "value": "feature", "min": "min", "max": "max"}
rows = [{k: r[v] for k, v in keys.items()} for r in csv.DictReader(open(categories))]
people = list(csv.DictReader(open(respondents)))
head = list(people[0])
homes = ["household"] if "household" in head else []
same = {"check_same_address": bool(homes), "check_same_address_columns": homes}
settings = Settings(id_column="id", columns_to_keep=[], **same)
features, _, _ = read_in_features(["feature", "value", "min", "max"], rows, int(size))
pool, _ = read_in_people(head, people, features, settings)
find = find_distribution_nash if objective == "nash" else find_distribution_maximin
panels, weights, _ = find(features, pool, int(size), homes)
p = dict.fromkeys((r["id"] for r in people), 0.0)
for panel, weight in zip(panels, weights):
    for person in panel:
        p[person] += weight
print(json.dumps(min(p.values())))
"""


@dataclass(frozen=True)
class Case:
    """A pool, and how many take part."""

    name: str
    folder: Path
    size: int
    out: Path


@dataclass(frozen=True)
class Measured:
    """CPU seconds and peak memory of one process, what it printed (None where it ended badly) and its exit code."""

    cpu_s: float
    memory_mb: float
    printed: str | None
    exit_code: int

    @property
    def stopped(self) -> bool:
        """Whether the limit ended it; anything else that ends badly is a failure and no measurement."""
        return -self.exit_code in {signal.SIGXCPU, signal.SIGKILL}


def make_pool(folder: Path, people: int, size: int, *, categories: int, seed: int) -> None:
    """A seeded pool of self-selected people with quotas from the population's shares."""
    chance = random.Random(seed)
    names = list(SHARES)[:categories]
    with (folder / "categories.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("category", "feature", "min", "max"))
        for category in names:
            for feature, share in SHARES[category].items():
                places = share * size
                rows.writerow((category, feature, max(0, math.floor(places) - 1), math.ceil(places) + 1))
    with (folder / "respondents.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", *names))
        for number in range(people):
            hidden = chance.random()
            rows.writerow((f"p{number:05}", *(_feature(SHARES[c], hidden, chance) for c in names)))


def _feature(shares: dict[str, float], hidden: float, chance: random.Random) -> str:
    """Mostly by chance, partly by a hidden trait that also makes some features answer invitations more often."""
    features = list(shares)
    weights = [shares[f] * math.exp(1.2 * (hidden - 0.2) * (i / len(features) - 0.3)) for i, f in enumerate(features)]
    return chance.choices(features, weights)[0]


def measure(command: list[str], *, limit_s: int) -> Measured:
    """Run a process and take its own CPU time and peak memory."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s + 5))

    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment, preexec_fn=bounded)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read() if process.returncode == 0 else None
    return Measured(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed, process.returncode)


def ours(case: Case, *arguments: str, limit_s: int) -> Measured:
    """The project's own command line."""
    module = [sys.executable, "-m", "mitstadt.site.commandline", "lottery"]
    return measure(
        [*module, *arguments[:1], str(case.folder), "--size", str(case.size), *arguments[1:], "--json"], limit_s=limit_s
    )


def peer(python: str, case: Case, *, limit_s: int) -> Measured:
    """The peer's maximin with its default backend."""
    files = [str(case.folder / "categories.csv"), str(case.folder / "respondents.csv")]
    return measure([python, "-c", PEER, *files, str(case.size), "maximin"], limit_s=limit_s)


def cases(folder: Path) -> list[Case]:
    """Reference pools where they are at hand, and pools made here."""
    found = [
        Case(name, DATA / f"gss14_{name}", size, folder / f"public_{name}")
        for name, size in (("250_20", 20), ("1000_100h", 100))
        if (DATA / f"gss14_{name}").is_dir()
    ]
    for people, size, categories in ((1727, 110, 7), (2000, 150, 8), (10000, 200, 8)):
        place = folder / f"{people}_{size}"
        place.mkdir()
        make_pool(place, people, size, categories=categories, seed=people)
        found.append(Case(place.name, place, size, place / "public"))
    return found


def report(case: Case, python: str | None, *, limit_s: int) -> None:
    """Measure one pool and print its lines."""
    large = case.name.startswith("10000")
    fair = _lottery(case, limit_s=limit_s) if large else _maximin(case, limit_s=limit_s)
    if case.name == "250_20":
        _lottery(case, limit_s=limit_s)
    if python is None:
        return
    limit_s = max(limit_s, math.ceil(10.5 * fair.cpu_s))
    theirs = peer(python, case, limit_s=limit_s)
    if theirs.printed is None and not theirs.stopped:
        print(f"{case.name:11} peer maximin     failed with exit code {theirs.exit_code}", flush=True)
        return
    value = f"value {float(theirs.printed.split()[-1]):.9f}" if theirs.printed else f"stopped at the limit of {limit_s}"
    at_least = "" if theirs.printed else "at least "
    print(f"{case.name:11} peer maximin     {theirs.cpu_s:8.2f} CPU s {theirs.memory_mb:6.0f} MB  {value}")
    print(f"{case.name:11} ratio            {at_least}{int(theirs.cpu_s / fair.cpu_s)} times", flush=True)


def _lottery(case: Case, *, limit_s: int) -> Measured:
    made = ours(case, "commit", "--out", str(case.out), "--source", "benchmark", limit_s=limit_s)
    told = json.loads(made.printed) if made.printed else {}
    line = f"largest deviation {told.get('largest_deviation', math.nan):.5f}"
    print(f"{case.name:11} lottery of 1000  {made.cpu_s:8.2f} CPU s {made.memory_mb:6.0f} MB  {line}", flush=True)
    return made


def _maximin(case: Case, *, limit_s: int) -> Measured:
    for objective in ("leximin", "maximin"):
        made = ours(case, "solve", "--objective", objective, limit_s=limit_s)
        told = json.loads(made.printed) if made.printed else {}
        line = f"value {told.get('value', math.nan):.9f}  gap {told.get('gap', math.nan):.0e}"
        line += f"  deviation {told.get('deviation', math.nan):.0e}"
        print(f"{case.name:11} {objective:15}  {made.cpu_s:8.2f} CPU s {made.memory_mb:6.0f} MB  {line}", flush=True)
    return made


def main() -> None:
    """Measure what was named, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--peer", help="a Python that has sortition-algorithms")
    parser.add_argument("--limit", type=int, default=300, help="CPU seconds after which a process is stopped")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            if not arguments.names or case.name in arguments.names:
                report(case, arguments.peer, limit_s=arguments.limit)


if __name__ == "__main__":
    main()
