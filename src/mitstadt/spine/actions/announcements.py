"""A host tells what is new in a process; who follows it hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.attachments import DescribedFile, attach
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.records import checked_text, publish_record, published_in, submitted_once
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.models import Announcement, Process
from mitstadt.spine.permits import permit

MOST_IN_TITLE = 160
MOST_CHARACTERS = 2_000


def announce(
    process: Process,
    *,
    actor: Actor,
    title: str,
    text: str,
    now: datetime,
    files: Sequence[DescribedFile] = (),
    submission_key: UUID | None = None,
) -> Announcement:
    """Publish news of the process in the name of its host. A repeated submission returns the first."""

    def made() -> Announcement:
        lock(process)
        require(permit(actor, Deed.ANNOUNCE, process, now=now))
        told = Announcement(
            title=checked_text(title, limit=MOST_IN_TITLE),
            body=checked_text(text, limit=MOST_CHARACTERS),
            room=process,
            organisation=process.host,
            author=actor.person,
            area_id=process.area_id,
            language=process.language,
            state=published_in(process),
            submission_key=submission_key,
        )
        publish_record(told, actor=actor, verb=verbs.ANNOUNCED, now=now)
        attach(told, files, actor=actor, now=now)
        return told

    return submitted_once(Announcement, submission_key, made)
