"""One mail when the answer is there, without an account: left on a receipt, confirmed by a link, sent once, forgotten.

Nobody learns here whether we know an address: every address is answered alike, and what is over its measure is answered
like all others and not sent.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, override

from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.sealing import Unreadable, seal, unseal
from mitstadt.ground.tasks.backend import enqueue_once
from mitstadt.spine.actions.limits import count_one
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import is_author
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kinds import address_of, kind_of
from mitstadt.spine.models import Answer, AnswerMail, Record, RecordState
from mitstadt.spine.permits import Permit
from mitstadt.spine.queries.answered import latest_answers

# So long a link waits to be opened, and so long an answer may be waited for.
CONFIRMED_WITHIN = timedelta(days=2)
KEPT_FOR = timedelta(days=730)
ASKED_PER_HOUR = 20
TO_ONE_ADDRESS_PER_HOUR = 3
_PURPOSE = "answer mail"
_WORDS_SHOWN = 200
_AWAITS = (RecordState.PUBLISHED, RecordState.INTERNAL, RecordState.HELD)


def permit_answer_mail(actor: Actor, record: Record) -> Permit:
    """Whoever wrote it without an account, while an answer is owed and not there."""
    if actor.person is None or not is_author(actor, record):
        return Permit(False, "not_yours")
    if actor.person.has_account:
        return Permit(False, "has_news_already")
    if not kind_of(record).answerable or record.answer_state or record.state not in _AWAITS:
        return Permit(False, "no_answer_to_wait_for")
    return Permit(True)


def ask_for_mail(
    record: Record,
    *,
    actor: Actor,
    email: str,
    connection_address: str,
    now: datetime,
    deliver: Callable[[Letter], None] = send,
) -> None:
    """Send the link that confirms the address; asked again, the earlier link and address are forgotten."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        lock(record)
        require(permit_answer_mail(actor, record))
        if actor.person is None:
            raise Refused("not_yours")
        count_one("answer_mail", connection_address, most=ASKED_PER_HOUR, now=now)
        AnswerMail.objects.filter(record_id=record.pk, person=actor.person).delete()
        made = AnswerMail.objects.create(
            record_id=record.pk,
            person=actor.person,
            address=seal(email, purpose=_PURPOSE),
            digest=_digest(token),
            language=get_language() or "",
            asked_at=now,
        )
        if _is_within_measure(email, now=now):
            deliver(_confirmation(made, email, token))


def waits(record: Record, *, actor: Actor) -> AnswerMail | None:
    """The mail that this person asked for; no query for guests."""
    if actor.person is None:
        return None
    return AnswerMail.objects.filter(record_id=record.pk, person=actor.person).first()


def by_token(typed: str, *, now: datetime) -> AnswerMail:
    """The row of a link: one that is too old, made up or used up leads nowhere."""
    fresh = Q(confirmed_at__isnull=False) | Q(asked_at__gt=now - CONFIRMED_WITHIN)
    found = AnswerMail.objects.filter(fresh, digest=_digest(typed)).select_related("record").first()
    if found is None:
        raise Refused("answer_mail_unknown")
    return found


def confirm_mail(typed: str, *, now: datetime) -> AnswerMail:
    """The address is theirs. Where the answer came meanwhile, the mail goes out at once."""
    with transaction.atomic():
        made = by_token(typed, now=now)
        lock(made.record)
        # Asked for anew meanwhile, this link is of no row any more.
        made = by_token(typed, now=now)
        AnswerMail.objects.filter(pk=made.pk, confirmed_at=None).update(confirmed_at=now)
        send_when_answered([made.record_id])
    return made


def forget_mail(typed: str, *, now: datetime) -> None:
    """Delete the address, confirmed or not."""
    by_token(typed, now=now).delete()


def send_when_answered(keys: Collection[int]) -> None:
    """One task for each address that waits for one of these records and is confirmed."""
    from mitstadt.spine.tasks import answer_mail_for  # it writes what stands here

    waiting = AnswerMail.objects.filter(record_id__in=keys, confirmed_at__isnull=False).exclude(record__answer_state="")
    for key in waiting.values_list("pk", flat=True):
        enqueue_once(answer_mail_for, str(key), mail=key)


def send_answer_mail(key: int, *, deliver: Callable[[Letter], None] = send) -> int:
    """Send the mail and forget the address, both or neither; 1 where there was one to send."""
    with transaction.atomic():
        rows = AnswerMail.objects.select_for_update(of=("self",), no_key=True).filter(confirmed_at__isnull=False)
        made = rows.filter(pk=key).select_related("record__room").first()
        if made is None:
            return 0
        answer = latest_answers([made.record_id]).get(made.record_id)
        sent = answer is not None and answer.is_up and made.record.state in _AWAITS
        made.delete()
        if answer is not None and sent:
            try:
                address = unseal(made.address, purpose=_PURPOSE)
            except Unreadable:
                # Sealed with another pepper: nobody can read it any more.
                return 0
            deliver(_letter(made, address, answer))
    return int(sent)


def forget_old_mails(*, now: datetime) -> int:
    """Delete addresses that nobody confirmed, and those for which no answer will come any more."""
    unconfirmed = Q(confirmed_at=None, asked_at__lt=now - CONFIRMED_WITHIN)
    return AnswerMail.objects.filter(unconfirmed | Q(asked_at__lt=now - KEPT_FOR)).delete()[0]


def _is_within_measure(address: str, *, now: datetime) -> bool:
    """So that nobody floods somebody else's address. Of the address itself only a keyed digest is counted."""
    try:
        count_one("answer_mail_to", address.lower(), most=TO_ONE_ADDRESS_PER_HOUR, now=now)
    except Refused:
        return False
    return True


def _digest(token: str) -> str:
    return hmac.new(settings.CODE_PEPPER, f"answer mail {token}".encode(), hashlib.sha256).hexdigest()


def _confirmation(made: AnswerMail, address: str, token: str) -> Letter:
    context = {
        "site_name": settings.UI_SITE_NAME,
        "ref": made.record.ref,
        "url": _absolute(reverse("answer_mail_link", args=[token])),
        "days": CONFIRMED_WITHIN.days,
    }
    subject = gettext("Mail zur Antwort auf %(ref)s: bitte bestätigen") % {"ref": made.record.ref}
    return Letter(address, subject, render_to_string("spine/answer_mail_confirm.txt", context))


def _letter(made: AnswerMail, address: str, answer: Answer) -> Letter:
    record = made.record
    with override(made.language or settings.LANGUAGE_CODE):
        words = " ".join((record.title or record.body).split()) if record.is_public else ""
        context = {
            "site_name": settings.UI_SITE_NAME,
            "ref": record.ref,
            "words": Truncator(words).chars(_WORDS_SHOWN),
            "host": answer.organisation.name if answer.organisation else "",
            "decision": str(answer.get_decision_display()),
            "reason": answer.body if answer.is_public else "",
            "url": _absolute(address_of(record)),
        }
        subject = gettext("Die Antwort auf %(ref)s ist da") % {"ref": record.ref}
        return Letter(address, subject, render_to_string("spine/answer_mail.txt", context))


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
