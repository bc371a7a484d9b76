"""What we ship of others is what the lock names, and a change by hand is seen."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools" / "vendor.py")
vendor = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(vendor)


@pytest.fixture
def copy(tmp_path):
    """A copy of the lock, the sums and every vendored file."""
    for name in (vendor.LOCK, vendor.SUMS):
        shutil.copy(ROOT / name, tmp_path / name)
    for package in vendor.read_lock(ROOT):
        shutil.copytree(ROOT / package.into, tmp_path / package.into)
    return tmp_path


def test_the_shipped_files_are_those_of_the_lock():
    assert vendor.differences(vendor.read_lock(ROOT), ROOT) == []


def test_a_file_changed_by_hand_is_named(copy):
    sheet = copy / "src/mitstadt/ui/static/vendor/kern/kern.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "/* mine */", encoding="utf-8")

    found = vendor.differences(vendor.read_lock(copy), copy)

    assert found == ["src/mitstadt/ui/static/vendor/kern/kern.css was changed by hand."]


def test_a_missing_file_and_a_stranger_are_named(copy):
    folder = copy / "src/mitstadt/ui/static/vendor/htmx"
    (folder / "htmx.min.js").rename(folder / "other.js")

    found = vendor.differences(vendor.read_lock(copy), copy)

    assert len(found) == 2
    assert found[0].endswith("htmx/htmx.min.js is missing.")
    assert "htmx/other.js lies in a vendored folder" in found[1]


def test_sections_are_taken_whole_and_in_the_order_of_the_lock():
    sheet = "/**\n * @file _a.scss\n */\na{}\n/**\n* @file _b.scss\n*/\nb{}\n"
    sections = vendor.Sections(source="x", target="y", layer="kern", names=("_b.scss", "_a.scss"))

    taken = vendor.take_sections(sheet, sections, "here")

    assert taken.index("b{}") < taken.index("a{}")
    assert "@layer kern {" in taken


def test_a_section_that_the_sheet_lacks_is_named():
    sections = vendor.Sections(source="x", target="y", layer="kern", names=("_c.scss",))

    with pytest.raises(vendor.VendorError, match=r"has no section _c\.scss"):
        vendor.take_sections("/**\n * @file _a.scss\n */\n", sections, "here")


def test_the_lock_names_no_registry():
    assert "http" not in (ROOT / vendor.LOCK).read_text(encoding="utf-8")
