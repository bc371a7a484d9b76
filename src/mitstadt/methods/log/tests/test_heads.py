"""A signed head is read by every checkpoint tool, and not one bit of it can be changed unseen."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.log import PublicKey, SignedHead, TreeHead, public_key, sign_head, signature_holds
from mitstadt.methods.log.heads import sign_text, text_signature_holds
from mitstadt.methods.log.tests.log_examples import KEY, ORIGIN, SECRET
from mitstadt.methods.shared.errors import MethodError

HEAD = TreeHead(ORIGIN, 17, bytes(range(32)), datetime(2026, 5, 3, 8, 15, tzinfo=UTC))
SIGNED = sign_head(HEAD, secret_key=SECRET)


def test_the_published_note_of_the_go_checksum_database_is_confirmed_and_made_alike():
    """golang.org/x/mod/sumdb/note: the example of its documentation, public and secret key."""
    key = PublicKey.from_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    published = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    secret = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]

    assert published[:4] == key.key_id
    assert text_signature_holds(text, signature=published[4:], key=key.key)
    assert not text_signature_holds(text + "\n", signature=published[4:], key=key.key)
    assert sign_text(text, secret_key=secret) == published[4:]
    assert str(public_key("PeterNeumann", secret)) == str(key)


def test_the_key_of_the_signed_note_specification_is_read():
    text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    assert str(PublicKey.from_text(f" {text}\n")) == text


def test_a_head_is_the_text_of_a_checkpoint():
    lines = str(SIGNED).split("\n")

    assert lines[:5] == [ORIGIN, "17", base64.b64encode(HEAD.root).decode(), "2026-05-03T08:15:00.000000Z", ""]
    assert lines[5].startswith(f"— {ORIGIN} ")
    assert base64.b64decode(lines[5].split(" ")[2])[:4] == KEY.key_id
    assert SignedHead.from_text(str(SIGNED)) == SIGNED
    assert signature_holds(SIGNED, KEY)


@given(st.data())
def test_no_byte_of_a_signed_head_can_be_changed(data):
    raw = bytearray(str(SIGNED).encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    try:
        changed = SignedHead.from_text(raw.decode())
    except (MethodError, UnicodeDecodeError):
        return

    assert not signature_holds(changed, KEY)


def test_another_key_or_the_same_key_under_another_name_does_not_confirm_a_head():
    assert not signature_holds(SIGNED, public_key(ORIGIN, bytes(32)))
    assert not signature_holds(SIGNED, PublicKey("hamburg.example/log", KEY.key))


@pytest.mark.parametrize(
    "text", ["", "berlin", str(KEY)[:-4], str(KEY).replace("berlin", "bernau"), "a+b+c+d", f"{KEY} x", "ä" * 300]
)
def test_a_mistyped_key_is_refused_in_a_sentence(text):
    with pytest.raises(MethodError, match="is no public key of a log"):
        PublicKey.from_text(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "no\u00a0break"])
def test_a_name_that_would_break_the_text_form_is_refused(name):
    with pytest.raises(MethodError, match="A log's name"):
        public_key(name, SECRET)


def test_a_short_secret_key_is_refused():
    with pytest.raises(MethodError, match="32 random bytes, not 5"):
        sign_head(HEAD, secret_key=b"short")
