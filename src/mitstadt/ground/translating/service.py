"""Ask the translation service; whatever it answers, the city gets clean words in the right number, or a failure.

The service is a machine of its own, and nothing that it says is trusted: its answer has a largest size, a deadline for
all of it, a type, and as many texts as were sent. It is never followed elsewhere, and its key goes to it alone.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from mitstadt.ground.words import clean_words

# All of one answer, from the first step to the last sign of it: somebody waits for the page.
SECONDS = 8.0
MOST_BYTES = 1_000_000
# No language needs so many signs for the same; a machine that stutters does.
_TIMES_AS_LONG, _SIGNS_MORE = 10, 500


class TranslationError(Exception):
    """The service is away, or answered with what is no translation; the text says which, for the operator."""


def is_configured() -> bool:
    """Whether this city has a translation service."""
    return bool(settings.TRANSLATION_URL)


def host_of_service() -> str:
    """The machine that gets public words; empty where none does."""
    return urlsplit(settings.TRANSLATION_URL).hostname or ""


def translate(texts: Sequence[str], *, source: str, target: str) -> list[str]:
    """The same texts in the other language, in their order; one request."""
    sent = {"q": list(texts), "source": source, "target": target, "format": "text", "api_key": settings.TRANSLATION_KEY}
    answer = _asked("/translate", {name: value for name, value in sent.items() if value})
    said = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(said, list) or len(said) != len(texts) or not all(isinstance(one, str) for one in said):
        raise TranslationError("It answered with other than one translation for each text.")
    return [_fitting(one, text) for one, text in zip(said, texts, strict=True)]


def languages() -> dict[str, frozenset[str]]:
    """The languages that the service knows, each with those into which it translates."""
    answer = _asked("/languages", None)
    if not isinstance(answer, list):
        raise TranslationError("It answered with no list of languages.")
    rows = [row for row in answer if isinstance(row, dict) and isinstance(row.get("code"), str)]
    return {row["code"]: frozenset(filter(_is_text, row.get("targets") or ())) for row in rows}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _fitting(said: str, text: str) -> str:
    words = clean_words(said).strip()
    if not words or len(words) > _TIMES_AS_LONG * len(text) + _SIGNS_MORE:
        raise TranslationError("It answered with an empty text, or one far too long.")
    return words


def _asked(path: str, sent: Mapping[str, object] | None) -> Any:
    """What the service answers, read as JSON."""
    address = urlsplit(settings.TRANSLATION_URL.rstrip("/") + path)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    try:
        line = kind(address.hostname or "", address.port, timeout=SECONDS / 2)
        line.connect()
    except (OSError, ValueError, HTTPException) as error:
        raise TranslationError(f"It cannot be reached: {type(error).__name__}.") from error
    # A service that sends a sign a second would keep every single wait short, and hold the page for ever.
    # The line itself lets go of its socket where the service will close it.
    end = threading.Timer(SECONDS, _hang_up, [line.sock])
    end.start()
    try:
        return json.loads(_read(line, address.path, sent))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise TranslationError(f"Its answer could not be read: {type(error).__name__}.") from error
    finally:
        end.cancel()
        line.close()


def _read(line: HTTPConnection, path: str, sent: Mapping[str, object] | None) -> bytes:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    body = None if sent is None else json.dumps(sent).encode()
    line.request("GET" if body is None else "POST", path, body, headers)
    with line.getresponse() as answer:
        _require_json(answer)
        words = answer.read(MOST_BYTES + 1)
    if len(words) > MOST_BYTES:
        raise TranslationError("Its answer is far too long.")
    return words


def _require_json(answer: HTTPResponse) -> None:
    if answer.status != 200:
        raise TranslationError(f"It answered with status {answer.status}.")
    if answer.headers.get_content_type() != "application/json":
        raise TranslationError("It answered with a page and not with data.")


def _hang_up(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
