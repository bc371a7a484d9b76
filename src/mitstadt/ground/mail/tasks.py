"""Carry mails to the mail server."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.mail.sealing import opened
from mitstadt.ground.tasks.declaring import MAIL, Hopeless, Policy, background

_REFUSED_FOR_GOOD = 500


# Not in one transaction with its mark: a mail server that hangs must not keep a database waiting. A worker that is
# killed between the two sends the same mail again, with the same number, by which mail programs know it.
@background(Policy(_("Eine Mail versenden"), attempts=7, atomic=False, kept=False), queue=MAIL)
def carry_mail(letter: str) -> None:
    """Hand one sealed mail to the mail server; what it refuses for good is not tried again."""
    mail = opened(letter).mail()
    try:
        get_connection(settings.MAIL_CARRIER).send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        codes = sorted({code for code, _words in refused.recipients.values()})
        if codes and codes[0] >= _REFUSED_FOR_GOOD:
            raise Hopeless(f"the mail server refuses the address ({codes[0]})") from None
        raise
    except smtplib.SMTPDataError as refused:
        if refused.smtp_code >= _REFUSED_FOR_GOOD:
            raise Hopeless(f"the mail server refuses the mail ({refused.smtp_code})") from None
        raise
