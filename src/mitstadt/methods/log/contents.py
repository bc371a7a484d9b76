"""Contents read along with the entries they belong to, as two sorted lists are merged."""

from collections.abc import Iterable, Iterator

from mitstadt.methods.log.entries import Outline
from mitstadt.methods.log.exported import Content
from mitstadt.methods.log.findings import ERASED_TOLD, FaultList
from mitstadt.methods.shared.errors import MethodError


class ContentsCheck:
    """Compares contents with the hashes in the log, and counts the entries whose content is gone."""

    def __init__(self, lines: Iterable[bytes] | None, faults: FaultList) -> None:
        self.given = lines is not None
        self.checked = 0
        self.erased = 0
        self.erased_entries: list[tuple[int, str | None]] = []
        self._faults = faults
        self._line = 0
        self._contents = self._read(lines or ())
        self._next = next(self._contents, None)

    def compare(self, entry: Outline) -> None:
        """Look up the content of the next entry; entries must come in the order of the log."""
        if not self.given:
            return
        self._skip_below(entry.place)
        if self._next is not None and self._next.index == entry.place:
            self._judge(entry, self._next)
            self._next = next(self._contents, None)
        elif entry.content is not None:
            self.erased += 1
            if len(self.erased_entries) < ERASED_TOLD:
                self.erased_entries.append((entry.place, entry.record))

    def finish(self) -> None:
        """Tell of contents that no entry asked for."""
        self._skip_below(None)

    def _read(self, lines: Iterable[bytes]) -> Iterator[Content]:
        for self._line, line in enumerate(lines, 1):
            try:
                yield Content.from_line(line)
            except MethodError as error:
                self._tell(error.code, error.sentence)

    def _skip_below(self, index: int | None) -> None:
        while self._next is not None and (index is None or self._next.index < index):
            sentence = f"There is no entry {self._next.index} in the log, or its content stood further up already."
            self._tell("content_without_entry", sentence)
            self._next = next(self._contents, None)

    def _judge(self, entry: Outline, content: Content) -> None:
        if content.record != entry.record:
            sentence = f"Entry {entry.place} of the log is about {entry.record}, this content about {content.record}."
            self._tell("content_of_another_record", sentence)
        elif entry.content is None:
            self._tell("content_unexpected", f"Entry {entry.place} of the log has no content.")
        elif _hash(content) != entry.content:
            sentence = f"The content of entry {entry.place} ({entry.record}) was changed: it does not fit its hash."
            self._tell("content_differs", sentence)
        else:
            self.checked += 1

    def _tell(self, code: str, sentence: str) -> None:
        self._faults.add(self._line, code, sentence, file="contents")


def _hash(content: Content) -> str | None:
    try:
        return content.hash
    except MethodError:
        return None
