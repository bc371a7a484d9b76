"""When somebody drops out: the next by lot who fits, the same for us and for the published script."""

from dataclasses import replace as changed

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas
from mitstadt.methods.sortition.replacement import alternates, relaxed, replace
from scale import examples

from .small_pools import all_panels, keeps_rules, small_draws

SEED = "ab" * 32


@examples(8)
@given(small_draws(households=True), st.integers(0, 5), st.integers(1, 2))
def test_after_a_replacement_all_rules_hold_and_whoever_left_stays_away(drawn, first, count):
    pool, quotas, size = drawn
    panels = all_panels(pool, quotas, size)
    assume(panels)
    panel = [pool.ids[p] for p in panels[first % len(panels)]]
    dropped = panel[:count]

    found = replace(pool, quotas, panel, dropped, seed=SEED)

    stay = set(panel) - set(dropped)
    completions = [
        p for p in panels if stay <= {pool.ids[i] for i in p} and not set(dropped) & {pool.ids[i] for i in p}
    ]
    if found.replacements is None:
        assert not completions
    else:
        assert not set(found.panel) & set(dropped)
        assert keeps_rules(pool, quotas, [pool.ids.index(p) for p in found.panel], size)


def simple():
    """Six people, three of each age; a panel of two, one of each."""
    pool = Pool(tuple("abcdef"), ("age",), (("old",),) * 3 + (("young",),) * 3)
    return pool, Quotas((Quota("age", "old", 1, 1), Quota("age", "young", 1, 1)))


def test_everyone_who_fits_has_the_same_chance():
    pool, quotas = simple()

    came = [replace(pool, quotas, ["a", "d"], ["d"], seed=f"{s:064x}").replacements[0] for s in range(200)]

    assert set(came) == {"e", "f"}
    assert 70 <= came.count("e") <= 130


def test_where_nobody_fits_the_least_change_is_told_and_helps():
    pool, quotas = simple()

    found = replace(pool, quotas, ["a", "d"], ["d"], seed=SEED, unavailable=["e", "f"])

    assert found.replacements is None
    assert found.conflict is not None
    loose = relaxed(quotas, found.conflict.changes)
    assert replace(pool, loose, ["a", "d"], ["d"], seed=SEED, unavailable=["e", "f"]).replacements is not None


def test_whoever_shares_a_home_with_a_member_is_not_asked():
    pool, quotas = simple()
    pool = changed(pool, households=("1", "2", "3", "4", "1", "6"))

    assert {replace(pool, quotas, ["a", "d"], ["d"], seed=f"{s:064x}").replacements for s in range(30)} == {("f",)}


def test_names_that_are_not_on_the_panel_are_refused():
    pool, quotas = simple()

    with pytest.raises(MethodError, match="“b” is not on the panel"):
        replace(pool, quotas, ["a", "d"], ["b"], seed=SEED)
    with pytest.raises(MethodError, match="Name at least one"):
        replace(pool, quotas, ["a", "d"], [], seed=SEED)


def test_the_first_two_in_reserve_can_stand_in_for_everyone():
    pool, quotas = simple()

    reserve = alternates(pool, quotas, ["a", "d"], seed=SEED, count=2)

    assert {pool.features[pool.ids.index(p)] for p in reserve} == {("old",), ("young",)}
