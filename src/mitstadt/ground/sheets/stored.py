"""A sheet as JSON and back: one stable form with a version, and the hash that names it.

What is read may come from anybody: whatever does not fit is refused with the place where it stands.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from mitstadt.ground.sheets.faults import SheetFaultError, require_sound
from mitstadt.ground.sheets.questions import KINDS, Question, Sheet
from mitstadt.ground.sheets.words import Words
from mitstadt.methods.shared.hashing import canonical_json, sha256_hex

VERSION = 1


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain data; what is as usual is left out."""
    return {"version": VERSION, **_written(sheet)}


def sheet_hash(sheet: Sheet) -> str:
    """What names this very sheet: 64 hexadecimal digits; the same words and rules have the same."""
    return sha256_hex(canonical_json(sheet_json(sheet)))


def sheet_from(data: object) -> Sheet:
    """The sheet again. Raises `SheetFaultError` where it is none, or one that could not be asked."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise SheetFaultError("", "version")
    sheet = _read(Sheet, {key: value for key, value in data.items() if key != "version"}, "")
    assert isinstance(sheet, Sheet)  # noqa: S101  # for the types
    require_sound(sheet)
    return sheet


def _written(value: Any) -> Any:
    if isinstance(value, Words):
        return dict(value.texts)
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _written(getattr(value, f.name)) for f in _own(type(value)) if not _is_usual(value, f)}
        return {"kind": value.KIND, **told} if isinstance(value, Question) else told
    return str(value) if isinstance(value, StrEnum) else value


def _own(kind: type) -> list[Field[Any]]:
    return [f for f in fields(kind) if f.init]


def _is_usual(value: object, f: Field[Any]) -> bool:
    return f.default is not MISSING and getattr(value, f.name) == f.default


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: object, path: str) -> Any:
    if get_origin(kind) is tuple:
        items = _as(list, value, path)
        return tuple(_read(get_args(kind)[0], item, f"{path}/{number}") for number, item in enumerate(items))
    if get_origin(kind) in (Union, types.UnionType):
        return None if value is None else _read(get_args(kind)[0], value, path)
    if kind is Words:
        return Words.of({_as(str, key, path): _as(str, text, path) for key, text in _as(dict, value, path).items()})
    if is_dataclass(kind):
        return _read_object(kind, _as(dict, value, path), path)
    if issubclass(kind, StrEnum):
        return _read_enum(kind, value, path)
    return _as(kind, value, path)


def _read_object(kind: Any, data: dict[str, Any], path: str) -> Any:
    if kind is Question:
        kind, data = _kind_of(data, path), {key: value for key, value in data.items() if key != "kind"}
    own = {f.name: f for f in _own(kind)}
    for key in data:
        if key not in own:
            raise SheetFaultError(f"{path}/{key}"[:200], "unknown")
    for name, f in own.items():
        if name not in data and f.default is MISSING:
            raise SheetFaultError(f"{path}/{name}", "missing")
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value, f"{path}/{name}") for name, value in data.items()})


def _kind_of(data: dict[str, Any], path: str) -> type[Question]:
    name = data.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        raise SheetFaultError(f"{path}/kind", "kind")
    return KINDS[name]


def _read_enum(kind: type[StrEnum], value: object, path: str) -> StrEnum:
    try:
        return kind(_as(str, value, path))
    except ValueError as error:
        raise SheetFaultError(path, "shape") from error


def _as(kind: Any, value: object, path: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise SheetFaultError(path, "shape")
    return value
