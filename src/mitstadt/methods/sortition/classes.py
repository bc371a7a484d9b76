"""People alike in everything that the rules look at form one class; a panel is then a count per class.

Two people are alike when they have the same features and live in households of the same composition. A fair draw
treats alike people alike, so that it is enough to decide how many of each class sit on a panel: 10,000 people become
some hundred classes. The order of classes depends on features alone, never on ids or on the order of rows.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Indices, Reals
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas

_Vector = tuple[int, ...]
_Kinds = dict[tuple[_Vector, ...], list[list[int]]]


@dataclass(frozen=True)
class Household:
    """One kind of household: the homes that have this composition, and the classes that live in it.

    Parameters
    ----------
    homes : tuple of tuples of tuples of int
        ``homes[h][j]`` are the people (positions in the pool) of class ``classes[j]`` in home h.
    classes : tuple of int
        The classes that live there.
    """

    homes: tuple[tuple[tuple[int, ...], ...], ...]
    classes: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Pool, quotas and panel size as counts per class.

    Parameters
    ----------
    size : int
        Members of a panel.
    quotas : tuple of Quota, length q
        In canonical order (category, feature).
    people : Reals, shape (t,)
        People in each class.
    cap : Reals, shape (t,)
        The most people of each class on one panel: one per household.
    rows : Indices, shape (t, c + 2)
        The rows in which each class counts: one quota per category, row q for the panel size, and the row of its
        kind of household or -1. Rows: q quotas, the size, then kinds of household that several classes share.
    row_lower, row_upper : Reals, shape (r,)
        Bounds of the rows.
    households : tuple of Household
        Every kind of household, single people among them.
    class_of : Indices, shape (n,)
        The class of each person.
    """

    size: int
    quotas: tuple[Quota, ...]
    people: Reals
    cap: Reals
    rows: Indices
    row_lower: Reals
    row_upper: Reals
    households: tuple[Household, ...]
    class_of: Indices

    @property
    def class_count(self) -> int:
        """Number of classes."""
        return len(self.people)

    def features_of(self, class_: int) -> dict[str, str]:
        """Category to feature of one class."""
        quota_rows = self.rows[class_, : self.rows.shape[1] - 2]
        return {self.quotas[row].category: self.quotas[row].feature for row in quota_rows}

    def totals(self, counts: Reals) -> Reals:
        """What the rows add up to for these counts per class."""
        return row_totals(self.rows, counts, len(self.row_lower))

    def allows(self, counts: Reals) -> bool:
        """Whether a panel with these counts keeps every rule."""
        totals = self.totals(counts)
        within = (totals >= self.row_lower - 1e-9) & (totals <= self.row_upper + 1e-9)
        return bool(within.all() and (counts >= 0).all() and (counts <= self.cap).all())


def row_totals(rows: Indices, counts: Reals, row_count: int) -> Reals:
    """Sum of `counts` in every row; entries -1 of `rows` count nowhere."""
    filled = rows >= 0
    weights = np.broadcast_to(counts[:, None], rows.shape)[filled]
    totals: Reals = np.bincount(rows[filled], weights=weights, minlength=row_count).astype(float)
    return totals


def build_problem(pool: Pool, quotas: Quotas, size: int) -> Problem:
    """Gather the people of a pool into classes.

    Raises
    ------
    MethodError
        ``size_not_positive`` or ``size_above_pool``.
    """
    if size < 1:
        raise MethodError("size_not_positive", f"A panel of {size} is no panel: the size is at least 1.", size=size)
    if size > len(pool):
        sentence = f"A panel of {size} cannot be drawn from a pool of {len(pool)} people."
        raise MethodError("size_above_pool", sentence, size=size, people=len(pool))
    ordered = tuple(sorted(quotas.quotas))
    vectors = _vectors(pool, ordered)
    homes = _homes(pool)
    return _assemble(size, ordered, _kinds(homes, vectors), vectors)


def _vectors(pool: Pool, ordered: tuple[Quota, ...]) -> list[_Vector]:
    row_of = {quota.key: row for row, quota in enumerate(ordered)}
    by_name = sorted(range(len(pool.categories)), key=lambda c: pool.categories[c])
    known: dict[tuple[str, ...], _Vector] = {}
    for features in set(pool.features):
        known[features] = tuple(row_of[pool.categories[c], features[c]] for c in by_name)
    return [known[features] for features in pool.features]


def _homes(pool: Pool) -> list[list[int]]:
    by_id = sorted(range(len(pool)), key=lambda person: pool.ids[person])
    if pool.households is None:
        return [[person] for person in by_id]
    homes: dict[str, list[int]] = defaultdict(list)
    for person in by_id:
        homes[pool.households[person]].append(person)
    return list(homes.values())


def _kinds(homes: list[list[int]], vectors: list[_Vector]) -> _Kinds:
    kinds: _Kinds = defaultdict(list)
    for home in homes:
        kinds[tuple(sorted(vectors[person] for person in home))].append(home)
    return {kind: kinds[kind] for kind in sorted(kinds, key=lambda kind: (len(kind), kind))}


def _assemble(size: int, quotas: tuple[Quota, ...], kinds: _Kinds, vectors: list[_Vector]) -> Problem:
    columns = len({quota.category for quota in quotas}) + 2
    rows: list[tuple[int, ...]] = []
    people: list[int] = []
    caps: list[int] = []
    shared: list[int] = []
    households = []
    class_of = np.zeros(len(vectors), dtype=np.int64)
    for kind, homes in kinds.items():
        members = Counter(kind)
        row = -1
        if len(members) > 1:
            row = len(quotas) + 1 + len(shared)
            shared.append(len(homes))
        household = _household(homes, tuple(members), vectors, first=len(rows))
        households.append(household)
        for j, (vector, repeated) in enumerate(members.items()):
            rows.append((*vector, len(quotas), row))
            people.append(repeated * len(homes))
            caps.append(len(homes))
            for home in household.homes:
                class_of[list(home[j])] = household.classes[j]
    lower = [quota.minimum for quota in quotas] + [size] + [0] * len(shared)
    upper = [quota.maximum for quota in quotas] + [size] + shared
    return Problem(
        size=size,
        quotas=quotas,
        people=np.array(people, dtype=float),
        cap=np.array(caps, dtype=float),
        rows=np.array(rows, dtype=np.int64).reshape(len(rows), columns),
        row_lower=np.array(lower, dtype=float),
        row_upper=np.array(upper, dtype=float),
        households=tuple(households),
        class_of=class_of,
    )


def _household(
    homes: list[list[int]], distinct: tuple[_Vector, ...], vectors: list[_Vector], *, first: int
) -> Household:
    placed = tuple(
        tuple(tuple(person for person in home if vectors[person] == vector) for vector in distinct) for home in homes
    )
    return Household(placed, tuple(range(first, first + len(distinct))))
