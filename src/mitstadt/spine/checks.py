"""Checks at the start: whatever is in use is declared, with all its sentences. A city does not start without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.management.base import SystemCheckError
from django.db.models import AutoField, DateField, Model, TimeField
from django.db.models.options import Options

from mitstadt.ground.people.models import Person
from mitstadt.spine import formats, kinds, links, runs, verbs
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kept_words import models_of_kinds, unnamed_columns
from mitstadt.spine.models import Link, Part, Record, RecordManager, Run, SecretRow
from mitstadt.spine.secret_rows import below
from mitstadt.spine.texts import OPENED_DEEDS

TAG = "declarations"
_IS_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}").fullmatch


def register() -> None:
    """Let Django run these checks with its own, at each start and each management command."""
    checks.register(check_declarations, TAG)


def require_declarations() -> None:
    """Stop where something is not declared; for the starts at which Django itself runs no checks."""
    errors = check_declarations()
    if errors:
        raise SystemCheckError("\n".join(f"{error.msg} ({error.id})" for error in errors))


def check_declarations(**_options: Any) -> list[checks.CheckMessage]:
    """All that is in use and not declared, or declared without a sentence."""
    return [
        *_kinds(models_of_kinds().values()),
        *_verbs(),
        *_undeclared(apps.get_app_configs()),
        *_links(),
        *_formats(),
        *_methods(),
        *_secret_tables(below(SecretRow)),  # type: ignore[type-abstract]  # only tables that inherit from it come out
        *_key_folder(),
    ]


def _kinds(models: Iterable[type[Record]]) -> Iterator[checks.Error]:
    declared = {kind.key: kind for kind in kinds.all_kinds()}
    for model in models:
        if model.KIND not in declared:
            yield checks.Error(f"The kind “{model.KIND}” has no declaration.", obj=model, id="mitstadt.E001")
        elif unnamed := unnamed_columns(model):
            sentence = f"The kind “{model.KIND}” says of {', '.join(unnamed)} neither `keeps` nor `no_words`."
            yield checks.Error(sentence, obj=model, id="mitstadt.E020")
        if not isinstance(_meta(model).default_manager, RecordManager):
            # Its rows would be looked for among all records.
            yield checks.Error(f"The kind “{model.KIND}” has no RecordManager.", obj=model, id="mitstadt.E011")
    longest = _longest(Record, "kind")
    for kind in declared.values():
        if not (_IS_KEY(kind.key) and len(kind.key) <= longest and str(kind.label) and str(kind.labels)):
            yield checks.Error(f"The kind “{kind.key}” lacks a short key or a name.", id="mitstadt.E002")
        if Deed.SPLIT in kind.accepts and kind.piece is None:
            yield checks.Error(f"The kind “{kind.key}” is split and does not say what a piece is.", id="mitstadt.E012")


def _verbs() -> Iterator[checks.Error]:
    for verb in verbs.all_verbs():
        told = str(verb.trail.title) if isinstance(verb.trail, verbs.Told) else "-"
        if not (_IS_KEY(verb.key) and str(verb.log) and told):
            yield checks.Error(f"The verb “{verb.key}” lacks a sentence.", id="mitstadt.E003")


def _undeclared(installed: Iterable[AppConfig]) -> Iterator[checks.Error]:
    """Verbs, events and methods that stand in a slice's own modules, and of which the slice did not tell."""
    for app in installed:
        if app.name.startswith("mitstadt."):
            # An app may part its verbs among several files, which have the word in their names.
            for file in sorted(Path(app.path).glob("*verbs*.py")):
                yield from _not_told(f"{app.name}.{file.stem}", verbs.of_module, verbs.is_declared, "mitstadt.E004")
            yield from _not_told(f"{app.name}.runs", runs.of_module, runs.is_declared, "mitstadt.E007")


def _not_told(
    name: str, of_module: Callable[[ModuleType], Iterable[Any]], is_declared: Callable[[Any], bool], code: str
) -> Iterator[checks.Error]:
    for one in of_module(import_module(name)) if find_spec(name) else ():
        if not is_declared(one):
            yield checks.Error(f"“{one.key}” is not declared.", obj=name, id=code)


def _links() -> Iterator[checks.Error]:
    longest = _longest(Link, "type")
    for link in links.all_types():
        sentences = (link.label, link.forth.title, link.forth.label, link.back.title, link.back.label)
        if not (_IS_KEY(link) and len(link) <= longest and all(str(one) for one in sentences)):
            yield checks.Error(f"The link type “{link}” lacks a sentence.", id="mitstadt.E005")


def _formats() -> Iterator[checks.Error]:
    known = {kind.key for kind in kinds.all_kinds()}
    longest = _longest(Part, "format")
    for declared in formats.all_formats():
        told = all(str(words) for words in (declared.name, declared.summary, declared.work_label))
        if not (_IS_KEY(declared.key) and len(declared.key) <= longest and told):
            yield checks.Error(f"The format “{declared.key}” lacks a short key or a sentence.", id="mitstadt.E010")
        if not {declared.part.KIND, *declared.contribution_kinds} <= known or not declared.opens <= set(OPENED_DEEDS):
            yield checks.Error(f"The format “{declared.key}” names a kind or a deed of no phase.", id="mitstadt.E010")


def _methods() -> Iterator[checks.Error]:
    for method in runs.all_methods():
        named = _IS_KEY(method.key) and len(method.version) <= _longest(Run, "version") and method.version
        if not (named and str(method.name) and _is_command(method)):
            yield checks.Error(
                f"The method “{method.key}” lacks a short key, a version, a name, or {{input}} in its command.",
                id="mitstadt.E006",
            )


def _is_command(method: runs.RunMethod) -> bool:
    try:
        return "{input}" in method.command and bool(method.command_for({}, 0))
    except (KeyError, IndexError, ValueError):
        return False


def _secret_tables(models: Iterable[type[SecretRow]]) -> Iterator[checks.Error]:
    """A time, a running number or a person in a table of secret rows would tell whose they are."""
    for model in models:
        for field in _meta(model).local_concrete_fields:
            if isinstance(field, DateField | TimeField | AutoField) or field.related_model is Person:
                yield checks.Error(f"The secret row has “{field.name}”.", obj=model, id="mitstadt.E008")


def _key_folder() -> Iterator[checks.Error]:
    if Path(settings.TURN_KEYS).is_relative_to(settings.MEDIA_ROOT):
        yield checks.Error("MITSTADT_TURN_KEYS lies among the uploads: every backup would hold it.", id="mitstadt.E009")


def _longest(model: type[Model], column: str) -> int:
    return int(getattr(_meta(model).get_field(column), "max_length", 0))


def _meta(model: type[Model]) -> Options[Any]:
    return model._meta  # noqa: SLF001  # documented by Django in spite of its underscore
