"""Find the command a person typed and run it, in the language they speak."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame import settings_file, speaking
from mitstadt.site.commandline.frame.finding import Found, commands
from mitstadt.site.commandline.frame.running import run

# What is looked for first stands first; the others follow by name.
_FIRST = ("demo", "test", "check", "serve")


def usage(found: dict[str, Found]) -> str:
    """The list of commands, one a line."""
    names = [*(name for name in _FIRST if name in found), *sorted(found.keys() - set(_FIRST))]
    width = max(map(len, names))
    lines = [
        f"  {name:{width}}  {speaking.translated(found[name].command.summary, found[name].locale)}" for name in names
    ]
    begin = speaking.translated(_("Aufruf: ./mitstadt BEFEHL …"))
    more = speaking.translated(_("Mehr zu einem Befehl: ./mitstadt BEFEHL --help"))
    return "\n".join([begin, "", *lines, "", more])


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    with speaking.speaking(speaking.asked(arguments) or speaking.spoken(os.environ)):
        return _main(list(arguments))


def _main(arguments: list[str]) -> int:
    if not settings_file.WITHOUT_A_CITY.intersection(arguments[:1]):
        try:
            settings_file.take_over(os.environ, root=Path(os.environ.get("MITSTADT_ROOT", Path.cwd())))
        except MethodError as error:
            print(error.sentence, file=sys.stderr)
            return 2
    found = commands()
    if arguments[:1] == ["help"] and len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments = [*arguments[1:], "--help"]
    if not arguments or arguments[0] == "help" or arguments[0].startswith("-"):
        print(usage(found))
        return 0
    name, *rest = arguments
    if name not in found:
        print(_unknown(name, list(found)), file=sys.stderr)
        return 2
    return run(found[name], rest)


def _unknown(name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    told = speaking.translated(_("Einen Befehl „%(name)s“ gibt es nicht.")) % {"name": name}
    hint = (
        speaking.translated(_("Meinten Sie ./mitstadt %(near)s?"))
        if near
        else speaking.translated(_("./mitstadt help nennt alle."))
    )
    return f"{told} {hint % {'near': near[0]} if near else hint}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
