"""What was bought as a file: there once it is paid, for its buyer alone, whatever changes later."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Customer
from catalog.documents import digital_files
from catalog.models import DigitalFile
from orders import (
    access,
    books,
    emails,
    fulfilments,
    history,
    lifecycle,
    payments,
    personal_data,
    settling,
)
from orders.models import Download, EventKind, Order
from tests import making, pages
from tests.orders.conftest import draft_for, line_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    options = {**settings.STORAGES["private"]["OPTIONS"], "location": str(tmp_path / "private")}
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": options},
    }


@pytest.fixture
def pattern(make_variant):
    """A variant that is delivered as a PDF."""
    variant = make_variant(has_stock_limit=False)
    variant.product.is_digital = True
    variant.product.save()
    making.make_file(variant.product, name="Strickanleitung Lotse")
    return variant


def digital(variant, **fields):
    return line_for(
        variant,
        quantity=1,
        needs_shipping=False,
        is_digital=True,
        withdrawal_exception="digital",
        **fields,
    )


@pytest.fixture
def bought(paid_order, pattern):
    """A paid order of the pattern."""
    return paid_order(lines=(digital(pattern),))


def url_of(download, order=None):
    token = access.token_for(order or download.order)
    return reverse("orders:download", args=[token, download.pk])


def status_of(path, method="get"):
    """What a request is answered with; the file is closed as a web server would."""
    answer = getattr(Client(), method)(path)
    answer.close()
    return answer.status_code


def body_of(answer):
    return b"".join(answer.streaming_content)


def shown(order):
    return pages.Page(Client().get(access.path_of(order)))


def links_of(order):
    return [link for link in shown(order).links if "/files/" in link]


# --- From the payment to the file -----------------------------------------------------------------


def test_the_buyer_pays_finds_the_link_and_gets_the_file(place_and_start, sandbox, pattern):
    order, payment = place_and_start(lines=(digital(pattern),))
    assert links_of(order) == []
    sandbox.pay(payment)

    page = pages.Page(Client().get(f"{access.path_of(order)}?session={payment.provider_session}"))

    (link,) = [one for one in page.links if "/files/" in one]
    assert "downloads" in page.ids
    assert f"Strickanleitung Lotse PDF, {len(making.PDF)} Bytes" in page.text
    answer = Client().get(link)
    assert answer.status_code == 200
    assert body_of(answer) == making.PDF


def test_a_file_is_kept_and_neither_shown_nor_cached_nor_indexed(bought):
    answer = Client().get(url_of(bought.downloads.get()))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Strickanleitung Lotse.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Content-Length"] == str(len(making.PDF))
    answer.close()


def _picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (20, 30), "teal").save(out, kind)
    return out.getvalue()


def _archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("pattern.txt", "knit 2, purl 2")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [
        (making.PDF, "application/pdf", "pdf"),
        (_archive(), "application/zip", "zip"),
        (_picture("PNG"), "image/png", "png"),
        (_picture("JPEG"), "image/jpeg", "jpg"),
    ],
    ids=["pdf", "zip", "png", "jpeg"],
)
def test_each_type_arrives_whole_under_its_name(paid_order, pattern, content, content_type, ending):
    pattern.product.digital_files.all().delete()
    making.make_file(pattern.product, content=content, name="Größe: M/L")

    answer = Client().get(url_of(paid_order(lines=(digital(pattern),)).downloads.get()))

    assert body_of(answer) == content
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == (
        f"attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%20M%20L.{ending}"
    )


def test_a_large_file_is_streamed(paid_order, pattern):
    content = making.PDF + b"\n" * 3_000_000 + b"%%EOF\n"
    pattern.product.digital_files.all().delete()
    making.make_file(pattern.product, content=content)

    answer = Client().get(url_of(paid_order(lines=(digital(pattern),)).downloads.get()))

    chunks = list(answer.streaming_content)
    assert answer.streaming
    assert max(map(len, chunks)) == 65_536
    assert b"".join(chunks) == content


def test_goods_and_files_in_one_order(paid_order, mug, pattern, moment):
    order = paid_order(lines=(line_for(mug), digital(pattern)))

    assert len(links_of(order)) == 1
    assert order.fulfilment_status == "unfulfilled"
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    assert len(links_of(order)) == 1


def test_what_costs_nothing_is_there_at_once(pattern, moment):
    line = digital(pattern, unit=Decimal("0.00"))
    order = lifecycle.create(draft_for(line, delivery_gross=Decimal("0.00")), moment=moment)

    assert len(links_of(order)) == 1


def test_the_names_are_in_the_language_of_the_order(paid_order, pattern):
    order = paid_order(lines=(digital(pattern),), language="en")

    assert order.downloads.get().name == "Strickanleitung Lotse (en)"


# --- Who gets nothing -----------------------------------------------------------------------------


def refuses(path):
    return status_of(path) == 404 and status_of(path, "head") == 404


def test_a_file_of_another_order_is_not_there(bought, paid_order, pattern):
    other = paid_order(lines=(digital(pattern),))
    theirs, mine = bought.downloads.get(), other.downloads.get()

    assert refuses(url_of(theirs, order=other))
    assert refuses(url_of(mine, order=bought))
    assert not Download.objects.filter(downloaded_count__gt=0).exists()


@pytest.mark.parametrize("token", ["x", "WzEsMV0:AAAA", "a" * 5000, "🙂:🙂"], ids=range(4))
def test_a_forged_link_leads_nowhere(bought, token):
    pk = bought.downloads.get().pk

    assert refuses(reverse("orders:download", args=[token, pk]))


@pytest.mark.parametrize("pk", [0, 10**30])
def test_a_file_that_does_not_exist_is_not_there(bought, pk):
    assert refuses(reverse("orders:download", args=[access.token_for(bought), pk]))


def test_a_link_dies_with_the_version_of_its_order(bought):
    path = url_of(bought.downloads.get())
    Order.objects.update(access_version=2)

    assert refuses(path)


STATES = [
    ("placed", "unpaid"),
    ("placed", "pending"),
    ("placed", "paid"),
    ("placed", "mismatch"),
    ("confirmed", "mismatch"),
    ("confirmed", "unpaid"),
    ("confirmed", "pending"),
    ("confirmed", "refunded"),
    ("completed", "refunded"),
    ("cancelled", "paid"),
    ("cancelled", "partly_refunded"),
    ("cancelled", "refunded"),
    ("cancelled", "unpaid"),
]


@pytest.mark.parametrize(("status", "payment_status"), STATES)
def test_who_has_not_paid_or_got_the_money_back_gets_nothing(bought, status, payment_status):
    Order.objects.update(status=status, payment_status=payment_status)

    assert refuses(url_of(bought.downloads.get()))
    assert links_of(bought) == []
    assert bought.downloads.get().downloaded_count == 0


@pytest.mark.parametrize("status", ["confirmed", "completed"])
@pytest.mark.parametrize("payment_status", ["paid", "partly_refunded"])
def test_who_paid_and_kept_it_gets_it(bought, status, payment_status):
    Order.objects.update(status=status, payment_status=payment_status)

    assert status_of(url_of(bought.downloads.get())) == 200


def test_a_refund_ends_the_downloads(bought, sandbox, moment):
    path = url_of(bought.downloads.get())
    payment = bought.payments.get()
    refund = payments.refund(
        payment, amount=payment.captured, reason="goodwill", by=None, moment=moment
    )
    payments.carry_out(refund, moment=moment)

    assert refuses(path)
    assert "/files/" not in "".join(shown(Order.objects.get(pk=bought.pk)).links)


def test_other_methods_are_refused(bought):
    path = url_of(bought.downloads.get())

    assert Client().post(path).status_code == 405
    assert Client().delete(path).status_code == 405


def test_a_file_that_is_gone_from_the_storage_is_not_counted(bought, caplog):
    download = bought.downloads.get()
    storages["private"].delete(digital_files.path_of(download.sha256))

    assert refuses(url_of(download))
    assert "gone from the private storage" in caplog.text
    assert bought.downloads.get().downloaded_count == 0


# --- What was bought stays ------------------------------------------------------------------------


def test_what_was_bought_stays_when_the_product_changes(bought, pattern):
    making.make_file(pattern.product, content=making.PDF + b"second\n", name="Zweite Fassung")
    pattern.product.digital_files.first().delete()
    pattern.product.digital_files.update(is_active=False)

    download = bought.downloads.get()
    assert download.file is None
    assert body_of(Client().get(url_of(download))) == making.PDF


def test_handing_over_again_adds_what_is_new_and_keeps_the_rest(bought, pattern):
    making.make_file(pattern.product, content=making.PDF + b"second\n", name="Zweite Fassung")

    fulfilments.hand_over(bought)
    fulfilments.hand_over(bought)

    assert [one.name for one in bought.downloads.as_listed()] == [
        "Strickanleitung Lotse",
        "Zweite Fassung",
    ]


def test_files_that_are_switched_off_are_not_handed_over(paid_order, pattern):
    old = pattern.product.digital_files.get()
    making.make_file(pattern.product, content=making.PDF + b"second\n", name="Zweite Fassung")
    DigitalFile.objects.filter(pk=old.pk).update(is_active=False)

    order = paid_order(lines=(digital(pattern),))

    assert [one.name for one in order.downloads.all()] == ["Zweite Fassung"]


def test_lines_of_goods_get_no_files(paid_order, mug, pattern):
    making.make_file(mug.product, content=making.PDF + b"mug\n")

    order = paid_order(lines=(line_for(mug), digital(pattern)))

    assert order.downloads.get().line.sku == pattern.sku


# --- The proof that delivery began ----------------------------------------------------------------


def test_the_first_download_is_an_event_and_all_are_counted(bought):
    path = url_of(bought.downloads.get())
    status_of(path, "head")
    assert not bought.events.filter(kind=EventKind.DOWNLOAD).exists()

    for _time in range(3):
        status_of(path)

    download = bought.downloads.get()
    event = bought.events.get(kind=EventKind.DOWNLOAD)
    assert download.downloaded_count == 3
    assert event.created_at == download.first_at
    assert event.facts == {"download": download.pk, "file": "Strickanleitung Lotse"}
    assert event.actor is None
    assert "Strickanleitung Lotse" in history.words_of(event)
    told = history.for_customer(bought)[-1]
    assert told["text"] == "Strickanleitung Lotse"


def test_a_look_at_the_page_downloads_nothing(bought):
    shown(bought)

    assert bought.downloads.get().first_at is None


def test_the_export_names_the_downloads_and_erasing_ends_the_link(bought):
    ada = Customer.objects.create_user("ada@example.com")
    Order.objects.update(customer=ada)
    path = url_of(bought.downloads.get())
    status_of(path)

    (exported,) = personal_data.export(ada)["orders"]
    assert exported["downloads"][0]["name"] == "Strickanleitung Lotse"
    assert exported["downloads"][0]["count"] == 1

    personal_data.erase(ada)
    assert refuses(path)


# --- The mail -------------------------------------------------------------------------------------


def test_the_confirmation_leads_to_the_downloads_and_never_to_a_file(bought):
    message = emails.build(bought.mails.get(kind="confirmation"))
    html = message.alternatives[0].content

    for text in (message.body, html):
        assert "Strickanleitung Lotse" in text
        assert f"{access.url_of(bought)}#downloads" in text
        assert "/files/" not in text


def test_the_confirmation_of_goods_speaks_of_no_download(paid_order):
    message = emails.build(paid_order().mails.get(kind="confirmation"))

    assert "download" not in message.body.lower()
    assert "download" not in message.alternatives[0].content.lower()


# --- Cost, books, staff ---------------------------------------------------------------------------


def _statements_of_confirming(order, moment):
    with CaptureQueriesContext(connection) as queries:
        settling.confirm(order, reason="paid", moment=moment)
    return [one["sql"] for one in queries if "orders_download" in one["sql"]], len(queries)


def test_confirming_costs_three_statements_more_with_files_and_none_without(
    place, mug, pattern, make_variant, moment
):
    more = make_variant(has_stock_limit=False)
    for number in range(3):
        making.make_file(more.product, content=making.PDF + b"%d\n" % number)
    plain = place()
    files = place(lines=(digital(pattern), digital(more)))

    asked, statements = _statements_of_confirming(plain, moment)
    asked_with, statements_with = _statements_of_confirming(files, moment)

    assert asked == []
    assert len(asked_with) == 1  # and one that reads the files of the products
    # Two for the files; with nothing to be shipped the invoice is due at once.
    assert statements_with == statements + 3
    assert files.downloads.count() == 4


def test_the_page_of_an_order_without_files_asks_for_none(paid_order):
    order = paid_order()

    with CaptureQueriesContext(connection) as queries:
        Client().get(access.path_of(order))

    assert not [one for one in queries if "orders_download" in one["sql"]]


def found():
    return {name: rows for name, check in books.CHECKS if (rows := check())}


def test_a_confirmed_order_without_its_files_is_found(bought):
    assert found() == {}
    Download.objects.all().delete()

    (name,) = found()
    assert name == "orders: what was bought as a download is there"
    assert bought.number in found()[name][0]


def test_an_order_that_does_not_know_of_its_digital_lines_is_found(bought):
    Order.objects.update(has_digital=False)

    assert set(found()) == {"orders: what was bought as a download is there"}


def test_gift_cards_have_no_files(paid_order, pattern):
    pattern.product.digital_files.all().delete()
    pattern.product.is_gift_card = True
    pattern.product.save()

    order = paid_order(lines=(digital(pattern),))

    assert not order.downloads.exists()
    assert found() == {}
    call_command("check_books")


def test_staff_see_what_was_downloaded(bought, sam):
    client = Client()
    client.force_login(sam)
    status_of(url_of(bought.downloads.get()))

    text = client.get(f"/admin/orders/order/{bought.pk}/change/").content.decode()

    words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    sku = bought.lines.get().sku
    assert re.search(rf"1 x {sku} Strickanleitung Lotse PDF {len(making.PDF)} 1 ", words)
