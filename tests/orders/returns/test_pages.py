"""Customers ask by the signed link, staff decide in the admin; nobody sees what is not theirs."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from orders import access, books
from orders.models import Refund, Return, ReturnPhoto, Track
from orders.returns import photos, slips

pytestmark = pytest.mark.django_db(transaction=True)


def address(name, order, *parts):
    return reverse(f"orders:{name}", args=[access.token_for(order), *parts])


def picture(kind="JPEG", **extra):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, kind, **extra)
    return content.getvalue()


def test_a_guest_returns_a_piece_and_sees_the_amount_before(client, sent_order):
    order = sent_order()
    line = order.lines.get().pk
    page = client.get(access.path_of(order)).content.decode()
    assert address("returns", order) in page
    ways = client.get(address("returns", order)).content.decode()
    ask_url = address("return_ask", order, "goodwill")
    assert ask_url in ways
    assert reverse("withdraw_order", args=[access.token_for(order)]) in ways

    form = {f"pieces_{line}": "1", "reason": "disliked", "words": "zu blau"}
    seen = client.post(ask_url, form)
    assert "24,00" in seen.content.decode()
    assert Return.objects.count() == 0
    sent = client.post(ask_url, form | {"send": "1"}, follow=True)

    entry = Return.objects.get()
    assert (entry.state, entry.words, entry.lines.get().quantity) == ("approved", "zu blau", 1)
    assert entry.number in sent.content.decode()
    slip = client.get(address("return_slip", order, entry.pk))
    assert slip.content.startswith(b"%PDF")
    assert slip["Cache-Control"] == "no-store"
    assert entry.number in client.get(access.path_of(order)).content.decode()


def test_nothing_chosen_or_too_much_is_told(client, sent_order):
    order = sent_order()
    line = order.lines.get().pk
    ask_url = address("return_ask", order, "goodwill")

    for count in ("0", "3", "-1", "x"):
        answer = client.post(ask_url, {f"pieces_{line}": count, "reason": "", "send": "1"})
        assert answer.status_code == 422

    assert Return.objects.count() == 0


def test_the_same_form_sent_twice_opens_one_return_for_the_last_piece(client, sent_order):
    order = sent_order()
    form = {f"pieces_{order.lines.get().pk}": "2", "reason": "", "send": "1"}
    ask_url = address("return_ask", order, "goodwill")

    first, second = client.post(ask_url, form), client.post(ask_url, form)

    assert (first.status_code, second.status_code) == (302, 404)
    assert Return.objects.count() == 1


def test_what_is_not_theirs_does_not_exist(client, sent_order, ask, make_variant):
    mine, other = sent_order(), sent_order(variant=make_variant())
    entry = ask(other)
    photo = photos.add(entry, picture(), moment=other.placed_at)

    for name, parts in (
        ("return", [entry.pk]),
        ("return_slip", [entry.pk]),
        ("return_photo", [entry.pk, photo.pk]),
        ("return_ask", ["withdrawal"]),
        ("return_ask", ["nonsense"]),
    ):
        assert client.get(address(name, mine, *parts)).status_code == 404
    for name in ("return_sent", "return_called_off", "return_photos"):
        assert client.post(address(name, mine, entry.pk)).status_code == 404
    shown = client.get(address("return_photo", other, entry.pk, photo.pk))
    assert shown["Content-Type"] == "image/jpeg"
    shown.close()


def test_pictures_lose_what_the_camera_added_and_rubbish_is_refused(client, sent_order, ask):
    order = sent_order()
    entry = ask(order, track=Track.CLAIM)
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    upload_url = address("return_photos", order, entry.pk)

    def upload(content):
        file = SimpleUploadedFile("a.jpg", content, content_type="image/jpeg")
        return client.post(upload_url, {"photo": file}).status_code

    assert upload(picture(exif=exif) + b"PK\x03\x04 a second file") == 302
    assert upload(b"<svg onload=alert(1)>") == 422
    with photos.open_content(ReturnPhoto.objects.get()) as file:
        stored = file.read()
    assert b"Camera of Ada" not in stored
    assert b"PK" not in stored
    for number in range(5):
        colour = io.BytesIO()
        Image.new("RGB", (20, 20), (number * 40, 0, 0)).save(colour, "PNG")
        upload(colour.getvalue())
    assert entry.photos.count() == 5
    assert upload(picture("PNG")) in (302, 422)
    assert entry.photos.count() == 5


def test_the_customer_may_keep_it_after_all_but_not_what_arrived(client, sent_order, ask):
    order = sent_order()
    entry = ask(order)

    client.post(address("return_sent", order, entry.pk), {"carrier": "DHL", "tracking_number": "9"})
    client.post(address("return_called_off", order, entry.pk))

    entry.refresh_from_db()
    assert (entry.state, entry.tracking_number) == ("sent", "9")


def test_the_slip_is_the_same_each_time_in_both_languages(sent_order, ask):
    entry = ask(sent_order())

    in_german = slips.slip(entry, language="de")

    assert in_german == slips.slip(entry, language="de")
    assert in_german != slips.slip(entry, language="en")


def test_staff_scan_inspect_and_pay_back_in_four_pages(client, sam, sent_order, ask, warehouse):
    """Scan, receive, inspect, close: one press each, filled in for the usual case."""
    order = sent_order()
    entry = ask(order)
    client.force_login(sam)
    assert entry.number in client.get(reverse("admin:orders_return_changelist")).content.decode()

    there = client.post(reverse("admin:orders_return_scan"), {"code": order.number.lower()})
    assert there["Location"] == reverse("admin:orders_return_receive", args=[entry.pk])
    there = client.post(there["Location"])
    asked = client.get(there["Location"])
    form = asked.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    there = client.post(there["Location"], data)
    assert there.status_code == 302, there.context["form"].errors
    there = client.post(there["Location"], {"outcome": "refund"})

    entry.refresh_from_db()
    assert (entry.state, entry.refund.amount) == ("closed", Decimal("24.00"))
    assert Refund.objects.get().called_at is not None
    assert [name for name, check in books.CHECKS if check()] == []


def test_staff_open_a_return_for_a_customer_and_refuse_it_with_a_reason(client, sam, sent_order):
    order = sent_order()
    client.force_login(sam)
    page = reverse("admin:orders_order_open_return", args=[order.pk])
    assert client.get(page).status_code == 200

    client.post(page, {"track": "claim", f"pieces_{order.lines.get().pk}": "1", "reason": "defect"})
    entry = Return.objects.get()
    refusal = reverse("admin:orders_return_refuse", args=[entry.pk])
    assert client.post(refusal, {"decision": ""}).status_code == 422
    client.post(refusal, {"decision": "Worn out"})

    entry.refresh_from_db()
    assert (entry.state, entry.decision, entry.opened_by) == ("refused", "Worn out", sam)


def test_the_mail_of_each_step_goes_out(client, sent_order, ask, inspect, end, mailoutbox):
    from orders import emails

    order = sent_order()
    entry = end(inspect(ask(order)))

    for mail in order.mails.filter(kind="return"):
        message = emails.build(mail)
        assert entry.number in message.subject
        assert address("return", order, entry.pk) in message.body
        assert order.email in message.to
    refused = emails.build(order.mails.get(reference=f"{entry.number}-closed"))
    assert "24,00" in refused.body
