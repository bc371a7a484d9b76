"""The map foresees votes it has not seen, finds groups only where there are some, and says what all share."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mitstadt.methods.opinion import models
from mitstadt.methods.opinion.consensus import bridging_consensus, divisive, minimum_consensus, product_consensus
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.describe import false_discovery
from mitstadt.methods.opinion.drawing import draw_map
from mitstadt.methods.opinion.groups import adjusted_rand, find_groups
from mitstadt.methods.opinion.models import MODELS, Options, fit_map
from mitstadt.methods.opinion.reading import read_map
from mitstadt.methods.opinion.result_json import map_json
from mitstadt.methods.opinion.scoring import auc, score
from mitstadt.methods.opinion.tests.worlds import camps, conversation, mapped, published, reading, triples
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

SMALLEST = ("brexit-consensus",)
LARGER = pytest.param(("scoop-hivemind.biodiversity", "vtaiwan.uberx"), marks=pytest.mark.thorough)


@pytest.mark.parametrize("names", [SMALLEST, LARGER], ids=["smallest", "larger"])
def test_the_default_map_foresees_hidden_votes_as_well_as_the_best_of_all(names):
    for name in names:
        table = score(published(name), share=0.1, seed=1)
        default = next(one for one in table if one.kind == "default")

        assert default.log_loss <= min(one.log_loss for one in table) + 0.005, name


def test_every_model_foresees_better_than_the_mere_rate_of_agreement():
    table = {one.name: one for one in score(conversation(seed=3))}

    for name in ("pca 2", "factor 2", "irt 2", "polis map"):
        assert table[name].log_loss < table["statement agree rate"].log_loss - 0.05, name


@pytest.mark.parametrize("model", MODELS)
def test_shuffled_votes_give_the_same_bytes_in_every_model(model):
    votes, _ = camps(people=60, statements=16, each=10)
    order = np.random.default_rng(1).permutation(votes.total)
    shuffled = Votes.from_arrays(*(part[order] for part in triples(votes)))

    maps = [read_map(fit_map(Conversation.of(one), Options(model)), redraws=10) for one in (votes, shuffled)]
    assert json.dumps(map_json(maps[0])) == json.dumps(map_json(maps[1]))
    assert draw_map(maps[0].map, maps[0].groups) == draw_map(maps[1].map, maps[1].groups)


def test_camps_are_found_and_stay_when_a_fifth_of_people_is_left_out():
    votes, camp = camps(people=300, each=40)
    whole = find_groups(fit_map(Conversation.of(votes), Options(dim=2)))
    kept = np.flatnonzero(np.random.default_rng(2).random(300) < 0.8)
    part = find_groups(fit_map(Conversation.of(votes.rows(kept)), Options(dim=2)))
    both = (whole.labels[kept] >= 0) & (part.labels >= 0)

    assert whole.count == part.count == 3
    assert adjusted_rand(whole.labels[whole.labels >= 0], camp[whole.labels >= 0]) > 0.95
    assert adjusted_rand(whole.labels[kept][both], part.labels[both]) >= 0.95


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
def test_in_one_cloud_of_people_no_groups_are_claimed(spread):
    assert find_groups(fit_map(conversation(people=300, apart=0.0, spread=spread), Options(dim=2))).count == 0


def test_people_who_answer_nearly_alike_are_no_groups_however_wide_the_gap():
    votes, _ = camps(people=200, groups=2, apart=3.0)
    found = fit_map(Conversation.of(votes), Options(dim=1))
    alike = replace(found, loadings=found.loadings * 0.1)

    assert find_groups(found).count == 2
    assert "alike" in {one.reason for one in find_groups(alike).attempts}
    assert find_groups(alike).count == 0


def test_a_map_that_begins_with_some_people_and_statements_tells_the_same(monkeypatch):
    whole = conversation(people=300, statements=80, each=40)
    full = fit_map(whole, Options(dim=2))
    for name, size in (("SAMPLE_VOTES", 3_000), ("SAMPLE_STATEMENTS", 50), ("TRIAL_STATEMENTS", 50)):
        monkeypatch.setattr(models, name, size)
    begun = fit_map(whole, Options(dim=2))

    assert adjusted_rand(find_groups(full).labels, find_groups(begun).labels) > 0.9
    assert np.abs(full.intercepts - begun.intercepts).mean() < 0.3
    assert set(models.choose_dimension(whole.heard, 0)) == {1, 2, 3, 4}


@pytest.mark.parametrize("name", [pytest.param("vtaiwan.uberx", marks=pytest.mark.thorough), "brexit-consensus"])
def test_groups_of_real_people_are_claimed_only_when_they_stay(name):
    whole = published(name)
    groups = reading(name).groups
    kept = np.flatnonzero(np.random.default_rng(0).random(whole.votes.shape[0]) < 0.8)
    part = replace(whole, votes=whole.votes.rows(kept), published=whole.published[kept])
    again = find_groups(fit_map(part, Options(dim=mapped(name).dim)), redraws=20)
    both = (groups.labels[kept] >= 0) & (again.labels >= 0)

    assert groups.count == again.count
    assert adjusted_rand(groups.labels[kept][both], again.labels[both]) >= 0.95


def test_agreeing_with_everything_is_lean_and_not_a_position():
    votes, _ = camps(people=300, statements=40, each=20)
    person, statement, value = triples(votes)
    nods = np.repeat(1000 + np.arange(30), 40)
    both = Votes.from_arrays(
        np.r_[person, nods], np.r_[statement, np.tile(np.arange(40), 30)], np.r_[value, np.ones(1200, np.int8)]
    )
    found = fit_map(Conversation.of(both), Options(dim=2))
    nodding = both.persons >= 1000

    assert found.lean[nodding].min() > np.quantile(found.lean[~nodding], 0.9)


def test_more_votes_make_positions_more_certain():
    few, many = (fit_map(conversation(each=each), Options(dim=2)).uncertainty.mean() for each in (8, 60))

    assert many < few / 1.5


def test_intervals_hold_their_value_and_narrow_with_votes():
    found = fit_map(conversation(groups=2), Options(dim=1))
    labels = find_groups(found).labels
    rankings = [product_consensus(found, labels), minimum_consensus(found, labels), bridging_consensus(found)]
    for ranking in [*rankings, divisive(found)]:
        assert (ranking.low <= ranking.value + 1e-12).all(), ranking.kind
        assert (ranking.value <= ranking.high + 1e-12).all(), ranking.kind
        assert (ranking.votes_to_change >= 1).all(), ranking.kind


def test_q_values_are_those_of_benjamini_and_hochberg():
    assert false_discovery(np.array([0.01, 0.04, 0.03, 0.5])).tolist() == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_auc_counts_pairs_in_the_right_order():
    assert auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0.0, 0.0, 1.0, 1.0])) == pytest.approx(0.75)


@pytest.mark.parametrize(
    "triples_of",
    [
        lambda: ([1] * 20, range(20), [1] * 20),
        lambda: (range(60), [0] * 60, [1, -1] * 30),
        lambda: ([1], [1], [0]),
        lambda: (np.repeat(range(40), 10), np.tile(range(10), 40), [0] * 400),
        lambda: (np.repeat(range(40), 10), np.tile(range(10), 40), [1] * 400),
        lambda: (np.repeat(range(40), 10), np.tile(range(10), 40) + 10 * (np.repeat(range(40), 10) % 2), [1, -1] * 200),
    ],
    ids=["one person", "one statement", "one pass", "all pass", "all agree", "two parts that never meet"],
)
@pytest.mark.parametrize("model", MODELS)
def test_strange_conversations_give_finite_numbers_and_no_invented_groups(model, triples_of):
    read = read_map(fit_map(Conversation.of(Votes.from_arrays(*triples_of())), Options(model)), redraws=5)
    written = map_json(read)

    assert np.isfinite(read.map.positions).all()
    assert np.isfinite(read.map.uncertainty).all()
    assert len(written["groups"]) == len(written["persons"])
    json.dumps(written, allow_nan=False)


def test_without_a_vote_there_is_a_sentence_instead_of_a_map():
    with pytest.raises(MethodError, match="not a single vote"):
        fit_map(Conversation.of(Votes.from_arrays([], [], [])))


def test_people_who_share_no_statement_with_others_are_told_of():
    person, statement = np.repeat(np.arange(60), 10), np.tile(np.arange(10), 60)
    votes = Votes.from_arrays(person, statement + 10 * (person % 2), np.where((person + statement) % 3, 1, -1))
    found = fit_map(Conversation.of(votes), Options(dim=2))
    findings = {one.code: one.numbers for one in read_map(found, redraws=2).findings}

    assert findings["disconnected"] == {"parts": 2, "people": [30, 30]}
