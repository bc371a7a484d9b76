"""After an erasure, the words lie in no file of the database any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from cast import LATER, jörg
from mitstadt.site.tasks import empty_journal
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.search.indexing import forget_unused_words
from mitstadt.spine.tests.trial_format import contribution, running_process

WORD = "Zwergflusspferdgehege"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files to itself.")
def test_erased_words_lie_neither_in_the_database_nor_in_its_journal(one_database_file):
    said = contribution(running_process(), actor=jörg(), body=f"Ein {WORD} gehört hierher.")
    file = Path(connection.settings_dict["NAME"])
    assert _lies_there(file)

    erase(said, actor=jörg(), now=LATER)
    forget_unused_words()
    empty_journal.call()

    assert not _lies_there(file)


def _lies_there(file: Path) -> list[str]:
    files = [file.with_name(file.name + end) for end in ("", "-wal")]
    return [one.name for one in files if one.exists() and WORD[:8].lower().encode() in one.read_bytes().lower()]
