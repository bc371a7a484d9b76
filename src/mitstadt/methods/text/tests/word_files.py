"""Word files written by hand, part by part, for what no writing library makes: notes, controls, boxes, changes."""

import io
import zipfile
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Intern"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Out"><w:name w:val="Gestrichen"/><w:rPr><w:strike/></w:rPr></w:style>'
)


def word_file(body, **parts):
    """A .docx with this body; ``styles``, ``footnotes``, ``header1`` … are further parts by their names."""
    parts = {"styles": STYLES, **parts}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            if isinstance(content, bytes):
                package.writestr(f"word/{name.replace('__', '.')}", content)
            else:
                root = {"relations": "Relationships"}.get(name, f"w:{name.rstrip('0123456789')}")
                path = "word/_rels/document.xml.rels" if name == "relations" else f"word/{name}.xml"
                package.writestr(path, f"<{root} {SPACES}>{content}</{root}>")
    return stream.getvalue()


def run(text, *marks):
    """A run with marks such as ``strike`` or ``rStyle w:val="Out"``."""
    properties = f"<w:rPr>{''.join(f'<w:{mark}/>' for mark in marks)}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs, style="", numbered=None):
    """A paragraph of runs (or of plain words)."""
    said = "".join(each if each.startswith("<") else run(each) for each in runs)
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        marks += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{marks}</w:pPr>{said}</w:p>"


def control(content):
    """A content control around anything."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(*rows):
    """A table of cells that hold paragraphs or tables."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def box(content):
    """A text box as newer programs write it, with its copy for older ones."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def note(kind, number):
    """The sign of a footnote or endnote in a text."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind, *texts):
    """The part that holds the notes, counted from 2 as some programs do; the separator is no note."""
    separator = f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'
    return separator + "".join(f'<w:{kind} w:id="{n}">{paragraph(text)}</w:{kind}>' for n, text in enumerate(texts, 2))


def level(depth, kind, text, more=""):
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, override=""):
    """One list, number 1, and a second one of the same kind, number 2."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )
