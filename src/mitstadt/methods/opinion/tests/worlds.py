"""Conversations made for tests: people with known camps answer statements by chance as a model says."""

import functools
import gzip
from pathlib import Path
from typing import IO, cast

import numpy as np

from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.exports import read_conversation
from mitstadt.methods.opinion.models import Options, fit_map
from mitstadt.methods.opinion.reading import read_map
from mitstadt.methods.opinion.votes import Votes
from real_data import real_file


def camps(people=400, statements=80, each=35, *, groups=3, apart=2.0, spread=0.3, seed=0):
    """Votes of people in camps on a circle (apart=0: one cloud), and the camp of each."""
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, groups, people)
    angle = 2 * np.pi * np.arange(groups) / groups
    x = apart * np.stack([np.cos(angle), np.sin(angle)], 1)[camp] + spread * rng.standard_normal((people, 2))
    w, ease = rng.standard_normal((statements, 2)), 0.7 * rng.standard_normal(statements)
    person = np.repeat(np.arange(people), each)
    statement = np.concatenate([rng.permutation(statements)[:each] for _ in range(people)])
    eta = ease[statement] + (x[person] * w[statement]).sum(1) + rng.logistic(size=len(person))
    return Votes.from_arrays(person, statement, np.where(eta > 0.3, 1, np.where(eta < -0.3, -1, 0))), camp


def conversation(*arguments, **settings):
    """The same as a conversation without moderation."""
    return Conversation.of(camps(*arguments, **settings)[0])


def triples(votes):
    """Persons, statements and values of all votes."""
    rows = np.repeat(np.arange(votes.shape[0]), votes.per_person)
    return votes.persons[rows], votes.statements[votes.matrix.indices], votes.matrix.data


@functools.cache
def published(name):
    """A conversation published by Polis; skips the test where it is absent."""
    folder = Path(real_file(f"opinion/{name}"))
    with gzip.open(folder / "participants-votes.csv.gz") as votes, gzip.open(folder / "comments.csv.gz") as comments:
        return read_conversation(
            {"participants-votes": cast("IO[bytes]", votes), "comments": cast("IO[bytes]", comments)}
        )


@functools.cache
def mapped(name):
    """The default map of a published conversation, made once for all tests."""
    return fit_map(published(name))


@functools.cache
def reading(name):
    """What is read off that map."""
    return read_map(mapped(name), redraws=20)


@functools.cache
def simple_map():
    """Two axes for eighty people, made once for all tests."""
    return fit_map(conversation(people=80, statements=30, each=10), Options(dim=2))


def joined(whole, columns, answers):
    """The conversation with one more person per row of ``answers`` to these columns; new ids from a million."""
    votes, number = whole.votes, len(answers)
    person, statement, value = triples(votes)
    more = Votes.from_arrays(
        np.r_[person, np.repeat(10**6 + np.arange(number), len(columns))],
        np.r_[statement, np.tile(votes.statements[columns], number)],
        np.r_[value, answers.ravel().astype(np.int8)],
    )
    return Conversation(more, whole.rejected, whole.meta, np.full(more.shape[0], -1), {})
