"""Opinion maps beside red-dwarf in one run: CPU seconds, peak memory, ratios, and how well hidden votes are foreseen.

Every measurement runs in a process of its own, so that its peak memory is its own. Votes are made before the clock
starts and handed to each engine in its own form (arrays here, a list of dictionaries there). Wall time is not quoted.

    python -m venv peer && peer/bin/pip install red-dwarf
    python benchmarks/opinion.py --peer peer/bin/python       # small sizes, side by side, in about a minute
    python benchmarks/opinion.py --peer peer/bin/python --big # up to 50 million votes; the peer up to 2 million
    python benchmarks/opinion.py --data FOLDER                # real conversations: hidden votes
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

SOURCE = Path(__file__).resolve().parents[1] / "src"
SIZES = {
    "1k": (1_000, 200, 20_000),
    "10k": (10_000, 500, 400_000),
    "33k": (33_422, 783, 2_000_000),
    "100k": (100_000, 1_000, 10_000_000),
    "1m": (1_000_000, 2_000, 50_000_000),
}
SMALL, BIG = ("1k", "10k"), ("33k", "100k", "1m")
PEER_UP_TO = 2_500_000  # votes; beyond that the peer takes more than an hour or more memory than there is
POLIS_ONLY_FROM = 20_000_000  # votes
TICK = 10_000
QUICK, MOST_RUNS = 1.0, 5  # seconds and calls up to which a measurement is repeated
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # idle threads that wait would count as work
ROUNDS = ("polis", "polis_exact", "tick", "irt_cold", "irt_warm", "read")


def synthetic(people: int, statements: int, votes: int, seed: int = 0) -> tuple[np.ndarray, ...]:
    """Votes of three camps on two axes, three answers, log-normal engagement, uneven exposure, in random order."""
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, 3, people)
    angle = 2 * np.pi * np.arange(3) / 3
    x = (1.6 * np.stack([np.cos(angle), np.sin(angle)], 1)[camp] + 0.4 * rng.standard_normal((people, 2))).astype("f4")
    w = rng.standard_normal((statements, 2)).astype("f4")
    ease = (0.7 * rng.standard_normal(statements)).astype("f4")
    active = rng.lognormal(0, 1, people)
    each = np.clip(rng.poisson(active / active.mean() * votes / people), 1, statements)
    person = np.repeat(np.arange(people, dtype=np.int32), each)
    place = np.arange(len(person)) - np.repeat(np.cumsum(each) - each, each)
    stride = next(q for q in (389, 397, 401, 409, 419) if np.gcd(q, statements) == 1)
    first = rng.integers(0, statements, people)
    statement = ((first[person] + place * stride) % statements).astype(np.int32)
    value = np.empty(len(person), np.int8)
    for start in range(0, len(person), 2_000_000):
        part = slice(start, start + 2_000_000)
        eta = ease[statement[part]] + (x[person[part]] * w[statement[part]]).sum(1)
        eta += rng.logistic(size=len(eta)).astype("f4")
        value[part] = np.where(eta > 0.3, 1, np.where(eta < -0.3, -1, 0))
    order = rng.permutation(len(person))
    return person[order], statement[order], value[order], camp


def measured(run: Any) -> tuple[float, Any]:
    """CPU seconds of a call, and what it returned; of a quick one the least of up to five, as for the peer."""
    seconds: list[float] = []
    while not seconds or (sum(seconds) < QUICK and len(seconds) < MOST_RUNS):
        result = None  # so that one result at a time is in memory
        start = time.process_time()
        result = run()
        seconds.append(time.process_time() - start)
    return min(seconds), result


def peak_mb() -> float:
    """Largest memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(size: str, what: str, file: str) -> dict[str, Any]:
    """One of our measurements; runs in a child process."""
    from mitstadt.methods.opinion.conversation import Conversation
    from mitstadt.methods.opinion.live import LiveMap
    from mitstadt.methods.opinion.models import Options, fit_map
    from mitstadt.methods.opinion.polis import polis_map
    from mitstadt.methods.opinion.reading import read_map
    from mitstadt.methods.opinion.votes import Votes

    with np.load(file) as parts:
        person, statement, value, camp = (parts[name] for name in ("person", "statement", "value", "camp"))
    if what in {"polis", "polis_exact"}:
        exact = True if what == "polis_exact" else None
        seconds, found = measured(
            lambda: polis_map(Conversation.of(Votes.from_arrays(person, statement, value)), exact_base=exact)
        )
        return {"cpu": seconds, "mb": peak_mb(), "ari": truth(found.labels, camp, found.conversation.votes.persons)}
    if what == "tick":
        early = LiveMap.of(Votes.from_arrays(person[:-TICK], statement[:-TICK], value[:-TICK]))
        add, later = measured(lambda: early.add(person[-TICK:], statement[-TICK:], value[-TICK:]))
        refresh, found = measured(later.polis)
        anew = LiveMap.of(Votes.from_arrays(person, statement, value)).polis()
        equal = bool((found.positions == anew.positions).all() and (found.labels == anew.labels).all())
        return {"cpu": add + refresh, "mb": peak_mb(), "equal_to_full_recompute": equal}
    votes = Votes.from_arrays(person, statement, value)
    cold, found = measured(lambda: fit_map(Conversation.of(votes)))
    if what == "irt_cold":
        return {"cpu": cold, "mb": peak_mb(), "dim": found.dim}
    if what == "irt_warm":
        warm, _ = measured(lambda: fit_map(Conversation.of(votes), Options(), previous=found))
        return {"cpu": warm, "mb": peak_mb()}
    seconds, read = measured(lambda: read_map(found))
    ari = truth(read.groups.labels, camp, votes.persons)
    return {"cpu": seconds, "mb": peak_mb(), "groups": read.groups.count, "ari": ari}


