"""After a restore: what was erased since the backup was made does not come back."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from mitstadt.ground import clock
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine import erasures
from mitstadt.spine.actions.erasing import complete_list
from mitstadt.spine.actions.erasing_again import erase_again as do_again


def erase_again(files: tuple[Path, ...]) -> int:
    """Erase again what stands on the list of this city or on one of these; in the transaction of the restore.

    What this city's own list lacked stands on it afterwards.
    """
    for file in files:
        if not file.is_file():
            raise MethodError("file_unreadable", f"The list of erasures “{file}” is not there.", file=str(file))
    done = do_again(erasures.listed(*files), now=clock.now())
    transaction.on_commit(complete_list, robust=True)
    return done
