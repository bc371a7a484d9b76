"""A public draw: everything is fixed and published first, then public randomness decides, then everyone can check.

The published files name people by pseudonyms. Whoever was in the pool gets the own pseudonym and finds the own row.
"""

import csv
import hashlib
import hmac
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import mitstadt
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.methods.sortition.certificate import prove_bound
from mitstadt.methods.sortition.numbered import NumberedLottery
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quotas
from mitstadt.methods.sortition.solution import Solution

FORMAT = "mitstadt-lottery-1"
UNNAMED = "not named"


@dataclass(frozen=True)
class Publication:
    """What is published before the draw.

    Parameters
    ----------
    files : dict of str to bytes
        File name to content, ``commitment.json`` among them.
    commitment : str
        SHA-256 of ``commitment.json``: the one line to print in the newspaper.
    pseudonyms : dict of str to str
        Id to pseudonym; this one stays secret.
    """

    files: Mapping[str, bytes]
    commitment: str
    pseudonyms: Mapping[str, str]


def canonical(value: object) -> bytes:
    """The one text of a JSON value that this format knows."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def pseudonyms_of(pool: Pool, secret: bytes) -> dict[str, str]:
    """A pseudonym for every id, which only the holder of the secret can trace back.

    >>> from mitstadt.methods.sortition.pool import Pool
    >>> pseudonyms_of(Pool(("ida",), ("age",), (("old",),)), b"s" * 16)["ida"][:2]
    'p-'
    """
    if len(secret) < 16:
        raise MethodError("secret_short", "The secret that makes pseudonyms needs at least 16 bytes.")
    return {person: "p-" + _keyed(secret, f"person {person}")[:12] for person in pool.ids}


def _keyed(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def publish(
    solution: Solution,
    lottery: NumberedLottery,
    quotas: Quotas,
    *,
    secret: bytes,
    source: str,
    verifier: bytes,
) -> Publication:
    """The files that fix a draw.

    Parameters
    ----------
    secret : bytes
        Makes the pseudonyms; to be kept.
    source : str
        The public randomness that will decide, named precisely: which lottery, which day, which numbers, which order.
    verifier : bytes
        The script that checks the draw, published with it.
    """
    pool = solution.pool
    names = pseudonyms_of(pool, secret)
    if len(set(names.values())) != len(names):
        raise MethodError("pseudonym_twice", "Two people got the same pseudonym: use another secret.")
    order = sorted(range(len(pool)), key=lambda person: names[pool.ids[person]])
    panels = sorted(sorted(names[pool.ids[person]] for person in panel) for panel in lottery.panels)
    files = {
        "pool.csv": _pool_csv(pool, names, order, secret),
        "quotas.csv": quotas.to_csv().encode(),
        "probabilities.csv": _probabilities_csv(solution, lottery, names, order),
        "panels.json": (json.dumps(panels, separators=(",", ":")).replace("],", "],\n") + "\n").encode(),
        "verify.py": verifier,
    }
    commitment = canonical(_commitment(solution, lottery, names, source=source, files=files))
    return Publication({**files, "commitment.json": commitment}, sha256_hex(commitment), names)


def _commitment(
    solution: Solution,
    lottery: NumberedLottery,
    names: Mapping[str, str],
    *,
    source: str,
    files: Mapping[str, bytes],
) -> dict[str, object]:
    proof = prove_bound(solution.problem)
    class_of = solution.problem.class_of
    extra = {
        names[person]: repr(float(proof.extra[class_of[i]]))
        for i, person in enumerate(solution.pool.ids)
        if proof.extra[class_of[i]]
    }
    return {
        "format": FORMAT,
        "software": f"mitstadt {mitstadt.__version__}",
        "size": solution.problem.size,
        "people": len(solution.pool),
        "objective": solution.objective,
        "value": solution.value,
        "upper_bound": solution.upper_bound,
        "lowest_bound": proof.bound,
        "panels": len(lottery.panels),
        "largest_deviation": _above(lottery.largest_deviation),
        "households": solution.pool.households is not None,
        "source": source,
        "files": {name: sha256_hex(content) for name, content in files.items()},
        "proof": {
            "prices": [[category, feature, repr(price)] for category, feature, price in proof.prices],
            "size": repr(proof.size),
            "extra": extra,
        },
    }


def _above(value: float) -> float:
    """A round number not below the value, so that a recount in other arithmetic stays within."""
    return round(value + 5e-10, 9)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _pool_csv(pool: Pool, names: Mapping[str, str], order: Sequence[int], secret: bytes) -> bytes:
    homes = pool.households
    rows: list[Sequence[str]] = [("id", *pool.categories, *(("household",) if homes is not None else ()))]
    for person in order:
        home = () if homes is None else ("h-" + _keyed(secret, f"household {homes[person]}")[:12],)
        rows.append((names[pool.ids[person]], *pool.features[person], *home))
    return _csv(rows)


def _probabilities_csv(
    solution: Solution, lottery: NumberedLottery, names: Mapping[str, str], order: Sequence[int]
) -> bytes:
    pool = solution.pool
    rows: list[Sequence[str]] = [("id", "probability", "panels")]
    rows += [(names[pool.ids[p]], repr(solution.probabilities[pool.ids[p]]), str(lottery.times[p])) for p in order]
    return _csv(rows)


@dataclass(frozen=True)
class PublicDraw:
    """The files of a draw that has been committed to, read back."""

    settings: Mapping[str, object]
    commitment: str
    panels: tuple[tuple[str, ...], ...]


def read_publication(commitment: bytes, panels: bytes) -> PublicDraw:
    """Read a commitment and its panels, and see that they belong together.

    Raises
    ------
    MethodError
        ``commitment_unreadable`` or ``panels_changed``.
    """
    try:
        settings = json.loads(commitment)
        committed = settings["files"]["panels.json"]
        listed = tuple(tuple(str(person) for person in panel) for panel in json.loads(panels))
    except (ValueError, KeyError, TypeError) as error:
        raise MethodError("commitment_unreadable", f"This is no commitment of a draw ({error}).") from error
    if committed != sha256_hex(panels):
        raise MethodError("panels_changed", "panels.json is not the file that was committed to.")
    return PublicDraw(settings, sha256_hex(commitment), listed)


def seed_of(commitment: str, randomness: str) -> str:
    """The seed that commitment and public randomness give together."""
    return sha256_hex(f"{FORMAT}\n{commitment}\n{randomness}".encode())


def number_of(seed: str, panels: int) -> int:
    """A number from 1 to `panels`, each equally likely."""
    if panels < 1:
        raise MethodError("panels_number", "There is no panel to draw.", panels=panels)
    counter = 0
    while True:
        digest = hmac.new(bytes.fromhex(seed), f"number {counter}".encode(), hashlib.sha256).digest()
        value = int.from_bytes(digest[:8], "big")
        if value < 2**64 // panels * panels:
            return value % panels + 1
        counter += 1


def draw(public: PublicDraw, randomness: str) -> dict[str, object]:
    """The content of ``draw.json``.

    Raises
    ------
    MethodError
        ``randomness_blank``.
    """
    if not randomness.strip():
        raise MethodError("randomness_blank", "The public randomness is blank: enter the numbers as announced.")
    seed = seed_of(public.commitment, randomness)
    number = number_of(seed, len(public.panels))
    return {
        "format": FORMAT,
        "commitment": public.commitment,
        "source": public.settings.get("source", UNNAMED),
        "randomness": randomness,
        "seed": seed,
        "number": number,
        "panel": list(public.panels[number - 1]),
    }
