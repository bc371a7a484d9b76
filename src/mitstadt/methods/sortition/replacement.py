"""Replace drop-outs under the same quotas, in the order of a lot that the public randomness fixed with the draw."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.feasibility import Change, Conflict, find_conflict
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas

MAX_STEPS = 20_000


@dataclass(frozen=True)
class Replacement:
    """Who takes the places of those who dropped out.

    Parameters
    ----------
    replacements : tuple of str, or None
        None where nobody fits; `conflict` then says why.
    panel : tuple of str
        The panel after the replacement, sorted.
    candidates : int
        People who could be asked.
    fitting : int
        Those of them who alone could take one place, each as likely as the other (one place), else 0.
    conflict : Conflict or None
    """

    replacements: tuple[str, ...] | None
    panel: tuple[str, ...]
    candidates: int
    fitting: int
    conflict: Conflict | None


def lot_order(seed: str, people: Iterable[str], step: int) -> list[str]:
    """The people in the order of the lot for the replacement number `step`."""

    def lot(person: str) -> bytes:
        return hmac.new(bytes.fromhex(seed), f"replacement {step} {person}".encode(), hashlib.sha256).digest()

    return sorted(people, key=lot)


def replace(
    pool: Pool,
    quotas: Quotas,
    panel: Sequence[str],
    dropped: Sequence[str],
    *,
    seed: str,
    step: int = 1,
    unavailable: Iterable[str] = (),
) -> Replacement:
    """The first people in the order of the lot who, with those who stay, keep all quotas and the household rule.

    Parameters
    ----------
    panel : sequence of str
        Ids of the panel before the drop-outs.
    dropped : sequence of str
        Ids of those who leave.
    seed : str
        Hexadecimal seed of the draw.
    step : int
        1 for the first replacement after a draw, 2 for the second, and so on.
    unavailable : iterable of str
        People who dropped out earlier or have said no.

    Raises
    ------
    MethodError
        ``person_unknown``, ``not_on_panel`` or ``nobody_dropped``.
    """
    position = {person: i for i, person in enumerate(pool.ids)}
    _check_names(position, panel, dropped)
    stay = [person for person in panel if person not in set(dropped)]
    candidates = _candidates(pool, position, panel, stay=stay, unavailable=unavailable)
    features = {p: tuple(zip(pool.categories, pool.features[position[p]], strict=True)) for p in candidates}
    count = Counter(f for p in stay for f in zip(pool.categories, pool.features[position[p]], strict=True))
    search = _Search(pool, position, features, {q.key: (q.minimum, q.maximum) for q in quotas.quotas})
    chosen = search.complete(lot_order(seed, candidates, step), count, len(dropped))
    if chosen is None:
        conflict = _conflict(pool, quotas, stay, candidates, places=len(dropped))
        return Replacement(None, tuple(sorted(stay)), len(candidates), 0, conflict)
    fitting = sum(search.fits_alone(count, p) for p in candidates) if len(dropped) == 1 else 0
    return Replacement(tuple(chosen), tuple(sorted([*stay, *chosen])), len(candidates), fitting, None)


def _check_names(position: dict[str, int], panel: Sequence[str], dropped: Sequence[str]) -> None:
    if not dropped:
        raise MethodError("nobody_dropped", "Name at least one person who dropped out.")
    for person in panel:
        if person not in position:
            raise MethodError("person_unknown", f"“{person}” is on the panel but not in the pool.", id=person)
    for person in dropped:
        if person not in set(panel):
            raise MethodError("not_on_panel", f"“{person}” is not on the panel and cannot drop out.", id=person)


def _candidates(
    pool: Pool, position: dict[str, int], panel: Sequence[str], *, stay: Sequence[str], unavailable: Iterable[str]
) -> list[str]:
    out = {*panel, *unavailable}
    if pool.households is None:
        return [person for person in pool.ids if person not in out]
    homes = {pool.households[position[person]] for person in stay}
    return [p for i, p in enumerate(pool.ids) if p not in out and pool.households[i] not in homes]


_Feature = tuple[str, str]


class _Search:
    def __init__(
        self,
        pool: Pool,
        position: dict[str, int],
        features: dict[str, tuple[_Feature, ...]],
        quotas: dict[_Feature, tuple[int, int]],
    ) -> None:
        self._pool, self._position = pool, position
        self._features, self._quotas = features, quotas
        self._steps = 0

    def _home(self, person: str) -> str:
        homes = self._pool.households
        return person if homes is None else homes[self._position[person]]

    def fits_alone(self, count: Counter[_Feature], person: str) -> bool:
        """Whether the panel is right with this one person added."""
        then = count + Counter(self._features[person])
        return all(low <= then[key] <= high for key, (low, high) in self._quotas.items())

    def complete(self, order: list[str], count: Counter[_Feature], places: int) -> list[str] | None:
        """Depth first in lot order; whoever has the features of someone who did not fit is passed over."""
        self._steps += 1
        short: Counter[str] = Counter()
        for key, (low, _) in self._quotas.items():
            short[key[0]] += max(0, low - count[key])
        if self._steps > MAX_STEPS or max(short.values()) > places:
            return None
        if places == 0:
            return []
        passed: set[tuple[_Feature, ...]] = set()
        for at, person in enumerate(order):
            features = self._features[person]
            if features not in passed and all(count[f] < self._quotas[f][1] for f in features):
                home = self._home(person)
                others = [p for p in order[at + 1 :] if self._home(p) != home]
                rest = self.complete(others, count + Counter(features), places - 1)
                if rest is not None:
                    return [person, *rest]
            passed.add(features)
        return None


def _conflict(
    pool: Pool, quotas: Quotas, stay: Sequence[str], candidates: Sequence[str], *, places: int
) -> Conflict | None:
    """Why the free places cannot be filled, in terms of the whole panel's quotas."""
    if len(candidates) < places:
        return Conflict((), True, ())
    staying = set(stay)
    kept = Counter(
        (category, feature)
        for person, vector in zip(pool.ids, pool.features, strict=True)
        if person in staying
        for category, feature in zip(pool.categories, vector, strict=True)
    )
    left = Quotas(
        tuple(
            Quota(q.category, q.feature, max(0, q.minimum - kept[q.key]), max(0, q.maximum - kept[q.key]))
            for q in quotas.quotas
        )
    )
    rest = pool.without(set(pool.ids) - set(candidates))
    conflict = find_conflict(build_problem(rest, left, places))
    if conflict is None:
        return None
    by_key = {q.key: q for q in quotas.quotas}
    changes = tuple(_for_panel(change, by_key[change.category, change.feature]) for change in conflict.changes)
    return Conflict(conflict.limits, conflict.smallest, changes)


