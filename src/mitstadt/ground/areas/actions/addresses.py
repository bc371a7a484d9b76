"""Imports a table of addresses, each with the official id of its area."""

import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from django.db import transaction

from mitstadt.ground.areas.models import Address, AreaQuerySet, Street
from mitstadt.ground.areas.reading.columns import id_text
from mitstadt.ground.areas.reading.sets import AreaFileError, Finding, refuse
from mitstadt.ground.areas.reading.text import mended_encoding
from mitstadt.ground.areas.spelling import street_key

BATCH = 5_000
_MOST_FINDINGS = 20
_COLUMNS = {
    "street": ("str_name", "street", "strasse", "straße", "strassenname", "strname"),
    "number": ("hnr", "number", "hausnummer", "house_number"),
    "suffix": ("hnr_zusatz", "suffix", "zusatz", "hausnummerzusatz"),
    "postcode": ("plz", "postcode", "postleitzahl", "zip"),
    "locality": ("ort_name", "locality", "ortsteil", "ort", "city"),
    "area": ("plr_id", "area", "area_id", "gebiet", "planungsraum", "plr"),
}
_REQUIRED = ("street", "area")


@dataclass(frozen=True)
class ImportedAddresses:
    """How many addresses on how many streets were loaded."""

    addresses: int
    streets: int
    repeated: int
    findings: tuple[Finding, ...] = ()


class _Line(NamedTuple):
    street: str
    number: str
    postcode: str
    locality: str
    area_id: int


def import_addresses(stream: BinaryIO, *, areas: AreaQuerySet) -> ImportedAddresses:
    """Replace all addresses by those of a CSV file (packed with gzip or not); all of it or nothing.

    Columns are found by their heading: street, number, suffix, postcode, locality and the official id of the area,
    which must be one of ``areas``; ids that lost their leading zeros are recognised. The same address twice counts
    once. AreaFileError names the lines that cannot be read.
    """
    text, packed = _opened(stream)
    try:
        with transaction.atomic():
            return _replace(text, _ids(areas))
    except UnicodeDecodeError as error:
        raise refuse("encoding", "The file is not UTF-8. Save it as UTF-8.") from error
    except csv.Error as error:
        raise refuse("not_csv", f"The file is not a CSV table: {error}.") from error
    except (OSError, EOFError, zlib.error) as error:
        if not packed:
            raise
        raise refuse(
            "gzip_broken", "The file is packed with gzip but cannot be unpacked; it may be cut off."
        ) from error
    finally:
        text.detach()


def _opened(stream: BinaryIO) -> tuple[io.TextIOWrapper, bool]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(io.BytesIO(stream.read()))
    packed = buffered.peek(2)[:2] == b"\x1f\x8b"
    source = gzip.GzipFile(fileobj=buffered) if packed else buffered
    return io.TextIOWrapper(source, encoding="utf-8-sig", newline=""), packed


def _ids(areas: AreaQuerySet) -> Mapping[str, int]:
    """Row numbers by official id, also without its leading zeros where that stays unambiguous."""
    exact = dict(areas.order_by().values_list("official_id", "pk"))
    short: dict[str, int] = {}
    for official_id, pk in exact.items():
        bare = official_id.lstrip("0")
        short[bare] = -1 if bare in short else pk
    return {bare: pk for bare, pk in short.items() if pk > 0} | exact


def _replace(text: io.TextIOWrapper, ids: Mapping[str, int]) -> ImportedAddresses:
    first = text.readline()
    if not first.strip():
        raise refuse("empty", "The file is empty.")
    delimiter = max(",;\t", key=first.count)
    columns = _column_numbers(next(csv.reader([first], delimiter=delimiter)))
    Address.objects.all().delete()
    Street.objects.all().delete()
    findings: list[Finding] = []
    lines = _lines(csv.reader(text, delimiter=delimiter), columns, ids, findings)
    loaded, repeated, streets = _write(lines)
    if findings:
        raise AreaFileError(findings)
    if not loaded:
        raise refuse("empty", "The file holds no addresses.")
    return ImportedAddresses(loaded, streets, repeated)


def _column_numbers(heading: Sequence[str]) -> Mapping[str, int]:
    plain = [cell.strip().casefold() for cell in heading]
    found = {}
    for column, names in _COLUMNS.items():
        place = next((plain.index(name) for name in names if name in plain), None)
        if place is None and column in _REQUIRED:
            there = ", ".join(heading)[:300]
            raise refuse("column_missing", f"No column is the {column} ({' or '.join(names)}); there are: {there}.")
        if place is not None:
            found[column] = place
    return found


def _lines(
    rows: Iterable[Sequence[str]], columns: Mapping[str, int], ids: Mapping[str, int], findings: list[Finding]
) -> Iterator[_Line]:
    width = max(columns.values()) + 1
    for line_number, row in enumerate(rows, 2):
        if not row:
            continue
        if len(row) < width:
            findings.append(Finding("short_line", f"Line {line_number} has {len(row)} cells, not {width}."))
        else:
            cells = {column: row[place].strip() for column, place in columns.items()}
            line = _line(cells, ids)
            if isinstance(line, _Line):
                yield line
            else:
                findings.append(Finding("line_wrong", f"Line {line_number} ({cells['street'][:60]}) {line}."))
        if len(findings) >= _MOST_FINDINGS:
            findings.append(Finding("more", "There may be more; reading stopped here."))
            return


def _line(cells: Mapping[str, str], ids: Mapping[str, int]) -> _Line | str:
    """The line, or the end of a sentence that says what is wrong with it."""
    area = ids.get(cells["area"]) or ids.get(id_text(cells["area"]).lstrip("0"))
    if area is None:
        return f"names the area “{cells['area'][:40]}”, which is not there"
    street = mended_encoding(cells["street"])
    number = (cells.get("number", "") + cells.get("suffix", "")).replace(" ", "").upper()
    if not street or len(street) > 120 or len(number) > 20:
        return "has no street, or a street or number that is too long"
    if not "".join(cells.values()).isprintable():
        return "holds control characters"
    return _Line(street, number, cells.get("postcode", "")[:10], cells.get("locality", "")[:80], area)


def _write(lines: Iterator[_Line]) -> tuple[int, int, int]:
    streets: dict[str, int] = {}
    seen: set[_Line] = set()
    loaded = repeated = 0
    while batch := list(itertools.islice(lines, BATCH)):
        fresh = [line for line in dict.fromkeys(batch) if line not in seen]
        seen.update(fresh)
        repeated += len(batch) - len(fresh)
        loaded += len(fresh)
        _add_streets(fresh, streets)
        Address.objects.bulk_create(
            [
                Address(
                    street_id=streets[x.street],
                    number=x.number,
                    postcode=x.postcode,
                    locality=x.locality,
                    area_id=x.area_id,
                )
                for x in fresh
            ],
            batch_size=BATCH,
        )
    return loaded, repeated, len(streets)


def _add_streets(lines: Iterable[_Line], streets: dict[str, int]) -> None:
    names = [name for name in dict.fromkeys(line.street for line in lines) if name not in streets]
    created = Street.objects.bulk_create([Street(name=name, key=street_key(name)) for name in names])
    streets.update({street.name: street.pk for street in created})
