"""How large the laws are tried: small in everyday runs, large under ``./mitstadt test --thorough``."""

from __future__ import annotations

import os
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
# How many times as many examples a law is tried with in a thorough run.
_MORE = 10


def thorough() -> bool:
    """Whether this run is a thorough one; the root's conftest says so before any test is read."""
    return os.environ.get("MITSTADT_THOROUGH") == "1"


def scaled(everyday: T, large: T) -> T:
    """The size for this run."""
    return large if thorough() else everyday


def examples(everyday: int) -> settings:
    """So many examples of a law, the same ones every time; ten times as many in a thorough run."""
    return settings(max_examples=everyday * (_MORE if thorough() else 1), deadline=None)
