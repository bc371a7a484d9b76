"""A Word file as a package of parts: opened within limits, read one by one, nothing executed or fetched."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.model import Limits

DOCUMENT = re.compile(r"word/document\d*\.xml")
DEEPEST = 200
OFF = {"0", "false", "off"}


def checked_document(package: zipfile.ZipFile, limits: Limits) -> str:
    """The name of the document inside; refuses packages built to exhaust programs and other kinds of packages."""
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise _bomb(f"it holds {len(entries)} files")
    document = next((entry for entry in entries if DOCUMENT.fullmatch(entry.filename)), None)
    if document is None:
        sentence = "This is a packed file, but no Word file. Unpack it, or save the text as .docx, .txt or .html."
        raise MethodError("text_not_docx", sentence)
    if document.flag_bits & 1:
        sentence = "This Word file is protected by a password. Remove the protection and save it again."
        raise MethodError("text_encrypted", sentence)
    return document.filename


def _bomb(why: str) -> MethodError:
    sentence = f"This file unpacks to far more than a text needs: {why}. Open it and save it again."
    return MethodError("text_zip_bomb", sentence)


def part(package: zipfile.ZipFile, name: str, limits: Limits) -> io.BytesIO:
    """The bytes of one part; what a package says about its size is not believed."""
    entry = package.getinfo(name)
    most = min(limits.unpacked_bytes, max(1_000_000, limits.ratio * max(entry.compress_size, 1)))
    with package.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise _bomb(f"“{name[:60]}” has more than {most / 1_000_000:.0f} MB")
    return io.BytesIO(content)


def targets(package: zipfile.ZipFile, document: str, limits: Limits) -> dict[str, str]:
    """The parts that the document refers to, by the name of the relation."""
    folder, name = posixpath.split(document)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return {}
    return {
        value(relation, "Id"): posixpath.normpath(posixpath.join("/", folder, value(relation, "Target"))).lstrip("/")
        for relation in elements(part(package, relations, limits), "Relationship")
        if value(relation, "TargetMode") != "External"
    }


def elements(stream: io.BytesIO, *wanted: str) -> Iterator[Element]:
    """The outermost elements of the wanted names, each freed after use; depth is bounded, entities are refused."""
    depth, inside = 0, 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = local(element)
        if event == "start":
            depth += 1
            inside += name in wanted
            if depth > DEEPEST:
                sentence = f"This Word file nests its parts more than {DEEPEST} deep. Open it and save it again."
                raise MethodError("text_nested_too_deep", sentence, deepest=DEEPEST)
            continue
        depth -= 1
        if name in wanted:
            inside -= 1
            if not inside:
                yield element
                element.clear()


def local(element: Element) -> str:
    """The name of an element without its name space."""
    return _without_space(element.tag)


@lru_cache(maxsize=4_096)
def _without_space(tag: str) -> str:
    return tag.rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name: Word's two name spaces differ between its versions."""
    attributes: Mapping[str, str] = element.attrib if element is not None else {}
    return next((found for key, found in attributes.items() if _without_space(key) == name), "") if attributes else ""


def number(element: Element | None, name: str = "val", *, otherwise: int = 0) -> int:
    """An attribute as a number that cannot be huge."""
    written = value(element, name)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else otherwise


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if _without_space(each.tag) == name), None)
    return element


def is_on(mark: Element | None) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    return None if mark is None else value(mark) not in OFF
