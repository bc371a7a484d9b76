"""Polis' published mathematics comes out to the last digit, and never depends on the order of anything."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from mitstadt.methods.opinion import components, polis
from mitstadt.methods.opinion.clustering import lloyd, nearest_from, nearest_labels
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.exactbase import exact_lloyd, gridded
from mitstadt.methods.opinion.groups import adjusted_rand
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.opinion.polis_json import polis_json
from mitstadt.methods.opinion.tests.worlds import camps, published, triples
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError
from real_data import real_file
from scale import scaled

SETS = ("brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
REACHABLE = {"brexit-consensus": 0.90, "scoop-hivemind.biodiversity": 0.92, "vtaiwan.uberx": 0.83}


@pytest.fixture(scope="module")
def biodiversity():
    """Polis' own result and ours for the same moderation, membership and groups."""
    with gzip.open(real_file("opinion/scoop-hivemind.biodiversity/polis-math.json.gz")) as stream:
        blob = json.load(stream)
    plain = published("scoop-hivemind.biodiversity")
    moderated = replace(
        plain,
        rejected=np.isin(plain.votes.statements, blob["mod-out"]),
        meta=np.isin(plain.votes.statements, blob["meta-tids"]),
    )
    found = polis_map(moderated, included=blob["in-conv"], labels=plain.published)
    return blob, polis_json(found)


def test_the_published_centre_comes_out(biodiversity):
    blob, ours = biodiversity
    assert np.abs(np.array(ours["pca"]["center"]) - blob["pca"]["center"]).max() < 1e-12


def test_the_published_components_come_out(biodiversity):
    blob, ours = biodiversity
    for one, other in zip(ours["pca"]["comps"], blob["pca"]["comps"], strict=True):
        assert abs(np.dot(one, other)) > 1 - 1e-9


def test_the_published_counts_come_out_without_a_mismatch(biodiversity):
    blob, ours = biodiversity
    for group, counted in blob["group-votes"].items():
        assert ours["group-votes"][group] == counted
    assert ours["user-vote-counts"] == blob["user-vote-counts"]


def test_the_published_priorities_and_consensus_come_out(biodiversity):
    blob, ours = biodiversity
    for tid, priority in blob["comment-priorities"].items():
        assert ours["comment-priorities"][tid] == pytest.approx(priority, rel=1e-9)
    for tid, value in blob["group-aware-consensus"].items():
        assert ours["group-aware-consensus"][tid] == pytest.approx(value, rel=1e-12)
    for side in ("agree", "disagree"):
        assert [row["tid"] for row in ours["consensus"][side]] == [row["tid"] for row in blob["consensus"][side]]


def test_the_published_representative_statements_come_out(biodiversity):
    blob, ours = biodiversity
    for group, rows in blob["repness"].items():
        for own, theirs in zip(ours["repness"][group], rows, strict=True):
            assert own["repful-for"] == theirs["repful-for"]
            numbers = {key: value for key, value in theirs.items() if key != "repful-for"}
            assert {key: own[key] for key in numbers} == pytest.approx(numbers, rel=1e-5)


@pytest.mark.parametrize("name", SETS)
def test_reference_centre_and_components_come_out_from_the_tables_alone(name):
    reference = json.loads(real_file(f"opinion/{name}/reference.json").read_text())["pca"]
    found = polis_map(published(name)).components
    columns = np.searchsorted(published(name).votes.statements, reference["tids"])

    assert np.abs(found.centre[columns] - reference["center"]).max() < 1e-12
    for direction, other in zip(found.directions, reference["components"], strict=True):
        assert abs(np.dot(direction[columns], other)) > 1 - 1e-9


@pytest.mark.parametrize("name", SETS)
def test_published_groups_come_out_as_well_as_they_can(name):
    conversation = published(name)
    labels, theirs = polis_map(conversation).labels, conversation.published
    both = (labels >= 0) & (theirs >= 0)

    assert adjusted_rand(labels[both], theirs[both]) >= REACHABLE[name]


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_votes_give_the_same_bytes(seed):
    votes, _ = camps(people=200, statements=40, each=20, seed=seed)
    order = np.random.default_rng(seed).permutation(votes.total)
    shuffled = Votes.from_arrays(*(part[order] for part in triples(votes)))

    first, second = (json.dumps(polis_json(polis_map(Conversation.of(one)))) for one in (votes, shuffled))
    assert first == second


def test_the_sparse_way_and_the_way_over_statistics_give_the_same_components(monkeypatch):
    votes, _ = camps(people=300, statements=60)
    short = components.principal_components(votes, 3)
    monkeypatch.setattr(components, "GRAM_WORK", 0)
    long = components.principal_components(votes, 3)

    assert np.abs(short.directions - long.directions).max() < 1e-10
    dense = np.zeros(votes.shape)
    rows = np.repeat(np.arange(votes.shape[0]), votes.per_person)
    dense[rows, votes.matrix.indices] = votes.matrix.data - long.centre[votes.matrix.indices]
    assert np.allclose(long.singular_values, np.linalg.svd(dense, compute_uv=False)[:3], rtol=1e-9)


def test_exact_base_clusters_equal_plain_lloyd_and_the_grid_comes_close():
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(size=(2000, 2)), rng.normal(size=(2000, 2)) + 3])
    start = points[::80]
    plain = lloyd(points, np.ones(len(points)), start, tolerance=0.01)
    exact = exact_lloyd(points, start, tolerance=0.01)

    assert np.allclose(np.sort(exact.centres, axis=0), np.sort(plain.centres, axis=0), atol=1e-9)
    assert gridded(points, start, tolerance=0.01).inertia < 1.05 * plain.inertia


def test_moderation_takes_out_only_the_statement_itself():
    votes, _ = camps()
    silent = np.arange(votes.shape[1]) % 7 == 0
    moderated = replace(Conversation.of(votes), rejected=silent)

    found = polis_map(moderated)
    assert not found.components.directions[:, silent].any()
    assert not found.components.centre[silent].any()


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_centre_is_found_from_any_guess(seed):
    rng = np.random.default_rng(seed)
    points, centres = rng.standard_normal((500, 2)), 2.0 * rng.standard_normal((40, 2))
    centres[7] = centres[3]

    for guess in (nearest_labels(points, centres), rng.integers(0, 40, 500)):
        assert (nearest_from(points, centres, guess) == nearest_labels(points, centres)).all()


def test_more_statements_than_people_give_the_components_of_the_full_decomposition():
    votes, _ = camps(people=30, statements=400, each=60)
    deviations = components.deviations_of(votes, np.zeros(400))
    _, _, right = np.linalg.svd(deviations.toarray())

    found = components.leading_directions(deviations, 2)
    assert np.abs(np.abs(np.diagonal(right[:2] @ found)) - 1).max() < 1e-6


def test_very_many_statements_give_a_map_but_no_endless_table(monkeypatch):
    many = scaled(100_000, 1_000_000)
    monkeypatch.setattr(polis, "MOST_BASE_CELLS", 4 * many)
    rng = np.random.default_rng(0)
    person, statement = np.repeat(np.arange(40), 50), rng.integers(0, many, 2000)
    votes = Votes.from_arrays(person, statement, rng.choice([-1, 1], 2000), statements=np.arange(many))
    found = polis_map(Conversation.of(votes))

    assert np.isfinite(found.positions).all()
    with pytest.raises(MethodError, match=f"too much for {many} statements"):
        polis_json(found)
