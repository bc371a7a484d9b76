"""What broken software, curious people and attackers type: about two hundred texts that no page may trip over."""

from __future__ import annotations

import random

_MARKUP = [
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'-alert(1)-'",
    "<iframe src=javascript:alert(1)>",
    "<!--<script>alert(1)//-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "{{ 7*7 }}{% load static %}{{ request.user.password }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%s %d %n %(name)s {0} {name} {}",
    "&lt;script&gt; &#0; &#x110000; &amp;",
    '<a href="//example.org" style="position:fixed">Klick</a>',
]
_COMMANDS = [
    "' OR 1=1 --",
    '"; DROP TABLE spine_record; --',
    "1 UNION SELECT email FROM people_person",
    "%' AND 1=0 UNION ALL SELECT '",
    "\\'; EXEC xp_cmdshell('dir'); --",
    '"a" NEAR "b" AND NOT c*',
    'NEAR(" OR ^ * : ( )',
    "$(reboot) `reboot` | reboot ; reboot && reboot",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "=cmd|' /C calc'!A0",
    "+SUM(1+1)",
    "@SUM(1+1)",
    "-2+3",
    "*)(uid=*))(|(uid=*",
    "\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "a@example.org\r\nBcc: alle@example.org",
    "null",
    "undefined",
    "NaN",
    "None",
    "true",
    "[]",
    "{}",
    '{"$gt": ""}',
]
_NUMBERS = [
    "0", "-1", "-0", "1e309", "-1e309", "1e-400", "9" * 20, "9" * 400, "9" * 5_000, "0x7f", "0777", "1_000", "1,5",
    "²", "٣", "½", "五", "Ⅷ", "1 2", " 1", "+1", "--1", "1.", ".1", "inf", "2147483648", "9223372036854775808",
]  # fmt: skip
_DATES = ["0000-00-00", "9999-12-31", "10000-01-01", "2027-02-30", "31.12.99999", "-0001-01-01", "2027-05-04T99:99"]
_SIGNS = [
    "\x00", "a\x00b", "\x00" * 50, "\x01\x02\x03", "\x07\x08\x0b\x0c", "\x1b[31mrot\x1b[0m", "\x7f", "\x80\x9f", "\ufeff",
    "\ufffe", "\uffff", "\ufffd", "\u2028\u2029", "\r", "\r\n\r\n", "\n" * 2_000, "\t" * 100, " " * 100, "\u00a0" * 10,
    "\u200b", "\u200b\u200c\u200d\u2060", "\u00ad", "\u034f", "\u115f\u1160\u3164", "\u180e", "\u2800",
    "\u202egnp.txt", "\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c",
    "abc\u202e" + "x" * 50, "\u0301" * 500, "Z̸͐͝a̵̛l̷̈́g̶̉o̵͊" * 20, "e\u0301 é", "ﬁ ﬀ ſ", "İ i ı I ß ẞ", "Ａ１！", "ǅ Ǆ ǆ",
    "👨‍👩‍👧‍👦", "👩🏽‍🚒🏳️‍🌈", "🇩🇪🇩", "1️⃣", "\U0010ffff", "\U000e0001\U000e0041", "\U0001f595" * 500, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𒐫" * 50,
    "مرحبا", "שלום", "مرحبا abc שלום 123", "नमस्ते", "สวัสดี", "こんにちは", "한국어", "Ελληνικά", "Кириллица", "ქართული",
    "\ud83d".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
]  # fmt: skip
_LENGTHS = [
    "x", "x" * 1_000, "x" * 20_001, "wort " * 3_000, "x" * 200_000, "ä" * 100_000, "a\n" * 10_000, "-" * 10_000,
    "(" * 5_000, "[" * 5_000, "> " * 3_000, "*" * 5_000, "`" * 3_000, "#" * 2_000, "| " * 3_000, "http://a.b/" + "c" * 5_000,
]  # fmt: skip
_NAMES = [
    "Bezirksamt Mitte", "admin", "Frau Krüger (Bezirksamt)", "О'Брайен", "D'Arcy & <Söhne>", "@everyone", "Ø", ".", "..", "/",
    "\\", "CON", "a" * 81, "x@", "@x", "a@b", "a@b.c" * 80, "ａ@example.org", '"x y"@example.org', "a@[127.0.0.1]", "a@exämple.org",
    "7K3Q-M9XD", "7K3QM9XD", "7k3q m9xd", "OOOO-OOOO", "2222-2222", "----", "7K3Q–M9XD", "⑦K3Q-M9XD",
]  # fmt: skip


def _noise(count: int) -> list[str]:
    """Texts of random signs from everywhere, always the same ones."""
    rng = random.Random(20270504)
    planes = [(0x0, 0x7F), (0x80, 0x2FF), (0x300, 0x36F), (0x590, 0x6FF), (0x2000, 0x206F), (0x1F300, 0x1FAFF)]
    return [
        "".join(chr(rng.randint(*rng.choice(planes))) for _ in range(rng.randint(1, 120))) for _number in range(count)
    ]


HOSTILE: tuple[str, ...] = (
    *_MARKUP, *_COMMANDS, *_NUMBERS, *_DATES, *_SIGNS, *_LENGTHS, *_NAMES, *_noise(25),
)  # fmt: skip
