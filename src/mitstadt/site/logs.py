"""Log lines with time, and without a trace of who: no addresses of mail or machines, no codes, keys or queries."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime

# What a database quotes may run over many lines; Python goes on behind it with one of these.
_TO_ITS_END = r".*?(?=\n\n(?:The above exception|During handling)|\nTraceback \(most|\Z)"

# In this order: what a word may hold is taken out before the word is judged as a whole.
_TRACES = (
    # PostgreSQL quotes rows and what somebody typed.
    (re.compile(r"^[ \t]*(DETAIL|CONTEXT|LINE \d+):" + _TO_ITS_END, re.MULTILINE | re.DOTALL), r"\1: …"),
    (
        re.compile(
            r"(Failing row contains|invalid input (?:syntax|value) for [^:\n]*):? ?[(\"]" + _TO_ITS_END, re.DOTALL
        ),
        r"\1 …",
    ),
    (re.compile(r"\bvalue \"[^\"]*\" is\b"), "value … is"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)*"), "‹mail›"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "‹address›"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])"), "‹address›"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:)*[0-9a-fA-F]{0,4}::[0-9a-fA-F:]*(?![\w:])"), "‹address›"),
    (re.compile(r"\?[\w%.~+-]+=[^\s'\"]*"), "?…"),
    # Participation codes are sixteen symbols in groups of four; keys in links are long and hold figures.
    (re.compile(r"\b[0-9A-Za-z]{4}(?:[-_ ][0-9A-Za-z]{4}){3}\b"), "‹code›"),
    (re.compile(r"(?<=/)(?=[\w:.-]*\d)[\w:.-]{16,}(?=/|\b)"), "‹key›"),
)


def without_traces(text: str) -> str:
    """The text with everything taken out that may lead to a person."""
    for trace, instead in _TRACES:
        text = trace.sub(instead, text)
    return text


class CalmFormatter(logging.Formatter):
    """``time level logger message``, one moment in UTC, no traces."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The moment in UTC, to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # Python's own name
        """The line itself; its time is ours and stays as it is."""
        line = super().formatMessage(record)
        time, _space, rest = line.partition(" ")
        return f"{time} {without_traces(rest)}"

    def formatException(self, ei: object) -> str:  # noqa: N802  # Python's own name
        """Where it happened; the words of an error may quote a person."""
        return without_traces(super().formatException(ei))  # type: ignore[arg-type]  # handed through as it came
