"""What the code says: every message of the Python files and templates of a floor or slice, with its files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

Key = tuple[str, str]  # context (or nothing) and the German, or the singular of it
# Where each call has its context, its message and its plural.
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_SKIPPED = {"tests", "migrations", "samples", "node_modules", "locale"}
# The calls that Django writes out of a template; each stands alone, whatever is around it.
_TEMPLATE_CALL = re.compile(
    r"\b(?:n?p?gettext|_)\((?:[^()'\"]|u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\")*\)", re.DOTALL
)


@dataclass
class Message:
    """One sentence for people, as it stands in the code."""

    german: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What gettext finds it by."""
        return (self.context, self.german)


def extracted(folder: Path, source: Path) -> dict[Key, Message]:
    """All messages below a folder; their files are named as seen from beside the source folder."""
    found: dict[Key, Message] = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix not in {".py", ".html", ".txt"} or _SKIPPED & set(file.relative_to(folder).parts):
            continue
        for message in _messages(file):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.files.add(file.relative_to(source.parent).as_posix())
    return found


def _messages(file: Path) -> Iterator[Message]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        if "gettext" in text:
            yield from _of_python(text)
    elif "{%" in text:
        for call in _TEMPLATE_CALL.findall(templatize(text, origin=str(file))):
            yield from _of_python(call)


def _of_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _CALLS:
                context, german, plural = (_constant(node.args, place) for place in _CALLS[name])
                if german:
                    yield Message(german, plural, context)


def _constant(arguments: list[ast.expr], place: int | None) -> str:
    if place is None or place >= len(arguments):
        return ""
    node = arguments[place]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
