"""The fast counts give what plain rational arithmetic gives, in the same order, for every rule and completion."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.budgeting import Election, TieBreaking, count, default_utility
from mitstadt.methods.budgeting.equal_shares import ladder
from mitstadt.methods.budgeting.equal_shares.batch import purchases
from mitstadt.methods.budgeting.equal_shares.bridge import holds_between
from mitstadt.methods.budgeting.equal_shares.exact import ExactCount
from mitstadt.methods.budgeting.equal_shares.ladder import cost_of
from mitstadt.methods.budgeting.equal_shares.market import market_of
from mitstadt.methods.budgeting.equal_shares.quick import QuickCount
from mitstadt.methods.budgeting.tests import elections, plain
from mitstadt.methods.shared.errors import MethodError
from scale import examples

TIES = st.sampled_from(["id", "votes,cost", "cost", "file", "lot=dice 4 1 6"])
SMALL = st.one_of(elections.approvals(), elections.points())
MANY = examples(60)
SOME = examples(10)
FEW = examples(3)


def order_of(election, ties):
    return TieBreaking.parse(ties).order(election)


@MANY
@given(election=SMALL, utility=st.sampled_from(["cost", "cardinality", "additive"]), ties=TIES)
def test_equal_shares_buys_the_same_in_the_same_order(election, utility, ties):
    outcome = count(election, utility=utility, ties=TieBreaking.parse(ties))
    share = election.budget / election.ballots.count
    assert list(outcome.winners) == plain.equal_shares(election, utility, order_of(election, ties), share)


@SOME
@given(election=elections.cities(), utility=st.sampled_from(["cost", "cardinality"]))
def test_equal_shares_agrees_in_larger_elections(election, utility):
    order = order_of(election, "id")
    share = election.budget / election.ballots.count
    outcome = count(election, utility=utility)
    assert list(outcome.winners) == plain.equal_shares(election, utility, order, share)
    ladder = outcome.ladder
    assert ladder.holds_from <= share <= ladder.holds_to
    for endowment in (
        ladder.holds_from,
        (ladder.holds_from + share) / 2,
        (share + ladder.holds_to) / 2,
        ladder.holds_to,
    ):
        assert list(outcome.winners) == plain.equal_shares(election, utility, order, endowment)


@pytest.mark.parametrize(
    "name",
    ["none", "utilitarian", "add1", "add1e", "add1u", "add1eu", "add1-integral", "add1e-integral", "add1u-integral",
     "add1eu-integral", "exhaustion", "none-comparison", "utilitarian-comparison", "add1-comparison"],
)  # fmt: skip
@examples(25)
@given(election=SMALL, utility=st.sampled_from(["cost", "cardinality", "additive"]), ties=TIES)
def test_every_completion_ends_with_the_same_winners(name, election, utility, ties):
    outcome = count(election, utility=utility, completion=name, ties=TieBreaking.parse(ties))
    assert list(outcome.winners) == plain.completed(election, utility, order_of(election, ties), name)


@FEW
@given(election=elections.cities(), step=st.sampled_from([Fraction(1, 20), Fraction(1, 3), Fraction(2), Fraction(25)]))
def test_long_ladders_end_where_counting_every_step_ends(election, step):
    share = election.budget / election.ballots.count
    step = max(step, share / 40)
    outcome = count(election, completion="add1", step=step)
    expected = plain.completed(election, "cost", order_of(election, "id"), "add1", step)
    assert list(outcome.winners) == expected
    ladder = outcome.ladder
    for endowment in (ladder.holds_from, ladder.holds_to):
        found = plain.equal_shares(election, "cost", outcome.order, endowment)
        assert set(found) == set(expected)
    if ladder.reason == "overspends":
        beyond = plain.equal_shares(election, "cost", outcome.order, ladder.stopped_at)
        assert plain.cost(election, beyond) > election.budget


@pytest.mark.parametrize("seed", [11, 12, 71])
def test_a_ladder_ends_where_counting_each_of_its_steps_ends(seed):
    election = elections.crowded(seed)
    utility = default_utility(election)
    step = election.budget / election.ballots.count / 400
    outcome = count(election, completion="add1", step=step)
    market = market_of(election, utility=utility, order=outcome.order)
    unit, last = election.money_unit, None
    for number in range(outcome.ladder.steps + 1):
        trace = QuickCount(market, (outcome.ladder.start + step * number) * unit).run()
        if number and cost_of(market, trace.bought) > market.budget:
            break
        last = [market.offers[p].project for p in trace.bought]
    assert list(outcome.winners) == last
    assert (number, outcome.ladder.reason) == (outcome.ladder.steps, "overspends")
    assert outcome.ladder.counted < outcome.ladder.steps


def moon(cost: int) -> Election:
    """An election with one project that costs very much more than there is."""
    costs = {"moon": cost, "bench": 40, "tree": 35}
    return Election.from_approvals(budget=100, costs=costs, ballots=[["moon"], ["bench"], ["tree", "bench"]])


def test_a_ladder_of_more_steps_than_anyone_could_count_ends():
    outcome = count(moon(10**12), completion="add1")

    assert outcome.winner_ids == ("bench", "tree")
    assert outcome.ladder.steps > 10**11
    assert outcome.ladder.counted < 2_000


def test_a_ladder_that_cannot_be_certified_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(ladder, "MOST_COUNTED", 2_000)

    with pytest.raises(MethodError, match="this ladder had not ended") as refused:
        count(moon(10**18), completion="add1")

    assert refused.value.code == "ladder_too_long"


@SOME
@given(election=st.one_of(SMALL, elections.cities()), utility=st.sampled_from(["cost", "cardinality"]))
def test_neighbouring_endowments_counted_side_by_side_agree_with_single_counts(election, utility):
    market = market_of(election, utility=utility, order=order_of(election, "id"))
    share = Fraction(market.budget, market.voters)
    endowments = [share * k / 7 for k in range(4, 16)]
    if not market.offers:
        return
    for endowment, together in zip(endowments, purchases(market, endowments), strict=True):
        assert together is None or together == QuickCount(market, endowment).run().bought


@SOME
@given(election=st.one_of(SMALL, elections.cities()))
def test_what_a_richer_count_learned_never_misleads_a_poorer_one(election):
    market = market_of(election, utility="cost", order=order_of(election, "id"))
    share = Fraction(market.budget, market.voters)
    richer = None
    for k in range(20, 6, -1):
        trace = QuickCount(market, share * k / 10, richer=richer, teach=True, slack=0.3).run()
        assert trace.bought == QuickCount(market, share * k / 10).run().bought
        if richer is not None and trace.holds_until(richer):
            between = QuickCount(market, share * (2 * k + 1) / 20).run()
            assert between.bought == trace.bought
        richer = trace


def bridges(election, utility, gap):
    """Pairs of neighbouring counts that buy the same although comparing their ends alone does not show it."""
    market = market_of(election, utility=utility, order=order_of(election, "id"))
    share = Fraction(market.budget, market.voters)
    richer = None
    for k in range(24, 8, -1):
        poorer = QuickCount(market, share * (1 + gap * (k - 16)), teach=True, slack=gap).run()
        if richer is not None and poorer.bought == richer.bought and not poorer.holds_until(richer):
            yield market, poorer, richer
        richer = poorer


def same_on(ends, places):
    """Whether counts at these places between two others buy what those buy."""
    market, poorer, richer = ends
    width = richer.endowment - poorer.endowment
    return all(QuickCount(market, poorer.endowment + width * p).run().bought == poorer.bought for p in places)


@FEW
@given(
    seed=st.integers(0, 10_000), utility=st.sampled_from(["cost", "cardinality"]), places=st.sets(st.fractions(0, 1))
)
def test_what_holds_at_both_ends_of_a_bridge_holds_everywhere_on_it(seed, utility, places):
    for gap in (Fraction(1, 20), Fraction(1, 60), Fraction(1, 200)):
        for ends in bridges(elections.crowded(seed), utility, gap):
            assert not holds_between(*ends) or same_on(ends, places)


def test_bridges_are_refused_where_purchases_change_between_ends_that_agree_and_found_elsewhere():
    found = set()
    for seed, utility in (
        (3, "cost"),
        (5, "cost"),
        (71, "cost"),
        (71, "cardinality"),
        (117, "cost"),
        (117, "additive"),
    ):
        for ends in bridges(elections.crowded(seed), utility, Fraction(1, 20)):
            found.add((holds_between(*ends), same_on(ends, [Fraction(t, 24) for t in range(1, 24)])))
    assert found >= {(True, True), (False, False)}
    assert (True, False) not in found


@MANY
@given(election=SMALL, utility=st.sampled_from(["cost", "additive"]))
def test_the_referee_alone_gives_the_same_count(election, utility):
    order = order_of(election, "id")
    market = market_of(election, utility=utility, order=order)
    referee = ExactCount(market, Fraction(market.budget, market.voters))
    waiting = set(range(len(market.offers)))
    bought = list(market.free)
    while True:
        rates = {p: referee.rate(p) for p in sorted(waiting)}
        possible = {p: r for p, r in rates.items() if r is not None}
        if not possible:
            break
        best = min(possible, key=possible.__getitem__)
        referee.buy_now(best)
        waiting.remove(best)
        bought.append(market.offers[best].project)
    assert bought == plain.equal_shares(election, utility, order, election.budget / election.ballots.count)


@MANY
@given(election=SMALL, utility=st.sampled_from(["cost", "cardinality", "additive"]), ties=TIES)
def test_greedy_takes_the_same(election, utility, ties):
    outcome = count(election, rule="greedy", utility=utility, ties=TieBreaking.parse(ties))
    assert list(outcome.winners) == plain.greedy(election, utility, order_of(election, ties))


@SOME
@given(election=st.one_of(SMALL, elections.cities()), ties=TIES)
def test_phragmen_buys_the_same(election, ties):
    outcome = count(election, rule="phragmen", ties=TieBreaking.parse(ties))
    assert list(outcome.winners) == plain.phragmen(election, order_of(election, ties))


@MANY
@given(election=SMALL, utility=st.sampled_from(["cost", "cardinality", "additive"]), ties=TIES)
def test_bounded_overspending_buys_the_same(election, utility, ties):
    outcome = count(election, rule="bos", utility=utility, ties=TieBreaking.parse(ties))
    assert list(outcome.winners) == plain.bounded_overspending(election, utility, order_of(election, ties))
