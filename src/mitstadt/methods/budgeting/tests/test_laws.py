"""What a fair count must obey, and examples where a law that one might expect does not hold."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.budgeting import Completion, Election, TieBreaking, count, ejr_plus_violations
from mitstadt.methods.budgeting.completions import NAMES
from mitstadt.methods.budgeting.tests import elections, plain
from mitstadt.methods.shared.errors import MethodError
from scale import examples

LAW = examples(15)
ANY = st.one_of(elections.approvals(), elections.cities())
RULES = [("equal-shares", "none"), ("equal-shares", "add1u"), ("greedy", "none"), ("phragmen", "none"), ("bos", "none")]


def rebuilt(election: Election, *, ballots=None, names=None, budget=None, money=1, copies=1) -> Election:
    names = names or {p.id: p.id for p in election.projects}
    votes = ballots or plain.voters_of(election)
    return Election.from_approvals(
        budget=(budget or election.budget) * money,
        costs={names[p.id]: p.cost * money for p in election.projects},
        ballots=[[names[election.projects[p].id] for p in v] for v in votes for _ in range(copies)],
    )


@pytest.mark.parametrize(("rule", "completion"), RULES)
@examples(12)
@given(election=ANY, seed=st.randoms(use_true_random=False))
def test_who_cast_which_ballot_makes_no_difference(rule, completion, election, seed):
    votes = plain.voters_of(election)
    seed.shuffle(votes)
    again = rebuilt(election, ballots=votes)
    step = election.budget / election.ballots.count / 5
    chosen = {"rule": rule, "completion": completion, "utility": "cost"}
    if completion != "none":
        chosen["step"] = step
    assert count(again, **chosen).winner_ids == count(election, **chosen).winner_ids


@pytest.mark.parametrize("rule", ["equal-shares", "greedy", "phragmen", "bos"])
@examples(12)
@given(election=ANY)
def test_names_of_projects_make_no_difference_while_nothing_is_tied(rule, election):
    new = {p.id: f"z{99 - n}" for n, p in enumerate(election.projects)}
    ties = TieBreaking(("file", "id"))
    one = count(election, rule=rule, utility="cost", ties=ties).winner_ids
    other = count(rebuilt(election, names=new), rule=rule, utility="cost", ties=ties).winner_ids
    assert [new[name] for name in one] == list(other)


@LAW
@given(election=ANY, money=st.sampled_from([Fraction(1, 3), 7, 100]), copies=st.integers(1, 3))
def test_currency_and_copies_of_all_voters_make_no_difference(election, money, copies):
    again = rebuilt(election, money=money, copies=copies)
    for rule in ("equal-shares", "greedy", "phragmen", "bos"):
        assert (
            count(again, rule=rule, utility="cost").winner_ids == count(election, rule=rule, utility="cost").winner_ids
        )


@LAW
@given(election=ANY)
def test_equal_shares_passes_over_no_group_that_could_pay(election):
    assert ejr_plus_violations(election, count(election, utility="cost").winners) == ()


@LAW
@given(election=elections.approvals(most_projects=4, most_voters=6, free=False), winners=st.sets(st.integers(0, 3)))
def test_the_check_for_groups_passed_over_finds_exactly_what_trying_all_groups_finds(election, winners):
    winners = {p for p in winners if p < len(election.projects)}
    voters = plain.voters_of(election)
    worth = [sum((election.projects[p].cost for p in v if p in winners), Fraction(0)) for v in voters]
    passed_over = set()
    for p, project in enumerate(election.projects):
        supporters = [i for i, v in enumerate(voters) if p in v]
        for size in range(1, len(supporters) + 1):
            for group in combinations(supporters, size):
                share = election.budget * size / len(voters)
                if p not in winners and all(worth[i] + project.cost < share for i in group):
                    passed_over.add(project.id)
    assert {v.project for v in ejr_plus_violations(election, tuple(winners))} == passed_over


@LAW
@given(election=st.one_of(ANY, elections.points()), name=st.sampled_from(NAMES))
def test_nothing_overspends(election, name):
    step = max(election.budget / election.ballots.count / 5, Fraction(1, 5))
    assert count(election, completion=name, step=step).cost <= election.budget
    for rule in ("greedy", "phragmen", "bos"):
        assert count(election, rule=rule).cost <= election.budget


@LAW
@given(election=ANY, name=st.sampled_from(["utilitarian", "add1u", "add1eu-integral"]))
def test_utilitarian_completions_leave_no_project_that_fits(election, name):
    step = election.budget / election.ballots.count / 5
    outcome = count(election, completion=name, step=step)
    left = election.budget - outcome.cost
    assert all(p in outcome.stage_of or project.cost > left for p, project in enumerate(election.projects))


def test_more_money_can_mean_less_is_bought():
    """Add-one is a search, not a scale: equal shares is not monotone in the endowment."""
    found = None
    costs = {"a": 6, "b": 3, "c": 4, "d": 9}
    votes = [["a", "b"], ["a", "b", "c"], ["a", "c"], ["b", "d"], ["d"], ["c", "d"]]
    previous = None
    for money in range(1, 400):
        election = Election.from_approvals(budget=Fraction(money, 10), costs=costs, ballots=votes)
        cost = sum(costs[name] for name in count(election).winner_ids)
        if previous is not None and cost < previous:
            found = money
        previous = cost
    assert found is not None


def test_a_larger_budget_can_drop_a_winner_of_the_greedy_count():
    """Greedy is not monotone in the budget either: with 5 the popular project of 5 fits and pushes both others out."""
    costs = {"park": 5, "bench": 2, "tree": 2}
    votes = [["park"], ["park"], ["park", "bench"], ["bench", "tree"]]
    small = Election.from_approvals(budget=4, costs=costs, ballots=votes)
    large = replace(small, budget=Fraction(5))
    assert count(small, rule="greedy").winner_ids == ("bench", "tree")
    assert count(large, rule="greedy").winner_ids == ("park",)


def test_ties_are_broken_as_announced_and_told():
    election = Election.from_approvals(budget=10, costs={"b": 10, "a": 10}, ballots=[["a", "b"], ["a", "b"]])
    by_id = count(election)
    by_file = count(election, ties=TieBreaking.parse("file"))
    assert by_id.winner_ids == ("a",)
    assert by_file.winner_ids == ("b",)
    assert [(t.round, t.chosen, t.among) for t in by_id.ties] == [(1, 1, (1, 0))]
    assert by_file.tie_breaking == "file,id"
    lots = {count(election, ties=TieBreaking.parse(f"lot={n}")).winner_ids for n in range(20)}
    assert lots == {("a",), ("b",)}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"rule": "lottery"}, "rule_unknown"),
        ({"utility": "joy"}, "utility_unknown"),
        ({"completion": "add2"}, "completion_unknown"),
        ({"rule": "greedy", "completion": "add1"}, "completion_unfit"),
        ({"completion": "add1", "step": 0}, "step_unfit"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(asked, code):
    election = Election.from_approvals(budget=1, costs={"a": 1}, ballots=[["a"]])
    with pytest.raises(MethodError) as refused:
        count(election, **asked)
    assert refused.value.code == code


def test_every_completion_says_what_it_is():
    assert Completion.parse("add1eu-integral-comparison") == Completion(
        "add1eu-integral-comparison", "voter", True, True, True, True
    )
    election = Election.from_approvals(budget=9, costs={"a": 3, "b": 8}, ballots=[["a"], ["b"], ["a", "b"]])
    told = [count(election, completion=name).variant for name in NAMES]
    assert len(set(told)) == len(NAMES)
