"""Checks at the start: whatever is in use is declared, with all its sentences. A city does not start without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.core.management.base import SystemCheckError
from django.db.models import Model
from django.db.models.options import Options

from mitstadt.spine import kinds, links, verbs
from mitstadt.spine.models import Link, Record, RecordManager

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
    return [*_kinds(_descendants(Record)), *_verbs(), *_undeclared(apps.get_app_configs()), *_links()]


def _kinds(models: Iterable[type[Record]]) -> Iterator[checks.Error]:
    declared = {kind.key: kind for kind in kinds.all_kinds()}
    for model in models:
        if model.KIND not in declared:
            yield checks.Error(f"The kind “{model.KIND}” has no declaration.", obj=model, id="mitstadt.E001")
        if not isinstance(_meta(model).default_manager, RecordManager):
            # Its rows would be looked for among all records.
            yield checks.Error(f"The kind “{model.KIND}” has no RecordManager.", obj=model, id="mitstadt.E006")
    longest = _longest(Record, "kind")
    for kind in declared.values():
        if not (_IS_KEY(kind.key) and len(kind.key) <= longest and str(kind.label) and str(kind.labels)):
            yield checks.Error(f"The kind “{kind.key}” lacks a short key or a name.", id="mitstadt.E002")


def _verbs() -> Iterator[checks.Error]:
    for verb in verbs.all_verbs():
        told = str(verb.trail.title) if isinstance(verb.trail, verbs.Told) else "-"
        if not (_IS_KEY(verb.key) and str(verb.log) and told):
            yield checks.Error(f"The verb “{verb.key}” lacks a sentence.", id="mitstadt.E003")


def _undeclared(installed: Iterable[AppConfig]) -> Iterator[checks.Error]:
    """Verbs and events that stand in a slice's own module, and of which the slice did not tell."""
    for app in installed:
        name = f"{app.name}.verbs"
        if not app.name.startswith("mitstadt.") or find_spec(name) is None:
            continue
        for one in verbs.of_module(import_module(name)):
            if not verbs.is_declared(one):
                yield checks.Error(f"“{one.key}” is not declared.", obj=name, id="mitstadt.E004")


def _links() -> Iterator[checks.Error]:
    longest = _longest(Link, "type")
    for link in links.all_types():
        sentences = (link.label, link.forth.title, link.forth.label, link.back.title, link.back.label)
        if not (_IS_KEY(link) and len(link) <= longest and all(str(one) for one in sentences)):
            yield checks.Error(f"The link type “{link}” lacks a sentence.", id="mitstadt.E005")


def _longest(model: type[Model], column: str) -> int:
    return int(getattr(_meta(model).get_field(column), "max_length", 0))


def _meta(model: type[Model]) -> Options[Any]:
    return model._meta  # noqa: SLF001  # documented by Django in spite of its underscore


def _descendants(model: type[Record]) -> Iterator[type[Record]]:
    """All models whose rows are records of a kind; one that only hands its columns on is none."""
    for child in model.__subclasses__():
        children = child.__subclasses__()
        if not _meta(child).abstract and ("KIND" in vars(child) or not children):
            yield child
        yield from _descendants(child)
