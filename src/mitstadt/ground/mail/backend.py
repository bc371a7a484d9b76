"""Mail backends: one that leaves mails to a worker, and for demos and trials one that keeps them as files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from mitstadt.ground import clock
from mitstadt.ground.mail.sealing import Envelope, sealed

# A digest waits behind the mail with which somebody wants to sign in.
URGENT, BULK = 10, -10


class QueueBackend(BaseEmailBackend):
    """Leaves each mail to a worker, sealed, in the transaction of the request: it leaves when that is committed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Enqueue the mails and return how many."""
        from mitstadt.ground.mail.tasks import carry_mail

        for message in email_messages:
            envelope = Envelope.of(message)
            carry_mail.using(priority=BULK if envelope.is_bulk else URGENT).enqueue(sealed(envelope))
        return len(email_messages)


class MailboxBackend(BaseEmailBackend):
    """Writes each mail to `settings.MAILBOX`, named by time so that the folder sorts; the same mail twice is one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails and return how many."""
        folder = Path(settings.MAILBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            written = message.message()
            number = hashlib.sha256(str(written["Message-ID"]).encode()).hexdigest()[:8]
            if not list(folder.glob(f"*-{number}.eml")):
                (folder / f"{clock.now():%Y%m%dT%H%M%S%f}-{number}.eml").write_bytes(written.as_bytes())
        return len(email_messages)
