"""Comment on a record, or reply to a comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.records import checked_text, publish_record, published_in, submitted_once
from mitstadt.spine.actors import Actor
from mitstadt.spine.counts import stepped
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import UP, Comment, Record, Stance
from mitstadt.spine.permits import checks_first, part_of, permit_on, room_of
from mitstadt.spine.verbs import Verb

MOST_CHARACTERS = 5_000


def count_comment(record: Record, difference: int) -> None:
    """Let the record that a comment stands at count it and its threads, and the comment above count its replies."""
    target, above = Comment.objects.values_list("target_id", "reply_to_id").get(pk=record.pk)
    Record.objects.filter(pk=target).update(
        comment_count=stepped("comment_count", difference),
        thread_count=stepped("thread_count", _threads(record.pk, above, difference)),
    )


def _threads(comment: int, above: int | None, difference: int) -> int:
    """How many threads more or fewer are shown: a comment that is not up keeps its place while it has replies."""
    if above is None:
        return 0 if Record.objects.filter(pk=comment, comment_count__gt=0).exists() else difference
    Record.objects.filter(pk=above).update(comment_count=stepped("comment_count", difference))
    state, replies = Record.objects.values_list("state", "comment_count").get(pk=above)
    return difference if state not in UP and replies == max(difference, 0) else 0


def tell_of_comment(record: Record) -> tuple[Sequence[Record], Verb]:
    """Who follows the record that a comment stands at hears of it, and who follows the comment that it replies to."""
    said = Comment.objects.select_related("target", "reply_to").get(pk=record.pk)
    return [said.target, *([said.reply_to] if said.reply_to else [])], verbs.COMMENTED


def comment(
    record: Record,
    *,
    actor: Actor,
    text: str,
    now: datetime,
    stance: Stance = Stance.NEUTRAL,
    reply_to: Comment | None = None,
    submission_key: UUID | None = None,
    language: str = "",
) -> Comment:
    """Add a comment or a reply, in the language of the record unless said; a repeated submission returns the first."""

    def made() -> Comment:
        lock(record, *([reply_to] if reply_to else []))
        require(permit_on(actor, Deed.COMMENT, record, now=now))
        if reply_to and (reply_to.reply_to_id or reply_to.target_id != record.pk):
            raise Refused("reply_to_reply")
        room, part = room_of(record), part_of(record)
        if room is None:
            raise Refused("not_in_a_room")
        return publish_record(
            Comment(
                body=checked_text(text, limit=MOST_CHARACTERS),
                target_id=record.pk,
                reply_to=reply_to,
                about_id=(reply_to or record).pk,
                stance=stance,
                room=room,
                part=part,
                area_id=record.area_id,
                author=actor.person,
                language=language or record.language,
                submission_key=submission_key,
                state=published_in(room, checked_first=checks_first(room, part)),
            ),
            actor=actor,
            verb=verbs.COMMENTED,
            now=now,
            details={"on": record.ref, "stance": stance.value},
        )

    return submitted_once(Comment, submission_key, made)
