"""Printed matter: the same bytes every time, and nothing that a customer writes does anything."""

import datetime
import io

import pypdf
import pytest

from shop.kit import typesetting

MOMENT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)
PAGE = """#import "base.typ": *
#show: sheet
= #meta.title
#data.text
"""


@pytest.fixture
def templates(tmp_path, settings):
    """A folder of templates of our own, with the real `base.typ`."""
    base = (typesetting.templates() / "base.typ").read_bytes()
    settings.BASE_DIR = tmp_path
    typesetting.templates().mkdir(parents=True)
    (typesetting.templates() / "base.typ").write_bytes(base)
    (typesetting.templates() / "page.typ").write_text(PAGE)
    return typesetting.templates()


def _pdf(text, *, title="Rechnung", language="de", moment=MOMENT, **more):
    return typesetting.pdf(
        "page", {"text": text}, language=language, title=title, moment=moment, **more
    )


def _read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def _words(content: bytes) -> str:
    return "".join(page.extract_text() for page in _read(content).pages)


def test_the_same_values_give_the_same_bytes_and_others_do_not(templates):
    first = _pdf("Becher aus Steinzeug")

    assert first == _pdf("Becher aus Steinzeug")
    assert first == _pdf("Becher aus Steinzeug", moment=MOMENT.replace(microsecond=123))
    assert first != _pdf("Teller aus Steinzeug")


def test_the_pdf_is_tagged_says_its_language_title_time_and_that_it_is_for_the_archive(templates):
    reader = _read(_pdf("Becher"))

    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "de"
    assert catalog["/StructTreeRoot"]
    assert reader.metadata.title == "Rechnung"
    assert reader.metadata.creation_date == MOMENT
    xmp = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def test_fonts_are_inside_and_page_numbers_speak_the_language(templates):
    german, english = _pdf("Becher"), _pdf("Mug", language="en")

    assert "Seite 1 von 1" in _words(german)
    assert "Page 1 of 1" in _words(english)
    fonts = _read(german).pages[0]["/Resources"]["/Font"].values()
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile3" in inner or "/FontFile2" in inner


def test_long_german_words_are_hyphenated_by_german_rules(templates):
    (templates / "page.typ").write_text(
        '#import "base.typ": *\n#show: sheet\n#block(width: 22mm, par(justify: true, data.text))'
    )

    words = _words(_pdf("Umsatzsteueridentifikationsnummer"))

    assert "Umsatzsteuer" not in words.replace("\n", " ")[:12]
    assert words.replace("-\n", "").replace("\u00ad\n", "").replace("\n", "").startswith("Umsatz")


@pytest.mark.parametrize(
    "text",
    [
        '#import "base.typ": *',
        '#read("/etc/passwd")',
        "#panic()",
        "*bold* _it_ @cite <label> $x$ // comment /* more */ = Heading",
        "#sys.inputs",
        "\\u{202e} ~ -- --- ...",
        '"]} #eval("1")',
        "<script>alert(1)</script>",
    ],
)
def test_what_a_customer_writes_is_printed_not_obeyed(templates, text):
    words = _words(_pdf(text))

    assert text.replace(" ", "") in words.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ada \U0001f600 Lovelace", "Ada \ufffd Lovelace"),
        ("\u202egro.live", "gro.live"),
        ("a\u200bb\u2066c\u2069\ufeff", "abc"),
        ("漢字", "\ufffd\ufffd"),
        ("\x00\x07bell", "bell"),
        ("\ue000\U000f0000\ud800", "\ufffd\ufffd\ufffd"),
        ("e\u0301", "é"),
        ("Z" + "\u035f" * 6, "Z" + "\ufffd" * 6),
        (
            "Größe ẞ Şişli Łódź Ωμέγα Київ € – „ja“ ½ ✓",
            "Größe ẞ Şişli Łódź Ωμέγα Київ € – „ja“ ½ ✓",
        ),
    ],
)
def test_what_cannot_be_printed_becomes_a_sign_for_it(templates, text, printed):
    assert typesetting.legible(text) == printed
    assert _pdf(text).startswith(b"%PDF-1.7")


def test_every_character_that_is_let_through_can_be_printed(templates):
    every = [chr(code) for code in range(0x20, 0x10000)]
    shown = [sign for sign in every if typesetting.legible(sign) == sign]
    assert len(shown) > 1_000

    content = _pdf(" ".join(shown))

    assert content.startswith(b"%PDF-1.7")


def test_a_hostile_title_and_a_long_text_do_no_harm(templates):
    content = _pdf("Wort " * 20_000, title="#import \u202e\U0001f600")

    assert _read(content).metadata.title == "#import \ufffd"
    assert len(_read(content).pages) > 10


def test_attachments_lie_inside_with_name_kind_and_relationship(templates):
    xml = typesetting.Attachment(
        "factur-x.xml", b"<x/>", "text/xml", relationship="alternative", description="Rechnung"
    )

    reader = _read(_pdf("Becher", attachments=[xml]))

    assert reader.attachments["factur-x.xml"] == [b"<x/>"]
    spec = reader.trailer["/Root"]["/AF"][0].get_object()
    assert spec["/AFRelationship"] == "/Alternative"
    assert spec["/EF"]["/F"]["/Subtype"] == "/text/xml"


@pytest.mark.parametrize("path", ["/etc/passwd", "../page.typ", "/base.typ.bak", "page.typ"])
def test_a_template_reads_no_file_that_was_not_given_to_it(templates, path):
    (templates / "page.typ").write_text(f'#import "base.typ": *\n#show: sheet\n#read("{path}")')

    with pytest.raises(typesetting.CannotTypeset):
        _pdf("")


@pytest.mark.parametrize("value", [1.5, datetime.date(2026, 11, 24), object(), {"x": {1, 2}}])
def test_only_ready_values_are_taken(templates, value):
    with pytest.raises(TypeError):
        _pdf(value)


def test_no_template_of_ours_fetches_a_package():
    files = list(typesetting.templates().glob("*.typ"))

    assert files
    assert not [file.name for file in files if "@preview" in file.read_text()]


def test_a_page_can_be_looked_at_as_a_picture(templates):
    (page,) = typesetting.pictures(
        "page", {"text": "Becher"}, language="de", title="Rechnung", moment=MOMENT
    )

    assert page.startswith(b"\x89PNG")
