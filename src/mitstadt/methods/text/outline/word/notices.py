"""What a person is told about the words of a Word file that are not simply in its text."""

from collections import Counter
from collections.abc import Sequence

from mitstadt.methods.text.outline.model import Notice

# Code, and the sentence with the count.
SENTENCES = {
    "changes_open": "The file holds {n} open tracked changes. The text is read as if they were all accepted.",
    "comments_left": "{n} comments in the margin were left out.",
    "notes_attached": "{n} notes stand as paragraphs right after the passages that refer to them.",
    "chunks_read": "{n} embedded texts were read.",
    "chunks_left": "{n} embedded texts could not be read. Add their words by hand.",
    "symbols_unknown": "{n} signs of a picture font show as □. Compare with the original.",
    "macros_ignored": "The file holds macros. They were not run and not kept.",
    "embedded_ignored": "{n} embedded files were not read.",
    "diagrams_left": "{n} diagrams were left out, with the words in them.",
    "pictures_ignored": "{n} pictures were left out.",
}


def told(tally: Counter[str], names: Sequence[str]) -> list[Notice]:
    """One notice for each kind of thing that was counted, and for parts of the file that were left alone."""
    counts = tally + Counter(
        macros_ignored=sum("vbaProject" in name for name in names),
        embedded_ignored=sum(name.startswith(("word/embeddings/", "word/activeX/")) for name in names),
        diagrams_left=sum(name.startswith(("word/diagrams/data", "word/charts/chart")) for name in names),
        pictures_ignored=sum(name.startswith("word/media/") for name in names),
    )
    return [Notice(code, SENTENCES[code].format(n=counts[code]), counts[code]) for code in SENTENCES if counts[code]]
