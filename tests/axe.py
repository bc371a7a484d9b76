"""Barriers that axe-core finds on the page that a browser shows."""

from functools import cache
from pathlib import Path
from typing import Any

_AXE = Path(__file__).parent / "browser" / "vendor" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return _AXE.read_text(encoding="utf-8")


def barriers(page: Any) -> list[str]:
    """One sentence for each barrier on a Playwright page."""
    # What fades from one colour to another has arrived.
    page.evaluate("document.getAnimations().forEach(moving => moving.finish())")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", _RULES)
    assert len(found["passes"]) > 20, "axe has looked at nothing"
    return [
        f"{violation['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
