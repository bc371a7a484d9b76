"""What came of verifying a log."""

from dataclasses import dataclass

from mitstadt.methods.log.heads import TreeHead

FAULTS_TOLD = 100
ERASED_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be; among the notices, something that is odd and proves nothing.

    Parameters
    ----------
    line : int
        Line from 1 at which it came to light; 0 where it concerns no line.
    code : str
        Stable name of the kind of fault.
    sentence : str
        What is wrong, in English.
    since : int
        First line that may be to blame; equal to `line` where the fault is in that very line.
    file : str
        ``"log"`` or ``"contents"``.
    """

    line: int
    code: str
    sentence: str
    since: int
    file: str = "log"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked in an exported log, and what is wrong with it.

    Parameters
    ----------
    origin : str or None
        Name of the log as its header says.
    keys : tuple of str
        The public keys that were trusted.
    keys_from_file : bool
        True where the file itself named them: then they must be compared with the published ones.
    entries, heads : int
        Lines read of each kind.
    heads_confirmed : int
        Heads whose signature, size and root all hold.
    known_heads_confirmed : int
        Heads noted elsewhere earlier with which this log agrees.
    last_head : TreeHead or None
        The newest confirmed head: everything up to its size is sound.
    contents_checked : int
        Contents that fit the hash in the log.
    contents_given : bool
        Whether contents were there to be checked.
    erased : int
        Entries with a content hash whose content is not there (0 where no contents were given).
    erased_entries : tuple of (int, str or None)
        Index and record of the first 1000 of them.
    faults : tuple of Fault
        The first 100.
    faults_total : int
    notices : tuple of Fault
        The first 100 that a reader should know of and that take nothing from the log: a clock that was set back.
    notices_total : int
    """

    origin: str | None
    keys: tuple[str, ...]
    keys_from_file: bool
    entries: int
    heads: int
    heads_confirmed: int
    known_heads_confirmed: int
    last_head: TreeHead | None
    contents_checked: int
    contents_given: bool
    erased: int
    erased_entries: tuple[tuple[int, str | None], ...]
    faults: tuple[Fault, ...]
    faults_total: int
    notices: tuple[Fault, ...] = ()
    notices_total: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.faults_total == 0


class FaultList:
    """Collects faults while a log is read; keeps the first 100 and counts the rest, so that a wrecked file of a
    million lines costs no memory.
    """

    def __init__(self) -> None:
        self.first: list[Fault] = []
        self.total = 0

    def add(self, line: int, code: str, sentence: str, *, since: int | None = None, file: str = "log") -> None:
        """Note one fault."""
        self.total += 1
        if len(self.first) < FAULTS_TOLD:
            self.first.append(Fault(line, code, sentence, line if since is None else since, file))
