"""Agreement as if everybody had been asked, from the answers to logged draws."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.routing import WeightedShare, weighted_share
from mitstadt.methods.opinion.votes import AGREE, Votes
from mitstadt.methods.shared.errors import MethodError


@dataclass(frozen=True)
class LoggedDraw:
    """A statement that was drawn for a person, with the chance it had; ids as texts."""

    person: str
    statement: str
    probability: float


@dataclass(frozen=True)
class Estimate:
    """Agreement with one statement among those it was drawn for.

    Attributes
    ----------
    column : int
    drawn, answered : int
        People whom the draw showed it to, and those of them who voted on it.
    plain : float
        Share of agreement among the answers as they are.
    weighted : WeightedShare
        The same with each answer weighed by the inverse of its chance.
    """

    column: int
    drawn: int
    answered: int
    plain: float
    weighted: WeightedShare


def read_draws(lines: Iterable[str]) -> list[LoggedDraw]:
    """Draws from the log that ``opinion next --log`` writes; draws for nobody in particular are left out.

    Raises
    ------
    MethodError
        ``log_line``, naming the line, counted from 1.
    """
    draws = []
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            shown = [(str(one["statement"]), float(one["probability"])) for one in record["next"]]
            person = record["person"]
        except (ValueError, KeyError, TypeError) as error:
            sentence = f"Line {number} of the log is no record of draws as “opinion next --log” writes it."
            raise MethodError("log_line", sentence, row=number) from error
        draws += [] if person is None else [LoggedDraw(str(person), *one) for one in shown]
    return draws


def estimates(votes: Votes, draws: Iterable[LoggedDraw]) -> list[Estimate]:
    """Agreement with every statement that was drawn and answered, by their order in ``votes``.

    Of several draws of one statement for one person the first counts: it is the one that was answered.

    Raises
    ------
    MethodError
        ``probability`` not in (0, 1].
    """
    first: dict[tuple[str, str], float] = {}
    for draw in draws:
        first.setdefault((draw.person, draw.statement), draw.probability)
    people = {str(one): row for row, one in enumerate(plain_ids(votes.persons))}
    names = {str(one): column for column, one in enumerate(plain_ids(votes.statements))}
    drawn: dict[int, list[tuple[int | None, float]]] = {}
    for (person, statement), chance in first.items():
        if statement in names:
            answer = _answer(votes, people.get(person), names[statement])
            drawn.setdefault(names[statement], []).append((answer, chance))
    found = (_estimate(column, drawn[column]) for column in sorted(drawn))
    return [one for one in found if one is not None]


def _answer(votes: Votes, row: int | None, column: int) -> int | None:
    if row is None:
        return None
    matrix: Any = votes.matrix
    start, stop = int(matrix.indptr[row]), int(matrix.indptr[row + 1])
    place = start + int(np.searchsorted(matrix.indices[start:stop], column))
    return int(matrix.data[place]) if place < stop and matrix.indices[place] == column else None


def _estimate(column: int, drawn: list[tuple[int | None, float]]) -> Estimate | None:
    answered = [(answer == AGREE, chance) for answer, chance in drawn if answer is not None]
    if not answered:
        return None
    agreed, chances = np.array([one for one, _ in answered]), np.array([chance for _, chance in answered])
    return Estimate(column, len(drawn), len(answered), float(agreed.mean()), weighted_share(agreed, chances))
