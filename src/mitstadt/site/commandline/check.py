"""Everything that must hold before a change lands: style, types, layers, templates, migrations, words, addresses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from mitstadt.ground.commands import Command, Typed, argument
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError

COMMAND = Command(
    "check",
    _("prüfen, was vor jeder Änderung halten muss: Stil, Typen, Stockwerke, Wörter, Adressen …"),
    "mitstadt.site.commandline.check:main",
    (
        argument(
            "names", nargs="*", metavar=_("PRÜFUNG"), help=_("nur diese: format, style, types, imports, templates, …")
        ),
    ),
    tells_itself=True,
)
ROOT = Path(os.environ.get("MITSTADT_ROOT", Path.cwd()))
SOURCE = ROOT / "src" / "mitstadt"


def _tool(*words: str) -> Callable[[], list[str]]:
    def run() -> list[str]:
        done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
        return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()

    return run


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mitstadt.site.settings.test"
    import django

    django.setup()


def _templates() -> list[str]:
    from mitstadt.site.checks import templates

    return templates.faults(SOURCE)


def _layout() -> list[str]:
    from mitstadt.site.checks import layout

    return layout.faults(SOURCE)


def _routes() -> list[str]:
    from mitstadt.site.checks import routes

    return routes.faults(ROOT / "docs" / "routes.txt")


def _slices() -> list[str]:
    from mitstadt.site.checks import slices
    from mitstadt.site.slices import installed

    return slices.faults(SOURCE, [slices.names_of(name) for name in installed()])


def _catalogues() -> list[str]:
    from mitstadt.site.catalogues.faults import faults

    return faults()


def _imports() -> list[str]:
    done = subprocess.run(  # noqa: S603  # our own words
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if done.returncode == 0 else done.stdout.splitlines()


CHECKS: dict[str, Callable[[], list[str]]] = {
    "format": _tool("ruff", "format", "--check", "."),
    "style": _tool("ruff", "check", "--output-format", "concise", "."),
    "types": _tool("mypy"),
    "imports": _imports,
    "slices": _slices,
    "template style": _tool("djlint", "--lint", "--quiet", str(SOURCE)),
    "template layout": _layout,
    "templates": _templates,
    "django": _tool("django", "check", "--fail-level", "WARNING"),
    "migrations": _tool("django", "makemigrations", "--check", "--dry-run"),
    "catalogues": _catalogues,
    "routes": _routes,
    "vendored files": lambda: _tool_file("tools/vendor.py", "--check"),
}


def _tool_file(*words: str) -> list[str]:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()


def main(options: Typed) -> int:
    """Run all checks, or those that are named; print every fault."""
    unknown = set(options.names) - CHECKS.keys()
    if unknown:
        told = f"There is no check “{min(unknown)}”. There are: {', '.join(CHECKS)}."
        raise MethodError("unknown_check", told, name=min(unknown))
    _django()
    failed = 0
    for name in options.names or CHECKS:
        faults = CHECKS[name]()
        failed += bool(faults)
        print(f"{name:16} {'ok' if not faults else f'{len(faults)} faults'}", flush=True)
        for fault in faults:
            print(f"    {fault}")
    return 1 if failed else 0
