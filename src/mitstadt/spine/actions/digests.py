"""The quiet digest: what happened to the records a person follows, in one mail, in their rhythm, never empty."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, override

from mitstadt.ground.languages import of_the_city
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.ground.people.unsubscribing import token_for
from mitstadt.spine.models import Notice
from mitstadt.spine.queries.news import WITH, NewsOfRoom, grouped

logger = logging.getLogger(__name__)

# A little less than a day and a week, since the daily run does not begin at the same second each day.
_RESTS = {
    DigestRhythm.AT_ONCE: timedelta(),
    DigestRhythm.DAILY: timedelta(hours=20),
    DigestRhythm.WEEKLY: timedelta(days=6, hours=20),
}


MOST_IN_A_MAIL = 40
_TITLE_SHOWN = 80


@dataclass(frozen=True)
class Sent:
    """What a run did."""

    mails: int
    failed: int


def send_digests(*, now: datetime, deliver: Callable[[Letter], None] = send) -> Sent:
    """Send everyone who is due their digest. A mail server that fails for one person does not keep the others."""
    mails = failed = 0
    for key in list(due_people(now).values_list("pk", flat=True)):
        try:
            mails += send_digest(key, now=now, deliver=deliver)
        except OSError:
            # smtplib's errors are OSErrors, too. The notices stay unsent and go with the next run.
            logger.exception("A digest was not sent.")
            failed += 1
    return Sent(mails, failed)


def due_people(now: datetime, *rhythms: DigestRhythm) -> QuerySet[Person]:
    """People who want a digest, have not had one lately, and for whom there is something new; of all rhythms or few."""
    rested = Q(digest_sent_at=None)
    for rhythm, rest in _RESTS.items():
        rested |= Q(digest_rhythm=rhythm, digest_sent_at__lte=now - rest)
    waiting = Notice.objects.filter(person=OuterRef("pk"), sent_at=None, seen_at=None)
    return (
        Person.objects.filter(rested, Exists(waiting), is_active=True, digest_rhythm__in=rhythms or list(_RESTS))
        .exclude(email=None)
        .order_by("pk")
    )


def send_digest(key: int, *, now: datetime, deliver: Callable[[Letter], None] = send) -> int:
    """Mark and send in one transaction: with the city's own mail queue both happen, or neither; 1 where one was due."""
    with transaction.atomic():
        # Locked and looked up again: another run may have been faster.
        locked = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
        if not due_people(now).filter(pk=key).exists():
            return 0
        waiting = Notice.objects.filter(person=locked, sent_at=None, seen_at=None)
        notices = list(waiting.select_related(*WITH))
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=now)
        Person.objects.filter(pk=key).update(digest_sent_at=now)
        deliver(letter_for(locked, notices))
    return 1


def letter_for(person: Person, notices: list[Notice]) -> Letter:
    """The digest in the person's language; its links lead to the city's public address."""
    with override(of_the_city(person.language)):
        processes = grouped(notices)
        off = _absolute(reverse("digest_off", args=[token_for(person)]))
        context = {
            "site_name": settings.UI_SITE_NAME,
            "processes": _first(processes, MOST_IN_A_MAIL),
            "more": max(0, sum(len(process.deeds) for process in processes) - MOST_IN_A_MAIL),
            "public_url": settings.PUBLIC_URL,
            "news_url": _absolute(reverse("my_notices")),
            "settings_url": _absolute(reverse("my_settings")),
            "off_url": off,
        }
        return Letter(
            to=person.email or "",
            subject=_subject(processes),
            text=render_to_string("spine/digest.txt", context),
            html=render_to_string("spine/digest.html", context),
            headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )


def _first(processes: list[NewsOfRoom], most: int) -> list[NewsOfRoom]:
    """So many deeds, and the rooms to which they belong."""
    kept = []
    for process in processes:
        if most <= 0:
            break
        kept.append(replace(process, deeds=process.deeds[:most]))
        most -= len(process.deeds)
    return kept


def _subject(processes: list[NewsOfRoom]) -> str:
    """What it is about: the question of the first process, which an office asked, and how many more have news.

    No words of other people, since they would stand in a header; nothing of what is not public.
    """
    named = [process.title for process in processes if process.path]
    first = Truncator(" ".join(named[0].split())).chars(_TITLE_SHOWN) if named else settings.UI_SITE_NAME
    others = len(processes) - 1 if named else len(processes)
    if not named or not others:
        return gettext("Neues: %(title)s") % {"title": first}
    words = ngettext(
        "Neues: %(title)s, und %(count)s weitere Sache", "Neues: %(title)s, und %(count)s weitere Sachen", others
    )
    return words % {"title": first, "count": others}


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
