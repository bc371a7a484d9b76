"""Templates: every one compiles, none carries an inline script, style or handler, none speaks untranslated German."""

from __future__ import annotations

import re
from pathlib import Path

from django.template import TemplateSyntaxError
from django.template.loader import get_template

# A block of data is read by a script and never run; the policy of the pages lets it pass.
_INLINE = (
    (re.compile(r'<script(?![^>]*\b(?:src=|type="application/json"))[^>]*>', re.IGNORECASE), "an inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style sheet"),
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "an inline style"),
    (re.compile(r"\son[a-z]+\s*=", re.IGNORECASE), "an inline handler"),
    (re.compile(r"\|\s*safe\b"), "text that is not escaped (|safe)"),
    (re.compile(r"{%\s*autoescape\s+off"), "text that is not escaped (autoescape off)"),
)
_CODE = re.compile(
    r"{%\s*block body_class\s*%}.*?{%\s*endblock\s*%}"
    r"|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|<(code|pre|kbd)\b.*?</\1>"
    r'|<script[^>]*\btype="application/json".*?</script>'
    r"|{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>|&\w+;",
    re.DOTALL,
)
_WORDS = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")


def faults(source: Path) -> list[str]:
    """What is wrong in the templates below a folder."""
    found: list[str] = []
    for file in sorted(source.rglob("templates/**/*.html")):
        name = file.as_posix().split("/templates/")[-1]
        # Those of tests belong to apps that no city installs.
        if {"samples", "tests"} & set(file.relative_to(source).parts) or name.startswith("ui/styles"):
            continue
        text = file.read_text(encoding="utf-8")
        found.extend(f"{name}: {what}" for pattern, what in _INLINE if pattern.search(text))
        found.extend(f"{name}: untranslated words: {words}" for words in untranslated(text))
        found.extend(_does_not_compile(name))
    return found


def untranslated(text: str) -> list[str]:
    """Words of a template that stand outside every translation."""
    bare = _CODE.sub("\n", text)
    return [line.strip()[:60] for line in bare.splitlines() if _WORDS.search(line)]


def _does_not_compile(name: str) -> list[str]:
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        return [f"{name}: {error}"]
    return []
