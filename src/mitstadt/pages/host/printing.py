"""Codes as they are printed: to read, to spell, and to scan."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from mitstadt.ui.print.spreadsheets import BYTE_ORDER_MARK, harmless


@dataclass(frozen=True)
class PrintedCode:
    """One code with the address that its QR code leads to."""

    code: str
    address: str


def printed_codes(secret: Sequence[str]) -> list[PrintedCode]:
    """The codes of one sheet."""
    page = f"{settings.PUBLIC_URL}{code_page()}"
    return [PrintedCode(code, f"{page}?{urlencode({'code': code})}") for code in secret]


def code_page_address() -> str:
    """The address at which a code is typed, as it is printed: without the part that nobody types."""
    return f"{settings.PUBLIC_URL}{code_page()}".removeprefix("https://").removeprefix("http://")


def as_download(secret: Sequence[str], title: str) -> str:
    """The codes as a file within the page, so that nothing need be asked for again: a table for letters and labels."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([gettext("Teilnahmecode"), gettext("Adresse"), gettext("Beteiligung")])
    rows.writerows([harmless(one.code), harmless(one.address), harmless(title)] for one in printed_codes(secret))
    return f"data:text/csv;charset=utf-8,{quote(BYTE_ORDER_MARK + table.getvalue())}"


def code_page() -> str:
    """Where a code is entered."""
    try:
        return reverse("code")
    except NoReverseMatch:
        return "/code/"
