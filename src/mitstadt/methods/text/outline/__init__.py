"""A file becomes an outline: numbered passages with levels and kinds, and notices about what was repaired."""

from mitstadt.methods.text.outline.editing import (
    Edit,
    apply_edits,
    drop,
    drop_furniture,
    join,
    renumber,
    set_kind,
    set_level,
    set_text,
    split,
)
from mitstadt.methods.text.outline.model import KINDS, LIMITS, Kind, Limits, Notice, Outline, Passage
from mitstadt.methods.text.outline.reading import read_file, read_text

__all__ = [
    "KINDS",
    "LIMITS",
    "Edit",
    "Kind",
    "Limits",
    "Notice",
    "Outline",
    "Passage",
    "apply_edits",
    "drop",
    "drop_furniture",
    "join",
    "read_file",
    "read_text",
    "renumber",
    "set_kind",
    "set_level",
    "set_text",
    "split",
]