def truth(labels: np.ndarray, camp: np.ndarray, persons: np.ndarray) -> float:
    """Adjusted Rand index with the true camps, over people in a group."""
    from mitstadt.methods.opinion.groups import adjusted_rand

    known = labels >= 0
    return round(adjusted_rand(labels[known], camp[persons][known]), 3) if known.any() else float("nan")


PEER = f"""
QUICK, MOST_RUNS = {QUICK}, {MOST_RUNS}
import json, resource, sys, time
import numpy as np
from reddwarf.implementations.polis import run_pipeline
with np.load(sys.argv[1]) as z:
    columns = (z[name].tolist() for name in ("person", "statement", "value"))
    rows = [dict(participant_id=p, statement_id=s, vote=v) for p, s, v in zip(*columns)]
seconds = []
while not seconds or (sum(seconds) < QUICK and len(seconds) < MOST_RUNS):
    t = time.process_time()
    result = run_pipeline(votes=rows)
    seconds.append(time.process_time() - t)
print(json.dumps(dict(cpu=min(seconds), mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
"""


def child(command: list[str], limit: int) -> dict[str, Any]:
    """The JSON a child prints last, or why there is none."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **ONE_THREAD}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {limit} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["killed"])[-1][:200]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def compare(size: str, peer: str | None, rounds: list[str], folder: Path) -> None:
    """Print one size as a table: ours in all rounds, the peer, the ratios."""
    people, statements, votes = SIZES[size]
    person, statement, value, camp = synthetic(people, statements, votes)
    file = folder / f"votes-{size}.npz"
    np.savez(file, person=person, statement=statement, value=value, camp=camp)
    print(f"\n{people:,} people x {statements:,} statements, {len(person):,} votes")
    print(f"  {'':12} {'CPU s':>9} {'peak MB':>9}  remarks")
    own: dict[str, Any] = {}
    for what in rounds:
        if votes >= POLIS_ONLY_FROM and not what.startswith("polis"):
            continue
        result = child([sys.executable, __file__, "--child", size, what, str(file)], 3600)
        print(line(what, result), flush=True)
        own = result if what == "polis" else own
    if peer and votes <= PEER_UP_TO:
        other = child([peer, "-c", PEER, str(file)], 3600)
        print(line("red-dwarf", other), flush=True)
        if "cpu" in other and "cpu" in own:
            print(
                f"  {'ratio':12} {other['cpu'] / own['cpu']:>9.1f} {other['mb'] / own['mb']:>9.1f}  red-dwarf / polis"
            )
    file.unlink()


def line(what: str, result: dict[str, Any]) -> str:
    """One row of the table."""
    if "failed" in result:
        return f"  {what:12} {'-':>9} {'-':>9}  {result['failed']}"
    remarks = ", ".join(f"{key} {value}" for key, value in result.items() if key not in {"cpu", "mb"})
    return f"  {what:12} {result['cpu']:>9.2f} {result['mb']:>9.0f}  {remarks}".rstrip()


def real(folder: Path) -> None:
    """Hidden votes on real conversations: mean over three seeds of every model and baseline."""
    from mitstadt.methods.opinion.scoring import score
    from mitstadt.site.commandline.opinion.files import open_conversation

    for path in sorted(one for one in folder.iterdir() if one.is_dir()):
        conversation = open_conversation(path)
        rows: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for seed in range(3):
            for one in score(conversation, 0.1, seed):
                rows.setdefault((one.kind, one.name), []).append((one.log_loss, one.auc))
        print(f"\n{path.name}: hidden votes, 10 %, three seeds")
        for (kind, name), values in rows.items():
            loss, area = np.mean(values, axis=0)
            print(f"  {kind:8} {name:28} log-loss {loss:.4f}  AUC {area:.4f}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SMALL))
    parser.add_argument("--big", action="store_true", help="the large sizes as well: half an hour")
    parser.add_argument("--rounds", nargs="+", choices=ROUNDS, default=list(ROUNDS))
    parser.add_argument("--peer", help="Python of an environment with red-dwarf")
    parser.add_argument("--data", type=Path, help="folder with exported conversations")
    parser.add_argument("--scratch", type=Path, default=Path(), help="where to put the made votes for a moment")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(ours(*options.child)))
        return
    sys.path.insert(0, str(SOURCE))
    if options.data:
        real(options.data)
        return
    for size in [*options.sizes, *(BIG if options.big else ())]:
        compare(size, options.peer, options.rounds, options.scratch)


if __name__ == "__main__":
    main()
