"""The answers of a list: one that was given to several is told in full once, at the first of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mitstadt.spine.models import Answer, AnswerDecision
from mitstadt.spine.queries.answering import Answered
from mitstadt.ui.comments import shown_author


@dataclass(frozen=True)
class GivenAnswer:
    """The answer that holds for something in a list, and the refs of all that it answers there, in their order."""

    answer: Answer
    refs: tuple[str, ...]

    @property
    def told_at(self) -> str:
        """The ref of the one below which it is told in full."""
        return self.refs[0]

    @property
    def by(self) -> str:
        """Who gave it."""
        return shown_author(self.answer)

    @property
    def decision(self) -> str:
        """What was done, in a word."""
        return str(AnswerDecision(self.answer.decision).label)


def given_answers(rows: Iterable[Answered[Any]]) -> dict[int, GivenAnswer]:
    """What the list tells of the answer to each of its records that has one."""
    answers: dict[int, Answer] = {}
    reached: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        if row.answer:
            answers[row.answer.pk] = row.answer
            reached[row.answer.pk].append((row.record.pk, row.record.ref))
    return {
        key: GivenAnswer(answers[answer], tuple(ref for _key, ref in those))
        for answer, those in reached.items()
        for key, _ref in those
    }
