"""One layout for all templates, as a tool writes it. A break stands only where no reader of the page can see it.

Formatters for HTML at large leave lines of running text as long as they are, or put a space where none was. This one
knows for every gap between two pieces whether a break there can show (`gaps`), and breaks nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .writing import LONGEST, formatted, long_lines

__all__ = ["LONGEST", "faults", "fix", "formatted", "long_lines"]


def faults(source: Path) -> list[str]:
    """Templates that are laid out otherwise, and lines that the layout cannot make short enough."""
    found: list[str] = []
    for file in _templates(source):
        name, text = file.relative_to(source).as_posix(), file.read_text(encoding="utf-8")
        if formatted(text) != text:
            found.append(f"{name}: is not laid out; python tools/templates.py --fix does it")
        found.extend(f"{name}:{line}: longer than {LONGEST} signs" for line in long_lines(text))
    return found


def fix(source: Path) -> None:
    """Lay out every template below a folder."""
    for file in _templates(source):
        text = file.read_text(encoding="utf-8")
        if (better := formatted(text)) != text:
            file.write_text(better, encoding="utf-8")


def _templates(source: Path) -> Iterator[Path]:
    return iter(sorted(source.rglob("templates/**/*.html")))
