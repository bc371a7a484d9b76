"""What an answer is for: the ticked ones, the one that is open, or all that the list is narrowed to, counted first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from mitstadt.ground import clock
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Part, Record
from mitstadt.spine.queries.answering import Narrowed
from mitstadt.ui.answering.forms import narrowed_by
from mitstadt.ui.requests import actor_of, number_in, sent_text, sent_texts

PER_PAGE = 40
# So many may be meant at once; more, and nobody has read them.
MOST_AT_ONCE = 500
# The parameter of the address that shows one contribution by itself.
ONE = "eintrag"

Rows = Callable[[Part, Narrowed, QueryDict], QuerySet[Any]]


@dataclass(frozen=True)
class Choice:
    """All that the list is narrowed to and that waits, as it was shown: how many, and whether they said so again."""

    count: int
    is_sure: bool


def asked_for(request: HttpRequest) -> Narrowed:
    """What the address narrows the list to, for who asks."""
    actor = actor_of(request)
    return narrowed_by(request.GET, me=actor.person.pk if actor.person else None, now=clock.now())


def one_in(request: HttpRequest, part: Part, rows: Rows) -> Record | None:
    """The contribution that is shown by itself, where the address names one of this part."""
    ref = request.GET.get(ONE, "")
    found: Record | None = rows(part, Narrowed(), QueryDict()).filter(ref=ref).first() if ref else None
    return found


def choice_in(request: HttpRequest) -> Choice | None:
    """That all of the list are meant, where the form says so."""
    count = number_in(sent_text(request, "everything"))
    return None if not count else Choice(count, is_sure=bool(sent_text(request, "everything_sure")))


def all_that_wait(request: HttpRequest, part: Part, rows: Rows) -> QuerySet[Any]:
    """Everything the list is narrowed to; without a state asked for, what has no answer yet."""
    wanted = asked_for(request)
    if not wanted.answer_state:
        wanted = replace(wanted, only_unanswered=True)
    return rows(part, wanted, request.GET)


def chosen(request: HttpRequest, part: Part, rows: Rows) -> list[Record]:
    """What is meant; refs of other parts lead nowhere, and all at once is meant only as it was counted."""
    choice = choice_in(request)
    if choice is None:
        refs = sent_texts(request, "ref")[:PER_PAGE]
        return list(rows(part, Narrowed(), QueryDict()).filter(ref__in=refs).order_by("pk"))
    found = list(all_that_wait(request, part, rows)[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        raise Refused("choice_too_large", count=choice.count, most=MOST_AT_ONCE)
    if len(found) != choice.count:
        raise Refused("chosen_changed", count=len(found))
    if not choice.is_sure:
        raise Refused("choice_unconfirmed", count=len(found))
    return found


def next_waiting(request: HttpRequest, part: Part, rows: Rows, *, after: str) -> str:
    """The ref of the one that waits after this one, as the list is narrowed; the first where none comes after."""
    refs: Sequence[str] = list(all_that_wait(request, part, rows).values_list("ref", flat=True)[:MOST_AT_ONCE])
    others = [ref for ref in refs if ref != after]
    if after in refs and (later := refs[refs.index(after) + 1 :]):
        return later[0]
    return others[0] if others else ""
