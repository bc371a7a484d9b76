"""One way to send a mail of our own: plain text with the same in simple HTML, no word of a person in any header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives


@dataclass(frozen=True)
class Letter:
    """A mail to one address. `headers` are ours alone; the subject is kept to one line."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def send(letter: Letter) -> None:
    """Hand the mail to the mail server; raises what the mail server raises."""
    subject = " ".join(letter.subject.split())
    mail = EmailMultiAlternatives(subject, letter.text, to=[letter.to], headers=dict(letter.headers))
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    mail.send()
