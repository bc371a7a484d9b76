"""Bytes become text: the encoding is recognised, and damage is repaired only where it is certain."""

import codecs
import re

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.model import Notice

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What other kinds of files begin with, and what to do about them.
OTHER_FILES = (
    (b"%PDF", "a PDF file", "Open it and copy its text, or save its source as .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc) or another old Office file", "Open it and save it as .docx"),
    (b"{\\rtf", "a rich text file (.rtf)", "Open it and save it as .docx or plain text"),
    (b"\x89PNG", "a picture", "Choose the file that holds the text"),
    (b"\xff\xd8\xff", "a picture", "Choose the file that holds the text"),
    (b"GIF8", "a picture", "Choose the file that holds the text"),
    (b"MZ", "a program", "Choose the file that holds the text"),
    (b"\x7fELF", "a program", "Choose the file that holds the text"),
    (b"\x1f\x8b", "a packed file", "Unpack it and choose the text inside"),
    (b"7z\xbc\xaf", "a packed file", "Unpack it and choose the text inside"),
    (b"Rar!", "a packed file", "Unpack it and choose the text inside"),
)
UMLAUTS = "äöüßÄÖÜéèáàâêîôûçñ"
BETWEEN_LETTERS = re.compile(rf"(?<=[A-Za-z])[{UMLAUTS}]|[{UMLAUTS}](?=[a-z])")
MOJIBAKE = re.compile(r"[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.|ï»¿")
BROKEN_BYTE = re.compile("[\udc80-\udcff]")
NON_ASCII = re.compile("[^\x00-\x7f]")
# Bytes kept aside by "surrogateescape" become Windows letters; the five that Windows leaves undefined stay.
WINDOWS_LETTERS = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0x100)
}
# Control characters that no text has; tab, line feed, form feed, carriage return and the like are fine.
NEVER_IN_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes) -> tuple[str, str, list[Notice]]:
    """Text, name of the encoding, and what was repaired.

    Tried in this order: byte order mark, UTF-8, UTF-16 without a mark (every second byte is zero), UTF-8 with a few
    broken bytes, then the single-byte encoding under which most accented letters stand between letters.

    Raises
    ------
    MethodError
        ``text_other_file`` for a PDF, a picture and the like, ``text_not_text`` for other bytes.
    """
    _refuse_other_files(data)
    text, encoding, notices = _unrepaired(data)
    repaired, lines = _without_mojibake(text)
    if lines:
        sentence = f"Letters that were damaged by a wrong encoding were repaired in {lines} lines."
        notices.append(Notice("encoding_repaired", sentence, lines))
    return repaired, encoding, notices


def _refuse_other_files(data: bytes) -> None:
    for start, what, advice in OTHER_FILES:
        if data.startswith(start) and (len(start) > 2 or NEVER_IN_TEXT.search(data[:512])):
            sentence = f"This is {what}, and its text cannot be read from it. {advice}."
            raise MethodError("text_other_file", sentence, what=what)


def _unrepaired(data: bytes) -> tuple[str, str, list[Notice]]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    guess = _utf16_without_mark(data)
    if guess:
        return data.decode(guess, errors="replace"), guess, []
    _refuse_binary(data)
    try:
        return data.decode(), "utf-8", []
    except UnicodeDecodeError:
        return _mixed_or_single_byte(data)


def _marked(data: bytes, encoding: str) -> tuple[str, str, list[Notice]]:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    sentence = f"{broken} characters could not be read and show as �. Compare with the original."
    return text, encoding.removesuffix("-sig"), [Notice("encoding_broken", sentence, broken)] if broken else []


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else ""


def _refuse_binary(data: bytes) -> None:
    strange = len(NEVER_IN_TEXT.findall(data[:100_000]))
    if strange > 20 and strange > len(data[:100_000]) * 0.02:
        sentence = "This file holds no text that can be read. Choose a .txt, .md, .html or .docx file."
        raise MethodError("text_not_text", sentence)


def _mixed_or_single_byte(data: bytes) -> tuple[str, str, list[Notice]]:
    """UTF-8 where it nearly is; otherwise the likeliest of the single-byte encodings that German files have."""
    forgiving = data.decode(errors="surrogateescape")
    broken = len(BROKEN_BYTE.findall(forgiving))
    if len(NON_ASCII.findall(forgiving)) - broken > 4 * broken:
        sentence = f"{broken} letters had another encoding than the rest and were read as Windows letters."
        return forgiving.translate(WINDOWS_LETTERS), "utf-8", [Notice("encoding_mixed", sentence, broken)]
    encoding = max(("cp1252", "mac_roman", "cp850"), key=lambda name: _plausibility(data, name))
    if encoding == "cp1252":
        return data.decode("ascii", errors="surrogateescape").translate(WINDOWS_LETTERS), encoding, []
    return data.decode(encoding), encoding, []


def _plausibility(data: bytes, encoding: str) -> float:
    """Accented letters between letters; Windows wins unless another encoding explains clearly more."""
    text = data[:100_000].decode(encoding, errors="replace")
    return len(BETWEEN_LETTERS.findall(text)) * (1.5 if encoding == "cp1252" else 1.0) + (encoding == "cp1252")


def _without_mojibake(text: str) -> tuple[str, int]:
    """The text with UTF-8 that was once read as Windows letters put right, and in how many lines.

    Certain means: every non-ASCII character of the line takes part, and the line's bytes are valid UTF-8. In a line
    written properly, two neighbouring accented letters that form valid UTF-8 practically never occur, let alone all.
    """
    if not MOJIBAKE.search(text):
        return text, 0
    lines = text.split("\n")
    mended = [_mended(line) if MOJIBAKE.search(line) else line for line in lines]
    return "\n".join(mended), sum(a != b for a, b in zip(lines, mended, strict=True))


def _mended(line: str) -> str:
    try:
        return b"".join(_windows_byte(character) for character in line).decode()
    except UnicodeError:
        return line


def _windows_byte(character: str) -> bytes:
    # Windows leaves five bytes undefined; programs pass them through as control characters.
    return character.encode("latin-1") if "\x80" <= character <= "\x9f" else character.encode("cp1252")
