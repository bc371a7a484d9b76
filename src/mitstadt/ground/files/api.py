"""Names that other floors may use."""

from mitstadt.ground.files.actions import KEEP_FOR, delete_files, keep_upload, sweep_bytes
from mitstadt.ground.files.checking import MEGABYTE, Accepted
from mitstadt.ground.files.kinds import CONTENT_TYPES, DOCUMENTS, OFFICE, PICTURES, FileKind
from mitstadt.ground.files.models import FileSize, StoredFile
from mitstadt.ground.files.refusals import FileRefused

__all__ = [
    "CONTENT_TYPES",
    "DOCUMENTS",
    "KEEP_FOR",
    "MEGABYTE",
    "OFFICE",
    "PICTURES",
    "Accepted",
    "FileKind",
    "FileRefused",
    "FileSize",
    "StoredFile",
    "delete_files",
    "keep_upload",
    "sweep_bytes",
]
