"""Publish the working copy as the next edition, with every passage traced from the last."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from mitstadt.ground.refs import new_ref
from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting import computations, links, verbs
from mitstadt.participation.drafting.actions.changing import changing
from mitstadt.participation.drafting.actions.edition_answers import (
    Reply,
    answers_with_edition,
    give_answers,
    locked_takings,
)
from mitstadt.participation.drafting.models import Contribution, CoText, Edition, Passage, Shape, WorkingPassage
from mitstadt.participation.drafting.queries.takings import draft_mark
from mitstadt.participation.drafting.queries.working import all_working
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.kept_words import contents_of, translations_of
from mitstadt.spine.models import UP, Follow, Link, Record, Translation
from mitstadt.spine.search.indexing import leave_index, refresh_entry


def publish_edition(
    text: CoText,
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    replies: Mapping[str, Reply] | None = None,
    seen: str = "",
) -> Edition:
    """Publish the working copy; contributions stay where they were said, links show what became of each passage.

    The wordings that were taken into it get their answers with it: `replies` by ref, where the draft of the answer is
    not enough. `seen` is the mark of the draft as the editor checked it; where it changed since, nothing is published.
    """
    with changing(text, actor=actor, now=now):
        last = Edition.objects.filter(text=text).order_by("-number").first()
        taken = locked_takings(text, last)
        work = [row for row in all_working(text) if row.shape != Shape.FURNITURE]
        if seen and seen != draft_mark(work, taken):
            raise Refused("draft_changed")
        old = list(last.passages.order_by("position")) if last else []
        _require_something_new(work, old)
        answers = answers_with_edition(taken, replies or {})
        edition = Edition.objects.create(
            text=text, number=last.number + 1 if last else 1, published_at=now, note=clean_words(note).strip()
        )
        new = _passages(edition, work, now=now)
        dropped = _trace(old, new, work, now=now)
        _keep_translations(new)
        leave_index(old)
        for passage in new:
            refresh_entry(passage)
        _record(text, edition, new, actor=actor, now=now)
        answered = give_answers(answers, room=text.home, actor=actor, now=now)
        _tell(text, old, dropped, answered, now=now)
        text.working_passages.all().delete()
        text.takings.all().delete()
    return edition


def _require_something_new(work: Sequence[WorkingPassage], old: Sequence[Passage]) -> None:
    if not work:
        raise Refused("nothing_to_publish")
    if [(w.level, w.shape, w.words) for w in work] == [(p.level, p.shape, p.body) for p in old]:
        raise Refused("unchanged")


def _passages(edition: Edition, work: Sequence[WorkingPassage], *, now: datetime) -> list[Passage]:
    text = edition.text
    numbers = computations.numbers_of((row.level, row.shape, row.words) for row in work)
    passages: list[Passage] = []
    for row, number, ref in zip(work, numbers, _free_refs(len(work)), strict=True):
        passage = Passage(
            kind=Passage.KIND,
            variant=row.shape,
            ref=ref,
            edition=edition,
            position=len(passages),
            number=number,
            level=row.level,
            shape=row.shape,
            title=f"{number}" if row.shape != Shape.HEADING else row.words[:300],
            body=row.words,
            language=text.language,
            room=text.room,
            part=text,
            state=published_in(text.home),
            organisation=text.organisation,
            area_id=text.area_id,
            created_at=now,
            changed_at=now,
        )
        passage.save(force_insert=True)
        passages.append(passage)
    return passages


def _free_refs(count: int) -> list[str]:
    refs: set[str] = set()
    while len(refs) < count:
        fresh = {new_ref(secrets.token_bytes) for _ in range(count - len(refs))} - refs
        refs |= fresh - set(Record.objects.filter(ref__in=fresh).values_list("ref", flat=True))
    return list(refs)


def _trace(
    old: Sequence[Passage], new: Sequence[Passage], work: Sequence[WorkingPassage], *, now: datetime
) -> list[Passage]:
    if not old:
        return []
    current = {passage.pk for passage in old}
    arrivals = [
        computations.NewPassage(
            str(passage.pk),
            passage.body,
            tuple(str(before.pk) for before in row.predecessors.all() if before.pk in current),
        )
        for passage, row in zip(new, work, strict=True)
    ]
    arrows, dropped = computations.trace([computations.OldPassage(str(p.pk), p.body) for p in old], arrivals)
    Link.objects.bulk_create(
        [Link(source_id=int(arrow.old), target_id=int(arrow.new), type=arrow.type, created_at=now) for arrow in arrows]
    )
    gone = set(dropped)
    return [passage for passage in old if str(passage.pk) in gone]


def _keep_translations(new: Sequence[Passage]) -> None:
    """A passage that stayed as it was keeps its words in other languages."""
    stayed = dict(
        Link.objects.filter(target_id__in=[p.pk for p in new], type=links.KEPT_AS).values_list("source_id", "target_id")
    )
    Translation.objects.bulk_create(
        [
            Translation(
                record_id=stayed[words.record_id],
                language=words.language,
                title=words.title,
                body=words.body,
                made_by_machine=words.made_by_machine,
            )
            for words in Translation.objects.filter(record_id__in=list(stayed))
        ]
    )


def _record(text: CoText, edition: Edition, passages: Sequence[Passage], *, actor: Actor, now: datetime) -> None:
    content = {"passages": contents_of(passages), **translations_of(passages)}
    details = {"edition": edition.number, "passages": len(passages), "note": edition.note}
    verb = verbs.PUBLISHED_TEXT if edition.number == 1 else verbs.PUBLISHED_EDITION
    record_act(actor=actor, verb=verb, record=text, now=now, content=content, details=details)


def _tell(
    text: CoText,
    old: Sequence[Passage],
    dropped: Sequence[Passage],
    answered: Sequence[Contribution],
    *,
    now: datetime,
) -> None:
    if not old:
        return
    gone = [passage.pk for passage in dropped]
    # Their answers tell them already.
    told = {done.pk for done in answered}
    about = Contribution.objects.filter(passage__in=[p.pk for p in old], state__in=UP)
    kept = [passage for passage in old if passage.pk not in gone]
    dropped_talks = about.filter(passage__in=gone).exclude(pk__in=told)
    kept_talks = about.exclude(passage__in=gone).exclude(pk__in=told)
    tell_followers([*dropped_talks, *dropped], verbs.PASSAGE_DROPPED, now=now, said=text)
    tell_followers([*kept_talks, *kept], verbs.NEXT_EDITION, now=now, said=text)
    tell_followers([text.home], verbs.PUBLISHED_EDITION, now=now, said=text)
    _follow_on(kept, now=now)


def _follow_on(kept: Sequence[Passage], *, now: datetime) -> None:
    """Whoever follows a passage follows what it became."""
    arrows = Link.objects.filter(
        source_id__in=[passage.pk for passage in kept], type__in=[links.KEPT_AS, links.CHANGED_TO], created_at=now
    )
    became: dict[int, list[int]] = {}
    for old, new in arrows.values_list("source_id", "target_id"):
        became.setdefault(old, []).append(new)
    Follow.objects.bulk_create(
        [
            Follow(record_id=new, person_id=person, created_at=now)
            for person, old in Follow.objects.filter(record_id__in=became).values_list("person_id", "record_id")
            for new in became.get(old or 0, [])
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
