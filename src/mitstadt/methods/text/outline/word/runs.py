"""The words of a paragraph or cell: what is valid apart from what is struck, deleted or hidden."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mitstadt.methods.text.outline.signs import UNKNOWN, raised, sentences_apart, symbol
from mitstadt.methods.text.outline.word.package import OFF, child, is_on, local, number, value
from mitstadt.methods.text.outline.word.styles import Styles, switches_in

# Codes, properties, duplicates for older programs, and words that stand elsewhere: no words of this place.
TEXTLESS = {"instrText", "delInstrText", "Fallback", "rPr", "pPr", "sectPr", "sdtPr", "moveFrom", "binData", "tblPr"}
TEXTLESS |= {"tblGrid", "tcPr", "trPr", "tblPrEx", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData"}
INSERTED = {"ins", "moveTo"}
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class Words:
    """What was found in one place, in order."""

    parts: list[str] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    bold: bool | None = None
    last: str = ""

    @property
    def text(self) -> str:
        """The valid words; line breaks stay."""
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return sentences_apart("\n".join(line for line in lines if line))

    def put(self, words: str, reason: str, *, bold: bool) -> None:
        """Words of one run; those with a reason are kept aside."""
        if not reason:
            self.parts.append(words)
            if words.strip():
                self.bold = bold if self.bold is None else self.bold and bold
        else:
            kept = self.aside.setdefault(reason, [])
            kept.append(words if self.last == reason else f" {words}")
        if words:
            self.last = reason


@dataclass(slots=True)
class Reader:
    """Reads the words of elements; ``tally`` counts what people are told of, ``marks`` holds the signs of notes."""

    styles: Styles
    tally: Counter[str]
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    def words(self, element: Element, into: Words | None = None) -> Words:
        """The words below an element as readers of its print see them."""
        into = Words() if into is None else into
        self._gather(element, into, "", self._base(element))
        return into

    def _base(self, element: Element) -> Mapping[str, bool]:
        return self.styles.switches(value(child(element, "pPr", "pStyle")))

    def _gather(self, element: Element, into: Words, reason: str, base: Mapping[str, bool]) -> None:
        for each in element:
            name = local(each)
            if name in TEXTLESS:
                continue
            if name == "r":
                self._run(each, into, reason, base)
            elif name == "p":
                self._gather(each, into, reason, self._base(each))
                into.put(" ", reason, bold=True)
            elif name == "tbl":
                into.tables.append(each)
            elif name == "txbxContent":
                into.boxes.append(each)
            elif name == "del":
                self.tally["changes_open"] += 1
                self._gather(each, into, "deleted", base)
            else:
                self.tally["changes_open"] += name in INSERTED
                self._gather(each, into, reason, base)

    def _run(self, run: Element, into: Words, reason: str, base: Mapping[str, bool]) -> None:
        properties = child(run, "rPr")
        look = base
        if properties is not None:
            look = {**base, **self.styles.by_character(value(child(properties, "rStyle"))), **switches_in(properties)}
        if not reason:
            struck = look.get("strike") or look.get("dstrike")
            reason = "hidden" if look.get("vanish") else "struck" if struck else ""
        self._inside(run, into, reason, look)

    def _inside(self, run: Element, into: Words, reason: str, look: Mapping[str, bool]) -> None:
        for each in run:
            name = local(each)
            if name in TEXTLESS:
                continue
            if name == "txbxContent":
                into.boxes.append(each)
            elif name in NOTE_MARKS:
                self._note(each, NOTE_MARKS[name], into, reason)
            elif name == "textpath":
                into.put(value(each, "string"), "drawing", bold=False)
            elif name == "rt":
                self._ruby(each, into, reason, look)
            elif name == "r":
                self._run(each, into, reason, look)
            elif sign := self._sign(each, name, look):
                into.put(sign, reason, bold=look.get("b", False))
            elif len(each):
                self._inside(each, into, reason, look)

    def _sign(self, each: Element, name: str, look: Mapping[str, bool]) -> str:
        """The words or the sign of one element of a run, empty where it has none of its own."""
        if name in {"t", "delText"}:
            words = each.text or ""
            return raised(words) if look.get("vertAlign") else words
        if name == "sym":
            sign = symbol(value(each, "font"), value(each, "char"))
            self.tally["symbols_unknown"] += sign == UNKNOWN
            return sign
        return _filled(each, name) if name in {"checkBox", "ddList"} else BREAKS.get(name, "")

    def _ruby(self, above: Element, into: Words, reason: str, look: Mapping[str, bool]) -> None:
        """Words set above others follow them in brackets."""
        into.put(" (", reason, bold=True)
        self._gather(above, into, reason, look)
        into.put(") ", reason, bold=True)

    def _note(self, mark: Element, kind: str, into: Words, reason: str) -> None:
        note = (kind, value(mark, "id"))
        has_own_sign = value(mark, "customMarkFollows") not in {"", *OFF}
        if note not in self.marks:
            counted = sum(known == kind for known, _ in self.marks) + 1
            self.marks[note] = str(counted) if kind == "footnote" else f"E{counted}"
            into.notes.append(note)
        if not has_own_sign:
            into.put(f"[{self.marks[note]}]", reason, bold=True)


def _filled(field_of_form: Element, name: str) -> str:
    """What an old form field shows: a ticked box, the chosen entry."""
    if name == "checkBox":
        ticked = is_on(child(field_of_form, "checked"))
        return "☒" if (is_on(child(field_of_form, "default")) if ticked is None else ticked) else "☐"
    entries = [value(each) for each in field_of_form if local(each) == "listEntry"]
    chosen = number(child(field_of_form, "result"))
    return entries[chosen] if chosen < len(entries) else ""
