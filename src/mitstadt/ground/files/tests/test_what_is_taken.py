"""What people upload is judged by its content, and a picture is drawn anew from its points alone."""

import contextlib
import random
from io import BytesIO

import pytest
from PIL import Image

from mitstadt.ground.files.checking import MEGABYTE, Accepted, checked
from mitstadt.ground.files.kinds import DOCUMENTS, OFFICE, PICTURES, FileKind
from mitstadt.ground.files.refusals import SENTENCES, FileRefused
from mitstadt.ground.files.tests.bytes_that_come import (
    PDF,
    SECRET,
    jpeg_of_many_scans,
    moving,
    packed,
    photo,
    photo_with_a_place,
    photo_with_broken_notes,
    png_that_says,
    png_with_endless_text,
    webp_that_says,
    word,
)

EVERYTHING = Accepted(kinds=PICTURES | OFFICE)
# A broken file makes Pillow warn besides failing.
pytestmark = pytest.mark.filterwarnings("ignore")


def colour_at(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    """The colour of one point, as its three parts."""
    colour = picture.getpixel(place)
    assert isinstance(colour, tuple)
    return colour


def _opened(part) -> Image.Image:
    return Image.open(BytesIO(part.data))


def _reason(data: bytes, accepted: Accepted = EVERYTHING) -> str:
    with pytest.raises(FileRefused) as refused:
        checked(data, accepted)
    assert "%(" not in refused.value.sentence
    return refused.value.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_in_three_widths_and_once_for_old_browsers(kind):
    found = checked(photo(2000, 1000, kind=kind), EVERYTHING)

    sizes = {(part.kind, part.width, part.height) for part in found.parts}
    webp = {(FileKind.WEBP, width, width // 2) for width in (320, 640, 1280)}
    assert sizes == {*webp, (FileKind.JPEG, 640, 320)}
    assert (found.width, found.height) == (1280, 640)
    assert all(_opened(part).format == part.kind.name for part in found.parts)


def test_a_small_picture_is_never_blown_up():
    found = checked(photo(100, 50), EVERYTHING)

    assert {part.width for part in found.parts} == {100}
    assert len(found.parts) == 2


def test_nothing_of_the_file_but_its_points_is_kept():
    sent = photo_with_a_place()
    found = checked(sent + b"<script>" + SECRET, EVERYTHING)

    assert sent.count(SECRET) >= 3
    for part in found.parts:
        assert SECRET not in part.data
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(_opened(part).info)
        assert dict(_opened(part).getexif()) == {}


def test_metadata_that_make_no_sense_do_not_spoil_a_photo():
    found = checked(photo_with_broken_notes(), EVERYTHING)

    assert found.width == 64
    assert all(SECRET not in part.data for part in found.parts)


@pytest.mark.parametrize(
    ("orientation", "red_is"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_a_photo_stands_upright_however_the_phone_was_held(orientation, red_is):
    found = checked(photo_with_a_place(orientation, width=400, height=200), EVERYTHING)

    picture = _opened(found.parts[0]).convert("RGB")
    across, down = picture.size
    spots = {
        "left": (across // 4, down // 2),
        "right": (3 * across // 4, down // 2),
        "top": (across // 2, down // 4),
        "bottom": (across // 2, 3 * down // 4),
    }
    red, _, blue = colour_at(picture, spots[red_is])
    assert red > 200 > blue
    assert (across > down) == (orientation < 5)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_moment_stays(kind):
    found = checked(moving(kind), EVERYTHING)

    assert [getattr(_opened(part), "n_frames", 1) for part in found.parts] == [1, 1]
    assert colour_at(_opened(found.parts[0]).convert("RGB"), (9, 9))[0] > 200


@pytest.mark.parametrize(
    ("mode", "color", "expected"),
    [
        ("RGBA", (0, 0, 0, 0), 255),
        ("LA", (0, 0), 255),
        ("I;16", 65535, 255),
        ("1", 1, 255),
        ("P", 0, 0),
        ("L", 128, 128),
    ],
)
def test_odd_kinds_of_points_become_plain_ones_on_white(mode, color, expected):
    found = checked(photo(32, 32, kind="PNG", mode=mode, color=color), EVERYTHING)

    assert abs(_opened(found.parts[0]).convert("L").getpixel((5, 5)) - expected) < 4


def test_print_colours_are_taken_too():
    assert checked(photo(64, 64, mode="CMYK"), EVERYTHING).width == 64


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file_empty"),
        (b"hello", "file_kind"),
        (b"MZ" + bytes(200), "file_kind"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "file_markup"),
        (b"\n<!DOCTYPE html><script>alert(1)</script>", "file_markup"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "file_heic"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "file_film"),
        (moving("GIF"), "file_gif"),
        (photo(64, 64)[:400], "picture_damaged"),
        (photo(640, 480, kind="PNG")[:200], "picture_damaged"),
        (photo(640, 480, kind="WEBP")[:-100], "picture_damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n<script>", "picture_damaged"),
        (photo(8, 8), "picture_too_small"),
        (png_that_says(60_000, 60_000), "picture_too_many_pixels"),
        (png_that_says(10_000, 9_000), "picture_too_many_pixels"),
        (webp_that_says(16_000, 16_000), "picture_too_many_pixels"),
        (png_with_endless_text, "picture_damaged"),
        (jpeg_of_many_scans(), "picture_damaged"),
        (PDF[:-30], "document_damaged"),
        (PDF + photo(200, 200), "document_mixed"),
        (PDF + word(), "document_mixed"),
        (PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"), "document_locked"),
        (b"GIF89a" + PDF, "file_gif"),
        (b" " + PDF, "file_kind"),
        (word()[:-40], "document_damaged"),
        (word(word__vbaProject_bin=b"x"), "document_macros"),
        (packed(a_txt=b"x"), "file_kind"),
        (lambda: word(a_bin=bytes(250 * MEGABYTE)), "document_damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_with_its_reason(data, reason):
    # What takes long to make is made here.
    assert _reason(data() if callable(data) else data) == reason


def test_a_picture_that_says_it_is_a_document_is_seen_as_a_picture():
    # The name and what the browser says of it never come into play: there is nowhere to pass them.
    assert _reason(photo(64, 64), Accepted(kinds=DOCUMENTS)) == "file_kind"
    assert _reason(PDF, Accepted()) == "file_kind"


def test_a_file_is_measured_before_it_is_read():
    assert _reason(photo(), Accepted(most_bytes=1000)) == "file_too_large"


@pytest.mark.parametrize(("data", "kind"), [(PDF, FileKind.PDF), (word(), FileKind.DOCX)], ids=["pdf", "word"])
def test_a_sound_document_is_kept_as_it_is(data, kind):
    found = checked(data, EVERYTHING)

    assert (found.kind, found.width, found.height) == (kind, 0, 0)
    assert [part.data for part in found.parts] == [data]


def test_a_very_long_picture_fits_every_format():
    found = checked(photo(100, 20_000), EVERYTHING)

    assert max(part.height for part in found.parts) <= 2560


def test_every_reason_has_a_sentence_that_says_what_to_do():
    assert all(str(sentence).count(".") + str(sentence).count(":") >= 2 for sentence in SENTENCES.values())


def test_of_a_photo_with_a_second_one_behind_it_the_first_stays():
    file = BytesIO()
    Image.new("RGB", (64, 64), "red").save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 64), "blue")]
    )

    for part in checked(file.getvalue(), EVERYTHING).parts:
        assert colour_at(_opened(part).convert("RGB"), (5, 5))[0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_however_a_file_is_damaged_it_is_a_picture_or_refused_with_a_reason(kind):
    dice, sound = random.Random(kind), photo(90, 70, kind=kind)
    for _ in range(150):
        damaged = bytearray(sound)
        for _ in range(dice.randint(1, 8)):
            damaged[dice.randrange(min(len(damaged), dice.choice([60, 10_000])))] = dice.randrange(256)
        # Anything else than a refusal is an error of ours.
        with contextlib.suppress(FileRefused):
            checked(bytes(damaged[: dice.randint(20, 2 * len(damaged))]), EVERYTHING)
