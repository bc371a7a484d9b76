"""Whatever file a person brings: it gives an outline or a sentence, quickly, and nothing in it is executed."""

import io
import random
import zipfile
from itertools import islice
from time import process_time

import pytest
from docx import Document

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline import LIMITS, read_file, read_text
from scale import scaled

SAMPLE = "Stadtplan\n\nDie Straße gehört allen – auch „Ängstlichen“.\n\nZiele\n\n• Bäume\n• Bänke\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(build):
    word = Document()
    build(word)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def ordinary(word):
    word.add_heading("Grünplan", 0)
    word.add_paragraph("Mehr Grün.")
    word.add_heading("Ziele", 1)
    word.add_paragraph("Bäume", style="List Bullet")
    word.add_paragraph("Linden", style="List Bullet 2")
    word.add_paragraph("Erstens", style="List Number")
    word.add_paragraph("Zweitens", style="List Number")
    word.add_heading("Wege", 2)
    word.add_paragraph("Jeder Weg zählt.", style="Quote")
    table = word.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Linde", "5"


def repacked(data, **changes):
    """The package with parts replaced or added; None removes one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def body(inner, declaration=""):
    return f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_gives_title_headings_lists_quote_and_table():
    outline = read_file(document(ordinary), "plan.docx")

    assert [(p.level, p.kind, p.depth, p.marker, p.text) for p in outline.passages] == [
        (1, "title", 0, "", "Grünplan"),
        (1, "paragraph", 0, "", "Mehr Grün."),
        (2, "heading", 0, "", "Ziele"),
        (2, "list_item", 0, "•", "Bäume"),
        (2, "list_item", 1, "•", "Linden"),
        (2, "list_item", 0, "1.", "Erstens"),
        (2, "list_item", 0, "2.", "Zweitens"),
        (3, "heading", 0, "", "Wege"),
        (3, "quote", 0, "", "Jeder Weg zählt."),
        (3, "table_row", 0, "", "Linde | 5"),
    ]


def test_a_word_file_without_styles_is_outlined_by_its_bold_lines():
    def build(word):
        for text, bold in (("Plan", True), ("Ein Satz.", False), ("Ziele", True), ("Noch ein Satz.", False)):
            word.add_paragraph().add_run(text).bold = bold

    assert [p.kind for p in read_file(document(build), "x.docx").passages] == [
        "title",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_deleted_words_of_tracked_changes_are_set_aside_and_inserted_ones_kept():
    inner = (
        "<w:p><w:r><w:t>Wir </w:t></w:r><w:del><w:r><w:delText>nie</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>immer</w:t></w:r></w:ins></w:p>"
    )
    data = repacked(document(ordinary), **{"word/document.xml": body(inner)})

    outline = read_file(data, "x.docx")

    assert [(p.text, p.reason) for p in outline.passages] == [("Wir immer", ""), ("nie", "deleted")]
    assert {n.code: n.count for n in outline.notices} == {"changes_open": 2, "deleted_words": 1}


def test_macros_are_named_and_left_alone():
    data = repacked(document(ordinary), **{"word/vbaProject.bin": b"\x00" * 100})

    assert [n.code for n in read_file(data, "x.docm").notices] == ["macros_ignored"]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_every_usual_encoding_is_recognised(encoding, named):
    outline = read_file(SAMPLE.encode(encoding), "plan.txt")

    assert outline.encoding == named
    assert outline.passages == read_text(SAMPLE).passages


def test_an_old_dos_file_is_recognised():
    text = "Grünanlagen für ältere Menschen.\n\nBäume, Bänke, Gehwege, Straßenränder.\n"

    outline = read_file(text.encode("cp850"), "plan.txt")

    assert (outline.encoding, outline.passages) == ("cp850", read_text(text).passages)


def test_twice_encoded_letters_are_repaired_and_told():
    text = "Titel\n\nDie Straße gehört allen, auch Älteren.\n"

    outline = read_file(text.encode().decode("latin-1").encode(), "plan.txt")

    assert outline.passages[1].text == "Die Straße gehört allen, auch Älteren."
    assert [(n.code, n.count) for n in outline.notices] == [("encoding_repaired", 1)]


def test_a_line_that_only_might_be_damaged_is_left_as_it_is():
    text = "Die Formel Ã¤ ist keine, „wirklich“.\n"

    assert read_text(text).passages[0].text == text.strip()


def test_invisible_characters_are_removed_counted_and_told():
    outline = read_text("Wir zahlen \u202e5000\u202c Euro\u200b.\x00\x07 Da\u00adnach Schluss, e" + "\u0301" * 40)

    assert outline.passages[0].text.startswith("Wir zahlen 5000 Euro. Danach Schluss")
    assert {n.code: n.count for n in outline.notices} == {
        "direction_overrides": 2,
        "control_characters": 2,
        "hidden_characters": 1,
        "stacked_marks": 35,
    }


def test_scripts_and_styles_of_a_page_are_dropped_and_hidden_text_is_offered_for_removal():
    page = "<h1>Plan</h1><script>alert('x')</script><style>p{}</style><p onclick=x()>Text<p hidden>Geheim"

    assert [(p.kind, p.text) for p in read_text(page, source_format="html").passages] == [
        ("title", "Plan"),
        ("paragraph", "Text"),
        ("furniture", "Geheim"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "leer.txt", "text_empty"),
        (b"  \n\n ", "leer.txt", "text_empty"),
        ("\u200b\u202e".encode(), "leer.txt", "text_empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "plan.txt", "text_other_file"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "plan.doc", "text_other_file"),
        (b"{\\rtf1 x}", "plan.rtf", "text_other_file"),
        (b"\x89PNG\r\n\x1a\n", "bild.txt", "text_other_file"),
        (b"MZ" + b"\x00" * 600, "plan.txt", "text_other_file"),
        (b"Hallo Welt", "plan.docx", "text_not_docx"),
        (random.Random(1).randbytes(5_000), "plan.txt", "text_not_text"),
    ],
)
def test_what_is_no_text_gets_a_sentence_that_says_what_to_do(data, name, code):
    with pytest.raises(MethodError) as caught:
        read_file(data, name)

    assert caught.value.code == code
    assert caught.value.sentence.count(". ") >= 1
    assert caught.value.sentence.endswith(".")


def test_fifty_megabytes_are_refused_at_once():
    data = b"Ein Satz. " * 5_000_000
    before = process_time()

    with pytest.raises(MethodError, match=r"50.0 MB; at most 5 MB") as caught:
        read_file(data, "gross.txt")

    assert caught.value.code == "text_too_large"
    assert process_time() - before < 0.5


def test_a_zip_bomb_in_a_word_file_is_stopped_before_it_unfolds():
    data = repacked(document(ordinary), **{"word/document.xml": body(paragraph("A" * 80_000_000))})
    before = process_time()

    with pytest.raises(MethodError) as caught:
        read_file(data, "bombe.docx")

    assert caught.value.code == "text_zip_bomb"
    assert process_time() - before < 2


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_packing_that_is_damaged_gets_a_sentence(packing):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as new:
        new.writestr("word/document.xml", body(paragraph("Ein Satz. ") * 500))
    data = bytearray(stream.getvalue())
    data[60:90] = bytes(30)

    with pytest.raises(MethodError) as caught:
        read_file(bytes(data), "x.docx")

    assert caught.value.code == "text_docx_broken"


def test_external_entities_are_neither_fetched_nor_expanded():
    declaration = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "lol">]>'
    data = repacked(document(ordinary), **{"word/document.xml": body(paragraph("&x;&y;"), declaration)})

    with pytest.raises(MethodError) as caught:
        read_file(data, "x.docx")

    assert caught.value.code == "text_docx_broken"


def test_a_word_file_nested_without_end_is_refused():
    data = repacked(document(ordinary), **{"word/document.xml": body("<w:p>" * 50_000 + "</w:p>" * 50_000)})

    with pytest.raises(MethodError) as caught:
        read_file(data, "x.docx")

    assert caught.value.code == "text_nested_too_deep"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("a\n" * 2_400_000, "x.txt", "text_too_many_lines"),
        ("<p>" * 1_600_000, "x.html", "text_too_many_elements"),
        ("<div>" * 900_000, "x.html", "text_nested_too_deep"),
        ("* " * 1_100_000, "x.md", "text_too_large"),
    ],
)
def test_five_megabytes_of_the_worst_kind_take_a_few_seconds_at_most(content, name, code):
    before = process_time()

    with pytest.raises(MethodError) as caught:
        read_file(content.encode(), name)

    assert caught.value.code == code
    assert process_time() - before < 15


def hostile_files():
    """Files that are broken or made to break programs, the same ones every time."""
    chance = random.Random(2026)
    word = document(ordinary)
    html = "<!doctype html><html><body><h1>Plan</h1><p>Text &amp; mehr</p><ul><li>a<li>b</ul></body></html>"
    repeated = ("<div>", "<b>", "<table><tr><td>", "<ul><li>", "<!--", "<a ", "&amp", "<p></i></b>", "<svg>", "</p>")
    for piece in repeated:
        yield piece * chance.randint(*scaled((2_000, 5_000), (10_000, 30_000))), "x.html"
    marks = (
        ">",
        "* ",
        "- \n",
        "[",
        "![](",
        "`",
        "_a",
        "**a",
        "|a|b|\n",
        "    ",
        "#\n",
        "\\",
        "<",
        "1. a\n",
        "~~~\n",
        "&#",
    )
    for piece in marks:
        yield piece * chance.randint(*scaled((1_000, 2_000), (3_000, 8_000))), "x.md"
    plain = (
        "a\n",
        "•\n",
        "- a\n",
        "=\n",
        "-" * 80,
        "\n\n\n",
        "1.",
        "§ ",
        "\u0301",
        "\u202e",
        "a-\n",
        "A",
        "„",
        "a\tb\n",
        "Inhalt\n",
        "x:\n",
        "\f",
        "1\n\n",
        "....... 3\n",
        "Startseite > ",
        "cookie ",
        "\u2028",
        "𝔄",
        "\ufeff",
    )
    for piece in plain:
        yield piece * chance.randint(*scaled((1_000, 4_000), (5_000, 20_000))), "x.txt"
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "word/embeddings/inner.zip",
        "C:\\x.exe",
        "word/media/" + "a" * 500,
    ):
        yield repacked(word, **{name: word}), "x.docx"
    for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"):
        for content in (None, b"", b"<", b"\xff\xfe\x00", b"<a/>", "<a>" * 3_000, chance.randbytes(500)):
            yield repacked(word, **{part: content}), "x.docx"
    for length in (4, 30, 100, 1_000, len(word) // 2, len(word) - 10):
        yield word[:length], "x.docx"
    while True:
        base, name = chance.choice(
            ((word, "x.docx"), (html.encode(), "x.html"), (SAMPLE.encode(), "x.txt"), (SAMPLE.encode(), "x.md"))
        )
        damaged = bytearray(base)
        for _ in range(chance.randint(1, 60)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.randrange(len(damaged))
        yield bytes(damaged[cut:] + damaged[:cut] if chance.random() < 0.2 else damaged), name


def outcome(data, name):
    """How many passages were read, or the sentence that refused the file."""
    try:
        passages = read_file(data, name).passages
    except MethodError as error:
        return error.sentence
    return 0 if any(c in p.text for p in passages for c in "\x00\u202e") else len(passages)


def test_hostile_files_give_an_outline_or_a_sentence_quickly():
    outcomes = []
    # The first are made by hand, each of another kind; what follows are damaged ones, in a thorough run many more.
    for content, name in islice(hostile_files(), scaled(130, 600)):
        data = content.encode() if isinstance(content, str) else content
        before = process_time()
        outcomes.append(outcome(data, name))
        assert process_time() - before < 4, (len(outcomes), name, data[:20])

    outlined = [many for many in outcomes if isinstance(many, int)]
    refused = [sentence for sentence in outcomes if isinstance(sentence, str)]
    assert len(outlined) >= 50
    assert all(0 < many <= LIMITS.passages for many in outlined)
    assert len(refused) >= 50
    assert all(sentence.endswith(".") and "Error" not in sentence for sentence in refused)
