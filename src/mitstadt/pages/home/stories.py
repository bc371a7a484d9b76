"""What was done, as stories: what came of a question, what became of all that was said, and the words of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mitstadt.pages.presenting import area_name
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import AnswerDecision, Process
from mitstadt.spine.queries.processes import outcome_on_card
from mitstadt.spine.queries.stories import words_taken_up_in
from mitstadt.spine.queries.tallies import by_answer_in
from mitstadt.ui.comments import shown_author
from mitstadt.ui.deciding import decided


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """Words that were taken up, and who said them."""

    words: str
    author: str
    language: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """What came of one question."""

    title: str
    href: str
    language: str
    area: str
    outcome: str
    decided: str
    became: str
    quoted: Quoted | None


def stories_of(processes: Sequence[Process]) -> list[Story]:
    """These listed processes as stories, in their order; five queries at most, however many."""
    counts, words = by_answer_in(one.pk for one in processes), words_taken_up_in(processes)
    said = {
        key: Quoted(words=one.body, author=shown_author(one), language=one.language, href=address_of(one))
        for key, one in words.items()
    }
    return [_story(process, counts.get(process.pk, {}), said.get(process.pk)) for process in processes]


def _story(process: Process, counts: Mapping[str, int], quoted: Quoted | None) -> Story:
    came_of = outcome_on_card(process)
    return Story(
        title=process.title,
        href=reverse("process", args=[process.ref]),
        language=process.language,
        area=area_name(process),
        outcome=came_of.body if came_of else "",
        decided=decided(came_of) if came_of else "",
        became=what_became(counts),
        quoted=quoted,
    )


def what_became(counts: Mapping[str, int]) -> str:
    """What became of all contributions, in a sentence; empty where nothing was said."""
    everything = sum(counts.values())
    if not everything:
        return ""
    lead = ngettext("%(n)s Beitrag:", "%(n)s Beiträge:", everything) % {"n": everything}
    words = ((one.value, str(one.label)) for one in AnswerDecision)
    fates = [gettext("%(n)s %(fate)s") % {"n": counts[key], "fate": word} for key, word in words if counts.get(key)]
    return f"{lead} {', '.join(fates)}." if fates else ""
