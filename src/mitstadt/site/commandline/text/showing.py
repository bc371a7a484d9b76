"""``./mitstadt text``: read the files and show what the methods make of them."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text import outline, tracing, wording

SIGNS = {"kept": "=", "changed": "~", "split": "<", "merged": ">", "new": "+", "dropped": "-"}


def _read(name: str) -> outline.Outline:
    path = Path(name)
    if path.is_dir():
        raise MethodError("file_is_folder", f"“{name}” is a folder. Name a file in it.", name=name)
    try:
        if path.stat().st_size > outline.LIMITS.docx_bytes:
            size = path.stat().st_size
            sentence = (
                f"“{name}” has {size / 1_000_000:.0f} MB, which is too large for a text. Open it in several parts."
            )
            raise MethodError("text_too_large", sentence, size=size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise MethodError("file_missing", f"There is no file “{name}”. Check its name.", name=name) from None
    except OSError as error:
        sentence = f"“{name}” cannot be read: {error.strerror or error}. Check its rights."
        raise MethodError("file_unreadable", sentence, name=name) from error
    read = outline.read_file(data, path.name)
    for notice in read.notices:
        print(f"{name}: {notice.sentence}", file=sys.stderr)
    return read


def outline_of(options: Typed) -> Told:
    """The passages of a text."""
    read = _read(options.file)
    return Told(map(_passage_line, read.passages), [asdict(passage) for passage in read.passages])


def _passage_line(passage: outline.Passage) -> str:
    indent = "  " * (passage.level - 1 + (passage.kind not in {"title", "heading"}) + passage.depth)
    sign = {"title": "# ", "heading": "# ", "quote": "> ", "furniture": f"[{passage.reason}] "}.get(passage.kind, "")
    mark = f"{passage.marker} " if passage.marker else ""
    text = passage.text.replace("\n", " / ")
    return f"{passage.ref:<10}{indent}{sign}{mark}{text}"


def difference(options: Typed) -> Told:
    """What differs between two texts."""
    options.doing(_("Texte vergleichen"))
    segments = wording.compare(*(_whole(_read(name)) for name in (options.old, options.new)))
    summary = wording.summarise(segments)
    marks = {"equal": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    words = "".join(f"{marks[s.kind][0]}{s.text}{marks[s.kind][1]}" for s in segments)
    return Told([words, "", summary.sentence], {"segments": [asdict(s) for s in segments], "summary": asdict(summary)})


def _whole(read: outline.Outline) -> str:
    return "\n\n".join(passage.text for passage in read.content)


def traced(options: Typed) -> Told:
    """What became of every passage."""
    options.doing(_("Stellen verfolgen"))
    old, new = (_versions(_read(name)) for name in (options.old, options.new))
    found = tracing.trace(old, new)
    return Told(_trace_lines(found), asdict(found))


def _versions(read: outline.Outline) -> list[tracing.Versioned]:
    return [tracing.Versioned(passage.ref, passage.text) for passage in read.content]


def _trace_lines(found: tracing.Tracing) -> Iterator[str]:
    for arrival in found.arrivals:
        origin = f" from {', '.join(arrival.predecessors)}" if arrival.predecessors else ""
        yield f"{SIGNS[arrival.state]} {arrival.ref:<10}{arrival.state}{origin}"
    for departure in found.departures:
        if departure.state == "dropped":
            yield f"{SIGNS['dropped']} {departure.ref:<10}dropped"
