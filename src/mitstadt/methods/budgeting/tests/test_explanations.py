"""Every project and every ballot can be told why; the figures are checked by counting again with them."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given

from mitstadt.methods.budgeting import (
    Election,
    TieBreaking,
    count,
    explain,
    explain_ballots,
    explain_project,
    measure,
    read_pb,
)
from mitstadt.methods.budgeting.comparison import compare
from mitstadt.methods.budgeting.drawing import draw_comparison, draw_outcome
from mitstadt.methods.budgeting.report import ballot_sentence, document, sentence
from mitstadt.methods.budgeting.tests import elections, plain
from scale import examples

SOME = examples(10)


def test_a_worked_example_of_two_rounds():
    """Six voters share 60; the park takes 8 from each of five, then three of them buy the bench with what they have."""
    costs = {"park": 40, "bench": 9, "tower": 50}
    votes = [["park"], ["park"], ["park", "bench"], ["park", "bench"], ["park", "bench"], ["tower"]]
    outcome = count(Election.from_approvals(budget=60, costs=costs, ballots=votes))
    park, bench, tower = explain(outcome)
    assert (park.place, park.purchase.price, park.purchase.paid_in_full, park.purchase.effective_votes) == (1, 8, 5, 5)
    assert tower.shortfall.money_left == 10
    assert tower.shortfall.missing == 40
    assert tower.shortfall.more_votes == 4
    assert bench.shortfall.money_left == 6
    assert sentence(park) == "Funded in round 1: 5 supporters paid 8.00 each."
    told = explain_ballots(outcome, [2, 5])
    assert [(s.project, s.paid) for s in told[0].shares] == [("park", 8)]
    assert told[0].left == 2
    assert told[1].funded == ()
    assert (
        ballot_sentence(told[0])
        == "Ballot 3: 1 of 2 projects were funded. The share paid 8.00 for park; 2.00 were left."
    )


def test_where_nothing_is_funded_everybodys_share_is_left_whole():
    election = Election.from_approvals(budget=100, costs={"a": 900}, ballots=[["a"], ["a"]])
    outcome = count(election, completion="add1")

    told = explain_ballots(outcome, [0, 1])

    assert outcome.winner_ids == ()
    assert [one.left for one in told] == [float(outcome.ladder.endowment)] * 2


@SOME
@given(election=elections.cities())
def test_what_all_voters_paid_is_what_the_winners_cost(election):
    outcome = count(election, completion="add1", step=election.budget / election.ballots.count / 5)
    shares = explain_ballots(outcome, list(range(election.ballots.count)))
    paid = sum(s.paid for ballot in shares for s in ballot.shares)
    assert paid == pytest.approx(float(outcome.cost), rel=1e-9)
    endowment = float(outcome.ladder.endowment)
    assert all(sum(s.paid for s in b.shares) + b.left == pytest.approx(endowment) for b in shares)


def bought_with(election: Election, project: int, *, votes: int = 0, cost: Fraction | None = None) -> bool:
    """Whether a project is bought at the same endowment with more ballots for it alone, or at another cost."""
    voters = [*plain.voters_of(election), *([{project: Fraction(1)}] * votes)]
    projects = list(election.projects)
    if cost is not None:
        projects[project] = replace(projects[project], cost=cost)
    share = election.budget / election.ballots.count
    again = Election.from_approvals(
        budget=share * len(voters),
        costs={p.id: p.cost for p in projects},
        ballots=[[projects[p].id for p in v] for v in voters],
    )
    return project in plain.equal_shares(again, "cost", range(len(projects)), share)


@SOME
@given(election=elections.cities())
def test_a_loser_wins_with_the_votes_or_the_cost_it_was_told_and_not_with_less(election):
    outcome = count(election, ties=TieBreaking.parse("file"))
    for project, e in enumerate(explain(outcome)):
        if e.won or not e.votes:
            continue
        told = explain_project(outcome, project).shortfall
        assert told.more_votes <= e.shortfall.more_votes
        assert bought_with(election, project, votes=told.more_votes)
        assert not bought_with(election, project, votes=told.more_votes - 1) or told.more_votes == 0
        cheaper = Fraction(told.at_cost) * Fraction(999_999, 1_000_000)
        dearer = Fraction(told.at_cost) * Fraction(1_000_001, 1_000_000)
        assert cheaper <= 0 or bought_with(election, project, cost=cheaper)
        assert dearer == 0 or not bought_with(election, project, cost=dearer)


@SOME
@given(election=elections.cities())
def test_a_loser_of_the_greedy_count_wins_with_the_votes_it_was_told(election):
    outcome = count(election, rule="greedy")
    for project, e in enumerate(explain(outcome)):
        if e.shortfall is None or e.shortfall.more_votes is None:
            continue
        for votes, wins in ((e.shortfall.more_votes, True), (e.shortfall.more_votes - 1, False)):
            ballots = [*plain.voters_of(election), *([{project: Fraction(1)}] * votes)]
            again = Election.from_approvals(
                budget=election.budget,
                costs={p.id: p.cost for p in election.projects},
                ballots=[[election.projects[p].id for p in v] for v in ballots],
            )
            assert (project in count(again, rule="greedy").winners) == wins


def test_measures_of_a_small_election_by_hand():
    costs = {"park": 40, "bench": 20}
    votes = [["park"], ["park", "bench"], ["bench"], []]
    outcome = count(Election.from_approvals(budget=40, costs=costs, ballots=votes), rule="greedy", utility="cost")
    found = measure(outcome)
    assert outcome.winner_ids == ("bench",)
    assert (found.exclusion_ratio, found.with_a_project, found.mean_winners) == (0.5, 0.5, 0.5)
    assert found.mean_spending_share == 0.5
    assert found.gini == pytest.approx(0.5)
    assert found.budget_used == 0.5


def test_a_group_passed_over_is_shown_with_its_claim():
    costs = {f"north{n}": 10 for n in range(10)} | {"south": 10}
    votes = [[f"north{n}" for n in range(10)]] * 6 + [["south"]] * 4
    outcome = count(Election.from_approvals(budget=100, costs=costs, ballots=votes), rule="greedy", utility="cost")
    witness = measure(outcome).ejr_plus_witness
    assert (witness.project, witness.voters, witness.entitled_to, witness.best_off) == ("south", 4, 40, 0)


def test_no_figure_speaks_of_fewer_than_ten_voters_nor_lets_them_be_worked_out():
    rows = "".join(f"{n};a;{'East' if n < 4 else 'West' if n < 30 else 'Mid'}\n" for n in range(60))
    text = f"META\nkey;value\nbudget;5\nPROJECTS\nproject_id;cost\na;5\nVOTES\nvoter_id;vote;district\n{rows}"
    cells = measure(count(read_pb(text.encode()))).by_trait["district"]
    assert set(cells) == {"Mid"}


def test_pictures_hold_every_project_and_are_well_formed():
    import xml.etree.ElementTree as ElementTree

    costs = {"a&b": 60, "c<d": 40, "e": 10}
    election = Election.from_approvals(budget=100, costs=costs, ballots=[["a&b"], ["a&b", "c<d"], ["e"]])
    outcome = count(election, completion="add1eu-integral-comparison", step=Fraction(1, 3))
    for picture in (draw_outcome(outcome, explain(outcome)), draw_comparison(compare(election))):
        root = ElementTree.fromstring(picture)  # noqa: S314 - our own output
        words = " ".join(root.itertext())
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            width = 0.56 * float(text.get("font-size")) * len(text.text or "")
            assert float(text.get("x")) + width < 900, f"“{text.text}” runs out of the picture"
        assert all(name in words for name in outcome.winner_ids)


def test_the_document_names_everything_a_recount_needs():
    election = Election.from_approvals(budget=10, costs={"a": 3, "b": 9}, ballots=[["a"], ["b"], ["a"]])
    outcome = count(election, completion="add1-integral")
    found = document(outcome, explanations=explain(outcome), measures=measure(outcome), input_sha256="0" * 64)
    keys = {"winners", "cost", "budget", "rule", "utility", "completion", "tie_breaking", "explanations", "measures"}
    assert keys | {"input_sha256", "variant", "endowment"} <= set(found)
    assert found["winners"] == ["a"]
    assert found["endowment"]["ended_because"] == "overspends"
    assert found["endowment"]["start"] == str(ceil(10 / 3) - 1)
