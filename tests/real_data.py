"""Where data made by others lies, for tests that use it and skip with a reason where it is absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MITSTADT_DATA", ROOT.parent / "shared" / "data"))


def real_file(name: str) -> Path:
    """The path of a file of real data; skips the test where it is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real data {name} is absent: set MITSTADT_DATA to the folder that holds it")
    return path
