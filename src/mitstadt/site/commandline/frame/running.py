"""Run one command; whatever a person can mend is told in a sentence and ends with 2, here and nowhere else."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from mitstadt.ground.commands import Command, Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame import progress, speaking, telling
from mitstadt.site.commandline.frame.database import trouble_told
from mitstadt.site.commandline.frame.finding import Found
from mitstadt.site.commandline.frame.parsing import STDOUT, parser_of

_ASKS_FOR_HELP = {"-h", "--help"}


def run(found: Found, arguments: Sequence[str]) -> int:
    """0 done or yes, 1 the answer is no, 2 the input cannot be used."""
    try:
        return _run(found, list(arguments))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except MemoryError:
        print(speaking.translated(_("Das ist zu groß für den Speicher dieses Rechners.")), file=sys.stderr)
        return 2
    except SystemExit as ended:  # after help, or where a tool that words are passed on to leaves by itself
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = trouble_told(error)
        if sentence is None:
            raise
        print(speaking.translated(sentence), file=sys.stderr)
        return 2


def _run(found: Found, arguments: list[str]) -> int:
    command = found.command
    if command.passes_on and not _ASKS_FOR_HELP.intersection(arguments[:1]):
        return telling.tell(handler_of(command)(arguments))
    options = parser_of(command, found.locale).parse_args(arguments, namespace=Typed())
    chosen: Command = options.chosen
    json_to: str | None = getattr(options, "json", None)
    telling.refuse_to_lose(json_to)
    says = partial(speaking.translated, locale=found.locale)
    for_programs = json_to == STDOUT and not sys.stdout.isatty()
    with ExitStack() as around:
        options.doing = progress.untold
        if not chosen.tells_itself:
            told = progress.told(says, wanted=options.progress, for_programs=for_programs)
            options.doing = around.enter_context(told)
        result = handler_of(chosen)(options)
    return telling.tell(result, json_to)


def handler_of(command: Command) -> Callable[[Any], Told | int]:
    """Load what does the work, with the environment and the city that it needs."""
    for name, value in command.environment.items():
        os.environ.setdefault(name, value)
    if command.needs_city:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
        import django

        django.setup()
    module, function = command.handler.split(":")
    handler: Callable[[Any], Told | int] = getattr(importlib.import_module(module), function)
    return handler
