"""Newcomers are placed after few votes, every draw has its logged chance, and slates represent everyone."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from mitstadt.methods.opinion import slate
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.estimates import estimates, read_draws
from mitstadt.methods.opinion.irt import Answers, place
from mitstadt.methods.opinion.models import Options, fit_map, posterior_of
from mitstadt.methods.opinion.routing import draw_chances, gain_of, next_statements, weighted_share
from mitstadt.methods.opinion.slate import _greedy, _swapped, choose_slate, ejr_plus
from mitstadt.methods.opinion.tests.worlds import camps, simple_map
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

CENTRES = 1.6 * np.stack([np.cos(2 * np.pi * np.arange(3) / 3), np.sin(2 * np.pi * np.arange(3) / 3)], 1)


def newcomers_in_the_right_camp(explore, asked, people=600):
    """Share of newcomers placed in their camp after some votes, statements estimated from 1,500 others."""
    rng = np.random.default_rng(0)
    w, ease = 1.3 * rng.standard_normal((200, 2)), 0.7 * rng.standard_normal(200)

    def answer(x, statement):
        return 1 if rng.random() < expit(ease[statement] + x @ w[statement]) else -1

    camp = rng.integers(0, 3, 1500)
    x = CENTRES[camp] + 0.35 * rng.standard_normal((1500, 2))
    seen = [(p, s, answer(x[p], s)) for p in range(1500) for s in rng.permutation(200)[:30]]
    found = fit_map(Conversation.of(Votes.from_arrays(*zip(*seen, strict=True))), Options(dim=2))
    centres = np.stack([found.positions[camp == one].mean(0) for one in range(3)])
    items, scale = posterior_of(found, found.conversation), np.array(found.settings["axis_log_odds"])
    own = rng.integers(0, 3, people)
    at = CENTRES[own] + 0.35 * rng.standard_normal((people, 2))
    votes: list[tuple[int, int, int]] = []
    unseen = np.ones((people, 200), bool)
    for _ in range(asked):
        mean, covariance = positions(votes, items, people)
        for one in range(people):
            spread = covariance[one, 1:, 1:] * np.outer(scale, scale)
            lean = (float(mean[one, 0]), float(covariance[one, 0, 0]))
            left = np.flatnonzero(unseen[one])
            gain = gain_of(found, mean[one, 1:] * scale, spread, lean)[left]
            pick = int(rng.choice(left, p=draw_chances(gain, explore)))
            unseen[one, pick] = False
            votes.append((one, pick, answer(at[one], pick)))
    mean, _ = positions(votes, items, people)
    gaps = ((mean[:, None, 1:] * scale - centres[None]) ** 2).sum(axis=2)
    return (gaps.argmin(axis=1) == own).mean()


def positions(votes, items, people):
    columns = zip(*votes, strict=True) if votes else ([], [], [])
    them = Votes.from_arrays(*columns, persons=range(people), statements=range(200))
    return place(Answers.of(them), items, rounds=4)


def test_seven_well_chosen_votes_place_nine_of_ten_newcomers_in_their_camp():
    assert newcomers_in_the_right_camp(explore=0.0, asked=7) >= 0.90


def test_chances_add_up_and_everything_unseen_has_one():
    found = simple_map()
    draws = next_statements(found, 3, rng=np.random.default_rng(0), n=20)
    seen = set(found.conversation.votes.matrix.indices[slice(*found.conversation.votes.matrix.indptr[3:5])].tolist())

    assert len({draw.column for draw in draws}) == 20
    assert not seen & {draw.column for draw in draws}
    assert all(draw.probability >= 0.3 / 30 for draw in draws)
    chances = draw_chances(np.arange(20.0), 0.3)
    assert chances.sum() == pytest.approx(1.0)
    assert chances.min() == pytest.approx(0.3 / 20)


def test_the_same_seed_draws_the_same_statements():
    found = simple_map()
    one, other = (next_statements(found, None, rng=np.random.default_rng(5), n=4) for _ in range(2))

    assert one == other


def test_weighing_by_the_chance_takes_out_who_was_asked():
    rng = np.random.default_rng(0)
    likes = rng.random(20_000) < 0.3
    chance = np.where(likes, 0.8, 0.1)
    asked = rng.random(20_000) < chance
    share = weighted_share(likes[asked], chance[asked])

    assert likes[asked].mean() > 0.7
    assert share.value == pytest.approx(0.3, abs=0.03)
    assert share.low < share.value < share.high
    with pytest.raises(MethodError, match="above 0"):
        weighted_share(np.array([True]), np.array([0.0]))


def log_line(person, statement, probability):
    record = {"person": person, "next": [{"statement": statement, "probability": probability}]}
    return json.dumps(record)


def test_logged_draws_are_weighed_by_their_chance_and_those_without_an_answer_only_counted():
    votes = Votes.from_arrays(["Ana", "Bao", "Cem"], [7, 7, 7], [1, -1, -1])
    lines = [log_line("Ana", 7, 0.9), log_line("Bao", 7, 0.1), log_line("Dora", 7, 0.5), log_line(None, 7, 0.5)]
    (found,) = estimates(votes, read_draws(lines))

    assert (found.drawn, found.answered, found.plain) == (3, 2, 0.5)
    assert found.weighted.value == pytest.approx((1 / 0.9) / (1 / 0.9 + 1 / 0.1))


@pytest.mark.parametrize("line", ["{", "[]", '{"person": "Ana"}', '{"person": "Ana", "next": [{"statement": 1}]}'])
def test_a_line_of_the_log_that_is_none_is_named(line):
    with pytest.raises(MethodError, match="Line 2 of the log"):
        read_draws([log_line("Ana", 7, 0.9), line])


def test_a_slate_speaks_for_large_and_small_camps():
    votes, camp = camps(people=150, statements=40, each=35, apart=3.0)
    found = choose_slate(fit_map(Conversation.of(votes), Options(dim=2)), 6)

    assert found.certificate.ejr_plus
    assert found.certificate.best_swap == 0
    for one in range(3):
        assert found.utility[camp[found.rows] == one].mean() >= 2.0


def test_of_very_many_statements_those_most_agreed_with_can_be_chosen(monkeypatch):
    monkeypatch.setattr(slate, "MOST_STATEMENTS", 8)
    found = simple_map()
    agree = found.conversation.votes.counts().agree
    chosen = choose_slate(found, 4)

    assert chosen.certificate.statements == 8
    assert agree[chosen.columns].min() >= np.sort(agree)[-8]


@given(st.integers(0, 10_000))
def test_local_swaps_keep_every_entitled_group_content(seed):
    rng = np.random.default_rng(seed)
    approves = rng.random((18, 8)) < rng.uniform(0.1, 0.7)
    chosen, gain = _swapped(approves, _greedy(approves, 4))

    assert gain == 0
    assert ejr_plus(approves, chosen)[0]
    assert (
        harmonic(approves, chosen)
        >= max(
            harmonic(approves, [*chosen[:place], column, *chosen[place + 1 :]])
            for place, column in itertools.product(range(4), set(range(8)) - set(chosen))
        )
        - 1e-9
    )


def harmonic(approves, chosen):
    return sum(sum(1 / place for place in range(1, have + 1)) for have in approves[:, chosen].sum(axis=1))


def test_a_violation_is_seen():
    approves = np.zeros((10, 4), bool)
    approves[:5, 2] = True
    approves[5:, :2] = True

    assert not ejr_plus(approves, [0, 1])[0]
    assert ejr_plus(approves, [0, 2])[0]
