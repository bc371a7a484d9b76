"""Participation codes: secrets that people type from paper instead of signing in.

Sixteen symbols in groups of four, ``XXXX-XXXX-XXXX-XXXX``, the last one a check symbol: 67 bits that nobody can guess,
even against a database that was stolen, as long as the pepper is kept elsewhere. A code is never stored, only its
digest; a lost code cannot be shown again.
"""

import hashlib

from mitstadt.ground.symbols import ALPHABET, Misread, RandomBytes, Reason, grouped, new_word, read_word, typed_symbols

__all__ = ["LENGTH", "Misread", "Reason", "digest", "looks_like_code", "new_code", "parse_code"]

LENGTH = 16
# What people type for a code: its symbols, and those that they take for them.
_SYMBOLS = frozenset(ALPHABET + "01OIL")
_FEWEST_DIGITS = 2
_PEPPER_BYTES = range(16, 65)


def new_code(random_bytes: RandomBytes) -> str:
    """A new secret code, every permitted one equally likely; give ``secrets.token_bytes``."""
    return grouped(new_word(LENGTH, random_bytes))


def parse_code(text: str) -> str | Misread:
    """The code that was typed, in the form it is printed in, or what is wrong with it.

    A wrong check symbol tells a typing error apart from a code that does not exist; it says nothing about which codes
    do. There is no "did you mean" for a secret.
    """
    word = read_word(text, LENGTH)
    return grouped(word) if isinstance(word, str) else word


def looks_like_code(text: str) -> bool:
    """Whether somebody may have meant a code, also a mistyped one: it is as secret, and belongs into no address."""
    word = typed_symbols(text)
    if abs(len(word) - LENGTH) > 1 or not _SYMBOLS.issuperset(word):
        return False
    # Words that happen to have such letters alone have no digits among them.
    return sum(symbol.isdigit() for symbol in word) >= _FEWEST_DIGITS


def digest(code: str, *, pepper: bytes) -> str:
    """What is stored in place of a code: keyed BLAKE2b, 64 hexadecimal digits.

    Fast on purpose: with 67 random bits there is nothing to slow down. Look the digest up through a unique index; that
    leaks nothing, since nobody without the pepper can steer its first digits. Where two digests are compared in
    Python, use ``hmac.compare_digest``, never ``==``.

    Raises ``ValueError`` for a code that did not come from `new_code` or `parse_code`, and for a pepper that is not
    16 to 64 bytes long.
    """
    if parse_code(code) != code:
        raise ValueError("digest takes a code as parse_code returns it")
    if len(pepper) not in _PEPPER_BYTES:
        raise ValueError("the pepper must be 16 to 64 bytes of randomness")
    return hashlib.blake2b(code.encode(), digest_size=32, key=pepper, person=b"mitstadt-code").hexdigest()
