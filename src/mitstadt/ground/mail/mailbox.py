"""Read the mails that the demo's backend keeps as files, for a page that shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

_NAME = re.compile(r"[0-9T]+-[0-9a-f]{8}")


@dataclass(frozen=True)
class KeptMail:
    """A mail as a person reads it."""

    name: str
    to: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str


def kept_mails(folder: Path) -> list[str]:
    """The names of all mails, newest first."""
    return sorted((file.stem for file in folder.glob("*.eml") if _NAME.fullmatch(file.stem)), reverse=True)


def read_mail(folder: Path, name: str) -> KeptMail | None:
    """One mail; None where there is none of that name."""
    file = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not file.is_file():
        return None
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return KeptMail(
        name=name,
        to=str(message.get("To", "")),
        sender=str(message.get("From", "")),
        subject=str(message.get("Subject", "")),
        sent_at=_date_of(message),
        text=_text_of(message),
    )


def _text_of(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return str(part.get_content()) if part else ""


def _date_of(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None
    # “-0000” says that the time is that of nowhere: ours is UTC, and pages show that of the city.
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)
