"""Several processes of one host count into one folder, so that each of them can tell the sum."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def shared_counts() -> Iterator[None]:
    """Let every process started in this block count into one folder; a folder that is named already is kept."""
    if os.environ.get(_FOLDER):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="mitstadt-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[_FOLDER]
