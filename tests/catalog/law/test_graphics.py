"""Official graphics: unchanged, harmless, shown where they belong, and missed where absent."""

import hashlib
import io

import pytest
from django.core.cache import cache
from PIL import Image

from catalog.law import graphics
from catalog.models import OfficialGraphic
from tests.making import NOON

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
SOURCE = "https://commission.europa.eu/guarantee"


def _svg(inner: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"{inner}</svg>"
    ).encode()


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "#003399").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<path onclick="alert(1)"/>',
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.com/a.png"/>',
        '<use xlink:href="other.svg#a"/>',
        '<path style="fill:url(https://example.com/a)"/>',
        "<style>@import 'https://example.com/a.css';</style>",
        "<path fill=\"url( '//example.com' )\"/>",
        '<a href="javascript:alert(1)"><path/></a>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_an_svg_that_can_do_more_than_be_seen_is_refused(inner):
    with pytest.raises(graphics.NotAGraphic):
        graphics.checked(_svg(inner))


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        b'<?xml-stylesheet href="a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<html/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<svg" + b" " * graphics.MAX_BYTES + b"/>",
        b"",
    ],
)
def test_what_is_no_graphic_is_refused(content):
    with pytest.raises(graphics.NotAGraphic):
        graphics.checked(content)


@pytest.mark.parametrize(
    "inner",
    [
        '<path style="fill:url(#blue)"/>',
        "<path fill=\"url( '#blue' )\"/>",
        '<use xlink:href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>.a{fill:#039}</style>",
    ],
)
def test_what_refers_to_itself_alone_is_fine(inner):
    assert graphics.checked(_svg(inner)) == "image/svg+xml"


def test_a_png_is_fine():
    assert graphics.checked(_png()) == "image/png"


@pytest.mark.django_db
def test_a_graphic_is_served_unchanged_and_can_do_nothing(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        graphics.store("notice", "en", SVG, source_url=SOURCE, moment=NOON)
    sha256 = hashlib.sha256(SVG).hexdigest()

    response = client.get(f"/official-graphics/{sha256}/")

    assert response.content == SVG
    assert response["Content-Type"] == "image/svg+xml"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/official-graphics/{'0' * 64}/").status_code == 404


@pytest.mark.django_db
def test_another_file_takes_the_place_of_the_first(django_capture_on_commit_callbacks):
    cache.clear()
    assert graphics.url_of("notice") == ""
    for content in (SVG, _png()):
        with django_capture_on_commit_callbacks(execute=True):
            graphics.store("notice", "en", content, source_url=SOURCE, moment=NOON)

    one = OfficialGraphic.objects.get()
    assert (one.content_type, one.sha256) == ("image/png", hashlib.sha256(_png()).hexdigest())
    assert graphics.url_of("notice") == f"/official-graphics/{one.sha256}/"
    assert ("notice", "en") not in graphics.absent()
    assert ("notice", "de") in graphics.absent()
    assert ("garan_label", "en") in graphics.absent()
