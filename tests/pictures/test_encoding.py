"""What staff upload becomes: clean, upright, in sRGB, in the widths that a page needs at once."""

import io
import struct

import pytest
from PIL import Image

from catalog import pictures
from catalog.models import PictureFile
from tests.pictures.conftest import drawn


def opened(encoded, ending="jpg", width=320):
    name = next(one for one in encoded.files if one.endswith(ending) and f"-{width}." in one)
    return Image.open(io.BytesIO(encoded.files[name])).convert("RGB")


def near(color, wanted, most=6):
    return all(abs(one - other) <= most for one, other in zip(color, wanted, strict=True))


def test_a_small_and_a_middle_width_are_made_at_once_and_never_wider_than_the_picture():
    encoded = pictures.encode(drawn())

    assert (encoded.width, encoded.height) == (800, 600)
    assert encoded.widths == [320, 800]
    assert len(encoded.files) == 4
    for name, content in encoded.files.items():
        image = Image.open(io.BytesIO(content))
        assert name.endswith({"WEBP": ".webp", "JPEG": ".jpg"}[image.format])
        assert f"-{image.width}." in name
        assert image.height == image.width * 3 // 4
    assert encoded.color.startswith("#f")


def test_the_same_content_has_the_same_names_and_other_content_others():
    one, same, other = (pictures.encode(drawn(color=color)) for color in ("red", "red", "blue"))

    assert one.files == same.files
    assert not set(one.files) & set(other.files)
    assert one.original == same.original


def test_what_else_stands_in_a_file_stays_behind():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (53.0, 51.0, 0.0)}
    exif[0x010E] = "secret words"
    data = drawn("JPEG", exif=exif, comment=b"secret comment") + b"secret tail"
    assert data.count(b"secret") == 3

    encoded = pictures.encode(data)

    for content in [*encoded.files.values(), encoded.original]:
        assert not Image.open(io.BytesIO(content)).getexif()
        assert b"secret" not in content


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    encoded = pictures.encode(drawn("JPEG", exif=exif))

    assert (encoded.width, encoded.height) == (600, 800)


def _with_palette():
    image = Image.new("P", (800, 600), 1)
    image.putpalette([255, 0, 0, 0, 0, 255])
    out = io.BytesIO()
    image.save(out, "PNG", transparency=1)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        drawn(mode="RGBA", color=(255, 0, 0, 0)),
        drawn(mode="LA", color=(0, 0)),
        drawn("WEBP", mode="RGBA", color=(255, 0, 0, 0), lossless=True),
        _with_palette(),
        drawn(color=(255, 0, 0), transparency=(255, 0, 0)),
    ],
    ids=["rgba", "grey with alpha", "webp", "palette", "one colour"],
)
def test_what_can_be_seen_through_lies_on_white(data):
    assert pictures.encode(data).color == "#ffffff"


def test_sixteen_bits_of_grey_keep_their_brightness():
    encoded = pictures.encode(drawn(mode="I;16", color=0x8000))

    assert near(opened(encoded).getpixel((5, 5)), (128, 128, 128), 1)


def test_a_printers_cmyk_is_shown_in_its_colours():
    """Cyan and yellow in full make green; read as inverted or as RGB it would be another colour."""
    encoded = pictures.encode(drawn("JPEG", mode="CMYK", color=(255, 0, 255, 0)))

    red, green, blue = opened(encoded).getpixel((5, 5))
    assert green > 200
    assert max(red, blue) < 60


def _display_p3():
    """A profile of Apple's screens: its three primaries, white, and a gamma of 2.2."""

    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"Display P3\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    tags = {
        b"desc": words + bytes(-len(words) % 4),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.51512, 0.2412, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.1571, 0.06657, 0.78407),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    whole = start + len(body)
    white = struct.pack(">iii", 63190, 65536, 54061)
    head = struct.pack(">I4sI4s4s4s", whole, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body


def test_a_photo_of_a_telephone_in_display_p3_looks_the_same_in_srgb():
    """P3's (200, 100, 100) is (214, 96, 98) in sRGB: without the conversion it would look dull."""
    encoded = pictures.encode(drawn("JPEG", color=(200, 100, 100), icc_profile=_display_p3()))

    assert near(opened(encoded).getpixel((5, 5)), (214, 96, 98))
    assert "icc_profile" not in opened(encoded).info


def test_a_profile_that_cannot_be_read_is_ignored():
    encoded = pictures.encode(drawn("JPEG", color=(200, 100, 100), icc_profile=b"no profile"))

    assert near(opened(encoded).getpixel((5, 5)), (200, 100, 100))


def test_a_photo_that_carries_a_second_one_is_taken_for_its_first():
    """Telephones write the depth or the brightness of a photo behind it."""
    out = io.BytesIO()
    more = [Image.new("RGB", (800, 600), "blue")]
    Image.new("RGB", (800, 600), "red").save(out, "MPO", save_all=True, append_images=more)

    assert opened(pictures.encode(out.getvalue())).getpixel((5, 5))[0] > 240


def test_what_is_longer_than_any_page_is_made_smaller():
    encoded = pictures.encode(drawn("JPEG", size=(6000, 3000)))

    assert (encoded.width, encoded.height) == (4000, 2000)


@pytest.mark.django_db
def test_files_are_written_once_and_a_half_written_one_is_mended(media, private):
    encoded = pictures.encode(drawn())
    pictures.store(encoded)
    first = media / next(iter(encoded.files))
    first.write_bytes(b"half")
    times = {one: one.stat().st_mtime_ns for one in media.rglob("*.*") if one != first}

    pictures.store(encoded)

    assert first.read_bytes() == encoded.files[str(first.relative_to(media))]
    assert {one: one.stat().st_mtime_ns for one in times} == times
    assert sorted(str(one.relative_to(media)) for one in media.rglob("*.*")) == sorted(
        encoded.files
    )
    assert PictureFile.objects.get().state == "waiting"


@pytest.mark.django_db
def test_the_original_lies_where_no_web_server_looks(media, private):
    encoded = pictures.encode(drawn())

    pictures.store(encoded)

    (original,) = private.rglob("*.jpg")
    assert original.name == f"{encoded.key}.jpg"
    with Image.open(original) as image:
        assert image.size == (800, 600)
    assert original.stat().st_mode & 0o077 == 0
