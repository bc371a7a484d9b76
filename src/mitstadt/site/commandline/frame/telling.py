"""Hand over what a command found: words for people, JSON for programs, a file beside the words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mitstadt.ground.commands import Told
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.frame.parsing import STDOUT


def tell(told: Told | int, json_to: str | None = None) -> int:
    """Print the words; with --json the result in their place, with --json FILE the result there and the words here.

    A command that has told all itself gives its exit code back.
    """
    if isinstance(told, int):
        return told
    if json_to is not None:
        text = _as_json(told.result, indented=json_to == STDOUT and sys.stdout.isatty())
        if json_to == STDOUT:
            sys.stdout.write(text)
            return told.code
        write_file(json_to, text.encode())
    words = told.words if isinstance(told.words, str) else "\n".join(told.words)
    sys.stdout.write(words if words.endswith("\n") or not words else f"{words}\n")
    return told.code


def refuse_to_lose(json_to: str | None) -> None:
    """`--json votes.csv` was meant as two things: never write over a file that is no JSON."""
    if json_to is None or json_to == STDOUT:
        return
    path = Path(json_to)
    if path.is_file() and path.suffix != ".json":
        sentence = f"The JSON would be written over {json_to}. Put --json FILE.json last."
        raise MethodError("output_is_input", sentence, file=json_to)


def _as_json(result: object, *, indented: bool) -> str:
    return json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1 if indented else None) + "\n"
