"""Who votes too much alike is named and counts once; honest people are not, and anybody's influence can be told."""

import numpy as np
import pytest

from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.influence import influence_of_groups, influence_of_people, without_people
from mitstadt.methods.opinion.models import Options, fit_map
from mitstadt.methods.opinion.reading import read_map
from mitstadt.methods.opinion.suspicion import suspicious
from mitstadt.methods.opinion.tests.worlds import camps, joined, mapped, published, reading, triples
from mitstadt.methods.opinion.votes import Votes
from scale import scaled

SETS = ("brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
LARGER = pytest.param(SETS[1:], marks=pytest.mark.thorough)


def ids_of(found, cohorts):
    """Ids of the people who are named."""
    persons = found.conversation.votes.persons
    return {int(persons[row]) for cohort in cohorts for row in cohort.rows}


def bots(whole, columns, share, seed=0):
    """Identical people who disagree with some statements and answer 25 others at random."""
    rng = np.random.default_rng(seed)
    others = rng.choice(np.setdiff1d(np.flatnonzero(~whole.silenced), columns), 25, replace=False)
    answers = np.r_[np.full(len(columns), -1), rng.choice([-1, 1], 25)]
    number = round(share * whole.votes.shape[0])
    return joined(whole, np.r_[columns, others], np.tile(answers, (number, 1)))


@pytest.mark.parametrize("names", [SETS[:1], LARGER], ids=["smallest", "larger"])
def test_identical_bots_are_named_and_do_not_throw_out_what_all_share(names):
    for name in names:
        whole = published(name)
        top = reading(name).consensus.order()[:5]
        attacked = read_map(fit_map(bots(whole, top, 0.05), Options(dim=mapped(name).dim)), redraws=2)
        order = attacked.consensus.order()
        added = range(10**6, 10**6 + round(0.05 * whole.votes.shape[0]))

        assert max(order.index(column) for column in top) < 20, name
        assert ids_of(attacked.map, attacked.suspicious) == set(added), name


@pytest.mark.parametrize("name", scaled(SETS[:1], SETS))
def test_nobody_is_suspected_in_an_honest_conversation(name):
    assert reading(name).suspicious == ()


def pattern(whole, people, noise, *, asked=40, seed=0):
    """People who follow one random pattern, but answer some statements by chance."""
    rng = np.random.default_rng(seed)
    columns = rng.choice(np.flatnonzero(~whole.silenced), asked, replace=False)
    strayed = rng.random((people, asked)) < noise
    answers = np.where(strayed, rng.choice([-1, 1], (people, asked)), rng.choice([-1, 1], asked))
    return joined(whole, columns, answers)


@pytest.mark.parametrize(
    ("name", "people", "noise"),
    [("brexit-consensus", 10, 0.1), ("brexit-consensus", 10, 0.3), ("scoop-hivemind.biodiversity", 27, 0.2)],
)
def test_bots_that_vary_their_votes_are_named_as_a_block_among_real_people(name, people, noise):
    found = fit_map(pattern(published(name), people, noise), Options(dim=2))
    cohorts = suspicious(found)
    named = ids_of(found, cohorts)

    assert cohorts
    assert {one.code for one in cohorts} <= {"low_rank_block", "near_identical"}
    assert len({one for one in named if one >= 10**6}) >= 0.8 * people
    assert len({one for one in named if one < 10**6}) <= 1


@pytest.fixture(scope="module")
def timed():
    """Three camps in which a block of people with one pattern arrives; two maps, all at once or one by one."""
    votes, _ = camps(people=300, statements=60, each=30)
    with_block = pattern(Conversation.of(votes), 20, 0.3, asked=58)
    person, statement, value = triples(with_block.votes)
    rng = np.random.default_rng(0)
    arrival = np.sort(rng.choice(1_000_000, 320, replace=False))
    late = person >= 10**6

    def of(at):
        whole = Votes.from_arrays(person, statement, value, at)
        return fit_map(Conversation.of(whole), Options(dim=2))

    apart = arrival[rng.permutation(320)][np.searchsorted(with_block.votes.persons, person)]
    return of(np.where(late, 500_000 + person % 100, apart)), of(apart)


def test_where_times_are_known_only_a_block_that_came_suddenly_is_named(timed):
    together, one_by_one = timed
    (cohort,) = suspicious(together)

    assert cohort.code == "sudden_low_rank_block"
    assert ids_of(together, [cohort]) == set(range(10**6, 10**6 + 20))
    assert suspicious(one_by_one) == ()


def test_camps_of_honest_people_are_no_blocks():
    for seed in range(2):
        votes, _ = camps(people=300, statements=60, each=30, seed=seed)
        assert suspicious(fit_map(Conversation.of(votes), Options(dim=2))) == ()


def test_influence_tells_what_is_shared_without_these_people(timed):
    together, _ = timed
    rows = list(range(300, 320))
    influence, honest = influence_of_people(together, rows), influence_of_people(together, [7])
    fewer = without_people(together, rows)

    assert influence.change > 3 * honest.change
    assert not np.diff(fewer.conversation.votes.matrix.indptr)[rows].any()
    assert len(influence.top_with) == len(influence.top_without) == 5


def test_the_group_that_alone_opposes_has_the_largest_influence():
    person, statement = np.repeat(np.arange(90), 10), np.tile(np.arange(10), 90)
    opposed = (person < 30) & (statement == 0)
    found = fit_map(Conversation.of(Votes.from_arrays(person, statement, np.where(opposed, -1, 1))), Options(dim=1))
    first, second, third = influence_of_groups(found, np.repeat(np.arange(3), 30))

    assert first.change > max(second.change, third.change)
    assert 0 not in first.top_with
    assert first.top_without[0] == 0
    assert influence_of_groups(found, np.zeros(90, np.int64)) == []
