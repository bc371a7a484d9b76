"""Say something about a passage: a comment, a question, or a proposed wording."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from mitstadt.ground.words import are_alike, clean_words
from mitstadt.participation.drafting import computations, verbs
from mitstadt.participation.drafting.models import (
    Contribution,
    ContributionForm,
    Edition,
    Passage,
    Taking,
    WorkingPassage,
)
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.records import (
    MOST_CHARACTERS,
    checked_text,
    publish_record,
    published_in,
    submitted_once,
)
from mitstadt.spine.actors import Actor
from mitstadt.spine.counts import stepped
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Record
from mitstadt.spine.permits import permit_entering, permit_on
from mitstadt.spine.verbs import Verb


@dataclass(frozen=True)
class Said:
    """What a person says: words, for a wording the whole passage as they would have it, and the words they selected."""

    form: ContributionForm
    body: str
    wording: str = ""
    start: int = 0
    end: int = 0
    theme: str = ""
    language: str = "de"
    organisation_id: int | None = None


def contribute(
    passage: Passage,
    *,
    actor: Actor,
    said: Said,
    now: datetime,
    submission_key: UUID | None = None,
    entered_by: Actor | None = None,
) -> Contribution:
    """Publish a contribution; a repeated submission returns the first. `entered_by` is who typed it for another."""

    def made() -> Contribution:
        lock(passage)
        require(
            permit_entering(entered_by, Deed.CONTRIBUTE, passage, now=now)
            if entered_by
            else permit_on(actor, Deed.CONTRIBUTE, passage, now=now)
        )
        fresh = _fresh(passage, actor=actor, said=said)
        fresh.entered_by = entered_by.person if entered_by else None
        fresh.submission_key = submission_key
        details = {"form": said.form.value, "passage": passage.number, "on": passage.ref}
        return publish_record(fresh, actor=actor, verb=verbs.CONTRIBUTED, now=now, details=details)

    return submitted_once(Contribution, submission_key, made)


def _fresh(passage: Passage, *, actor: Actor, said: Said) -> Contribution:
    room, part = passage.home, passage.own_part
    body, wording = _checked(said, passage)
    return Contribution(
        passage=passage,
        about_id=passage.pk,
        form=said.form,
        body=body,
        wording=wording,
        anchor=computations.make_anchor(passage.body, said.start, said.end),
        theme=clean_words(said.theme).strip()[:60],
        language=said.language,
        room=room,
        part=part,
        area_id=room.area_id,
        author=actor.person,
        organisation_id=said.organisation_id if said.organisation_id in actor.organisation_ids else None,
        state=published_in(room, checked_first=part.checks_first),
    )


def tell_of_contribution(record: Record) -> tuple[Sequence[Record], Verb]:
    """Who follows a passage hears what is said about it."""
    return [Contribution.objects.select_related("passage").get(pk=record.pk).passage], verbs.CONTRIBUTED


def count_contribution(record: Record, difference: int) -> None:
    """Let the passage count a contribution that became public, or no longer is."""
    if isinstance(record, Contribution):
        passage = record.passage_id
    else:
        passage = Contribution.objects.values_list("passage_id", flat=True).get(pk=record.pk)
    Passage.objects.filter(pk=passage).update(contribution_count=stepped("contribution_count", difference))


def erase_contribution(record: Record) -> None:
    """Empty what a contribution keeps beside its record."""
    Contribution.objects.filter(pk=record.pk).update(wording="", anchor={})


def kept_words_of_contribution(record: Record) -> list[tuple[Model, str]]:
    """Where a contribution's words stand beside its record: its wording, its quote, and what is drafted of it.

    That is the next edition, and the answer that becomes public with it.
    """
    said = Contribution.objects.get(pk=record.pk)
    quoted = [(said, f"anchor/{name}") for name, value in said.anchor.items() if isinstance(value, str)]
    drafts = WorkingPassage.objects.filter(text__takings__contribution=said)
    answers = Taking.objects.filter(contribution=said)
    drafted = [*((draft, "words") for draft in drafts), *((answer, "reason") for answer in answers)]
    return [(said, "wording"), *quoted, *drafted]


def kept_words_of_text(record: Record) -> list[tuple[Model, str]]:
    """What editors say beside the editions of a text."""
    return [(edition, "note") for edition in Edition.objects.filter(text=record.pk).order_by("number")]


def contributions_saying(room: int, words: Collection[str]) -> list[Record]:
    """The contributions in a room whose wording has some of these words."""
    wanted = Q()
    for one in words:
        wanted |= Q(wording__icontains=one)
    return list(Contribution.objects.filter(wanted, room=room).select_related("room__host", "part").order_by("pk")[:50])


def check_wording(record: Record, texts: Mapping[str, str]) -> None:
    """A proposed wording says something else than the passage."""
    passage = Contribution.objects.select_related("passage").get(pk=record.pk).passage
    if are_alike(texts.get("wording", ""), passage.body):
        raise Refused("wording_unchanged")


def words_of_contribution(record: Record) -> str:
    """What a contribution says: the wording it proposes, else its text."""
    return Contribution.objects.values_list("wording", flat=True).get(pk=record.pk) or record.body


def piece_of_contribution(record: Record, words: str) -> Contribution:
    """A contribution that says some of these words, at the same place and about the same quote."""
    said = Contribution.objects.get(pk=record.pk)
    if said.wording:
        raise Refused("split_has_wording")
    return Contribution(passage_id=said.passage_id, form=said.form, anchor=said.anchor, theme=said.theme, body=words)


def _checked(said: Said, passage: Passage) -> tuple[str, str]:
    if said.form != ContributionForm.WORDING:
        return checked_text(said.body), ""
    wording = checked_text(said.wording)
    if are_alike(wording, passage.body):
        raise Refused("wording_unchanged")
    body = clean_words(said.body).strip()
    if len(body) > MOST_CHARACTERS:
        raise Refused("text_too_long", length=len(body), limit=MOST_CHARACTERS)
    return body, wording
