"""Files that commands write; what is in the way is told in a sentence."""

from pathlib import Path

from mitstadt.methods.shared.errors import MethodError


def write_file(path: str | Path, content: bytes) -> None:
    """Write a file, or say why not.

    Raises
    ------
    MethodError
        ``file_unwritable``.
    """
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        sentence = f"{path} cannot be written: {error.strerror or error}."
        raise MethodError("file_unwritable", sentence, file=str(path)) from error
