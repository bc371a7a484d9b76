"""Whether a document is what it says, whole, and nothing else besides: PDF and the files of office programs. Pure."""

from __future__ import annotations

import zipfile
from io import BytesIO

from mitstadt.ground.files.kinds import FileKind
from mitstadt.ground.files.refusals import FileRefused

_END_OF_PDF = b"%%EOF"
# Programs add a line break or some zeros; a second file is longer.
_MOST_AFTER_THE_END = 1024
_END_OF_ZIP = b"PK\x05\x06"
_LONGEST_ZIP_END = 66_000
_MOST_MEMBERS = 3_000
_MOST_UNPACKED = 200 * 1024 * 1024
_LONGEST_NOTE = 100
_OFFICE_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
_PROGRAMS = ("vbaproject.bin", "basic/", "scripts/", "activex")


def require_whole_pdf(data: bytes) -> None:
    """Refuse a PDF whose end is missing, that is locked, or behind whose end something else begins."""
    end = data.rfind(_END_OF_PDF)
    if end < 0 or b"startxref" not in data:
        raise FileRefused("document_damaged")
    rest = data[end + len(_END_OF_PDF) :]
    if len(rest) > _MOST_AFTER_THE_END or _END_OF_ZIP in data[-_LONGEST_ZIP_END:]:
        raise FileRefused("document_mixed")
    if b"/Encrypt" in data[data.rfind(b"trailer") :] and b"trailer" in data:
        raise FileRefused("document_locked")


def kind_of_office_file(data: bytes) -> FileKind | None:
    """What a zip file is among the files of office programs; None for any other. Nothing is unpacked but a note."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _require_harmless(members)
            names = {member.filename for member in members}
            kind = next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)
            return kind if kind and "[Content_Types].xml" in names else _open_document(archive, names)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        ValueError,
        LookupError,
        OSError,
        RuntimeError,
        EOFError,
    ) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused("document_damaged") from error


def _require_harmless(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise FileRefused("document_damaged")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused("document_locked")
    for member in members:
        path = member.filename.lower()
        if path.startswith("/") or ".." in path.split("/"):
            raise FileRefused("document_damaged")
        if any(path.startswith(part) or path.endswith(part) or f"/{part}" in path for part in _PROGRAMS):
            raise FileRefused("document_macros")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> FileKind | None:
    if "mimetype" not in names or "content.xml" not in names:
        return None
    with archive.open("mimetype") as note:
        return _OPEN_DOCUMENTS.get(note.read(_LONGEST_NOTE).strip())
