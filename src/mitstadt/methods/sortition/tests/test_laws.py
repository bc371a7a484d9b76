"""What must hold for every pool: fairness to people, whoever they are and in whatever order they come."""

import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.feasibility import find_conflict
from mitstadt.methods.sortition.numbered import numbered_lottery
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.solution import solve
from scale import examples

from .small_pools import CATEGORIES, all_panels, keeps_rules, leximin_by_enumeration, small_draws


@examples(8)
@given(small_draws())
def test_leximin_is_the_optimum_over_every_panel_there_is(drawn):
    pool, quotas, size = drawn
    best = leximin_by_enumeration(pool, all_panels(pool, quotas, size))

    found = solve(pool, quotas, size)

    assert [found.probabilities[i] for i in pool.ids] == pytest.approx(list(best), abs=2e-6)
    assert found.exact


@examples(8)
@given(small_draws(households=True))
def test_leximin_is_the_optimum_with_one_person_per_household(drawn):
    pool, quotas, size = drawn
    panels = all_panels(pool, quotas, size)
    if not panels:
        with pytest.raises(MethodError, match="No panel of"):
            solve(pool, quotas, size)
        return
    best = leximin_by_enumeration(pool, panels)

    found = solve(pool, quotas, size)

    assert [found.probabilities[i] for i in pool.ids] == pytest.approx(list(best), abs=2e-6)


@examples(8)
@given(small_draws(households=True), st.sampled_from(["maximin", "nash", "goldilocks"]))
def test_no_value_exceeds_its_bound_and_the_gap_is_closed(drawn, objective):
    pool, quotas, size = drawn
    panels = all_panels(pool, quotas, size)
    if not panels:
        return

    found = solve(pool, quotas, size, objective=objective)

    assert found.value <= found.upper_bound
    assert found.upper_bound == found.value or found.gap <= 1e-6


@examples(8)
@given(small_draws(households=True), st.sampled_from(["leximin", "maximin", "nash", "goldilocks"]))
def test_every_panel_keeps_the_rules_and_the_weights_give_the_probabilities(drawn, objective):
    pool, quotas, size = drawn
    if not all_panels(pool, quotas, size):
        return

    found = solve(pool, quotas, size, objective=objective)

    seated: dict[int, float] = defaultdict(float)
    for panel in found.panels:
        assert keeps_rules(pool, quotas, panel.people, size)
        for person in panel.people:
            seated[person] += panel.weight
    assert sum(panel.weight for panel in found.panels) == pytest.approx(1)
    assert sum(found.probabilities.values()) == pytest.approx(size)
    assert [seated[i] for i in range(len(pool))] == pytest.approx([found.probabilities[i] for i in pool.ids], abs=1e-9)


@examples(8)
@given(small_draws(), st.integers(0, 1000))
def test_names_and_order_of_people_change_no_probability(drawn, seed):
    pool, quotas, size = drawn
    order = list(range(len(pool)))
    random.Random(seed).shuffle(order)
    names = {person: f"q{seed + rank}" for rank, person in enumerate(order)}
    other = Pool(tuple(names[p] for p in order), pool.categories, tuple(pool.features[p] for p in order))

    before, after = solve(pool, quotas, size), solve(other, quotas, size)

    for person, name in names.items():
        assert after.probabilities[name] == pytest.approx(before.probabilities[pool.ids[person]], abs=1e-9)


@examples(8)
@given(small_draws())
def test_people_alike_in_all_features_have_the_same_probability(drawn):
    pool, quotas, size = drawn
    for objective in ("leximin", "maximin"):
        found = solve(pool, quotas, size, objective=objective)
        of: dict[tuple[str, ...], float] = {}
        for person, features in zip(pool.ids, pool.features, strict=True):
            assert found.probabilities[person] == of.setdefault(features, found.probabilities[person])


@examples(8)
@given(small_draws(households=True), st.tuples(*(st.sampled_from(values) for values in CATEGORIES.values())))
def test_one_more_person_never_makes_a_possible_panel_impossible(drawn, features):
    pool, quotas, size = drawn
    if not all_panels(pool, quotas, size):
        return
    homes = (*pool.households, "new")
    more = replace(pool, ids=(*pool.ids, "new"), features=(*pool.features, features), households=homes)

    assert find_conflict(build_problem(more, quotas, size)) is None


@examples(8)
@given(small_draws())
def test_the_same_input_gives_the_same_output(drawn):
    pool, quotas, size = drawn

    first, second = solve(pool, quotas, size), solve(pool, quotas, size)

    assert first.probabilities == second.probabilities
    assert first.panels == second.panels


@examples(8)
@given(small_draws(households=True), st.integers(20, 60))
def test_numbered_panels_are_valid_and_differ_by_no_more_than_they_say(drawn, number):
    pool, quotas, size = drawn
    if not all_panels(pool, quotas, size):
        return
    found = solve(pool, quotas, size)

    lottery = numbered_lottery(found, number)

    assert len(lottery.panels) == number
    assert all(keeps_rules(pool, quotas, panel, size) for panel in lottery.panels)
    for i, person in enumerate(pool.ids):
        share = sum(i in panel for panel in lottery.panels) / number
        assert abs(share - found.probabilities[person]) <= lottery.largest_deviation + 1e-12
    assert lottery == numbered_lottery(found, number)
