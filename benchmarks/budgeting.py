"""Counting budgets beside pabutools, in one run: CPU seconds and peak memory of whole processes, and their ratios.

    uv venv /tmp/peer && uv pip install --python /tmp/peer/bin/python pabutools numpy
    PYTHONPATH=src /tmp/peer/bin/python benchmarks/budgeting.py DIRECTORY_WITH_PB_FILES [--slow] [--made]

Ours is the whole command ``budget count FILE --json``: start, reading, counting, explanations, measures, writing. The
peer reads the file and counts. All run in fresh processes, one after the other; figures are the least of three runs, or
of one that takes over half a minute. ``--slow`` also lets the peer climb the ladders that take it minutes; ``--made``
adds elections of a million ballots and of tens of thousands of add-one steps, which the peer cannot count here. Prints
a table in Markdown.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

COMMAND = "mitstadt.site.commandline"
RUNS = 3
LONG_S = 30

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
    completion: str
    utility: str = "cost"
    peer: str = "yes"


LODZ, PRAGA, TOULOUSE = "Poland_Lodz_2022", "Poland_Warszawa_2020_Praga-Poludnie", "France_Toulouse_2022"
WIELICZKA = "Poland_Wieliczka_2023_Green_Budget"
TASKS = (
    Task(WIELICZKA, "equal-shares", "none"),
    Task(WIELICZKA, "equal-shares", "add1e"),
    Task(LODZ, "greedy", "none"),
    Task(LODZ, "phragmen", "none"),
    Task(LODZ, "equal-shares", "none"),
    Task(LODZ, "equal-shares", "add1e", peer="slow"),
    Task(LODZ, "equal-shares", "add1", peer="has none"),
    Task(PRAGA, "equal-shares", "none"),
    Task(PRAGA, "equal-shares", "add1e", peer="slow"),
    Task(TOULOUSE, "equal-shares", "none"),
    Task(TOULOUSE, "equal-shares", "add1e", peer="slow"),
    Task(LODZ, "bos", "none", peer="has none"),
)


@dataclass(frozen=True)
class Cost:
    """What one process used."""

    cpu_s: float
    memory_mb: float
    found: dict[str, object]

    @property
    def winners(self) -> list[str]:
        """Ids, sorted."""
        return sorted(map(str, self.found["winners"]))  # type: ignore[call-overload]


def measured(*words: str) -> Cost:
    """Run Python with these words in a process of its own; another one around it reports what it used."""
    wrapper = (
        "import json, resource, subprocess, sys\n"
        "out = subprocess.run([sys.executable, *sys.argv[1:]], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.stdout, out.stderr]))\n"
    )
    run = subprocess.run([sys.executable, "-c", wrapper, *words], capture_output=True, text=True, check=True)
    cpu_s, memory_mb, out, error = json.loads(run.stdout)
    if not out:
        raise RuntimeError(error[-2000:])
    last = out.splitlines()[-1]
    return Cost(cpu_s, memory_mb, json.loads(last) if last.startswith("{") else {})


def least(*words: str) -> Cost:
    """The least of several runs, or the only one where it takes long."""
    first = measured(*words)
    if first.cpu_s > LONG_S:
        return first
    return min([first, *(measured(*words) for _ in range(RUNS - 1))], key=lambda cost: cost.cpu_s)


def ours(path: Path, task: Task) -> Cost:
    """The whole command with its result document."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        words = ["count", str(path), "--rule", task.rule, "--utility", task.utility, "--completion", task.completion]
        cost = least("-m", COMMAND, "budget", *words, "--json", str(result))
        return Cost(cost.cpu_s, cost.memory_mb, json.loads(result.read_text()))


def peer(path: Path, task: Task) -> Cost:
    """The peer's reading and counting."""
    return least("-c", PEER, str(path), task.rule, task.utility, task.completion)


