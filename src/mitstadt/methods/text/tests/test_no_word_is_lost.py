"""Every letter of a source ends in a passage, in furniture that is offered, or in a notice that names it."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from mitstadt.methods.text.outline import read_file, read_text
from mitstadt.methods.text.tests.word_files import box, control, note, notes, paragraph, run, table, word_file

WORDS = ("Bäume", "am", "Rathaus", "pflegt", "Straße", "für", "alle", "Größe", "und", "Öffnung", "der", "Park")
said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
marks = st.sampled_from(["1.", "(1)", "a)", "•", "-", "*", "–", "2.", "(3)", "b)", "IV.", "§ 4", ""])
blanks = st.sampled_from([" ", "  ", "    ", "\t", "\u00a0\u00a0"])


def letters(text):
    return Counter(sign for sign in text if sign.isalpha())


def lost(source, outline):
    """The letters of the source that are in no passage and in no furniture."""
    found: Counter[str] = Counter()
    for passage in outline.passages:
        found += letters(f"{passage.marker} {passage.text}")
    return letters(source) - found


@given(st.lists(st.tuples(marks, blanks, said, st.sampled_from(["\n", "\n\n", ".\n", ";\n", ",\n\n"])), min_size=1))
def test_plain_text_of_any_form_keeps_every_letter(lines):
    text = "".join(f"{mark}{blank}{words}{end}" for mark, blank, words, end in lines)

    assert not lost(text, read_text(text))


inline = st.tuples(
    st.sampled_from(["{}", "**{}**", "~~{}~~", "<del>{}</del>", "x<sup>{}</sup>", "`{}`", "{}<br>"]), said
)


@given(st.lists(st.tuples(marks, blanks, st.lists(inline, min_size=1, max_size=4), st.sampled_from("\n ")), min_size=1))
@settings(max_examples=60)
def test_markdown_keeps_every_letter(lines):
    texts = [
        f"{mark}{blank}{' '.join(form.format(words) for form, words in parts)}\n{end}"
        for mark, blank, parts, end in lines
    ]
    words = "".join(f"{mark} {words} " for mark, _blank, parts, _end in lines for _form, words in parts[:1])
    words += "".join(words for _mark, _blank, parts, _end in lines for _form, words in parts[1:])

    assert not lost(words, read_text("".join(texts), source_format="markdown"))


TAGS = [
    *("p", "div", "del", "s", "b", "sup", "form", "aside", "header", "nav", "section", "ul", "li", "table", "td", "h2"),
    *("textarea", "select", "noscript", "button", "blockquote", "span", "footer", "svg", "pre", "menu", "dialog"),
]
pages = st.recursive(
    said,
    lambda inside: st.tuples(
        st.sampled_from(TAGS),
        st.sampled_from(["", ' id="comments"', ' class="share"', " hidden", ' style="text-decoration: line-through"']),
        st.lists(inside, max_size=3).map(" ".join),
    ).map(lambda made: f"<{made[0]}{made[1]}>{made[2]}</{made[0]}>"),
    max_leaves=12,
)


def without_tags(page):
    return "".join(part.partition(">")[2] for part in f">{page}".split("<"))


@given(pages)
@settings(max_examples=150)
def test_web_pages_keep_every_letter(page):
    page = f"<p>Anfang</p>{page}"

    assert not lost(without_tags(page), read_text(page, source_format="html"))


MARKS = ("b", "strike", "dstrike", "vanish", 'rStyle w:val="Out"', 'vertAlign w:val="superscript"')
runs = st.one_of(
    st.tuples(said, st.lists(st.sampled_from(MARKS), max_size=2, unique=True)).map(lambda made: run(made[0], *made[1])),
    said.map(lambda words: f"<w:ins>{run(words)}</w:ins>"),
    said.map(lambda words: f"<w:del>{run(words).replace('w:t', 'w:delText')}</w:del>"),
    said.map(lambda words: control(run(words))),
    said.map(lambda words: box(paragraph(words))),
    said.map(lambda words: f"<w:hyperlink>{run(words)}</w:hyperlink>"),
)
paragraphs = st.tuples(st.lists(runs, min_size=1, max_size=4), st.sampled_from(["", "H1", "H2", "Secret"])).map(
    lambda made: paragraph(*made[0], style=made[1])
)
pieces = st.recursive(
    paragraphs,
    lambda inside: st.one_of(
        inside.map(control),
        st.lists(st.lists(inside, min_size=1, max_size=3), min_size=1, max_size=3).map(lambda rows: table(*rows)),
    ),
    max_leaves=8,
)


def words_of(xml):
    """All words between tags, those of the copies for older programs once."""
    without_copies = "".join(part.rpartition("</mc:Fallback>")[2] for part in xml.split("<mc:Fallback>"))
    return without_tags(without_copies)


@given(st.lists(pieces, min_size=1, max_size=4), st.lists(said, max_size=3), said)
@settings(max_examples=100)
def test_word_files_keep_every_letter(body, footnotes, header):
    references = "".join(paragraph("Siehe", note("footnote", n)) for n, _ in enumerate(footnotes, 2))
    xml = f"{paragraph('Anfang')}{''.join(body)}{references}"
    data = word_file(xml, footnotes=notes("footnote", *footnotes), header1=paragraph(header))

    assert not lost(f"{words_of(xml)} {' '.join(footnotes)} {header}", read_file(data, "x.docx"))
