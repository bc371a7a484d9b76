"""Open what was named on the command line; what cannot be opened is told in a sentence."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mitstadt.ground.commands import Typed
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.methods.sortition.pool import Pool, read_pool
from mitstadt.methods.sortition.quotas import Quotas, read_quotas

MAX_BYTES = 400_000_000


def read_bytes(path: str | Path) -> bytes:
    """The content of a file.

    Raises
    ------
    MethodError
        ``file_unreadable`` or ``file_too_large``.
    """
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise MethodError("file_too_large", f"{path} is larger than {MAX_BYTES // 1_000_000} MB.")
        return Path(path).read_bytes()
    except OSError as error:
        raise MethodError("file_unreadable", f"{path} cannot be read: {error.strerror}.", path=str(path)) from error


def text_of(content: bytes, name: str) -> io.TextIOWrapper:
    """The lines of a table; `name` is for errors."""
    del name
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


@dataclass(frozen=True)
class Inputs:
    """Pool, quotas and size, and the hash that names the two files."""

    pool: Pool
    quotas: Quotas
    size: int
    sha256: str
    files: Mapping[str, str]


def read_inputs(options: Typed) -> Inputs:
    """Read the two tables in whichever way they were named."""
    categories, respondents, size = _named(options)
    quota_bytes, pool_bytes = read_bytes(categories), read_bytes(respondents)
    quotas = read_quotas(text_of(quota_bytes, categories), name=Path(categories).name)
    household = tuple((options.household or "household").split(","))
    pool = read_pool(text_of(pool_bytes, respondents), quotas, name=Path(respondents).name, household=household)
    if options.household and pool.households is None:
        sentence = f"{respondents} has no column “{options.household}” to name households."
        raise MethodError("household_missing", sentence, household=options.household)
    if options.no_households:
        pool = pool.without_households()
    hashes = {"categories": sha256_hex(quota_bytes), "respondents": sha256_hex(pool_bytes)}
    return Inputs(pool, quotas, size, sha256_hex(quota_bytes, pool_bytes), hashes)


def _named(options: Typed) -> tuple[str, str, int]:
    categories, respondents, size = options.categories, options.respondents, options.size
    for item in options.inputs:
        if Path(item).is_dir():
            categories = categories or str(Path(item) / "categories.csv")
            respondents = respondents or str(Path(item) / "respondents.csv")
        elif item.isdecimal() and not Path(item).exists():
            size = int(item) if size is None else size
        elif _looks_like_quotas(item) and categories is None:
            categories = item
        elif respondents is None:
            respondents = item
        else:
            raise MethodError("input_superfluous", f"“{item}” is one file too many: quotas and pool are named already.")
    if categories is None or respondents is None:
        missing = "categories.csv (the quotas)" if categories is None else "respondents.csv (the pool)"
        raise MethodError("input_missing", f"Name {missing}, or a folder that has both files.")
    if size is None:
        raise MethodError("size_missing", "Say how many members the panel has: --size N.")
    return categories, respondents, size


def _looks_like_quotas(path: str) -> bool:
    """Quotas have a column min and a column max; a pool has neither."""
    head = read_bytes(path)[:4096].decode("utf-8-sig", "replace").casefold().split("\n", 1)[0]
    cells = {cell.strip(' "\r') for mark in ",;\t" for cell in head.split(mark)}
    return {"min", "max"} <= cells or {"minimum", "maximum"} <= cells
