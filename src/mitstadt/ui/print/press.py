"""The printing press: typesets one folder (main.typ, data.json) into a tagged PDF, in a process of its own.

Run as a file with the folder and the folder of fonts; needs nothing but typst, so that it starts fast. A process of its
own gives its memory back, and a text that breaks it breaks nothing else.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import typst

# Signs that are never printed: control characters, halves of pairs, private ones.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Scripts and pictures for which the fonts have nothing, so that asking would be in vain.
_WITHOUT_FONT = re.compile("[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U0001fb00-\U0010ffff]")
_PLAIN = re.compile("[\t\n -~\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u20ac]+")
_NOT_SHOWN = re.compile('the text `"(.+?)"` could not be displayed')
STAND_IN = "▯"
_MOST_QUESTIONS = 20


def printable(data: object, folder: Path, fonts: Path) -> object:
    """The data with every sign that no font has replaced by ▯; ``lacks_signs`` then says that it stands somewhere."""
    clean = _mapped(data, lambda text: _WITHOUT_FONT.sub(STAND_IN, _UNPRINTABLE.sub("", text)))
    rare = "".join(sorted(set(_PLAIN.sub("", "".join(_texts(clean))))))
    missing = dict.fromkeys(map(ord, _missing(rare, folder, fonts)), STAND_IN)
    printed = _mapped(clean, lambda text: text.translate(missing)) if missing else clean
    lacks = any(STAND_IN in text for text in _texts(printed))
    return {**printed, "lacks_signs": True} if lacks and isinstance(printed, dict) else printed


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _mapped(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value


def _missing(signs: str, folder: Path, fonts: Path) -> set[str]:
    missing: set[str] = set()
    for _question in range(_MOST_QUESTIONS):
        asked = [sign for sign in signs if sign not in missing]
        found = _some_missing(asked, folder, fonts) if asked else set()
        if not found:
            return missing
        missing.update(found)
    return set(signs)


def _some_missing(signs: list[str], folder: Path, fonts: Path) -> set[str]:
    """Signs that no font has, all that the press names: each stands in a paragraph of its own, joined to none."""
    (folder / "asked.json").write_text(json.dumps(signs), encoding="utf-8")
    (folder / "asked.typ").write_text(
        '#set document(title: "?")\n#import "city.typ": faces\n#set text(font: faces)\n'
        '#for sign in json("asked.json") [#sign#parbreak()]',
        encoding="utf-8",
    )
    try:
        typst.compile(
            str(folder / "asked.typ"),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        # Only the long form of the message names every sign; with one question a sign, a page could be made to ask 300.
        shown = {_unescaped(found) for found in _NOT_SHOWN.findall(f"{error.message}\n{error.diagnostic}")}
        if shown:
            return {sign for found in shown for sign in found}
        raise
    return set()


def _unescaped(shown: str) -> str:
    """The signs as they are, from the way in which the message writes them."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), shown)


def main(folder: Path, fonts: Path) -> None:
    """Typeset the folder's main.typ to out.pdf."""
    file = folder / "data.json"
    data = printable(json.loads(file.read_text(encoding="utf-8")), folder, fonts)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    typst.compile(
        str(folder / "main.typ"),
        output=str(folder / "out.pdf"),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
