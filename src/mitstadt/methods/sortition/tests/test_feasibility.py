"""Quotas that contradict each other: the smallest set of them, and the least change, checked by trying everything."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.feasibility import find_conflict
from mitstadt.methods.sortition.quotas import Quota, Quotas
from scale import examples

from .small_pools import all_panels, small_draws


@st.composite
def spoiled_draws(draw):
    """A pool whose quotas were moved until, mostly, no panel is left."""
    pool, quotas, size = draw(small_draws())
    moved = []
    for quota in quotas.quotas:
        up, down = draw(st.integers(0, 1)), draw(st.integers(0, 1))
        low = quota.minimum + up
        moved.append(Quota(quota.category, quota.feature, low, max(low, quota.maximum - down)))
    return pool, Quotas(tuple(moved)), size


def possible(pool, quotas, size, limits):
    """Whether a panel keeps these limits alone."""
    free = {q.key: [0, size] for q in quotas.quotas}
    for category, feature, bound, value in limits:
        free[category, feature][bound == "max"] = value
    loose = Quotas(
        tuple(Quota(category, feature, low, max(low, high)) for (category, feature), (low, high) in free.items())
    )
    crossed = any(low > high for low, high in free.values())
    return not crossed and bool(all_panels(pool, loose, size))


@examples(8)
@given(spoiled_draws())
def test_the_conflict_is_the_smallest_there_is(drawn):
    pool, quotas, size = drawn
    conflict = find_conflict(build_problem(pool, quotas, size))
    if conflict is None:
        assert all_panels(pool, quotas, size)
        return
    limits = [(c.category, c.feature, c.bound, c.value) for c in conflict.limits]

    assert not all_panels(pool, quotas, size)
    assert not possible(pool, quotas, size, limits)
    assert all(possible(pool, quotas, size, left) for left in combinations(limits, len(limits) - 1))


@examples(8)
@given(spoiled_draws())
def test_the_relaxation_helps_and_no_cheaper_one_does(drawn):
    pool, quotas, size = drawn
    conflict = find_conflict(build_problem(pool, quotas, size))
    if conflict is None:
        return
    bounds = {q.key: [q.minimum, q.maximum] for q in quotas.quotas}
    for change in conflict.changes:
        bounds[change.category, change.feature][change.bound == "max"] = change.new
    assert all_panels(pool, quotas.with_bounds({k: (a, b) for k, (a, b) in bounds.items()}), size)

    cheapest = min(_cost(pool, quotas, panel) for panel in combinations(range(len(pool)), size))
    assert conflict.cost == cheapest


def _cost(pool, quotas, panel):
    """By how many places a group of people breaks the quotas."""
    total = 0
    for quota, place in product(quotas.quotas, range(len(pool.categories))):
        if pool.categories[place] == quota.category:
            count = sum(pool.features[p][place] == quota.feature for p in panel)
            total += max(0, quota.minimum - count) + max(0, count - quota.maximum)
    return total
