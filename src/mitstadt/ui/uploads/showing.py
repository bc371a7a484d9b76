"""Files of a record as components show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from mitstadt.ground.files.api import FileKind, FileSize
from mitstadt.spine.models import Attachment
from mitstadt.ui.parts import Download, Picture, Source


def pictures_of(attachments: Iterable[Attachment]) -> list[Picture]:
    """The pictures among the files (from `attachments_of`), in their order."""
    return [_picture(one) for one in attachments if one.file.is_picture]


def downloads_of(attachments: Iterable[Attachment]) -> list[Download]:
    """The documents among the files, in their order."""
    return [
        Download(
            label=one.description,
            href=address_of_file(one, one.largest),
            kind=FileKind(one.file.kind).label,
            bytes=one.largest.bytes,
        )
        for one in attachments
        if not one.file.is_picture
    ]


def address_of_file(attachment: Attachment, size: FileSize) -> str:
    """Where one size of a file is served."""
    key, _, ending = size.public_name.rpartition(".")
    return reverse("record_file", kwargs={"ref": attachment.record.ref, "key": key, "ending": ending})


def _picture(one: Attachment) -> Picture:
    sizes = sorted(one.file.sizes.all(), key=lambda size: size.width)
    fallback = next((size for size in sizes if size.kind == FileKind.JPEG), sizes[-1])
    return Picture(
        src=address_of_file(one, fallback),
        width=one.file.width,
        height=one.file.height,
        alt=one.description,
        caption=one.caption,
        sources=[
            Source(href=address_of_file(one, size), width=size.width) for size in sizes if size.kind == FileKind.WEBP
        ],
    )
