"""Every parameter is checked: unknown, mistyped, out of range, contradicting, not implemented."""

import http.client
import json
from urllib.parse import urlsplit

import pytest
import stripe

from tests.payment_sandbox.fixtures import SECRET_KEY, line, order


def _priced(**changes):
    return order(line_items=[line("Becher", 1990, 1, **changes)])


def _data(**changes):
    return order(payment_intent_data=changes)


REFUSED = [
    (order(colour="red"), "colour", "parameter_unknown"),
    (_data(colour="red"), "payment_intent_data[colour]", "parameter_unknown"),
    (
        _priced(product_data={"name": "x", "sku": "1"}),
        "line_items[0][price_data][product_data][sku]",
        "parameter_unknown",
    ),
    (order(payment_method_types=["card"]), "payment_method_types", "parameter_unknown"),
    (order(mode=None), "mode", "parameter_missing"),
    (order(line_items=None), "line_items", "parameter_missing"),
    (order(success_url=None), "success_url", "parameter_missing"),
    (
        order(line_items=[{"price_data": {"currency": "eur", "unit_amount": 1}, "quantity": 1}]),
        "line_items[0][price_data][product_data]",
        "parameter_missing",
    ),
    (_priced(product_data={"images": ["x"]}), None, "parameter_missing"),
    (_priced(unit_amount="19.90"), None, "parameter_invalid_integer"),
    (_priced(unit_amount=-1), None, "parameter_invalid_integer"),
    (_priced(unit_amount=100_000_000), None, "parameter_invalid_integer"),
    (_priced(currency="EUR"), "line_items[0][price_data][currency]", None),
    (_priced(tax_behavior="gross"), "line_items[0][price_data][tax_behavior]", None),
    (order(line_items=[line("x", 100, 0)]), "line_items[0][quantity]", "parameter_invalid_integer"),
    (order(line_items=[line("x", 100, 1000000)]), None, "parameter_invalid_integer"),
    (order(line_items=[line("x", 100, 1)] * 101), "line_items", None),
    (order(line_items="x"), "line_items", None),
    (order(line_items={"1": line("x", 100, 1)}), "line_items", None),
    (order(line_items=[line("x", 49, 1)]), "line_items", "amount_too_small"),
    (order(line_items=[line("x", 99_999_999, 2)]), "line_items", "amount_too_large"),
    (
        order(line_items=[line("x", 100, 1), line("y", 100, 1, currency="usd")]),
        "line_items[1][price_data][currency]",
        None,
    ),
    (order(currency="usd"), "line_items[0][price_data][currency]", None),
    (order(mode="gift"), "mode", None),
    (order(ui_mode="hosted"), "ui_mode", None),
    (order(locale="de-DE"), "locale", None),
    (order(customer_email="ada"), "customer_email", "email_invalid"),
    (order(customer_email=""), "customer_email", "parameter_invalid_empty"),
    (order(success_url="/thanks/"), "success_url", "url_invalid"),
    (order(success_url="javascript:alert(1)"), "success_url", "url_invalid"),
    (order(cancel_url="http://a b/"), "cancel_url", "url_invalid"),
    (order(cancel_url="http://shop.example\n.evil.example/"), "cancel_url", "url_invalid"),
    (
        order(client_reference_id="x" * 201),
        "client_reference_id",
        "parameter_invalid_string_too_long",
    ),
    (_data(description="x" * 1001), None, "parameter_invalid_string_too_long"),
    (_data(statement_descriptor="*" * 5), "payment_intent_data[statement_descriptor]", None),
    (_data(shipping={"name": "Ada"}), None, "parameter_missing"),
    (order(metadata={"k" * 41: "v"}), None, "parameter_invalid"),
    (order(metadata={"k": "v" * 501}), "metadata[k]", "parameter_invalid"),
    (order(metadata={f"k{n}": "v" for n in range(51)}), "metadata", "parameter_invalid"),
    (order(metadata="x"), "metadata", None),
    (order(metadata={"k": {"a": "b"}}), "metadata[k]", None),
    (order(expires_at="soon"), "expires_at", "parameter_invalid_integer"),
    (order(allow_promotion_codes="maybe"), "allow_promotion_codes", None),
    (order(allowed_payment_method_types=["paypal"]), "allowed_payment_method_types", None),
    (order(allowed_payment_method_types=["gold"]), "allowed_payment_method_types[0]", None),
]

NOT_HERE = [
    (order(mode="subscription"), "mode"),
    (order(ui_mode="embedded_page"), "ui_mode"),
    (order(customer="cus_1"), "customer"),
    (order(discounts=[{"coupon": "X"}]), "discounts"),
    (order(allow_promotion_codes=True), "allow_promotion_codes"),
    (order(automatic_tax={"enabled": True}), "automatic_tax[enabled]"),
    (_data(capture_method="manual"), "payment_intent_data[capture_method]"),
    (_data(transfer_group="x"), "payment_intent_data[transfer_group]"),
    (_priced(currency="isk"), "line_items[0][price_data][currency]"),
    (order(payment_method_options={"klarna": {"a": "b"}}), "payment_method_options[klarna]"),
]


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


