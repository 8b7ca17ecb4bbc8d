"""Components, drawn alone: what they say, escape and leave out."""

import pytest
from django import forms
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from shop.templatetags import shop_ui
from tests.design import look


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


class Form(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="For the confirmation.")
    phone = forms.CharField(label="Phone", required=False)
    method = forms.ChoiceField(
        label="Delivery",
        choices=[("parcel", "Parcel"), ("pickup", "Pick-up")],
        widget=forms.RadioSelect,
    )
    news = forms.BooleanField(label="Newsletter", required=False)


CARD = {
    "url": "/en/p/mug/",
    "name": "Mug <b>",
    "brand": "Altona",
    "picture": {"src": "/m/a.webp", "srcset": "", "alt": "A mug", "width": "640", "height": "640"},
    "price": "€19.90",
}


def _card(**more) -> str:
    context = {"card": {**CARD, **more}, "shipping_url": "/en/legal/shipping/"}
    return render_to_string("components/product_card.html", context)


def test_a_field_without_fault_shows_label_and_help():
    html = shop_ui.field(Form()["email"])

    assert '<label class="field__label" for="id_email">E-mail</label>' in html
    assert 'id="id_email_helptext">For the confirmation.</div>' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert "field__error" not in html
    assert "aria-invalid" not in html


def test_a_refused_field_says_why_in_words_that_belong_to_it():
    html = shop_ui.field(Form({"email": "<x>"})["email"])

    assert 'id="id_email_error"><span class="visually-hidden">Error:</span>' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="&lt;x&gt;"' in html
    assert "<x>" not in html


def test_what_may_stay_empty_says_so():
    assert "(optional)" in shop_ui.field(Form()["phone"])
    assert "(optional)" not in shop_ui.field(Form()["email"])


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = shop_ui.field(Form({})["method"])

    assert '<legend class="field__label">Delivery</legend>' in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_method_error"' in html


def test_a_box_to_tick_stands_before_its_words():
    html = shop_ui.field(Form()["news"])

    assert html.index('type="checkbox"') < html.index("Newsletter")
    assert html.count("<label") == 1


def test_a_drawing_that_does_not_exist_is_a_fault():
    with pytest.raises(KeyError):
        shop_ui.icon("unicorn")


def test_a_card_shows_the_price_with_what_the_law_wants_beside_it():
    html = _card(price_before="€24.90", discount="−20 %", base_price="€49.80/kg")

    assert "Mug &lt;b&gt;" in html
    assert "€19.90" in html
    assert "Lowest price of the last 30 days:" in html
    assert "<s>€24.90</s>" in html
    assert "€49.80/kg" in html
    assert 'incl. VAT, plus <a href="/en/legal/shipping/">shipping</a>' in html


def test_a_plain_card_shows_nothing_that_it_does_not_have():
    html = _card()

    for word in ("Lowest price", "from", "badge", "card__swatches", "rating", "price__base"):
        assert word not in html, word


def test_a_card_without_a_picture_still_sells():
    html = _card(picture=None)

    assert "<img" not in html
    assert 'href="/en/p/mug/"' in html


@pytest.mark.parametrize(("count", "words"), [("1", "1 review"), ("12", "12 reviews")])
def test_ratings_count_in_words(count, words):
    context = {"stars_percent": "92", "average": "4.6", "count": count, "url": "#reviews"}

    html = render_to_string("components/rating.html", context)

    assert f">{words}</a>" in html
    assert "4.6 of 5 stars" in html
    assert 'class="rating__full" width="92"' in html


def _buy_box(**more) -> str:
    context = {
        "product": {"name": "Mug"},
        "gallery": [],
        "variant": {"pk": "17", "sku": "MUG-1"},
        "price": {"price": "€19.90"},
        "availability": {"kind": "in_stock", "text": "In stock", "delivery_text": ""},
        "quantity_max": "5",
        "cart_add_url": "/en/cart/lines/",
        "csrf_token": "seal",
        **more,
    }
    return render_to_string("catalog/product_detail.html#product", context)


def test_what_is_in_stock_can_be_put_into_the_cart():
    html = _buy_box()

    assert 'action="/en/cart/lines/" method="post"' in html
    assert '<input type="hidden" name="variant" value="17">' in html
    assert 'max="5"' in html
    assert "csrfmiddlewaretoken" in html
    assert "engraving" not in html


def test_what_is_sold_out_cannot_be_bought():
    gone = {"kind": "sold_out", "text": "Sold out", "delivery_text": ""}

    html = _buy_box(availability=gone)

    assert "Sold out" in html
    assert "cannot be ordered at the moment" in html
    assert "/en/cart/lines/" not in html
    assert "Add to cart" not in html


def test_what_is_engraved_asks_for_the_words():
    html = _buy_box(engraving_length="20")

    assert 'name="engraving" maxlength="20"' in html
    assert "(at most 20 characters)" in html


def test_a_value_that_is_gone_can_still_be_looked_at():
    value = {"name": "Chalk", "url": "?variant=C", "is_selected": False, "is_available": False}
    group = {"name": "Colour", "code": "color", "values": [value]}

    html = render_to_string("components/option_group.html", {"group": group})

    assert 'href="?variant=C"' in html
    assert "(sold out)" in html


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_last_pages_need_no_context_and_show_the_number_of_the_request(name):
    bare = Engine(dirs=[look.TEMPLATES], builtins=[], libraries={})
    template = bare.get_template(name)

    assert "Kontor" in template.render(Context())
    assert "Request:" not in template.render(Context())
    assert "Request: <code>b7e2</code>" in template.render(Context({"request_id": "b7e2"}))
