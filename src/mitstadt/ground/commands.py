"""One declaration per command: what is typed after ``./mitstadt``, what it is for, and the function that does it.

A declaration imports nothing of what it declares: the function is named and loaded when it is called, so that help
is quick. A floor or slice declares its commands in a module ``commands`` of its own folder, as ``COMMANDS``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(sentence: str) -> str:
    """Mark a German sentence for the catalogues; it is translated when it is shown."""
    return sentence


@dataclass(frozen=True)
class Argument:
    """One thing that may be typed after a command; ``options`` are those of argparse."""

    names: tuple[str, ...]
    help: str
    metavar: str | tuple[str, ...] | None
    options: Mapping[str, Any]


def argument(*names: str, help: str = "", metavar: str | tuple[str, ...] | None = None, **options: Any) -> Argument:
    """Declare an argument; help and metavar are German."""
    return Argument(names, help, metavar, options)


@dataclass(frozen=True)
class Command:
    """What is typed, what it is for (German, without a full stop), and where the function is that does it."""

    name: str
    summary: str
    handler: str = ""  # "module:function"
    arguments: tuple[Argument, ...] = ()
    commands: tuple[Command, ...] = ()  # words that follow this one; with a handler of its own they may be left out
    description: str = ""  # more than the summary, where that is needed
    has_json: bool = False  # takes --json [FILE]: the handler gives its result back as Told
    passes_on: bool = False  # the handler gets the words as typed; arguments are declared for help alone
    tells_itself: bool = False  # prints what it does while it does it: no progress beside that
    needs_city: bool = False  # settings and database are ready when the handler begins
    environment: Mapping[str, str] = field(default_factory=dict)  # set before the handler is loaded, where unset

    def __post_init__(self) -> None:
        if not (self.handler or self.commands):
            raise ValueError(f"Command “{self.name}” needs a handler, or commands that follow it.")


class Typed(argparse.Namespace):
    """What was typed, by name; ``doing`` tells people what takes so long."""

    doing: Callable[[str], None]


@dataclass(frozen=True)
class Told:
    """What a command found: words for people, the same as JSON for programs, and the exit code.

    0: done, or yes. 1: the answer is no. (2 is for input that cannot be used, told by a ``MethodError``.)
    """

    words: str | Iterable[str]
    result: object = None
    code: int = 0


def whole_number(text: str) -> int:
    """A whole number from 0, as an argument's type."""
    if not text.isascii() or not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)
