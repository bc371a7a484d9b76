"""A rule that can be broken without a red test is no rule: each is broken once, and the tests named for it must notice.

Every day the list is held against the code, so that it stays true; a thorough run breaks them all, one after another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MUTANTS = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
SETS = {
    "permits": ["src/mitstadt/spine/tests/test_permit_table.py"],
    "lives": ["tests/test_lives_of_records.py"],
    "judging": ["src/mitstadt/spine/tests/test_judging.py"],
    "replies": ["src/mitstadt/pages/voices/tests/test_replies_follow.py"],
    "reading": ["tests/test_who_reads.py", "src/mitstadt/spine/tests/test_visibility.py"],
    "together": ["src/mitstadt/spine/tests/test_authorship.py", "src/mitstadt/spine/tests/test_merging.py"],
    "turns": ["src/mitstadt/spine/tests/test_turns.py", "src/mitstadt/spine/tests/test_secret_rows.py"],
    "work": ["src/mitstadt/spine/tests/test_runs.py", "src/mitstadt/ground/tasks/tests/test_tasks.py"],
    "files": ["src/mitstadt/pages/files/tests/test_files_of_records.py", "src/mitstadt/spine/tests/test_places.py"],
    "words": ["tests/test_words_in_code.py"],
    "voices": ["src/mitstadt/spine/tests/test_voices.py"],
    "houses": ["src/mitstadt/pages/people/tests/test_houses.py"],
    "bursts": ["src/mitstadt/pages/moderation/tests/test_bursts.py"],
    "own_words": ["src/mitstadt/spine/tests/test_own_words.py"],
    "amending": ["src/mitstadt/spine/tests/test_amendments.py"],
    "ending": ["src/mitstadt/spine/tests/test_ending_accounts.py"],
    "shortening": ["src/mitstadt/spine/tests/test_shortening.py"],
    "erasures": ["src/mitstadt/site/backup/tests/test_erasures.py"],
    "changed": ["src/mitstadt/site/backup/tests/test_changed_words.py"],
    "tending": ["src/mitstadt/pages/tending/tests/test_tending_pages.py"],
    "offices": [
        "src/mitstadt/spine/tests/test_blacking_out.py",
        "src/mitstadt/spine/tests/test_people_with_tasks.py",
    ],
    "log": ["src/mitstadt/spine/tests/test_log_heads.py"],
    "record": [
        "src/mitstadt/site/backup/tests/test_changed_words.py",
        "src/mitstadt/site/backup/tests/test_proof.py",
        "src/mitstadt/site/backup/tests/test_erasures.py",
    ],
    "editing": [
        "src/mitstadt/participation/drafting/tests/test_takings.py",
        "src/mitstadt/participation/drafting/tests/test_blacking_out_texts.py",
    ],
    "door": [
        "src/mitstadt/ground/tests/test_connections.py",
        "src/mitstadt/site/tests/test_door.py",
        "src/mitstadt/site/tests/test_slow_bodies.py",
        "src/mitstadt/pages/moderation/tests/test_bursts.py",
        "src/mitstadt/pages/files/tests/test_bounds.py",
        "src/mitstadt/ui/tests/test_heavy_files.py",
    ],
    "secrets": [
        "src/mitstadt/ground/tests/test_private_files.py",
        "src/mitstadt/ground/people/tests/test_sessions.py",
        "src/mitstadt/pages/people/tests/test_safety.py",
    ],
    "changes": [
        "src/mitstadt/spine/tests/test_amendments.py",
        "src/mitstadt/spine/tests/test_own_words.py",
        "src/mitstadt/spine/tests/test_promise_falls_back.py",
        "src/mitstadt/spine/tests/test_drafts.py",
    ],
}
TAKEN_ALONG = ("src", "tests", "conftest.py", "pyproject.toml")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["rule"])
def test_every_rule_on_the_list_stands_in_the_code_once(mutant: dict[str, str]) -> None:
    text = (ROOT / "src/mitstadt" / mutant["file"]).read_text(encoding="utf-8")

    assert text.count(mutant["before"]) == 1
    assert mutant["after"] != mutant["before"]
    assert mutant["tests"] in SETS


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house, to break."""
    folder = tmp_path_factory.mktemp("house")
    for name in TAKEN_ALONG:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "vendor", "*.sqlite3"))
        else:
            shutil.copy2(source, folder / name)
    return folder


@pytest.mark.thorough
@pytest.mark.parametrize("name", SETS)
def test_nothing_is_red_before_a_rule_is_broken(house: Path, name: str) -> None:
    """Otherwise every broken rule would seem to be noticed."""
    green = _run(house, SETS[name])

    assert green.returncode == pytest.ExitCode.OK, green.stdout[-2000:]


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["rule"])
def test_a_broken_rule_turns_a_test_red(house: Path, mutant: dict[str, str]) -> None:
    file = house / "src/mitstadt" / mutant["file"]
    whole = file.read_text(encoding="utf-8")
    try:
        _write(file, whole.replace(mutant["before"], mutant["after"]))
        red = _run(house, [*SETS[mutant["tests"]], "-k", mutant.get("only", "")])
    finally:
        _write(file, whole)

    assert red.returncode == pytest.ExitCode.TESTS_FAILED, red.stdout[-2000:]


_turn = iter(range(1_000_000_000, 2_000_000_000))


def _write(file: Path, text: str) -> None:
    """Write it as of another moment, so that no compiled file of before is taken for it."""
    file.write_text(text, encoding="utf-8")
    moment = next(_turn)
    os.utime(file, (moment, moment))


def _run(house: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    plain = ["-q", "-x", "-n", "0", "-p", "no:randomly", "--no-header"]
    environment = {
        **os.environ,
        "MITSTADT_ROOT": str(house),
        "PYTHONPATH": str(house / "src"),
        "MITSTADT_THOROUGH": "0",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *tests],
        cwd=house,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
