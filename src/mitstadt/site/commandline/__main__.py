"""Find the command a person typed and run it; errors they can mend are told in a sentence, never as a traceback."""

import importlib
import sys
from collections.abc import Sequence

from mitstadt.methods.shared.errors import MethodError

COMMANDS = {
    "demo": "build a living demo city and open it on 127.0.0.1:8000",
    "test": "run all tests (arguments go to pytest)",
    "check": "style, types, layers, templates, migrations, translations, routes, vendored files",
    "serve": "serve this city (DATABASE_URL, MITSTADT_SECRET_KEY and the like from the environment)",
    "work": "run tasks in the background: mail, digests, the schedule (serve starts one by itself)",
    "tasks": "show what waits, who works and what was given up; give the dead another try",
    "manage": "Django's own management commands, among them import_areas",
    "backup": "write database, uploads and the signed head of the log to one file",
    "restore": "read such a file back, verify the log, and say what was verified",
    "log": "export, prove and verify the public log",
    "text": "show how a text is read: its outline, passages and refs",
    "opinion": "draw, score and recount opinion maps",
    "budget": "count, compare and explain participatory budgets",
    "lottery": "draw citizens' panels fairly and check a draw",
    "lock": "renew the lock files from pyproject.toml",
}


def usage() -> str:
    """The list of commands, one a line."""
    width = max(map(len, COMMANDS))
    return "\n".join(["Usage: ./mitstadt COMMAND …", "", *(f"  {c:{width}}  {h}" for c, h in COMMANDS.items())])


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        print(usage())
        return 0
    command, *rest = arguments
    if command not in COMMANDS:
        import difflib

        near = difflib.get_close_matches(command, COMMANDS, n=1)
        hint = f" Did you mean ./mitstadt {near[0]}?" if near else " ./mitstadt help lists the commands."
        print(f"There is no command “{command}”.{hint}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"mitstadt.site.commandline.{command}")
    try:
        return int(module.main(rest))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
