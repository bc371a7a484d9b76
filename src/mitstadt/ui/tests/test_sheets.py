"""The style sheets keep their promises: contrast in both palettes, and both directions of writing."""

import re
from pathlib import Path

import pytest

import mitstadt.ui

SHEETS = Path(mitstadt.ui.__file__).parent / "static" / "ui"
GROUNDS = ("paper", "sheet", "shade")
INKS = ("ink", "soft", "brick", "brick-deep", "done", "due", "missed", "told")
PAIRS = [(ink, ground) for ink in INKS for ground in GROUNDS]
PAIRS += [("done", "done-wash"), ("due", "due-wash"), ("missed", "missed-wash"), ("told", "told-wash")]
PAIRS += [("ink", f"{tone}-wash") for tone in ("done", "due", "missed", "told", "brick")]
PAIRS += [("brick", "brick-wash"), ("on-brick", "brick"), ("on-brick", "brick-deep"), ("paper", "ink")]
LINES = [("edge", "paper"), ("edge", "sheet"), ("ink", "paper"), ("focus", "paper")]


def _palettes():
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one():
    assert round(_contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_words_stand_out_from_their_ground(palette):
    colours = _palettes()[palette]
    weak = {pair: round(_contrast(*(colours[name] for name in pair)), 2) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_borders_of_controls_and_the_focus_can_be_seen(palette):
    colours = _palettes()[palette]

    assert [pair for pair in LINES if _contrast(*(colours[name] for name in pair)) < 3] == []


def test_the_dark_palette_is_its_own():
    light, dark = _palettes().values()

    assert [name for name in light if light[name] == dark[name]] == []


@pytest.mark.parametrize("sheet", sorted(SHEETS.rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_rules_hold_in_both_directions_of_writing(sheet):
    if sheet.name == "rtl.css":
        pytest.skip("this sheet turns KERN's left and right around")
    side = "(?:left|right)"
    physical = rf"[;{{\s](?:(?:margin|padding|border)-{side}|{side}|float: {side}|text-align: {side})\s*[:;]"

    assert re.findall(physical, sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", sorted(SHEETS.rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_no_sheet_shouts_and_every_rule_lies_in_a_layer(sheet):
    text = re.sub(r"/\*.*?\*/|@font-face {.*?}", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert "!important" not in text
    assert re.match(r"\s*(@layer kern, layout, components, page, rtl, print;\s*)?@layer \w+ {", text)


def test_every_variable_that_is_used_is_defined():
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS.rglob("*.css"))
    defined = set(re.findall(r"(--[\w-]+):", text))
    used = {name for name in re.findall(r"var\((--[\w-]+)\)", text) if not name.startswith("--kern")}

    assert used - defined == set()


def test_every_file_that_a_sheet_names_exists():
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    named = re.findall(r'url\("([^"]+)"\)', text)

    assert len(named) >= 14
    assert [name for name in named if not (SHEETS / name).is_file()] == []


def test_the_own_script_stays_small_and_writes_no_markup():
    script = (SHEETS / "enhance.js").read_text(encoding="utf-8")

    assert len(script.encode()) <= 5 * 1024
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|document\.write|https?:", script)
