"""What the city does by the clock: sign the log, forget, send digests; and notices for crowds."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.tasks.backend import enqueue_once
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Daily, Every
from mitstadt.spine.actions.attachments import forget_unused_files
from mitstadt.spine.actions.digests import due_people, send_digest
from mitstadt.spine.actions.limits import forget_old_counts
from mitstadt.spine.actions.log import publish_head
from mitstadt.spine.actions.notices import write_notices
from mitstadt.spine.actions.runs import compute
from mitstadt.spine.actions.secret_rows import tend_boxes


# Signing locks the log: it stands in a transaction of its own, and a key that is missing is worth many attempts.
@background(Policy(_("Das Protokoll unterschreiben"), attempts=10))
def sign_log() -> None:
    """Publish the head of the log."""
    publish_head(now=clock.now())


@background(Policy(_("Alte Zähler vergessen")))
def forget_counts() -> None:
    """Delete the counters of past hours."""
    forget_old_counts(now=clock.now())


@background(Policy(_("Ungenutzte Dateien löschen")))
def forget_files() -> None:
    """Delete uploads that nobody sent off, and bytes without a row."""
    forget_unused_files(now=clock.now())


@background(Policy(_("Sammelmails vorbereiten")))
def begin_digests() -> None:
    """One task for everyone who is due today, so that one who fails keeps nobody waiting."""
    now = clock.now()
    for key in due_people(now).values_list("pk", flat=True):
        enqueue_once(digest_for, f"{key} {now:%Y-%m-%d}", person=key)


@background(Policy(_("Eine Sammelmail schreiben")))
def digest_for(person: int) -> None:
    """Mark the person's news as sent and enqueue the mail, both or neither."""
    send_digest(person, now=clock.now())


@background(Policy(_("Vielen Menschen Bescheid geben")))
def tell_many(records: list[int], event: str, at: str, except_person: int | None) -> None:
    """Notices for all who followed when it happened."""
    write_notices(records, event, now=datetime.fromisoformat(at), except_person=except_person)


@background(Policy(_("Eine Auswertung rechnen")))
def compute_run(key: int) -> None:
    """Compute a run, unless that is done or somebody is at it."""
    compute(key)


@background(Policy(_("Geheime Abgaben von Menschen trennen")))
def tend_secret_boxes() -> None:
    """Cut off the rows of parts that are over, and tell of lost keys."""
    tend_boxes(now=clock.now())


SCHEDULE.add("secret_boxes", tend_secret_boxes, Daily(time(2, 30)))
SCHEDULE.add("sign_log", sign_log, Daily(time(3, 0)))
SCHEDULE.add("digests", begin_digests, Daily(time(6, 30)))
SCHEDULE.add("forget_files", forget_files, Daily(time(4, 0)))
SCHEDULE.add("forget_counts", forget_counts, Every(minutes=15))
