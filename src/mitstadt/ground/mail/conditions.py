"""Whether mails leave this city: without them nobody signs in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.conditions import Condition, Finding, Verdict, declare

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE_S = 4


def _server(_now: datetime) -> Finding:
    if settings.MAIL_CARRIER != _SMTP:
        said = _("Mails dieser Stadt bleiben auf diesem Rechner, wie es für eine Probe sein soll.")
        return Finding(Verdict.FINE, said)
    where = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    connection = get_connection(settings.MAIL_CARRIER, timeout=PATIENCE_S)
    try:
        connection.open()
    except OSError as error:  # smtplib's own errors are among them
        return Finding(
            Verdict.BAD,
            _("Der Mailserver %(server)s nimmt nichts an (%(error)s). Ohne Mails kann sich niemand anmelden.")
            % {**where, "error": type(error).__name__},
            _("Setzen Sie MITSTADT_MAIL_HOST, _PORT, _USER, _PASSWORD und _TLS, und starten Sie neu."),
        )
    connection.close()
    return Finding(Verdict.FINE, _("Der Mailserver %(server)s antwortet.") % where)


def _sender(_now: datetime) -> Finding:
    address = settings.DEFAULT_FROM_EMAIL
    if settings.MAIL_CARRIER == _SMTP and address.rstrip(">").endswith("@localhost"):
        return Finding(
            Verdict.OPEN,
            _("Mails gehen von %(address)s ab. Viele Postfächer weisen sie ab, und niemand kann antworten.")
            % {"address": address},
            _("Setzen Sie MITSTADT_MAIL_FROM auf eine Adresse Ihrer Stadt."),
        )
    return Finding(Verdict.FINE, _("Mails gehen von %(address)s ab.") % {"address": address})


declare(Condition("mail_server", _("Mailserver"), _server, asks_others=True))
declare(Condition("mail_sender", _("Absender der Mails"), _sender))
