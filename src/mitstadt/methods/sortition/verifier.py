"""Check a published draw by lot with nothing but Python: python3 verify.py FOLDER [ANNOUNCED COMMITMENT]

Reads only the published files and recomputes from them: the hashes of the commitment, every panel against size, quotas
and households, every person's probability, the bound that no draw can beat, the winning number and all replacements.
"""

import csv
import hashlib
import hmac
import json
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

Feature = tuple[str, str]
Quotas = dict[Feature, tuple[int, int]]
FORMAT = "mitstadt-lottery-1"
MAX_STEPS = 20_000  # of the search for replacements; the draw keeps the same limit


def canonical(value: Any) -> bytes:
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def keyed(seed: str, text: str) -> bytes:
    return hmac.new(bytes.fromhex(seed), text.encode(), hashlib.sha256).digest()


def number_of(seed: str, panels: int) -> int:
    """A number from 1 to `panels`, each equally likely: rejection sampling from HMAC-SHA-256."""
    counter = 0
    while (value := int.from_bytes(keyed(seed, f"number {counter}")[:8], "big")) >= 2**64 // panels * panels:
        counter += 1
    return value % panels + 1


class Draw:
    """The published files of one draw; `problems` fills with what is wrong."""

    def __init__(self, folder: str) -> None:
        self.folder, self.steps = Path(folder), 0
        self.problems: list[str] = []
        raw = (self.folder / "commitment.json").read_bytes()
        self.commitment = hashlib.sha256(raw).hexdigest()
        self.settings = json.loads(raw)
        good = canonical(self.settings) == raw and self.settings["format"] == FORMAT
        self.check(good, "commitment.json is not in canonical form")
        for name, digest in self.settings["files"].items():
            same = hashlib.sha256((self.folder / name).read_bytes()).hexdigest() == digest
            self.check(same, f"{name} is not the file that was committed to")
        pool, quotas = self.table("pool.csv"), self.table("quotas.csv")
        self.quotas = {(q["category"], q["feature"]): (int(q["min"]), int(q["max"])) for q in quotas}
        categories = list(dict.fromkeys(q["category"] for q in quotas))
        self.features: dict[str, tuple[Feature, ...]] = {p["id"]: tuple((c, p[c]) for c in categories) for p in pool}
        self.household = {p["id"]: p.get("household") or p["id"] for p in pool}
        self.panels = json.loads((self.folder / "panels.json").read_bytes())

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def check(self, good: bool, problem: str) -> None:
        if not good:
            self.problems.append(problem)

    def fits(self, panel: list[str]) -> bool:
        """Whether a panel has its size, no person and no household twice, and keeps all quotas."""
        size = self.settings["size"]
        if len(panel) != size or len(set(panel)) != size or not all(p in self.features for p in panel):
            return False
        count = Counter(feature for person in panel for feature in self.features[person])
        within = all(low <= count[key] <= high for key, (low, high) in self.quotas.items())
        return within and len({self.household[p] for p in panel}) == size

    def check_lottery(self) -> None:
        self.check(len(self.panels) == self.settings["panels"], "the number of panels is not the committed one")
        for number, panel in enumerate(self.panels, 1):
            self.check(self.fits(panel), f"panel {number} breaks the rules")
        times = Counter(person for panel in self.panels for person in panel)
        rows = self.table("probabilities.csv")
        self.check([row["id"] for row in rows] == list(self.features), "probabilities.csv names other people")
        alone = Counter(self.household.values())
        of_class: dict[tuple[Feature, ...], set[str]] = defaultdict(set)
        for row in rows:
            person, fair = row["id"], float(row["probability"])
            self.check(int(row["panels"]) == times[person], f"{person} sits on {times[person]} panels")
            off = abs(times[person] / len(self.panels) - fair)
            self.check(off <= self.settings["largest_deviation"], f"{person} is further off than stated")
            if alone[self.household[person]] == 1:
                of_class[self.features[person]].add(row["probability"])
        self.check(all(len(p) == 1 for p in of_class.values()), "people alike in all features are treated differently")
        off = abs(sum(float(row["probability"]) for row in rows) - self.settings["size"])
        self.check(off < 1e-6, "the probabilities do not sum to the panel size")

    def check_bound(self) -> None:
        """Prices per feature prove that no lottery gives everybody more than the stated bound (weak duality)."""
        proof = self.settings["proof"]
        price = {(c, f): Fraction(p) for c, f, p in proof["prices"]}
        extra = {person: Fraction(p) for person, p in proof["extra"].items()}
        place = Fraction(proof["size"])
        worth = {i: place + sum(price.get(f, Fraction(0)) for f in own) for i, own in self.features.items()}
        weight = {i: max(Fraction(0), w + extra.get(i, 0)) for i, w in worth.items()}
        most = place * self.settings["size"]
        most += sum(max(price.get(f, 0) * low, price.get(f, 0) * high) for f, (low, high) in self.quotas.items())
        surplus: dict[str, Fraction] = defaultdict(Fraction)
        for i, home in self.household.items():
            surplus[home] = max(surplus[home], weight[i] - worth[i])
        total = sum(weight.values())
        bound = float((most + sum(surplus.values())) / total) if total else 1.0
        self.check(bound <= self.settings["lowest_bound"] + 1e-9, f"the proof gives the bound {bound} only")

    def check_draw(self) -> dict[str, Any] | None:
        if not (path := self.folder / "draw.json").exists():
            return None
        text = str(json.loads(path.read_bytes())["randomness"])
        seed = hashlib.sha256(f"{FORMAT}\n{self.commitment}\n{text}".encode()).hexdigest()
        draw = {"format": FORMAT, "commitment": self.commitment, "source": self.settings["source"], "randomness": text}
        number = number_of(seed, len(self.panels))
        draw |= {"seed": seed, "number": number, "panel": self.panels[number - 1]}
        self.check(path.read_bytes() == canonical(draw), "draw.json does not follow from the randomness")
        self.check_replacements(seed, self.panels[number - 1])
        return draw

    def check_replacements(self, seed: str, panel: list[str]) -> None:
        left: set[str] = set()
        step = 1
        while (self.folder / (name := f"replacement-{step}.json")).exists():
            found = json.loads((self.folder / name).read_bytes())
            gone, relaxed = found["dropped"], found["relaxed"]
            self.check(set(gone) <= set(panel), f"replacement {step} drops people who are not on the panel")
            left |= {*gone, *found["unavailable"]}
            quotas = {**self.quotas, **{(c, f): (low, high) for c, f, low, high in relaxed}}
            free = [p for p in self.features if p not in panel and p not in left]
            panel = [p for p in panel if p not in gone]
            chosen = self.replacements(seed, panel, free, quotas, places=len(gone), step=step)
            panel = sorted(panel + (chosen or []))
            expected = {"step": step, "seed": seed, "dropped": gone, "unavailable": found["unavailable"]}
            expected |= {"relaxed": relaxed, "replacements": chosen, "panel": panel}
            self.check((self.folder / name).read_bytes() == canonical(expected), f"{name} is not what the lot gives")
            step += 1

    def replacements(
        self, seed: str, stay: list[str], free: list[str], quotas: Quotas, *, places: int, step: int
    ) -> list[str] | None:
        """The first people in the order of the lot who, together with those who stay, keep all quotas."""
        homes, self.steps = {self.household[p] for p in stay}, 0
        free = [p for p in free if self.household[p] not in homes]
        order = sorted(free, key=lambda person: keyed(seed, f"replacement {step} {person}"))
        count = Counter(feature for person in stay for feature in self.features[person])
        return self.complete(order, count, quotas, places)

    def complete(self, order: list[str], count: Counter[Feature], quotas: Quotas, places: int) -> list[str] | None:
        """Depth first in lot order; whoever has the features of someone who did not fit is passed over."""
        self.steps += 1
        short: Counter[str] = Counter()
        for key, (low, _) in quotas.items():
            short[key[0]] += max(0, low - count[key])
        if self.steps > MAX_STEPS or max(short.values()) > places:
            return None
        if places == 0:
            return []
        passed: set[tuple[Feature, ...]] = set()
        for at, person in enumerate(order):
            own = self.features[person]
            if own not in passed and all(count[f] < quotas[f][1] for f in own):
                others = [p for p in order[at + 1 :] if self.household[p] != self.household[person]]
                rest = self.complete(others, count + Counter(own), quotas, places - 1)
                if rest is not None:
                    return [person, *rest]
            passed.add(own)
        return None


def verify(folder: str, commitment: str | None = None) -> tuple[list[str], dict[str, Any] | None]:
    """Problems found (none for an honest draw), and the draw if there has been one."""
    try:
        draw = Draw(folder)
        draw.check(commitment in (None, draw.commitment), "this is not the commitment that was announced")
        draw.check_lottery()
        draw.check_bound()
        return draw.problems, draw.check_draw()
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        return [f"the files cannot be read as a draw: {type(error).__name__}: {error}"], None


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stdout.write("Usage: python3 verify.py FOLDER [ANNOUNCED COMMITMENT]\n")
        return 2
    problems, draw = verify(*arguments[:2])
    good = "Confirmed: the lottery." if draw is None else f"Confirmed: panel {draw['number']} was drawn."
    sys.stdout.write("\n".join([f"WRONG: {problem}" for problem in problems[:20]] or [good]) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
