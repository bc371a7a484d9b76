"""Compile catalogues where their words have changed: a look at a few dates when nothing has."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from mitstadt.site.catalogues.owners import SOURCE, owners


def compile_stale(source: Path = SOURCE) -> list[Path]:
    """Compile each catalogue whose compiled file is missing or of another date; what was compiled."""
    for left_over in _without_words(source):
        left_over.unlink(missing_ok=True)
    stale = [path for owner in owners(source) for path in owner.catalogues() if _is_stale(path)]
    for path in stale:
        try:
            _compile(path)
        except OSError as error:
            print(f"{path} cannot be compiled: {error.strerror or error}. Its language is not shown.", file=sys.stderr)  # noqa: T201  # before logging is set up
    return stale


def _without_words(source: Path) -> list[Path]:
    """Compiled files whose catalogue went with a change of branches; gettext would still read them."""
    compiled = [path for owner in owners(source) for path in owner.locale.glob("*/LC_MESSAGES/*.mo")]
    return [path for path in compiled if not path.with_suffix(".po").exists()]


def _is_stale(catalogue: Path) -> bool:
    """Each compiled file carries the date of its words, so that an older version of the words is noticed as well."""
    try:
        return catalogue.with_suffix(".mo").stat().st_mtime_ns != catalogue.stat().st_mtime_ns
    except FileNotFoundError:
        return True


def _compile(catalogue: Path) -> None:
    """Written beside and put in place at once: another process reads the old or the new file, never half of one."""
    import polib

    words, compiled = catalogue.stat(), catalogue.with_suffix(".mo")
    handle, beside = tempfile.mkstemp(dir=catalogue.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(polib.pofile(str(catalogue)).to_binary())
    os.utime(beside, ns=(words.st_mtime_ns, words.st_mtime_ns))
    Path(beside).chmod(0o644)
    Path(beside).replace(compiled)
