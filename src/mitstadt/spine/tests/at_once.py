"""Deeds at once, in real threads on one database."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection

Seen = TypeVar("Seen")


def at_once(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """What came of deeds that all begin together: their results and exceptions, in no order."""
    gate = threading.Barrier(len(deeds))
    results: list[object] = []

    def run(deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(deed())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def seen_there(look: Callable[[], Seen]) -> Seen:
    """What the threads' database says afterwards."""
    seen: list[Seen] = []
    at_once([lambda: seen.append(look())])
    return seen[0]
