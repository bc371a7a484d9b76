"""Word-level differences."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Segment:
    """A run of words that stayed, went or came."""

    kind: Literal["equal", "removed", "added"]
    text: str


def compare(old: str, new: str) -> tuple[Segment, ...]:
    """The differences between two wordings."""
    a, b = re.findall(r"\s+|\w+|[^\w\s]", old), re.findall(r"\s+|\w+|[^\w\s]", new)
    result: list[Segment] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            result.append(Segment("equal", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            result.append(Segment("removed", "".join(a[i1:i2])))
        if j2 > j1:
            result.append(Segment("added", "".join(b[j1:j2])))
    return tuple(result)


def old_side(segments: Sequence[Segment]) -> str:
    """The old wording."""
    return "".join(s.text for s in segments if s.kind != "added")
