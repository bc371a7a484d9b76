"""What the editors do with a text: translate the text, take wordings over, write and publish the second edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, insert_after, revise
from mitstadt.participation.drafting.demo.reading import EditionScript
from mitstadt.participation.drafting.models import Edition, Passage, Shape, WorkingPassage

if TYPE_CHECKING:
    from mitstadt.participation.drafting.demo.writing import Writing


def plan(writing: Writing) -> None:
    """Put translations and the second edition on the timeline."""
    stage, script = writing.stage, writing.script
    for place, (language, words) in enumerate(script.translations.items()):
        stage.at(stage.moment(0, 9, 10 + place), partial(_translate_text, writing, language, words))
    if script.second:
        day = script.second.take_over_day
        stage.at(stage.office_hours(day, place=0), partial(_take_over, writing, script.second))
        stage.at(stage.moment(script.second.day, 10), partial(_publish_second, writing, script.second))
        for place, (language, said) in enumerate(script.second.translations.items()):
            stage.at(stage.moment(script.second.day, 11 + place), partial(_translate, writing, language, said))


def _translate_text(writing: Writing, language: str, words: bytes, now: datetime) -> None:
    read = computations.read_file(words, f"text.{language}.md")
    numbers = computations.numbers_of((row.level, row.shape, row.words) for row in read.passages)
    _translate(writing, language, dict(zip(numbers, (row.words for row in read.passages), strict=True)), now)


def _translate(writing: Writing, language: str, words: Mapping[str, str], now: datetime) -> None:
    edition = Edition.objects.filter(text=writing.text).latest("number")
    translate_edition(edition, actor=writing.stage.owner, language=language, words=words, now=now)


def _take_over(writing: Writing, script: EditionScript, now: datetime) -> None:
    editor = writing.stage.actor(script.by)
    for told, made in writing.said:
        if told.take_over:
            take_over(made, actor=editor, reason=told.take_over, now=now)


def _publish_second(writing: Writing, script: EditionScript, now: datetime) -> None:
    editor = writing.stage.actor(script.by)
    text = writing.text
    begin_next_edition(text, actor=editor, now=now)
    edits = [
        PassageEdit(_working(writing, edit.at).pk, words=edit.words, drop=edit.drop, join_next=edit.join_next)
        for edit in script.edits
    ]
    revise(text, actor=editor, edits=edits, now=now)
    cuts = []
    for split in script.splits:
        work = _working(writing, split.at)
        cuts.append(PassageEdit(work.pk, split_at=(work.words.index(split.before),)))
    revise(text, actor=editor, edits=cuts, now=now)
    for insert in script.inserts:
        work = _working(writing, insert.after)
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
    writing.learn_passages(now)


def _working(writing: Writing, number: str) -> WorkingPassage:
    passage: Passage = writing.passages[1, number]
    return WorkingPassage.objects.filter(text=writing.text, predecessors=passage).order_by("position")[0]
