"""The answers that hold now, and those that held before, for many records at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext

from mitstadt.spine.links import ANSWERS
from mitstadt.spine.models import UP, Answer, Link


def answers_to(keys: Collection[int]) -> dict[int, list[Answer]]:
    """All answers to each of these records that has one, the one that holds now last: two queries.

    An answer that moderation hid still decided; a sentence stands in place of its words.
    """
    links = Link.objects.filter(target_id__in=keys, type=ANSWERS).order_by("created_at", "pk")
    pairs = list(links.values_list("target_id", "source_id"))
    given = {source for _target, source in pairs}
    told = Answer.objects.keyed(given).select_related("author", "organisation") if given else ()
    answers = {answer.pk: _as_read(answer) for answer in told}
    found: dict[int, list[Answer]] = defaultdict(list)
    for target, source in pairs:
        if source in answers:
            found[target].append(answers[source])
    return dict(found)


def _as_read(answer: Answer) -> Answer:
    if answer.state not in UP:
        answer.body = gettext("Die Begründung ist ausgeblendet. Warum, steht im Werdegang der Antwort.")
    return answer


def latest_answers(keys: Collection[int]) -> dict[int, Answer]:
    """The latest answer to each of these records that has one: two queries."""
    return {target: answers[-1] for target, answers in answers_to(keys).items()}
