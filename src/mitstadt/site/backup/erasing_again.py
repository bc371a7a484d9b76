"""After a restore: what was erased since the backup was made does not come back."""

from __future__ import annotations

from pathlib import Path

from mitstadt.ground import clock
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine.actions import erasing_again


def erase_again(files: tuple[Path, ...]) -> int:
    """Erase again what stands on the list of this city or on one of these; in the transaction of the restore."""
    for file in files:
        if not file.is_file():
            raise MethodError("file_unreadable", f"The list of erasures “{file}” is not there.", file=str(file))
    return erasing_again.erase_again(*files, now=clock.now())
