"""Two different deeds at the same contribution at the same moment: whichever is first, nothing breaks or drifts.

Those who wrote, support, answer, judge, merge and leave meet at one contribution of a text, whose passage counts it.
Whatever comes of it, nobody sees an error, every count is what it counts, and the log verifies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import pytest

from cast import NOW, ayşe, ida, jörg, malik, person
from deeds_at_once import all_is_right, as_seen_before, errors_in
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, opened, passage
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.merging import merge, separate
from mitstadt.spine.actions.moderation import decide, open_case, report
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import (
    AnswerDecision,
    Comment,
    ModerationCase,
    ModerationVerdict,
    Process,
    Record,
    RecordState,
    ReportReason,
)
from mitstadt.spine.tests.at_once import at_once, seen_there

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Mehr Bänke. Mehr Wasser."


@dataclass(frozen=True)
class Scene:
    """Jörg's contribution with a comment, a reply, a support; Ida's beside it, and one that was merged into it."""

    said: Contribution
    beside: Contribution
    merged: Contribution
    comment: Comment
    reply: Comment
    case: ModerationCase
    process: Process


def scene() -> Scene:
    """It stands."""
    text = opened()
    where = passage(text, "Der Platz")
    said, beside = comment_at(where, actor=jörg(), body=WORDS), comment_at(where, actor=ida(), body="Bänke!")
    merged = comment_at(where, actor=actor_for(person("Linh")), body="Bänke, bitte.")
    support(said, actor=actor_for(person("Robert")), now=NOW)
    support(merged, actor=actor_for(person("Robert")), now=NOW)
    merge([merged], said, actor=malik(), reason="Dasselbe.", now=NOW)
    first = comment(said, actor=ida(), text="Wo?", now=NOW)
    reply = comment(said, actor=jörg(), text="Am Brunnen.", reply_to=first, now=NOW)
    return Scene(said, beside, merged, first, reply, open_case(said, now=NOW), hosted(text))


Do = Callable[[Scene], "partial[Any]"]
DEEDS: dict[str, Do] = {
    "withdraw": lambda at: partial(withdraw, at.said, actor=jörg(), now=NOW),
    "hide": lambda at: partial(
        decide, at.case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Nein.", now=NOW
    ),
    "reword": lambda at: partial(reword, at.beside, actor=ida(), texts={"body": "Mehr Bänke!"}, now=NOW),
    "reword reply": lambda at: partial(reword, at.reply, actor=jörg(), texts={"body": "Am Tor."}, now=NOW),
    "erase": lambda at: partial(erase, at.said, actor=jörg(), now=NOW),
    "answer": lambda at: partial(
        answer, [at.said], room=at.process, actor=malik(), decision=AnswerDecision.NOT, reason="Zu teuer.", now=NOW
    ),
    "merge": lambda at: partial(merge, [at.said], at.beside, actor=malik(), reason="Dasselbe.", now=NOW),
    "take in": lambda at: partial(merge, [at.beside], at.said, actor=malik(), reason="Dasselbe.", now=NOW),
    "separate": lambda at: partial(separate, at.merged, actor=malik(), reason="Doch nicht.", now=NOW),
    "split": lambda at: partial(
        split, at.said, ["Mehr Bänke.", "Mehr Wasser."], actor=malik(), reason="Zweierlei.", now=NOW
    ),
    "support": lambda at: partial(support, at.said, actor=ida(), now=NOW),
    "end support": lambda at: partial(end_support, at.said, actor=actor_for(person("Robert")), now=NOW),
    "comment": lambda at: partial(comment, at.said, actor=ida(), text="Ja.", now=NOW),
    "reply": lambda at: partial(comment, at.said, actor=ida(), text="Gern.", reply_to=at.comment, now=NOW),
    "withdraw comment": lambda at: partial(withdraw, at.comment, actor=ida(), now=NOW),
    "erase reply": lambda at: partial(erase, at.reply, actor=jörg(), now=NOW),
    "withdraw merged": lambda at: partial(withdraw, at.merged, actor=actor_for(person("Linh")), now=NOW),
    "report": lambda at: partial(report, at.said, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW),
    "sort": lambda at: partial(set_theme, at.said.own_part, [at.said], actor=malik(), theme="Bänke", now=NOW),
    "leave": lambda at: partial(delete_account, jörg(), erase_words=True, now=NOW),
    "other leaves": lambda at: partial(delete_account, ida(), erase_words=True, now=NOW),
}
# What one racing withdrawal once broke, and the widest ways through the locks.
SAMPLE = [("withdraw", "hide"), ("erase", "leave"), ("merge", "withdraw merged"), ("leave", "other leaves")]
PAIRS = [*SAMPLE, *(pair for pair in combinations(DEEDS, 2) if pair not in SAMPLE and pair[::-1] not in SAMPLE)]


def _all_at_once(names: list[str], shared_database: Callable[[], None]) -> list[object]:
    at = scene()
    tries = [as_seen_before(DEEDS[name](at)) for name in names]
    shared_database()
    return at_once(tries)


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(*pair, marks=[] if pair in SAMPLE else [pytest.mark.thorough]) for pair in PAIRS],
)
def test_two_deeds_at_once_break_nothing(one, other, shared_database):
    results = _all_at_once([one, other] * 2, shared_database)

    assert errors_in(results) == []
    all_is_right()


def test_all_of_them_at_once_break_nothing(shared_database):
    results = _all_at_once(list(DEEDS), shared_database)

    assert errors_in(results) == []
    all_is_right()


def test_what_one_person_erases_is_gone_whatever_others_do_meanwhile(shared_database):
    results = _all_at_once(["withdraw", "hide", "erase", "merge", "answer"], shared_database)

    assert errors_in(results) == []
    [state] = seen_there(lambda: list(Record.objects.filter(body=WORDS).values_list("state", flat=True)) or ["gone"])
    assert state == "gone"
    assert seen_there(lambda: Record.objects.filter(state=RecordState.ERASED).count()) == 1
    all_is_right()


@pytest.mark.parametrize("name", ["withdraw", "hide", "erase", "leave", "withdraw comment", "erase reply"])
def test_nobody_is_kept_from_going_by_a_count_that_was_wrong_before(name):
    """As a race once left it: the passage counts nothing, and three contributions stand there."""
    at = scene()
    Record.objects.update(comment_count=0, thread_count=0, support_count=0)
    type(at.said.passage).objects.update(contribution_count=0)

    DEEDS[name](at)()
