"""Random elections for the laws: small ones full of ties, larger ones full of poor and rich voters."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from mitstadt.methods.budgeting import Election


def _names(count: int) -> list[str]:
    return [f"p{n}" for n in range(count)]


@st.composite
def approvals(draw, *, most_projects: int = 6, most_voters: int = 9, free: bool = True) -> Election:
    """A handful of voters and projects with small whole costs, so that ties and exact exhaustion are common."""
    names = _names(draw(st.integers(1, most_projects)))
    costs = {name: draw(st.integers(0 if free else 1, 12)) for name in names}
    ballots = draw(st.lists(st.sets(st.sampled_from(names)), min_size=1, max_size=most_voters))
    budget = draw(st.one_of(st.integers(1, 30), st.fractions(Fraction(1, 2), 30, max_denominator=4)))
    return Election.from_approvals(budget=budget, costs=costs, ballots=[sorted(b) for b in ballots])


@st.composite
def points(draw) -> Election:
    """Small elections with points, halves and zeros among them."""
    names = _names(draw(st.integers(1, 5)))
    costs = {name: draw(st.integers(1, 12)) for name in names}
    value = st.one_of(st.integers(0, 4), st.just(Fraction(1, 2)))
    ballots = draw(st.lists(st.dictionaries(st.sampled_from(names), value), min_size=1, max_size=8))
    return Election.from_points(budget=draw(st.integers(1, 30)), costs=costs, ballots=ballots)


@st.composite
def cities(draw) -> Election:
    """Some dozens of voters in blocs, costs of all sizes, cents now and then."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    projects, voters = int(rng.integers(4, 13)), int(rng.integers(15, 60))
    unit = int(rng.choice([1, 1, 100]))
    names = _names(projects)
    costs = {name: Fraction(int(10 ** rng.uniform(1, 4)), unit) for name in names}
    taste = rng.beta(0.6, 1.2, (int(rng.integers(1, 4)), projects))
    ballots = [
        [
            name
            for name, liked in zip(names, rng.random(projects) < taste[rng.integers(len(taste))], strict=True)
            if liked
        ]
        for _ in range(voters)
    ]
    budget = sum(costs.values(), Fraction(0)) * Fraction(int(rng.integers(10, 90)), 100)
    return Election.from_approvals(budget=budget, costs=costs, ballots=ballots)


def crowded(seed: int) -> Election:
    """Up to some hundred voters and some dozens of projects, often with nearly equal costs and supporters."""
    rng = np.random.default_rng(seed)
    projects, voters = int(rng.integers(6, 30)), int(rng.integers(20, 300))
    alike = rng.random() < 0.5
    drawn = rng.integers(800, 1200, projects) if alike else 10 ** rng.uniform(2, 4, projects)
    names = _names(projects)
    costs = {name: int(cost) for name, cost in zip(names, drawn, strict=True)}
    popularity = rng.dirichlet(np.full(projects, rng.choice([0.6, 5, 50])))
    most = min(projects, 8)
    chosen = [np.unique(rng.choice(projects, size=int(rng.integers(1, most + 1)), p=popularity)) for _ in range(voters)]
    budget = int(sum(costs.values()) * 0.35)
    if rng.random() < 0.25:
        points = [{names[p]: int(rng.integers(1, 5)) for p in ballot} for ballot in chosen]
        return Election.from_points(budget=budget, costs=costs, ballots=points)
    return Election.from_approvals(budget=budget, costs=costs, ballots=[[names[p] for p in b] for b in chosen])
