"""What staff upload: checked before it is decoded, encoded anew, nothing of the file kept."""

import io
import zlib

import pytest
from PIL import Image

from catalog import pictures


def _file(kind="PNG", size=(800, 600), mode="RGB", color="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def test_a_picture_is_encoded_in_the_widths_that_pages_ask_for_and_never_wider_than_it_is():
    encoded = pictures.encode(_file())

    assert (encoded.width, encoded.height) == (800, 600)
    assert encoded.widths == [160, 320, 640, 800]
    for width, content in encoded.files.items():
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width, image.height) == ("WEBP", width, width * 3 // 4)
    assert encoded.color.startswith("#f")


def test_the_same_content_has_the_same_name_and_other_content_another():
    assert pictures.encode(_file()).key == pictures.encode(_file()).key
    assert pictures.encode(_file()).key != pictures.encode(_file(color="blue")).key


def test_what_else_stands_in_a_file_stays_behind():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (53.0, 51.0, 0.0)}
    exif[0x010E] = "secret words"
    data = _file("JPEG", exif=exif) + b"<script>alert(1)</script>"
    assert b"secret words" in data

    for content in pictures.encode(data).files.values():
        assert not Image.open(io.BytesIO(content)).getexif()
        assert b"secret words" not in content
        assert b"<script>" not in content


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    encoded = pictures.encode(_file("JPEG", exif=exif))

    assert (encoded.width, encoded.height) == (600, 800)


def test_what_can_be_seen_through_lies_on_white():
    encoded = pictures.encode(_file(mode="RGBA", color=(255, 0, 0, 0)))

    assert encoded.color == "#ffffff"


def _moving():
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def _bomb():
    """A header that promises 30,000 × 30,000 pixels."""
    data = bytearray(_file(size=(8, 8)))
    data[16:24] = (30_000).to_bytes(4) * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\x00" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        _file()[:200],
        _file("GIF"),
        _file("BMP"),
        _file("TIFF"),
        _moving(),
        _bomb(),
        _file(size=(5100, 5000)),
        b"\xff" * 8_000_001,
    ],
    ids=["empty", "head-of-gif", "svg", "pdf", "cut", "gif", "bmp", "tiff", "moving",
         "bomb", "pixels", "bytes"],
)  # fmt: skip
def test_what_is_no_picture_or_too_large_is_refused_with_a_sentence(data):
    with pytest.raises(pictures.NotAPicture) as refusal:
        pictures.encode(data)

    assert str(refusal.value)
    assert len(str(refusal.value)) < 80


def test_files_are_written_once(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    encoded = pictures.encode(_file())

    pictures.store(encoded)
    pictures.store(encoded)

    names = sorted(one.name for one in (tmp_path / "pictures").iterdir())
    assert names == sorted(f"{encoded.key}-{width}.webp" for width in encoded.widths)