def _for_panel(change: Change, quota: Quota) -> Change:
    old = quota.minimum if change.bound == "min" else quota.maximum
    return Change(change.category, change.feature, change.bound, old, old + change.new - change.old)


def relaxed(quotas: Quotas, changes: Iterable[Change]) -> Quotas:
    """The quotas after these changes."""
    bounds = {q.key: (q.minimum, q.maximum) for q in quotas.quotas}
    for change in changes:
        low, high = bounds[change.category, change.feature]
        new = (change.new, high) if change.bound == "min" else (low, change.new)
        bounds[change.category, change.feature] = new
    return quotas.with_bounds(bounds)


def alternates(pool: Pool, quotas: Quotas, panel: Sequence[str], *, seed: str, count: int) -> tuple[str, ...]:
    """People to hold in reserve: in turn whoever could stand in for most members who have no stand-in yet.

    Ties fall to the order of the lot. A member who is covered once counts half for the next, and so on.
    """
    position = {person: i for i, person in enumerate(pool.ids)}
    _check_names(position, panel, panel[:1])
    bounds = {q.key: (q.minimum, q.maximum) for q in quotas.quotas}
    order = lot_order(seed, _candidates(pool, position, panel, stay=(), unavailable=()), 0)
    stands_in = _stand_ins(pool, position, panel, order, bounds)
    covered = Counter[str]()
    chosen: list[str] = []
    while order and len(chosen) < count:
        worth = {p: sum(0.5 ** covered[member] for member in stands_in[p]) for p in order}
        best = max(order, key=lambda p: worth[p])
        chosen.append(best)
        covered.update(stands_in[best])
        order.remove(best)
    return tuple(chosen)


def _stand_ins(
    pool: Pool,
    position: dict[str, int],
    panel: Sequence[str],
    order: Sequence[str],
    bounds: dict[_Feature, tuple[int, int]],
) -> dict[str, tuple[str, ...]]:
    """For every candidate the members whose place the candidate alone could take."""
    vector = {p: tuple(zip(pool.categories, pool.features[position[p]], strict=True)) for p in (*panel, *order)}
    home = {p: p if pool.households is None else pool.households[position[p]] for p in vector}
    count = Counter(f for p in panel for f in vector[p])
    homes = {home[p]: p for p in panel}

    def fits(candidate: str, member: str) -> bool:
        if homes.get(home[candidate], member) != member:
            return False
        pairs = zip(vector[candidate], vector[member], strict=True)
        return all(new == old or (count[old] > bounds[old][0] and count[new] < bounds[new][1]) for new, old in pairs)

    known: dict[tuple[tuple[_Feature, ...], str], tuple[str, ...]] = {}
    for candidate in order:
        key = (vector[candidate], home[candidate] if home[candidate] in homes else "")
        if key not in known:
            known[key] = tuple(member for member in panel if fits(candidate, member))
    return {c: known[vector[c], home[c] if home[c] in homes else ""] for c in order}
