"""Run all tests: the whole suite in parallel, or what the arguments name."""

import os
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Hand over to pytest; without arguments all tests, on two workers."""
    import pytest

    os.chdir(os.environ.get("MITSTADT_ROOT", Path.cwd()))
    return int(pytest.main(arguments or ["-q", "-n", "2", "--dist", "loadfile"]))
