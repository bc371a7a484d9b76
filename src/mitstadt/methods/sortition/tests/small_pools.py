"""Small pools for tests, and their optimum by looking at every panel there is."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas

CATEGORIES = {"age": ("old", "young"), "district": ("east", "north", "west"), "school": ("long", "short")}


@st.composite
def small_draws(draw, *, households: bool = False):
    """A pool of up to ten people, quotas around a panel of it (so that one exists), and a size."""
    people = draw(st.integers(4, 10))
    size = draw(st.integers(2, min(5, people - 1)))
    features = tuple(tuple(draw(st.sampled_from(values)) for values in CATEGORIES.values()) for _ in range(people))
    homes = tuple(f"h{draw(st.integers(0, people - 1))}" for _ in range(people)) if households else None
    panel = draw(st.permutations(range(people)))[:size]
    quotas = []
    for place, (category, values) in enumerate(CATEGORIES.items()):
        for value in values:
            count = sum(features[p][place] == value for p in panel)
            below, above = draw(st.integers(0, 1)), draw(st.integers(0, 1))
            quotas.append(Quota(category, value, max(0, count - below), count + above))
    pool = Pool(tuple(f"p{i}" for i in range(people)), tuple(CATEGORIES), features, homes)
    return pool, Quotas(tuple(quotas)), size


def all_panels(pool: Pool, quotas: Quotas, size: int) -> list[tuple[int, ...]]:
    """Every panel that keeps all rules."""
    return [p for p in combinations(range(len(pool)), size) if keeps_rules(pool, quotas, p, size)]


def keeps_rules(pool: Pool, quotas: Quotas, panel, size: int) -> bool:
    """Whether these people are a panel, checked the slow way."""
    if len(set(panel)) != size:
        return False
    if pool.households is not None and len({pool.households[p] for p in panel}) != size:
        return False
    for quota in quotas.quotas:
        place = pool.categories.index(quota.category)
        count = sum(pool.features[p][place] == quota.feature for p in panel)
        if not quota.minimum <= count <= quota.maximum:
            return False
    return True


def leximin_by_enumeration(pool: Pool, panels: list[tuple[int, ...]]) -> np.ndarray:
    """Leximin probabilities of all people, level by level over every panel."""
    people = len(pool)
    member = np.zeros((people, len(panels)))
    for column, panel in enumerate(panels):
        member[list(panel), column] = 1.0
    level = np.full(people, -1.0)
    while (level < 0).any():
        free = level < 0
        best = _raise(member, level, free, None)
        for person in np.flatnonzero(free):
            if _raise(member, level, free, person, floor=best) < best + 1e-7:
                level[person] = best
    return level


def _raise(member, level, free, person, floor=None) -> float:
    """The highest common level of the free, or the highest probability of one of them above a floor."""
    people, panels = member.shape
    cost = np.zeros(panels + 1)
    rows, bound = [], []
    for i in range(people):
        row = np.append(-member[i], 0.0)
        if free[i] and floor is None:
            row[-1] = 1.0
            rows.append(row)
            bound.append(0.0)
        else:
            rows.append(row)
            bound.append(-(floor if free[i] else level[i]) + 1e-9)
    cost[-1] = -1.0 if floor is None else 0.0
    if floor is not None:
        cost[:-1] = -member[person]
    total = np.append(np.ones(panels), 0.0)[None, :]
    found = linprog(cost, A_ub=np.array(rows), b_ub=bound, A_eq=total, b_eq=[1.0], bounds=(0, None))
    assert found.success
    return -found.fun
