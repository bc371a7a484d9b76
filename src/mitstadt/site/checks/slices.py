"""No floor names a slice: neither its modules and templates, nor its addresses, kinds, verbs and arrows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

# The file that lists the slices.
_LIST = "site/slices.py"
# Methods know nothing of records, and so of no kind of them.
_SKIPPED = ("/methods/", "/tests/", "/migrations/", "/conftest.py", "/locale/")
_FINDS_ADDRESSES = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
_HOLDS_A_KEY = re.compile(r"(?:^|_)(?:kind|verb|event|format|format_key|links?_(?:in|out)__type)(?:__in)?$")
_IN_TEMPLATES = re.compile(r"""{%\s*(?:url|include|extends)\s+["']([\w./-]+)["']""")
_COMPARED = re.compile(r"""\b(?:kind|verb|event|format)\s*(?:==|!=)\s*["'](\w+)["']""")


@dataclass
class Names:
    """What a slice is known by."""

    module: str
    templates: tuple[str, ...] = ()
    addresses: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


def faults(source: Path, names: Iterable[Names]) -> list[str]:
    """Every place on a floor that names one of these slices."""
    known = list(names)
    found = []
    for file in sorted(source.rglob("*")):
        name = file.relative_to(source).as_posix()
        if file.suffix not in {".py", ".html"} or name == _LIST or _is_skipped(name, known):
            continue
        read = _in_code if file.suffix == ".py" else _in_template
        text = file.read_text(encoding="utf-8")
        found += [f"{name}: names {what}" for one in known for what in read(text, one)]
    return found


def names_of(module: str) -> Names:
    """What an installed slice is known by: its folder, templates and addresses, and all that it declares."""
    declared = Names(module, tuple(_template_folders(module)), set(_addresses(module)))
    declared.keys |= {key for name in ("verbs", "links", "kinds", "format") for key in _keys(f"{module}.{name}")}
    return declared


def _is_skipped(name: str, known: list[Names]) -> bool:
    folders = [one.module.removeprefix("mitstadt.").replace(".", "/") + "/" for one in known]
    return any(part in f"/{name}" for part in _SKIPPED) or any(name.startswith(folder) for folder in folders)


def _template_folders(module: str) -> Iterator[str]:
    spec = find_spec(module)
    for place in spec.submodule_search_locations or () if spec else ():
        yield from (f"{folder.name}/" for folder in (Path(place) / "templates").glob("*") if folder.is_dir())


def _addresses(module: str) -> Iterator[str]:
    # The addresses of the site first: they make known what parts of an address may be.
    assert get_resolver().url_patterns  # noqa: S101  # asked for what it does
    if find_spec(f"{module}.urls"):
        yield from _below(import_module(f"{module}.urls").urlpatterns)


def _below(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def _keys(module: str) -> Iterator[str]:
    """The keys of what a module declares as constants; an arrow is its own key."""
    if find_spec(module) is None:
        return
    for one in vars(import_module(module)).values():
        if getattr(type(one), "__module__", "").startswith("mitstadt.spine"):
            key = one if isinstance(one, str) else getattr(one, "key", "")
            if isinstance(key, str) and key:
                yield str(key)


def _in_code(text: str, slice_: Names) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            yield from (f"the module {one}" for one in modules if one.startswith(slice_.module))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if slice_.module in node.value or node.value.startswith(slice_.templates):
                yield f"“{node.value}”"
        elif isinstance(node, ast.Call):
            yield from _called(node, slice_)
        elif isinstance(node, ast.Compare):
            yield from _compared(node, slice_)


def _called(node: ast.Call, slice_: Names) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in _FINDS_ADDRESSES:
        yield from (f"the address “{one}”" for one in _words(node.args[-1:] + node.args[:1]) if one in slice_.addresses)
    for given in node.keywords:
        if given.arg and _HOLDS_A_KEY.search(given.arg):
            yield from (f"the key “{one}”" for one in _words([given.value]) if one in slice_.keys)


def _compared(node: ast.Compare, slice_: Names) -> Iterator[str]:
    sides = [node.left, *node.comparators]
    if any(_HOLDS_A_KEY.search(getattr(side, "attr", getattr(side, "id", ""))) for side in sides):
        yield from (f"the key “{one}”" for one in _words(sides) if one in slice_.keys)


def _words(nodes: Iterable[ast.expr]) -> set[str]:
    inside = (one for node in nodes for one in ast.walk(node))
    return {one.value for one in inside if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _in_template(text: str, slice_: Names) -> Iterator[str]:
    for word in _IN_TEMPLATES.findall(text):
        if word in slice_.addresses or word.startswith(slice_.templates):
            yield f"“{word}”"
    yield from (f"the key “{word}”" for word in _COMPARED.findall(text) if word in slice_.keys)
