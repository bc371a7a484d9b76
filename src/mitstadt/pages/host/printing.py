"""Codes as they are printed: to read, to spell, and to scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class PrintedCode:
    """One code with the address that its QR code leads to."""

    code: str
    address: str


def printed_codes(secret: Sequence[str]) -> list[PrintedCode]:
    """The codes of one sheet."""
    page = f"{settings.PUBLIC_URL}{code_page()}"
    return [PrintedCode(code, f"{page}?{urlencode({'code': code})}") for code in secret]


def code_page() -> str:
    """Where a code is entered."""
    try:
        return reverse("code")
    except NoReverseMatch:
        return "/code/"
