"""Barriers that axe-core finds on the page that a browser shows."""

from pathlib import Path
from typing import Any

_AXE = Path(__file__).parent / "browser" / "vendor" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Any) -> list[str]:
    """One sentence for each barrier on a Playwright page (whose context must be made with ``bypass_csp=True``)."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
    assert len(found["passes"]) > 20, "axe has looked at nothing"
    return [
        f"{violation['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
