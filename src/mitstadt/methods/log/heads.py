"""Signed heads of the log: one short text that fixes every entry so far, for newspapers, notice boards and mirrors.

The text is a checkpoint as other transparency logs publish it, so that their tools read it::

    berlin.example/log
    17
    x5eTyXVpRTsphMo1vbjfZ5AKVvh1VlcQ1mJ4CxcYiIE=
    2026-05-03T08:15:00.000000Z

    — berlin.example/log 9xLTAKg…

that is: the log's name, the number of entries, the Merkle root, the time; then the key's name with key id (4 bytes) and
Ed25519 signature of everything above the empty line.

Sources: C2SP signed-note and tlog-checkpoint; RFC 8032 (Ed25519), through the `cryptography` package.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mitstadt.methods.log.entries import read_utc, utc_text
from mitstadt.methods.log.tree import HASH_BYTES
from mitstadt.methods.shared.errors import MethodError

_ED25519 = b"\x01"
_KEY_BYTES = 32
_KEY_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_EM_DASH = "\u2014"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key with which anyone checks the heads of one log."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name):
            sentence = "A log's name is printable, without spaces and plus signs, for example “berlin.example/log”."
            raise MethodError("name_unfit", sentence, name=self.name)
        if len(self.key) != _KEY_BYTES:
            raise MethodError("key_unfit", f"A public key has {_KEY_BYTES} bytes, not {len(self.key)}.")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys apart; they depend on the name too."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:_KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.key)}"

    @classmethod
    def from_text(cls, text: str) -> "PublicKey":
        """The key in the form ``name+id+base64``, as printed by ``str``; the id guards against typing errors."""
        name, _, rest = text.strip().partition("+")
        try:
            raw = _from_base64(rest.partition("+")[2])
            if raw[:1] == _ED25519 and str(key := cls(name, raw[1:])) == text.strip():
                return key
        except ValueError as error:
            raise MethodError("key_unreadable", _key_sentence(text), text=text) from error
        raise MethodError("key_unreadable", _key_sentence(text), text=text)


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a log was at one moment: its name, its number of entries, its root, and when."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{utc_text(self.at)}\n"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A tree head with the signature of the log's key."""

    head: TreeHead
    key_name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{self.head}\n{_EM_DASH} {self.key_name} {_base64(self.key_id + self.signature)}\n"

    @classmethod
    def from_text(cls, text: str) -> "SignedHead":
        """The signed head that this text is, down to the last byte.

        Raises
        ------
        MethodError
            ``head_unreadable``
        """
        try:
            head = _read_head(text)
            if str(head) == text:
                return head
        except ValueError as error:
            raise MethodError("head_unreadable", "This is no signed head of a log.") from error
        raise MethodError("head_unreadable", "This is no signed head of a log in its exact form.")


def public_key(name: str, secret_key: bytes) -> PublicKey:
    """The public key of a log from its name and its secret key (32 random bytes)."""
    return PublicKey(name, _private(secret_key).public_key().public_bytes_raw())


def sign_head(head: TreeHead, *, secret_key: bytes) -> SignedHead:
    """The head signed by the log's own key; the key's name is the log's name.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> head = TreeHead("berlin.example/log", 0, bytes(32), datetime(2026, 5, 3, tzinfo=UTC))
    >>> signature_holds(sign_head(head, secret_key=bytes(32)), public_key("berlin.example/log", bytes(32)))
    True
    """
    key = public_key(head.origin, secret_key)
    return SignedHead(head, key.name, key.key_id, sign_text(str(head), secret_key=secret_key))


def sign_text(text: str, *, secret_key: bytes) -> bytes:
    """The Ed25519 signature (64 bytes) of a text."""
    return _private(secret_key).sign(text.encode())


def signature_holds(signed: SignedHead, key: PublicKey) -> bool:
    """Whether this very key signed this head."""
    named = signed.key_name == key.name and signed.key_id == key.key_id
    return named and text_signature_holds(str(signed.head), signature=signed.signature, key=key.key)


def text_signature_holds(text: str, *, signature: bytes, key: bytes) -> bool:
    """Whether this Ed25519 key signed this text."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(secret_key: bytes) -> Ed25519PrivateKey:
    if len(secret_key) != _KEY_BYTES:
        raise MethodError("key_unfit", f"A secret key has {_KEY_BYTES} random bytes, not {len(secret_key)}.")
    return Ed25519PrivateKey.from_private_bytes(secret_key)


def _read_head(text: str) -> SignedHead:
    origin, size, root, at, empty, signature_line, end = text.split("\n")
    dash, name, encoded = signature_line.split(" ")
    raw = _from_base64(encoded)
    lengths = (len(_from_base64(root)), len(raw))
    if empty or end or dash != _EM_DASH or lengths != (HASH_BYTES, _KEY_ID_BYTES + _SIGNATURE_BYTES):
        raise ValueError("not the shape of a signed head")
    if not (_is_name(origin) and size.isascii() and size.isdecimal()):
        raise ValueError("not the fields of a signed head")
    head = TreeHead(origin, int(size), _from_base64(root), read_utc(at))
    return SignedHead(head, name, raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES:])


def _is_name(name: str) -> bool:
    return bool(name) and name.isprintable() and not any(sign.isspace() or sign == "+" for sign in name)


def _key_sentence(text: str) -> str:
    return f"“{text[:200]}” is no public key of a log. One looks like: berlin.example/log+1a2b3c4d+AbC…="


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    """Strict: only the spelling that `_base64` writes, so that no bit of it can be changed unseen."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if _base64(raw) != text:
        raise ValueError("not the usual base64")
    return raw