@pytest.mark.parametrize(("params", "param", "code"), REFUSED)
def test_a_bad_parameter_is_refused_by_its_name(sandbox, params, param, code):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.client.v1.checkout.sessions.create(params=params)

    problem = caught.value
    assert (problem.http_status, problem.code) == (400, code)
    if param:
        assert problem.param == param
    error = problem.json_body["error"]
    assert error["type"] == "invalid_request_error"
    assert error["request_log_url"].endswith(problem.request_id)
    assert ("doc_url" in error) is (code is not None)
    assert sandbox.control.state()["sessions"] == []


@pytest.mark.parametrize(("params", "param"), NOT_HERE)
def test_what_stripe_knows_and_the_sandbox_does_not_is_said(sandbox, params, param):
    with pytest.raises(stripe.InvalidRequestError, match="not implemented") as caught:
        sandbox.client.v1.checkout.sessions.create(params=params)

    assert (caught.value.param, caught.value.code) == (param, "not_implemented_in_sandbox")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1700, "at least 30 minutes"), (86500, "less than 24 hours")],
)
def test_a_session_lives_between_30_minutes_and_24_hours(sandbox, seconds, words):
    now = sandbox.control.ask("GET", "clock")["now"]

    with pytest.raises(stripe.InvalidRequestError, match=words) as caught:
        sandbox.client.v1.checkout.sessions.create(params=order(expires_at=now + seconds))

    assert caught.value.param == "expires_at"
    made = sandbox.client.v1.checkout.sessions.create(params=order(expires_at=now + 1860))
    assert made.expires_at == now + 1860


def test_several_unknown_parameters_are_named_together(sandbox):
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameters: size, colour"):
        sandbox.client.v1.checkout.sessions.create(params=order(size="L", colour="red"))


def test_everything_optional_that_is_accepted_at_once(sandbox):
    params = order(
        currency="eur",
        submit_type="pay",
        billing_address_collection="auto",
        customer_creation="if_required",
        payment_method_collection="always",
        origin_context="web",
        integration_identifier="kontor",
        allowed_payment_method_types=["card", "paypal"],
        excluded_payment_method_types=["klarna"],
        adaptive_pricing={"enabled": False},
        automatic_tax={"enabled": False},
        phone_number_collection={"enabled": False},
        custom_text={"submit": {"message": "Danke!"}},
        payment_method_options={"card": {"request_three_d_secure": "automatic"}},
        payment_intent_data={
            "receipt_email": "ada@example.org",
            "statement_descriptor_suffix": "KONTOR 1001",
            "shipping": {"name": "Ada", "address": {"line1": "Kai 1", "country": "DE"}},
            "capture_method": "automatic",
        },
    )

    session = sandbox.client.v1.checkout.sessions.create(params=params)

    assert session.payment_method_types == ["card"]
    assert session.allowed_payment_method_types == ["card", "paypal"]
    assert session.custom_text.submit.message == "Danke!"
    identifier = sandbox.control.buy(session.id)["payment_intent"]
    intent = sandbox.client.v1.payment_intents.retrieve(identifier)
    assert intent.statement_descriptor_suffix == "KONTOR 1001"
    assert intent.shipping.address.country == "DE"
    assert intent.shipping.address.line2 is None


@pytest.mark.parametrize(
    ("path", "param"),
    [
        ("/v1/events?limit=0", "limit"),
        ("/v1/events?limit=101", "limit"),
        ("/v1/events?page=2", "page"),
        ("/v1/events?created[from]=1", "created[from]"),
        ("/v1/events?starting_after=evt_x", "starting_after"),
        ("/v1/refunds?status=failed", "status"),
        ("/v1/payment_intents?customer=cus_1", "customer"),
        ("/v1/checkout/sessions?status=paid", "status"),
    ],
)
def test_lists_refuse_what_they_do_not_know(sandbox, path, param):
    status, body = _raw(sandbox, "GET", path)

    assert (status, body["error"]["param"]) == (400, param)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(order()), "application/json"),
        ("mode=payment&mode=setup", None),
        ("mode=payment&mode[a]=b", None),
        ("mode[=payment", None),
        ("a" + "[b]" * 30 + "=1", None),
        ("mode=%ff", None),
    ],
)
def test_a_body_that_is_no_clean_form_is_refused(sandbox, body, kind):
    status, told = _raw(sandbox, "POST", "/v1/checkout/sessions", body, kind)

    assert (status, told["error"]["type"]) == (400, "invalid_request_error")


def test_a_body_that_is_too_large_is_refused(sandbox):
    status, _ = _raw(sandbox, "POST", "/v1/checkout/sessions", "a" * 1_000_001)

    assert status == 413


def _raw(sandbox, method, path, body=None, kind=None):
    parts = urlsplit(sandbox.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    headers = {
        "Authorization": f"Bearer {SECRET_KEY}",
        "Content-Type": kind or "application/x-www-form-urlencoded",
    }
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}
    finally:
        connection.close()
