"""What a file is, by its content alone: neither its name nor what the browser says of it counts. Pure."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """Every kind of file that is taken anywhere."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew and shown; everything else is only offered for download."""
        return self in PICTURES

    @property
    def label(self) -> str:
        """The name by which people know it."""
        return _LABELS.get(self, self.name)


_LABELS = {FileKind.WEBP: "WebP", FileKind.DOCX: "Word", FileKind.XLSX: "Excel"}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
DOCUMENTS = frozenset({FileKind.PDF})
# What offices hand out and take in beside PDF.
OFFICE = DOCUMENTS | {FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS}

CONTENT_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
_LOOK_AT = 1024
_ZIP = b"PK\x03\x04"
_MARKUP = (b"<svg", b"<!doctype", b"<html", b"<?xml", b"<script")


def begins_like(data: bytes) -> str:
    """The kind that the first bytes announce: a `FileKind`, “zip”, or the name of something that is not taken.

    >>> begins_like(b"%PDF-1.7")
    'pdf'
    """
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    return "zip" if data.startswith(_ZIP) else _not_taken(data[:_LOOK_AT])


def _not_taken(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"} else "film"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "gif"
    return "markup" if any(word in head.lower() for word in _MARKUP) else "unknown"
