"""Counting budgets beside pabutools, in one run: CPU seconds and peak memory of whole processes, and their ratios.

    uv venv /tmp/peer && uv pip install --python /tmp/peer/bin/python pabutools numpy
    PYTHONPATH=src /tmp/peer/bin/python benchmarks/budgeting.py DIRECTORY_WITH_PB_FILES [--slow] [--made]

Every line is two fresh processes, one after the other, that read the file and count it; start-up is part of both.
``--slow`` also lets the peer climb the ladders that take it minutes; ``--made`` adds elections of a million ballots and
of more than 20,000 add-one steps, which the peer cannot count here.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

OURS = """
import json, sys
from mitstadt.methods.budgeting import count, read_pb
with open(sys.argv[1], "rb") as stream:
    outcome = count(read_pb(stream), rule=sys.argv[2], utility=sys.argv[3], completion=sys.argv[4])
steps = outcome.ladder.steps if outcome.ladder else 0
print(json.dumps({"winners": sorted(outcome.winner_ids), "steps": steps}))
"""

PEER = """
import json, sys
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen
path, rule, utility, completion = sys.argv[1:]
instance, profile = parse_pabulib(path)
profile = profile.as_multiprofile()
sat = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}[utility]
if rule == "greedy":
    winners = greedy_utilitarian_welfare(instance, profile, sat_class=sat)
elif rule == "phragmen":
    winners = sequential_phragmen(instance, profile)
else:
    step = {"none": None, "add1e": 1}[completion]
    winners = method_of_equal_shares(instance, profile, sat_class=sat, voter_budget_increment=step)
print(json.dumps({"winners": sorted(p.name for p in winners)}))
"""


@dataclass(frozen=True)
class Task:
    """One count of one file."""

    file: str
    rule: str
    utility: str
    completion: str
    slow_for_peer: bool = False


TASKS = (
    Task("Poland_Wieliczka_2023_Green_Budget", "equal-shares", "cost", "none"),
    Task("Poland_Wieliczka_2023_Green_Budget", "equal-shares", "cost", "add1e"),
    Task("Poland_Lodz_2022", "greedy", "cost", "none"),
    Task("Poland_Lodz_2022", "phragmen", "cost", "none"),
    Task("Poland_Lodz_2022", "equal-shares", "cost", "none"),
    Task("Poland_Lodz_2022", "equal-shares", "cost", "add1e", slow_for_peer=True),
    Task("Poland_Warszawa_2020_Praga-Poludnie", "equal-shares", "cost", "none"),
    Task("Poland_Warszawa_2020_Praga-Poludnie", "equal-shares", "cost", "add1e", slow_for_peer=True),
    Task("France_Toulouse_2022", "equal-shares", "cost", "none"),
    Task("France_Toulouse_2022", "equal-shares", "cost", "add1e", slow_for_peer=True),
)


@dataclass(frozen=True)
class Cost:
    """What one process used."""

    cpu_s: float
    memory_mb: float
    winners: list[str]
    steps: int


def measured(program: str, *arguments: str) -> Cost:
    """Run a program in a process of its own that reports what its child used."""
    wrapper = (
        "import json, resource, subprocess, sys\n"
        "out = subprocess.run([sys.executable, '-c', *sys.argv[1:]], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.stdout, out.stderr]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", wrapper, program, *arguments], capture_output=True, text=True, check=True
    )
    cpu_s, memory_mb, out, error = json.loads(run.stdout)
    if not out:
        raise RuntimeError(error[-2000:])
    found = json.loads(out.splitlines()[-1])
    return Cost(cpu_s, memory_mb, found["winners"], found.get("steps", 0))


def compare(folder: Path, task: Task, *, slow: bool) -> None:
    """Print one line for one task."""
    path = folder / f"{task.file}.pb"
    label = f"{task.file:38} {task.rule:12} {task.completion:6}"
    if not path.exists():
        print(f"{label} absent")
        return
    arguments = (str(path), task.rule, task.utility, task.completion)
    ours = measured(OURS, *arguments)
    line = f"{label} ours {ours.cpu_s:6.2f} s {ours.memory_mb:5.0f} MB"
    if task.slow_for_peer and not slow:
        print(f"{line}   peer not run (--slow)")
        return
    peer = measured(PEER, *arguments)
    same = "same winners" if peer.winners == ours.winners else "WINNERS DIFFER"
    print(
        f"{line}   peer {peer.cpu_s:7.2f} s {peer.memory_mb:5.0f} MB   "
        f"{peer.cpu_s / ours.cpu_s:6.1f} x time {peer.memory_mb / ours.memory_mb:5.1f} x memory   {same}"
    )


def made(folder: Path, name: str, *, ballots: int, projects: int, mean: int, unit: int) -> Path:
    """Write an election with popular and unpopular projects and costs of all sizes."""
    import numpy as np

    rng = np.random.default_rng(7)
    popularity = np.cumsum(rng.dirichlet(np.full(projects, 0.6)))
    costs = (10 ** rng.uniform(3.5, 5.7, projects) * unit).astype(int)
    path = folder / f"{name}.pb"
    with path.open("w") as out:
        out.write(f"META\nkey;value\nbudget;{int(costs.sum() * 0.22)}\nvote_type;approval\nPROJECTS\nproject_id;cost\n")
        out.writelines(f"{p + 1};{cost}\n" for p, cost in enumerate(costs))
        out.write("VOTES\nvoter_id;vote;age;sex\n")
        for voter in range(ballots):
            chosen = np.searchsorted(popularity, rng.random(1 + rng.poisson(mean - 1))) + 1
            vote = ",".join(map(str, np.unique(np.minimum(chosen, projects)).tolist()))
            out.write(f"{voter + 1};{vote};{16 + voter % 70};{'MF'[voter % 2]}\n")
    return path


def main() -> None:
    """Compare and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--slow", action="store_true")
    options.add_argument("--made", action="store_true")
    given = options.parse_args()
    for task in TASKS:
        compare(given.folder, task, slow=given.slow)
    if given.made:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            made(folder, "million", ballots=1_000_000, projects=500, mean=9, unit=1)
            made(folder, "fine", ballots=20_000, projects=120, mean=6, unit=300)
            for file, completion in (("million", "none"), ("fine", "add1-integral")):
                cost = measured(OURS, str(folder / f"{file}.pb"), "equal-shares", "cost", completion)
                print(f"{file:38} {completion:13} {cost.cpu_s:6.2f} s {cost.memory_mb:5.0f} MB, {cost.steps} steps")
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(f"This script itself: {own.ru_utime + own.ru_stime:.1f} s.")


if __name__ == "__main__":
    main()
