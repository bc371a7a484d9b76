"""A conversation that goes on: votes come in, the map follows, and equals what all votes read at once would give."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.opinion.components import Components, components_of
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.ids import places
from mitstadt.methods.opinion.polis import PolisMap, polis_map
from mitstadt.methods.opinion.statistics import Statistics
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

VERSION = 1


@dataclass(frozen=True, eq=False)
class LiveMap:
    """Votes and their integer statistics; every change returns a new one.

    Because all that is carried on are whole numbers in a canonical order, the state after any stream of votes is bit
    for bit the state of the same votes read at once, and so is every map drawn from it.
    """

    votes: Votes
    statistics: Statistics

    @classmethod
    def of(cls, votes: Votes) -> LiveMap:
        """Begin with votes read at once."""
        return cls(votes, Statistics.of(votes))

    def add(self, person: Iterable[Hashable], statement: Iterable[Hashable], value: Iterable[float]) -> LiveMap:
        """The state after further votes; a repeated vote replaces the earlier one.

        Costs one pass over the stored votes and, per new vote, one row of the co-occurrences.
        """
        new = Votes.from_arrays(person, statement, value)
        after = self.votes.overlaid(new)
        columns = places(self.votes.statements, after.statements)
        before = _among(self.votes, after, places(self.votes.persons, after.persons), columns)
        statistics = self.statistics
        if len(after.statements) != len(self.votes.statements):
            statistics = statistics.widened(columns, len(after.statements))
        touched = places(new.persons, after.persons).astype(np.int64)
        return LiveMap(after, statistics.updated(before, after, touched))

    def components(self, dim: int = 2, silenced: NDArray[np.bool_] | None = None) -> Components:
        """Principal components from the statistics alone."""
        return components_of(self._heard(silenced), dim)

    def polis(self, conversation: Conversation | None = None) -> PolisMap:
        """Polis' mathematics for the votes so far; ``conversation`` says what was moderated, if anything."""
        whole = Conversation.of(self.votes) if conversation is None else replace(conversation, votes=self.votes)
        return polis_map(whole, statistics=self._heard(whole.silenced))

    def _heard(self, silenced: NDArray[np.bool_] | None) -> Statistics:
        if silenced is None or not silenced.any():
            return self.statistics
        kept = (~silenced).astype(np.int64)
        mask = kept[:, None] * kept[None, :]
        parts = (self.statistics.votes_votes, self.statistics.votes_seen, self.statistics.seen_seen)
        return Statistics(*(part * mask for part in parts))

    def save(self, stream: IO[bytes]) -> None:
        """Write the votes, whole numbers only; the statistics follow from them.

        Raises
        ------
        MethodError
            ``id_not_saved`` for ids other than whole numbers and texts.
        """
        matrix = self.votes.matrix
        ids = {name: _writable(part) for name, part in self._ids().items()}
        parts = {"indptr": matrix.indptr, "indices": matrix.indices, "data": matrix.data}
        np.savez(stream, allow_pickle=False, version=np.array(VERSION), **ids, **parts)

    def _ids(self) -> dict[str, NDArray[Any]]:
        return {"persons": self.votes.persons, "statements": self.votes.statements}

    @classmethod
    def load(cls, stream: IO[bytes]) -> LiveMap:
        """Read what ``save`` wrote.

        Raises
        ------
        MethodError
            ``version`` for files of another version.
        """
        with np.load(stream, allow_pickle=False) as parts:
            if int(parts["version"]) != VERSION:
                raise MethodError("version", "This file was written by another version and cannot be read.")
            persons, statements = parts["persons"], parts["statements"]
            shape = (len(persons), len(statements))
            matrix = sparse.csr_array((parts["data"], parts["indices"], parts["indptr"]), shape=shape)
        return cls.of(Votes(persons, statements, matrix))


def _writable(ids: NDArray[Any]) -> NDArray[Any]:
    if ids.dtype != object:
        return ids
    if not all(isinstance(one, str) for one in ids.tolist()):
        raise MethodError("id_not_saved", "Only ids that are all whole numbers or all texts can be saved.")
    return np.array(ids.tolist(), dtype=np.str_)


def _among(votes: Votes, after: Votes, rows: NDArray[np.int32], columns: NDArray[np.int32]) -> Votes:
    """Earlier votes with the people and statements of later ones."""
    if after.shape == votes.shape:
        return votes
    lengths = np.zeros(after.shape[0], np.int64)
    lengths[rows] = votes.per_person
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    parts = (votes.matrix.data, columns[votes.matrix.indices], starts)
    return Votes(after.persons, after.statements, sparse.csr_array(parts, shape=after.shape))
