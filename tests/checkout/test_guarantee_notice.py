"""The notice of the statutory guarantee stands before the order button, graphic and text."""

import pytest
from django.core.cache import cache

from catalog.law import graphics
from catalog.models import Guarantee
from orders import emails
from orders.models import OrderMail
from shop.kit import clock
from tests.catalog.law.test_graphics import SVG
from tests.catalog.law.test_telling import GUARANTEE
from tests.pages import Page

pytestmark = pytest.mark.django_db
PLACE, REVIEW = "/en/checkout/place/", "/en/checkout/review/"
TEXT = "You have a statutory guarantee of at least two years"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def test_without_the_official_graphic_the_text_stands_alone(ben, to_review, mug):
    to_review(ben, {mug: 1}, language="en")

    html = ben.get(REVIEW).content.decode()

    assert html.index(TEXT) < html.index("Order with obligation to pay")
    assert "official-graphics" not in html


def test_the_graphic_of_the_language_stands_visibly_beside_the_text(
    ben, to_review, mug, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for code, path in (("de", b"0h9"), ("en", b"0h8")):
            content = SVG.replace(b"0h9", path)
            graphics.store("notice", code, content, source_url="https://x.eu/a", moment=clock.now())
    to_review(ben, {mug: 1}, language="en")

    html = ben.get(REVIEW).content.decode()

    english = graphics.OfficialGraphic.objects.get(language="en").sha256
    german = graphics.OfficialGraphic.objects.get(language="de").sha256
    assert f'src="/official-graphics/{english}/"' in html
    assert german not in html
    notice = html[html.index('class="legal-notice"') : html.index("Order with obligation to pay")]
    assert TEXT in notice
    for hidden in ("<details", "hidden", "display:none"):
        assert hidden not in html[: html.index('class="legal-notice"')][-300:]


def test_the_label_stands_beside_the_price_with_brand_model_and_duration(
    ben, mug, django_capture_on_commit_callbacks
):
    Guarantee.objects.create(product=mug.product, **GUARANTEE)
    with django_capture_on_commit_callbacks(execute=True):
        label = graphics.store(
            "garan_label", "en", SVG, source_url="https://x.eu/a", moment=clock.now()
        )

    html = ben.get(f"/en/p/{mug.product.slug}/").content.decode()

    block = html[html.index('class="garan"') :][:900]
    for text in (label.sha256, "Lichtwerk", "model LW-1", "5 years"):
        assert text in block


def test_the_order_and_its_mail_carry_the_guarantee(ben, to_review, mug, sandbox):
    Guarantee.objects.create(product=mug.product, **GUARANTEE)
    to_review(ben, {mug: 1}, language="en")
    ben.post(PLACE, Page(ben.get(REVIEW)).form(PLACE).values)

    mail = emails.build(OrderMail.objects.get())

    for text in (mail.body, mail.alternatives[0].content):
        assert "5 years guarantee of durability by the producer" in text
        assert "Guarantor: Lichtwerk GmbH, Kai 1, 23552 Lübeck." in text
