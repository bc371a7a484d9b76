"""./mitstadt text: how a text is read, what differs between two versions, and what became of every passage."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text import outline, tracing, wording

SIGNS = {"kept": "=", "changed": "~", "split": "<", "merged": ">", "new": "+", "dropped": "-"}


def main(arguments: Sequence[str]) -> int:
    """Run one of outline, diff and trace; 2 when a file cannot be read."""
    options = _parser().parse_args(list(arguments))
    try:
        files = [_read(path) for path in options.files]
        return int(options.run(files, options.json))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./mitstadt text", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, files, purpose in (
        ("outline", _outline, ["FILE"], "passages with level, kind, text and ref (.txt, .md, .html, .docx)"),
        ("diff", _diff, ["OLD", "NEW"], "what differs between two texts, word by word"),
        ("trace", _trace, ["OLD", "NEW"], "what became of every passage of the old text"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("files", nargs=len(files), metavar=tuple(files) if len(files) > 1 else files[0])
        command.add_argument("--json", action="store_true", help="as JSON, for programs")
        command.set_defaults(run=run)
    return parser


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


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _outline(files: Sequence[outline.Outline], as_json: bool) -> int:
    if as_json:
        _print_json([asdict(passage) for passage in files[0].passages])
        return 0
    for passage in files[0].passages:
        indent = "  " * (passage.level - 1 + (passage.kind not in {"title", "heading"}) + passage.depth)
        sign = {"title": "# ", "heading": "# ", "quote": "> ", "furniture": f"[{passage.reason}] "}.get(
            passage.kind, ""
        )
        mark = f"{passage.marker} " if passage.marker else ""
        text = passage.text.replace("\n", " / ")
        print(f"{passage.ref:<10}{indent}{sign}{mark}{text}")
    return 0


def _whole(read: outline.Outline) -> str:
    return "\n\n".join(passage.text for passage in read.content)


def _diff(files: Sequence[outline.Outline], as_json: bool) -> int:
    segments = wording.compare(_whole(files[0]), _whole(files[1]))
    summary = wording.summarise(segments)
    if as_json:
        _print_json({"segments": [asdict(s) for s in segments], "summary": asdict(summary)})
        return 0
    marks = {"equal": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    print("".join(f"{marks[s.kind][0]}{s.text}{marks[s.kind][1]}" for s in segments))
    print(summary.sentence, file=sys.stderr)
    return 0


def _trace(files: Sequence[outline.Outline], as_json: bool) -> int:
    old, new = ([tracing.Versioned(p.ref, p.text) for p in read.content] for read in files)
    traced = tracing.trace(old, new)
    if as_json:
        _print_json(asdict(traced))
        return 0
    for arrival in traced.arrivals:
        origin = f" from {', '.join(arrival.predecessors)}" if arrival.predecessors else ""
        print(f"{SIGNS[arrival.state]} {arrival.ref:<10}{arrival.state}{origin}")
    for departure in traced.departures:
        if departure.state == "dropped":
            print(f"{SIGNS['dropped']} {departure.ref:<10}dropped")
    return 0
