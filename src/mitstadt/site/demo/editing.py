"""What the editors do in a story: translate the text, take wordings over, write and publish the second edition."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    insert_after,
    revise,
    take_over,
)
from mitstadt.participation.drafting.models import CoText, Edition, Passage, Shape, WorkingPassage
from mitstadt.site.demo.reading import EditionScript
from mitstadt.site.demo.residents import office_hours
from mitstadt.site.demo.telling import Telling
from mitstadt.spine.queries.parts import with_phases


def plan(telling: Telling) -> None:
    """Put translations and the second edition on the timeline."""
    story, calendar = telling.story, telling.calendar
    for place, (language, words) in enumerate(story.translations.items()):
        telling.timeline.at(calendar.at(0, 9, 10 + place), partial(_translate, telling, language, words))
    if story.second:
        day = story.second.take_over_day
        telling.timeline.at(office_hours(calendar, day, place=0), partial(_take_over, telling, story.second))
        telling.timeline.at(calendar.at(story.second.day, 10), partial(_publish_second, telling, story.second))


def learn_passages(telling: Telling) -> None:
    """Know the passages of the newest edition by their numbers, each joined to the part that permits ask about."""
    text = with_phases(CoText.objects.filter(pk=telling.text.pk)).get()
    edition = Edition.objects.filter(text=text).latest("number")
    for passage in edition.passages.all():
        passage.edition, passage.room, passage.part = edition, text.room, text
        telling.passages[edition.number, passage.number] = passage


def _translate(telling: Telling, language: str, words: bytes, now: datetime) -> None:
    read = computations.read_file(words, f"text.{language}.md")
    numbers = computations.numbers_of((row.level, row.shape, row.words) for row in read.passages)
    edition = Edition.objects.filter(text=telling.text).latest("number")
    translate_edition(
        edition,
        actor=telling.owner,
        language=language,
        words=dict(zip(numbers, (row.words for row in read.passages), strict=True)),
        now=now,
    )


def _take_over(telling: Telling, script: EditionScript, now: datetime) -> None:
    editor = telling.residents.actor(script.by)
    for told, made in telling.said:
        if told.take_over:
            take_over(made, actor=editor, reason=told.take_over, now=now)


def _publish_second(telling: Telling, script: EditionScript, now: datetime) -> None:
    editor = telling.residents.actor(script.by)
    text = telling.text
    begin_next_edition(text, actor=editor, now=now)
    edits = [
        PassageEdit(_working(telling, edit.at).pk, words=edit.words, drop=edit.drop, join_next=edit.join_next)
        for edit in script.edits
    ]
    revise(text, actor=editor, edits=edits, now=now)
    cuts = []
    for split in script.splits:
        work = _working(telling, split.at)
        cuts.append(PassageEdit(work.pk, split_at=(work.words.index(split.before),)))
    revise(text, actor=editor, edits=cuts, now=now)
    for insert in script.inserts:
        work = _working(telling, insert.after)
        insert_after(
            text,
            actor=editor,
            after_id=work.pk,
            level=work.level,
            shape=Shape(insert.shape),
            words=insert.words,
            now=now,
        )
    publish_edition(text, actor=editor, now=now, note=script.note)
    learn_passages(telling)


def _working(telling: Telling, number: str) -> WorkingPassage:
    passage: Passage = telling.passages[1, number]
    return WorkingPassage.objects.filter(text=telling.text, predecessors=passage).order_by("position")[0]