def line(path: Path, task: Task, *, slow: bool) -> str:
    """One row of the table."""
    label = f"{task.file.replace('_', ' ')}, {task.rule} {task.completion}"
    own = ours(path, task)
    endowment = own.found["endowment"]
    steps = endowment["steps"] if isinstance(endowment, dict) else 1
    begin = f"| {label} | {steps:,} | {own.cpu_s:.2f} | {own.memory_mb:.0f}"
    if task.peer != "yes" and not (slow and task.peer == "slow"):
        return f"{begin} | {'not run' if task.peer == 'slow' else '–'} | | | |"
    other = peer(path, task)
    same = "same" if other.winners == own.winners else "DIFFERENT"
    ratios = f"{other.cpu_s / own.cpu_s:,.0f} × | {other.memory_mb / own.memory_mb:.1f} ×"
    return f"{begin} | {other.cpu_s:.2f} s, {other.memory_mb:,.0f} MB | {ratios} | {same} |"


@dataclass(frozen=True)
class Made:
    """An election of a made city: popular and unpopular projects, costs of all sizes or nearly equal ones."""

    name: str
    ballots: int
    projects: int
    mean: int
    unit: int
    completion: str
    nearly_equal: bool = False
    pointed: bool = False

    def write(self, folder: Path) -> Path:
        """The file, always the same."""
        import numpy as np

        rng = np.random.default_rng(7)
        popularity = np.cumsum(rng.dirichlet(np.full(self.projects, 50.0 if self.nearly_equal else 0.6)))
        if self.nearly_equal:
            costs = (rng.integers(9_900, 10_100, self.projects) * self.unit).astype(int)
        else:
            costs = (10 ** rng.uniform(3.5, 5.7, self.projects) * self.unit).astype(int)
        path = folder / f"made_{self.name}.pb"
        with path.open("w") as out:
            kind, column = ("scoring", ";points") if self.pointed else ("approval", "")
            out.write(f"META\nkey;value\nbudget;{int(costs.sum() * 0.22)}\nvote_type;{kind}\n")
            out.write("PROJECTS\nproject_id;cost\n")
            out.writelines(f"{p + 1};{cost}\n" for p, cost in enumerate(costs))
            out.write(f"VOTES\nvoter_id;vote;age;sex{column}\n")
            for voter in range(self.ballots):
                drawn = np.searchsorted(popularity, rng.random(1 + rng.poisson(self.mean - 1))) + 1
                chosen = np.unique(np.minimum(drawn, self.projects)).tolist()
                points = ";" + ",".join(map(str, rng.integers(1, 6, len(chosen)).tolist())) if self.pointed else ""
                vote = ",".join(map(str, chosen))
                out.write(f"{voter + 1};{vote};{16 + voter % 70};{'MF'[voter % 2]}{points}\n")
        return path


MADE = (
    Made("million", 1_000_000, 500, 9, 1, "none"),
    Made("fine", 20_000, 120, 6, 300, "add1-integral"),
    Made("like_Budapest", 28_943, 175, 8, 550, "add1-integral"),
    Made("nearly_equal", 20_000, 150, 6, 2_000, "add1-integral", nearly_equal=True),
    Made("points", 12_000, 100, 6, 300, "add1-integral", pointed=True),
    Made("wide", 4_000, 400, 15, 45, "add1-integral"),
)


def main() -> None:
    """Compare and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--slow", action="store_true")
    options.add_argument("--made", action="store_true")
    given = options.parse_args()
    print("| count | steps | CPU s | peak MB | pabutools | time | memory | winners |")
    print("|---|---|---|---|---|---|---|---|")
    for task in TASKS:
        path = given.folder / f"{task.file}.pb"
        print(line(path, task, slow=given.slow) if path.exists() else f"| {task.file} is absent |", flush=True)
    if given.made:
        with tempfile.TemporaryDirectory() as name:
            for city in MADE:
                utility = "additive" if city.pointed else "cost"
                path = city.write(Path(name))
                label = f"made {city.name}: {city.ballots:,} × {city.projects}"
                task = Task(label, "equal-shares", city.completion, utility, peer="has none")
                print(line(path, task, slow=False), flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(f"This script itself: {own.ru_utime + own.ru_stime:.1f} s.", file=sys.stderr)


if __name__ == "__main__":
    main()
