"""A conversation: its votes, what moderators decided, and which groups were published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.hashing import canonical_json, sha256_hex


@dataclass(frozen=True, eq=False)
class Conversation:
    """Votes with what is needed to read them as the moderators did.

    Attributes
    ----------
    votes : Votes
    rejected : ndarray of bool, shape (S,)
        Statements that moderators took out.
    meta : ndarray of bool, shape (S,)
        Statements about the conversation or the person ("I am a driver"), not about the matter.
    published : ndarray of int64, shape (P,)
        Group in which an earlier computation showed each person, -1 none.
    texts : mapping of statement id to str
    """

    votes: Votes
    rejected: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    published: NDArray[np.int64]
    texts: Mapping[Any, str]

    @classmethod
    def of(cls, votes: Votes) -> Conversation:
        """A conversation in which nothing was moderated and nothing published."""
        persons, statements = votes.shape
        nothing = np.zeros(statements, bool)
        return cls(votes, nothing, nothing, np.full(persons, -1), {})

    @property
    def silenced(self) -> NDArray[np.bool_]:
        """Statements that shape no position: rejected or meta."""
        return self.rejected | self.meta

    @cached_property
    def heard(self) -> Votes:
        """The votes on what shapes positions; silenced statements keep their column, empty."""
        if not self.silenced.any():
            return self.votes
        return self.votes.masked(~self.silenced[self.votes.matrix.indices])

    @cached_property
    def sha256(self) -> str:
        """Names votes and moderation together."""
        statements = np.array(plain_ids(self.votes.statements), dtype=object)
        moderated = [statements[self.rejected].tolist(), statements[self.meta].tolist()]
        return sha256_hex(self.votes.sha256.encode(), canonical_json(moderated))
