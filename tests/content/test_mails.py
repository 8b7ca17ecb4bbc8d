"""Every mail with sample data: small, whole, said twice; and the shop's own words in it."""

import re

import pytest

from content import mails, wordings
from content.models import MailWording
from tests import backoffice
from tests.pages import Page

pytestmark = pytest.mark.django_db
LARGEST = 102 * 1024  # Gmail cuts off what comes after
SAMPLES = mails.samples()
FACTS = re.compile(r"[A-Z]-2026-\d+|\d+,\d\d\xa0€|€\d+\.\d\d|482915|DE\d\d [\d ]+")
PATH = "/admin/content/mailwording/mail/orders/shipped/de/"


def html_of(message):
    return message.alternatives[0].content


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("key", SAMPLES)
def test_every_mail_is_small_whole_and_says_the_same_twice(key, language):
    message = mails.preview(SAMPLES[key], language)
    html = html_of(message)
    shown = re.sub(r"<(style|title)[^>]*>.*?</\1>|<[^>]+>|&#\d+;|&\w+;", " ", html, flags=re.S)

    assert len(html.encode()) <= LARGEST
    assert 5 < len(message.subject) <= 100
    assert "\n" not in message.subject
    assert html.count("<h1") <= 1
    assert f'<html lang="{language}"' in html
    assert re.search(r'class="preheader"[^>]*>\s*[^<\s&]', html), "no preview text"
    assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", html))
    assert all('role="presentation"' in tag for tag in re.findall(r"<table[^>]*>", html))
    for text in (message.body, html, message.subject):
        assert not re.search(r"{{|{%|\[\[|None\b|%\(\w+\)s", text)
    assert "\n" * 5 not in message.body.strip()
    numbers = set(re.findall(r"[A-Z]-2026-\d+|\d+,\d\d\xa0€|€\d+\.\d\d|482915", shown))
    assert numbers <= set(
        re.findall(r"[A-Z]-2026-\d+|\d+,\d\d\xa0€|€\d+\.\d\d|482915", message.body)
    )
    links = {
        link.partition("?")[0] for link in re.findall(r'class="button"[^>]*href="([^"]+)"', html)
    }
    assert all(link in message.body for link in links)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("key", SAMPLES)
def test_no_mail_breaks_when_a_value_is_empty(key, language):
    sample = SAMPLES[key]
    names = " ".join(f"[[{name}]]" for name in sample.placeholders)

    def empty():
        context = sample.build()
        return {name: "" if isinstance(value, str) else value for name, value in context.items()}

    bare = mails.Sample(sample.key, sample.title, sample.template, sample.placeholders, empty)
    message = mails.preview(bare, language, {"intro": f"A {names} B", "closing": "C"})

    assert "[[" not in message.body
    assert "C" in message.body
    assert "  B" not in message.body


def test_own_words_stand_in_for_the_default_and_are_never_markup():
    words = {
        "subject": "Unterwegs: [[order.number]]",
        "intro": "Moin!\n\n<b>[[carrier]]</b> bringt es.",
        "closing": "Bis bald",
    }

    message = mails.preview(SAMPLES["orders/shipped"], "de", words)

    assert message.subject == "Unterwegs: K-2026-000042"
    assert "<b>DHL</b> bringt es." in message.body
    assert "&lt;b&gt;DHL&lt;/b&gt; bringt es." in html_of(message)
    assert "Wir haben Ihre Bestellung gepackt" not in message.body
    assert "00340434161094022115" in message.body
    assert message.body.index("Bis bald") < message.body.index("Impressum")


def test_a_line_break_in_a_subject_adds_no_header():
    words = {"subject": "A [[order.number]]\nBcc: x@example.com", "intro": "", "closing": ""}

    message = mails.preview(SAMPLES["orders/shipped"], "de", words)

    assert "\n" not in message.subject
    assert message.bcc == []


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("intro", "[[order.numbr]]", "order.numbr"),
        ("closing", "[[order.number", "[["),
        ("subject", "Unterwegs", "order.number"),
    ],
)
def test_wrong_words_are_refused_with_the_name(desk, part, text, told):
    response = desk.post(PATH, **{part: text, "save": ""})

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not MailWording.objects.exists()


def test_words_are_looked_at_before_they_are_saved(desk):
    looked = desk.post(PATH, intro="Moin [[carrier]]!", preview="")
    assert looked.status_code == 200
    assert "Moin DHL!" in looked.content.decode()
    assert not MailWording.objects.exists()

    saved = desk.post(PATH, intro="Moin [[carrier]]!", save="")
    assert saved.status_code == 302
    assert wordings.of("orders/shipped", "de")["intro"] == "Moin [[carrier]]!"
    assert wordings.of("orders/shipped", "en")["intro"] == ""

    desk.post(PATH, reset="")
    assert wordings.of("orders/shipped", "de")["intro"] == ""
    assert "Moin [[carrier]]!" in desk.text(PATH)


def test_staff_see_every_mail_in_a_frame_that_can_do_nothing(desk):
    listed = desk.text("/admin/content/mailwording/")

    for key in SAMPLES:
        assert f"/mail/{key}/de/" in listed, key
    assert 'sandbox=""' in desk.text(PATH)
    assert desk.get("/admin/content/mailwording/mail/orders/none/de/", 404)
    assert desk.get("/admin/content/mailwording/mail/orders/shipped/fr/", 404)


def test_previews_need_the_right_and_so_does_saving(db):
    other = backoffice.Desk(backoffice.clerk("inventory"))

    assert other.client.get(PATH).status_code == 403
    assert other.client.get("/admin/content/mailwording/").status_code == 403
    assert other.client.post(PATH, {"intro": "x", "save": ""}).status_code == 403
    assert not MailWording.objects.exists()


def test_the_demo_shows_every_mail_with_sample_data(ben):
    page = Page(ben.get("/dev/mails/samples/"))

    assert len([link for link in page.links if "/dev/mails/samples/" in link]) >= 2 * len(SAMPLES)
    one = ben.get("/dev/mails/samples/orders/shipped/en/")
    assert "has been shipped" in one.content.decode()
    assert (
        "sandbox"
        in ben.get("/dev/mails/samples/orders/shipped/en/html/")["Content-Security-Policy"]
    )
    assert ben.get("/dev/mails/samples/orders/none/en/").status_code == 404
