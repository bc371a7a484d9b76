"""What the objectives are for, on a pool small enough to work out by hand, and what robustness reports."""

import pytest
from defusedxml import ElementTree

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition import people
from mitstadt.methods.sortition.chart import probabilities_svg
from mitstadt.methods.sortition.numbered import numbered_lottery
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.quotas import Quota, Quotas
from mitstadt.methods.sortition.robustness import misreports, representation
from mitstadt.methods.sortition.solution import solve

# Two young people for one place, eight old ones for two: 1/2 and 1/4.
POOL = Pool(
    tuple(f"p{i}" for i in range(10)),
    ("age",),
    (("young",),) * 2 + (("old",),) * 8,
    None,
    ("pet",),
    (("cat",),) * 5 + (("dog",),) * 5,
)
FIXED = Quotas((Quota("age", "young", 1, 1), Quota("age", "old", 2, 2)))
LOOSE = Quotas((Quota("age", "young", 0, 2), Quota("age", "old", 1, 3)))


@pytest.mark.parametrize("objective", ["maximin", "leximin", "nash", "goldilocks", "legacy"])
def test_fixed_quotas_leave_one_answer(objective):
    found = solve(POOL, FIXED, 3, objective=objective)

    tolerance = 0.12 if objective == "legacy" else 1e-6
    assert [found.probabilities[i] for i in POOL.ids] == pytest.approx([0.5] * 2 + [0.25] * 8, abs=tolerance)


@pytest.mark.parametrize("objective", ["maximin", "leximin", "nash", "goldilocks"])
def test_where_quotas_allow_everyone_is_equally_likely(objective):
    found = solve(POOL, LOOSE, 3, objective=objective)

    assert list(found.probabilities.values()) == pytest.approx([0.3] * 10, abs=1e-6)


def test_goldilocks_gives_up_a_little_at_the_bottom_to_tame_the_top():
    features = (("young", "east"), *((("old", "east"),) * 6), *((("old", "west"),) * 13))
    pool = Pool(tuple(f"p{i}" for i in range(20)), ("age", "district"), features)
    quotas = Quotas(
        (
            Quota("age", "young", 0, 1),
            Quota("age", "old", 3, 4),
            Quota("district", "east", 1, 3),
            Quota("district", "west", 1, 3),
        )
    )

    even = solve(pool, quotas, 4, objective="goldilocks")

    assert even.value <= -2
    assert even.gap <= 1e-6


def test_the_old_ask_what_they_would_gain_by_calling_themselves_young():
    gain = misreports(solve(POOL, FIXED, 3))[0]

    assert gain.claimed == "young"
    assert gain.honest == pytest.approx(0.25, abs=1e-6)
    assert gain.dishonest == pytest.approx(1 / 3, abs=1e-6)
    assert gain.gain == pytest.approx(1 / 12, abs=1e-6)


def test_columns_without_quotas_are_compared_with_the_pool():
    cells = {cell.features: cell for cell in representation(solve(POOL, FIXED, 3))}

    cats = cells[(("pet", "cat"),)]
    assert cats.expected == pytest.approx(2 * 0.5 + 3 * 0.25, abs=1e-6)
    assert cats.proportional == pytest.approx(1.5)


def test_a_pool_too_large_to_treat_all_exactly_alike_still_has_probabilities(monkeypatch):
    monkeypatch.setattr(people, "MAX_SEATS", 20)

    found = solve(POOL, FIXED, 3)

    assert found.probabilities["p9"] == pytest.approx(0.25, abs=1e-6)
    assert len(numbered_lottery(found, 8).panels) == 8
    with pytest.raises(MethodError, match="Number the panels instead"):
        _ = found.panels


def test_the_drawing_is_well_formed_and_says_the_lowest_probability():
    found = solve(POOL, FIXED, 3)

    drawing = ElementTree.fromstring(probabilities_svg(found, numbered_lottery(found, 40)))

    assert "lowest 25.00%" in drawing[0].text
    assert len(drawing.findall("{http://www.w3.org/2000/svg}polyline")) == 3
