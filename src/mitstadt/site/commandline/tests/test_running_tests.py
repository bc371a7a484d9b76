"""``./mitstadt test`` finds the tests of a slice by its name."""

import pytest

from mitstadt.site.commandline.test import words_for_pytest
from real_data import ROOT

EVERYTHING = ["-n", "2", "--dist", "loadfile"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", EVERYTHING),
        ("--thorough", [*EVERYTHING, "--thorough"]),
        ("drafting", ["src/mitstadt/participation/drafting"]),
        ("log", ["src/mitstadt/pages/log", "src/mitstadt/methods/log"]),
        ("budget --thorough", ["--thorough", "src/mitstadt/methods/budgeting"]),
        ("tests/test_laws.py", ["tests/test_laws.py"]),
        ("matrix -m browser", ["-m", "browser", "tests/matrix"]),
        ("-q -n 1 --last-failed", ["-q", "-n", "1", "--last-failed"]),
    ],
)
def test_a_name_becomes_the_folders_of_its_tests(typed, told):
    assert words_for_pytest(typed.split(), ROOT) == ["-q", *told]
