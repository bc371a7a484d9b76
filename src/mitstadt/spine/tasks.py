"""What the city does by the clock: sign the log, forget, send digests; and notices for crowds."""

from __future__ import annotations

import logging
from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.people.events import forget_old_events
from mitstadt.ground.people.models import DigestRhythm
from mitstadt.ground.tasks.backend import enqueue_once
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Daily, Every
from mitstadt.spine.actions.alert_mails import send_alerts
from mitstadt.spine.actions.alerting import note_what_waits
from mitstadt.spine.actions.alerts import forget_old_alerts, people_to_alert
from mitstadt.spine.actions.answer_mails import forget_old_mails, send_answer_mail
from mitstadt.spine.actions.attachments import forget_unused_files
from mitstadt.spine.actions.bursts import forget_keys
from mitstadt.spine.actions.digests import due_people, send_digest
from mitstadt.spine.actions.invitations import forget_old_invitations
from mitstadt.spine.actions.limits import forget_old_counts
from mitstadt.spine.actions.log import publish_head
from mitstadt.spine.actions.names import mark_borrowed_names
from mitstadt.spine.actions.notices import write_around, write_notices
from mitstadt.spine.actions.recounting import recount
from mitstadt.spine.actions.runs import compute
from mitstadt.spine.actions.secret_rows import tend_boxes
from mitstadt.spine.log import SEALED_WITHIN_MINUTES
from mitstadt.spine.search.indexing import forget_unused_words

logger = logging.getLogger(__name__)


# Signing locks the log: it stands in a transaction of its own, and a key that is missing is worth many attempts.
@background(Policy(_("Das Protokoll unterschreiben"), attempts=10, kept=False))
def sign_log() -> None:
    """Publish the head of the log: every minute, so that whoever asks for a proof signs nothing."""
    publish_head()


# Each row is counted in a transaction of its own, so that nobody waits for all of them.
@background(Policy(_("Alles nachzählen"), atomic=False))
def count_anew() -> None:
    """Mend what is counted wrong; whoever operates the city reads of it, for it should never happen."""
    for one in recount():
        logger.warning(
            "%s of %s was wrong by %+d (%s) and is mended.", one.column, one.where, one.difference, one.counts
        )


@background(Policy(_("Alte Zähler vergessen")))
def forget_counts() -> None:
    """Delete the counters of past hours, what is left of connections, and old events of accounts."""
    forget_old_counts(now=clock.now())
    forget_keys(now=clock.now())
    forget_old_events(now=clock.now())


@background(Policy(_("Namen mit denen von Stellen vergleichen"), kept=False))
def compare_names() -> None:
    """Mark names that came to look like those of an office or of somebody with a task."""
    mark_borrowed_names(now=clock.now())


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


@background(Policy(_("Mails vorbereiten, die sofort kommen"), kept=False))
def begin_prompt_digests() -> None:
    """The same for those who want to hear at once; what happens within a few minutes comes together."""
    now = clock.now()
    for key in due_people(now, DigestRhythm.AT_ONCE).values_list("pk", flat=True):
        enqueue_once(digest_for, f"{key} {now:%Y-%m-%d %H:%M}", person=key)


@background(Policy(_("Eine Sammelmail schreiben")))
def digest_for(person: int) -> None:
    """Mark the person's news as sent and enqueue the mail, both or neither."""
    send_digest(person, now=clock.now())


# Not in one transaction: it looks at every room, and whoever writes would wait meanwhile. Done twice, it notes nothing.
@background(Policy(_("Nachsehen, was bei den Aufgaben ansteht"), atomic=False))
def begin_alerts() -> None:
    """Note what waits for people with a task, and one mail for everyone who had none within the last day."""
    now = clock.now()
    note_what_waits(now=now)
    for key in people_to_alert(now).values_list("pk", flat=True):
        enqueue_once(alert_mail_for, f"{key} {now:%Y-%m-%d %H}", person=key)


@background(Policy(_("Eine Mail zu Aufgaben schreiben")))
def alert_mail_for(person: int) -> None:
    """Mark what this person is told as sent and enqueue the mail, both or neither."""
    send_alerts(person, now=clock.now())


@background(Policy(_("Alte Mails zu Aufgaben, Einladungen und Suchworte vergessen"), atomic=False))
def forget_what_is_over() -> None:
    """Delete what was told long ago, invitations that ended, and words that stand nowhere any more."""
    now = clock.now()
    forget_old_alerts(now=now)
    forget_old_invitations(now=now)
    forget_old_mails(now=now)
    forget_unused_words()


@background(Policy(_("Die eine Mail schreiben, um die jemand ohne Konto bat")))
def answer_mail_for(mail: int) -> None:
    """Enqueue the mail and forget the address, both or neither."""
    send_answer_mail(mail)


@background(Policy(_("Vielen Menschen Bescheid geben")))
def tell_many(records: list[int], event: str, at: str, except_person: int | None, said: int | None = None) -> None:
    """Notices for all who followed when it happened."""
    write_notices(records, event, now=datetime.fromisoformat(at), except_person=except_person, said=said)


@background(Policy(_("Bescheid geben, wer einem Ort oder Thema folgt")))
def tell_around(records: list[int], at: str, of_theme: str) -> None:
    """Notices for all who followed the place or theme when it happened."""
    write_around(records, now=datetime.fromisoformat(at), of_theme=of_theme)


@background(Policy(_("Eine Auswertung rechnen")))
def compute_run(key: int) -> None:
    """Compute a run, unless that is done or somebody is at it."""
    compute(key)


@background(Policy(_("Geheime Abgaben von Menschen trennen")))
def tend_secret_boxes() -> None:
    """Cut off the rows of parts that are over, and tell of lost keys."""
    tend_boxes(now=clock.now())


SCHEDULE.add("secret_boxes", tend_secret_boxes, Daily(time(2, 30)))
SCHEDULE.add("sign_log", sign_log, Every(minutes=SEALED_WITHIN_MINUTES))
SCHEDULE.add("recount", count_anew, Daily(time(3, 30)))
SCHEDULE.add("prompt_digests", begin_prompt_digests, Every(minutes=5))
SCHEDULE.add("digests", begin_digests, Daily(time(6, 30)))
SCHEDULE.add("forget_files", forget_files, Daily(time(4, 0)))
SCHEDULE.add("forget_counts", forget_counts, Every(minutes=15))
SCHEDULE.add("alerts", begin_alerts, Every(minutes=60))
SCHEDULE.add("forget_what_is_over", forget_what_is_over, Daily(time(4, 30)))
