"""Mails at rest are sealed: one that waits in the database may hold a link that signs a person in."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import MIMEMixin
from django.utils.encoding import force_bytes

from mitstadt.methods.shared.errors import MethodError


@dataclass(frozen=True)
class Envelope:
    """A finished mail with its addresses: made once, so that a second attempt carries the very same."""

    sender: str
    to: list[str]
    raw: bytes

    @classmethod
    def of(cls, mail: EmailMessage) -> Envelope:
        """The mail as it will be carried, with its own number and date."""
        return cls(mail.from_email, mail.recipients(), mail.message().as_bytes())

    @property
    def is_bulk(self) -> bool:
        """Whether it can be unsubscribed, and so waits behind mails that somebody waits for."""
        return message_from_bytes(self.raw)["List-Unsubscribe"] is not None

    def mail(self) -> EmailMessage:
        """The mail for Django's backends."""
        return _Finished(self)


class _Finished(EmailMessage):
    """A mail whose text is finished already."""

    def __init__(self, envelope: Envelope) -> None:
        super().__init__(from_email=envelope.sender, to=envelope.to)
        self._envelope = envelope

    def message(self) -> Message:  # type: ignore[override]  # the backends ask for no more than a message
        """The finished text."""
        return message_from_bytes(self._envelope.raw, _Written)


class _Written(MIMEMixin, Message):  # type: ignore[misc]  # Django's own way of writing a message down
    """A message that Django's backends can write."""


def sealed(envelope: Envelope) -> str:
    """The mail in a form that only this city can open."""
    raw = base64.b64encode(envelope.raw).decode()
    text = json.dumps({"sender": envelope.sender, "to": envelope.to, "raw": raw})
    return _seal().encrypt(text.encode()).decode("ascii")


def opened(text: str) -> Envelope:
    """What `sealed` closed; a `MethodError` where another key closed it."""
    try:
        known = json.loads(_seal().decrypt(text.encode("ascii")))
    except InvalidToken as error:
        raise MethodError(
            "mail_sealed_otherwise", "The mail was sealed with another MITSTADT_SECRET_KEY; all hosts need the same."
        ) from error
    return Envelope(known["sender"], known["to"], base64.b64decode(known["raw"]))


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_digest(key))) for key in keys])


def _digest(key: str | bytes) -> bytes:
    return hashlib.blake2b(force_bytes(key), digest_size=32, person=b"mitstadt-mail").digest()
