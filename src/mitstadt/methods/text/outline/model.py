"""What reading a text yields: passages, notices, and the limits that keep it quick."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["title", "heading", "paragraph", "list_item", "quote", "table_row", "furniture"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a sentence says that it is too much.

    Parameters
    ----------
    file_bytes : int
        Bytes of the file. Five megabytes hold about 1,500 printed pages of text.
    lines : int
        Lines that are not empty. 80,000 lines of 60 characters are five megabytes; more is no running text.
    elements : int
        Elements of a page.
    passages : int
        Passages of the outline. 3,000 passages are about 300 pages; nobody discusses more in one process.
    passage_characters : int
        A longer paragraph is cut at the ends of sentences.
    unpacked_bytes, ratio, entries : int
        For .docx: unpacked size of any part that is read, unpacked over packed size, and files in the package.
    """

    file_bytes: int = 5_000_000
    docx_bytes: int = 25_000_000
    lines: int = 80_000
    elements: int = 200_000
    passages: int = 3_000
    passage_characters: int = 20_000
    unpacked_bytes: int = 30_000_000
    ratio: int = 200
    entries: int = 5_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of thing that was removed or repaired while reading, and how often."""

    code: str
    sentence: str
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered piece of a text that people can speak of.

    Parameters
    ----------
    level : int
        Of a title or heading: its depth, 1 is the highest. Of anything else: the depth of the section it lies in.
    kind : Kind
        What it is.
    text : str
        Its words on one line; line breaks remain only where they are meant, as in verse and addresses.
    ref : str
        Short number for people: ``"2.1"`` is a heading, ``"2.1-3"`` the third passage below it.
    depth : int
        Nesting of a list item, 0 is the outermost.
    marker : str
        What stood before a list item: ``"•"``, ``"2."``, ``"a)"``.
    introduced_by : str
        Ref of the passage that introduces the list of this item.
    reason : str
        Why this is page furniture, as a code.
    """

    level: int
    kind: Kind
    text: str
    ref: str = ""
    depth: int = 0
    marker: str = ""
    introduced_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A text as passages in reading order, and what had to be removed or repaired to read it."""

    passages: tuple[Passage, ...]
    notices: tuple[Notice, ...] = ()
    source_format: str = "text"
    encoding: str = ""

    @property
    def title(self) -> str:
        """The title of the text, empty where none was recognised."""
        return next((passage.text for passage in self.passages if passage.kind == "title"), "")

    @property
    def content(self) -> tuple[Passage, ...]:
        """The passages without page furniture."""
        return tuple(passage for passage in self.passages if passage.kind != "furniture")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text as a reader of one format found it, before levels and refs are known.

    ``style`` says how a heading candidate looks: ``"h2"`` is an explicit rank from the format, other names
    (``"caps"``, ``"decimal2"``, ``"plain"`` …) are ranked against each other; empty means: no heading.
    """

    kind: Kind
    text: str
    style: str = ""
    depth: int = 0
    marker: str = ""
    reason: str = ""
