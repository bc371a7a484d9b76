"""One word a thing: no sentence of the product calls by another name what docs/glossary.md gives a name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs/glossary.md"


def bound_words() -> list[tuple[str, str, frozenset[str]]]:
    """Each word that must not stand there, the one to say, and the catalogues in which it means another thing."""
    table = GLOSSARY.read_text(encoding="utf-8").partition("## One word a thing")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| ")
    ]
    return [
        (never.strip(), said, frozenset(name for name in but.split(", ") if name))
        for said, nevers, but in rows[1:]
        for never in nevers.split(",")
    ]


def sentences() -> list[tuple[str, str]]:
    """Every German sentence of the product, with the folder whose catalogue has it."""
    found = []
    for file in sorted((ROOT / "src").rglob("locale/en/LC_MESSAGES/django.po")):
        owner = file.parents[3].name
        found += [(owner, words) for words in german_in(file)]
    return found


def german_in(file: Path) -> list[str]:
    """The sentences of one catalogue as they stand in the code."""
    quoted = re.findall(
        r'^(?:msgid|msgid_plural) ((?:"(?:[^"\\]|\\.)*"\s*)+)', file.read_text(encoding="utf-8"), re.MULTILINE
    )
    return ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', one)) for one in quoted]


SENTENCES = sentences()


def test_the_table_and_the_catalogues_are_read():
    assert len(bound_words()) > 10
    assert len(SENTENCES) > 1_500
    assert any(owner == "drafting" for owner, _words in SENTENCES)


@pytest.mark.parametrize(("never", "said", "but"), bound_words(), ids=lambda value: str(value)[:24])
def test_no_sentence_says_it_otherwise(never, said, but):
    other = re.compile(rf"\b{re.escape(never)}\b")
    wrong = [f"{owner}: {words}" for owner, words in SENTENCES if owner not in but and other.search(words)]

    assert wrong == [], f"Say “{said}”."
