"""A page as it is heard: the accessibility tree of the browser, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANDMARKS = {"banner", "search", "navigation", "main", "complementary", "region", "form", "contentinfo"}
# What is heard as a landmark only where it has a name.
_WITH_A_NAME = {"region", "form"}


@dataclass(frozen=True)
class Heard:
    """One thing that a screen reader jumps to: its role, for a heading its level, and its name."""

    role: str
    name: str
    level: int | None = None

    def __str__(self) -> str:
        """As the page of the reading orders writes it."""
        level = f" {self.level}" if self.level else ""
        return f"{self.role}{level} „{self.name}“" if self.name else f"{self.role}{level}"


def heard_on(page: Any) -> list[Heard]:
    """Landmarks, headings, buttons and links of the page, in the order in which they are read."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    return [one for node in _in_order(nodes[0], by_id) if (one := _heard(node))]


def _in_order(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield node
    for key in node.get("childIds", ()):
        if key in by_id:
            yield from _in_order(by_id[key], by_id)


def _heard(node: dict[str, Any]) -> Heard | None:
    role = node.get("role", {}).get("value", "")
    name = " ".join(node.get("name", {}).get("value", "").split())
    if node.get("ignored") or role not in {*LANDMARKS, "heading", "button", "link"}:
        return None
    if role in _WITH_A_NAME and not name:
        return None
    if role == "heading":
        levels = [one["value"]["value"] for one in node.get("properties", ()) if one["name"] == "level"]
        return Heard(role, name, levels[0] if levels else None)
    return Heard(role, "" if role in {"banner", "main", "contentinfo"} else name)


@dataclass(frozen=True)
class Written:
    """One line of a written order: what is heard there, with … for words that differ, once or once for each of many."""

    line: str
    each: bool

    def fits(self, heard: Heard) -> bool:
        """Whether this is what was heard."""
        pattern = ".+".join(map(re.escape, self.line.split("…")))
        return re.fullmatch(pattern, str(heard)) is not None


_LINE = re.compile(r"^\d+\. (?P<what>[a-z]+(?: \d)?(?: „.+?“)?)(?P<each> \(each\))?(?: – .*)?$")


def written_orders(path: Path) -> dict[str, list[Written]]:
    """By the name of a page, the order in which it is read, as the documentation has it."""
    orders: dict[str, list[Written]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ").strip()
        elif found := _LINE.match(line):
            orders.setdefault(name, []).append(Written(found["what"], bool(found["each"])))
    return orders


def _told(order: list[Written], heard: list[Heard]) -> Iterator[Heard]:
    """What the order speaks of: of buttons and links the named ones, each once where it stands there once."""
    named = [one for one in order if one.line.split()[0] in {"button", "link"}]
    for one in heard:
        line = next((line for line in named if line.fits(one)), None)
        if one.role not in {"button", "link"} or line:
            yield one
        if line and not line.each:
            named.remove(line)


def against(order: list[Written], heard: list[Heard]) -> list[str]:
    """What is heard otherwise than it is written: every landmark, every heading, and the named buttons and links."""
    faults: list[str] = []
    rest = list(_told(order, heard))
    for place, line in enumerate(order):
        following = order[place + 1] if place + 1 < len(order) else None
        if line.each:
            while rest and line.fits(rest[0]) and not (following and not following.each and following.fits(rest[0])):
                rest.pop(0)
        elif rest and line.fits(rest[0]):
            rest.pop(0)
        else:
            faults.append(f"Written: {line.line}. Heard: {rest[0] if rest else 'nothing more'}.")
            break
    if not faults:
        faults += [f"Heard and not written: {one}" for one in rest]
    return faults
