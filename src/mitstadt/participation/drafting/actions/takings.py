"""Take a proposed wording into the next edition: nothing is public before it comes, no hand's work is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting.actions.changing import changing
from mitstadt.participation.drafting.actions.working_copy import begin_next_edition
from mitstadt.participation.drafting.models import Contribution, CoText, Edition, Passage, Taking, WorkingPassage
from mitstadt.participation.drafting.queries.standing import Line, lines_to
from mitstadt.participation.drafting.queries.takings import compared_with_draft, rows_from
from mitstadt.participation.drafting.queries.working import all_working
from mitstadt.spine.actions.answers import MOST_CHARACTERS
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.successions import where_they_went


def take_over(contribution: Contribution, *, actor: Actor, reason: str = "", now: datetime) -> None:
    """Put a proposed wording into the draft of the next edition, where nobody has written yet, and note its answer."""
    text = contribution.passage.edition.text
    with changing(text, actor=actor, now=now):
        line, rows = _place_of(contribution, text, actor=actor, now=now)
        if not _stands_whole(line, rows):
            row = _untouched(line, rows)
            if row is None:
                raise Refused("draft_reads_otherwise", ref=contribution.ref, place=contribution.passage.number)
            row.words = contribution.wording
            row.save(update_fields=["words"])
        _note(contribution, text, actor=actor, reason=reason, now=now)


def note_for_edition(contribution: Contribution, *, actor: Actor, reason: str = "", now: datetime) -> None:
    """Note a wording for the next edition and leave the draft as it reads: the editors write the passage themselves."""
    text = contribution.passage.edition.text
    with changing(text, actor=actor, now=now):
        _place_of(contribution, text, actor=actor, now=now)
        _note(contribution, text, actor=actor, reason=reason, now=now)


def put_back(contribution: Contribution, *, actor: Actor, now: datetime) -> None:
    """A wording is no longer meant for the next edition; words that nobody touched since go with it."""
    text = contribution.passage.edition.text
    with changing(text, actor=actor, now=now):
        if not Taking.objects.filter(contribution=contribution).delete()[0]:
            return
        line, rows = _line_and_rows(contribution, text)
        wanted_too = Taking.objects.filter(text=text, contribution__wording=contribution.wording)
        if len(rows) == 1 and rows[0].words == contribution.wording and not wanted_too.exists():
            rows[0].words = _words_before(line)
            rows[0].save(update_fields=["words"])


def _place_of(
    contribution: Contribution, text: CoText, *, actor: Actor, now: datetime
) -> tuple[Line, list[WorkingPassage]]:
    """Where the wording belongs in the draft, which begins now where there was none; all under lock."""
    require(permit(actor, Deed.ANSWER, text.home, now=now))
    [stands] = lock_all([contribution])
    if not contribution.wording:
        raise Refused("nothing_to_take_over")
    if not stands.is_up:
        raise Refused("record_not_public")
    if went_to := where_they_went([stands]).get(stands.pk):
        raise Refused("answer_where_it_went", ref=stands.ref, target=", ".join(target.ref for target in went_to))
    begin_next_edition(text, actor=actor, now=now)
    line, rows = _line_and_rows(contribution, text)
    if not rows:
        raise Refused("passage_gone")
    return line, rows


def _line_and_rows(contribution: Contribution, text: CoText) -> tuple[Line, list[WorkingPassage]]:
    current = Edition.objects.filter(text=text).latest("number")
    said = Contribution.objects.select_related("passage").get(pk=contribution.pk)
    line = lines_to(current, [said]).get(said.pk, Line(said, frozenset()))
    return line, rows_from(line.places, all_working(text))


def _stands_whole(line: Line, rows: Sequence[WorkingPassage]) -> bool:
    return compared_with_draft(line, rows).verdict == "whole"


def _untouched(line: Line, rows: Sequence[WorkingPassage]) -> WorkingPassage | None:
    """The one row of the draft that the passage became, if it reads as the current edition does."""
    if len(rows) != 1 or {before.pk for before in rows[0].predecessors.all()} != line.places:
        return None
    return rows[0] if rows[0].words == _words_before(line) else None


def _words_before(line: Line) -> str:
    passages = Passage.objects.filter(pk__in=line.places).order_by("position")
    return " ".join(passages.values_list("body", flat=True))


def _note(contribution: Contribution, text: CoText, *, actor: Actor, reason: str, now: datetime) -> None:
    reason = clean_words(reason).strip()
    if len(reason) > MOST_CHARACTERS:
        raise Refused("text_too_long", length=len(reason), limit=MOST_CHARACTERS)
    noted, is_new = Taking.objects.get_or_create(
        contribution=contribution,
        defaults={"text": text, "reason": reason, "taken_by": actor.person, "taken_at": now},
    )
    if reason and not is_new:
        noted.reason = reason
        noted.save(update_fields=["reason"])
