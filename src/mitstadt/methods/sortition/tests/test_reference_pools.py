"""Pools with certified optima: the same values, proved, and panels that keep every rule."""

import json
from collections import defaultdict

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.feasibility import find_conflict
from mitstadt.methods.sortition.numbered import numbered_lottery
from mitstadt.methods.sortition.pool import read_pool
from mitstadt.methods.sortition.quotas import read_quotas
from mitstadt.methods.sortition.replacement import relaxed
from mitstadt.methods.sortition.solution import solve
from real_data import real_file
from scale import scaled

from .exact_leximin import exact_leximin
from .small_pools import keeps_rules

SMALL = [("gss14_250_20", 20), ("sf_fixture_150_22", 22)]
ALL = [*SMALL, ("gss14_1000_100h", 100)]
POOLS = scaled(SMALL[:1], ALL)


def read(name):
    folder = real_file(f"sortition/{name}")
    with (folder / "categories.csv").open() as lines:
        quotas = read_quotas(lines)
    with (folder / "respondents.csv").open() as lines:
        return read_pool(lines, quotas), quotas, json.loads((folder / "ref.json").read_text())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), POOLS)
def test_maximin_reaches_the_certified_optimum_with_a_proof(name, size):
    pool, quotas, reference = read(name)

    found = solve(pool, quotas, size, objective="maximin")

    assert found.value == pytest.approx(reference["maximin"]["min_probability"], abs=1e-6)
    assert found.upper_bound == pytest.approx(reference["maximin"]["certified_upper_bound"], abs=1e-9)
    assert 0 <= found.gap <= 1e-6
    assert sum(found.probabilities.values()) == pytest.approx(size)
    assert all(keeps_rules(pool, quotas, panel.people, size) for panel in found.panels)
    seated: dict[str, float] = defaultdict(float)
    for panel in found.panels:
        for person in panel.people:
            seated[pool.ids[person]] += panel.weight
    assert all(seated[i] == pytest.approx(p, abs=1e-9) for i, p in found.probabilities.items())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), POOLS)
def test_leximin_gives_everybody_the_exact_probability(name, size):
    pool, quotas, reference = read(name)
    problem = build_problem(pool, quotas, size)
    exact = exact_leximin(problem)

    found = solve(pool, quotas, size, objective="leximin")

    assert sum(int(n) * p for n, p in zip(problem.people, exact, strict=True)) == size
    assert found.exact
    assert found.value == pytest.approx(reference["maximin"]["min_probability"], abs=3e-7)
    for person, class_ in zip(pool.ids, problem.class_of, strict=True):
        assert found.probabilities[person] == pytest.approx(float(exact[class_]), abs=3e-7)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size", "off"), [(*SMALL[0], 4.1e-6), (*SMALL[1], 5.0e-6), (*ALL[2], 4.1e-5)])
def test_where_the_reference_differs_it_is_the_reference_that_is_off(name, size, off):
    """It fixed each level with a slack, so that it adds up to more than the panel; its lowest levels are exact."""
    pool, quotas, reference = read(name)
    problem = build_problem(pool, quotas, size)
    exact = exact_leximin(problem)

    told = reference["probabilities_by_id"]

    assert sum(told.values()) > size + 4e-6
    for person, class_ in zip(pool.ids, problem.class_of, strict=True):
        right = float(exact[class_])
        assert told[person] == pytest.approx(right, abs=1e-6 if right < 0.125 else off)


@pytest.mark.slow
def test_a_lottery_of_a_thousand_panels_stays_within_two_thousandths():
    pool, quotas, _ = read("gss14_250_20")
    found = solve(pool, quotas, 20)

    lottery = numbered_lottery(found, 1000)

    assert lottery.largest_deviation <= 0.002
    assert all(keeps_rules(pool, quotas, panel, 20) for panel in lottery.panels)


def one_feature_asked_too_often(quotas, size):
    first, *others = [q for q in quotas.quotas if q.category == quotas.categories[-1]]
    # More places than there are left beside the others' minima.
    wanted = size - sum(q.minimum for q in others) + 3
    return {first.key: (wanted, wanted + 5)}


def the_most_wanted_feature_shut_out(quotas, size):
    del size
    return {max(quotas.quotas, key=lambda q: q.minimum).key: (0, 0)}


def every_minimum_raised(quotas, size):
    return {q.key: (q.minimum + size // 8, max(q.maximum, q.minimum + size // 8)) for q in quotas.quotas}


def every_maximum_lowered(quotas, size):
    del size
    return {q.key: (0, q.maximum // 2) for q in quotas.quotas}


def more_of_one_feature_than_there_are(quotas, size):
    return {quotas.quotas[1].key: (size, size), quotas.quotas[-1].key: (size - 1, size)}


WAYS = [
    one_feature_asked_too_often,
    the_most_wanted_feature_shut_out,
    every_minimum_raised,
    every_maximum_lowered,
    more_of_one_feature_than_there_are,
]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "size"), POOLS)
def test_a_pool_made_infeasible_gets_its_conflict_and_the_least_change(name, size, way):
    pool, quotas, _ = read(name)
    broken = quotas.with_bounds(way(quotas, size))

    conflict = find_conflict(build_problem(pool, broken, size))

    assert conflict is not None
    assert conflict.smallest
    mended = relaxed(broken, conflict.changes)
    assert find_conflict(build_problem(pool, mended, size)) is None
    together = {(limit.category, limit.feature, limit.bound) for limit in conflict.limits}
    assert not any_panel_with(pool, broken, size, together)
    assert all(any_panel_with(pool, broken, size, together - {limit}) for limit in together)


def any_panel_with(pool, quotas, size, limits):
    """Whether a panel keeps these limits, all others being lifted."""
    kept = {
        q.key: (
            q.minimum if (*q.key, "min") in limits else 0,
            q.maximum if (*q.key, "max") in limits else max(size, q.minimum),
        )
        for q in quotas.quotas
    }
    return find_conflict(build_problem(pool, quotas.with_bounds(kept), size)) is None


def test_an_infeasible_pool_is_refused_in_words():
    pool, quotas, _ = read("gss14_250_20")
    quota = next(q for q in quotas.quotas if q.feature == "18-24")
    broken = quotas.with_bounds({quota.key: (5, 6)})

    with pytest.raises(MethodError, match="One quota alone cannot be kept: agegrp “18-24”: at least 5") as refused:
        solve(pool, broken, 20)

    assert refused.value.code == "infeasible"
