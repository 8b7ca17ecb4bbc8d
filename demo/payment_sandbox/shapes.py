"""Blank objects with every field that Stripe's API lists: what does not apply is null, not missing.

Left out, as Stripe leaves them out, are fields that must be asked for with ``expand`` (a session's
``line_items``, a charge's ``refunds``, a line's ``discounts`` and ``taxes``).
"""

from typing import Any

type Row = dict[str, Any]


def nulls(names: str) -> Row:
    """Fields that are null."""
    return dict.fromkeys(names.split())


def address(given: Row | None = None, *, country: str | None = None) -> Row:
    """An address with all its fields."""
    return {
        **nulls("city line1 line2 postal_code state"),
        "country": country,
        **(given or {}),
    }


def shipping(given: Row | None) -> Row | None:
    """Shipping facts of an intent, or null."""
    if not given:
        return None
    return {
        **nulls("carrier phone tracking_number"),
        **given,
        "address": address(given["address"]),
    }


def session(identifier: str) -> Row:
    """A Checkout Session in ``payment`` mode."""
    return {
        "id": identifier,
        "object": "checkout.session",
        **nulls(
            "after_expiration allowed_payment_method_types amount_subtotal amount_total "
            "billing_address_collection branding_settings cancel_url client_reference_id "
            "client_secret collected_information consent consent_collection created currency "
            "currency_conversion customer customer_account customer_creation customer_details "
            "customer_email excluded_payment_method_types expires_at integration_identifier "
            "invoice locale managed_payments name_collection optional_items origin_context "
            "payment_intent payment_link payment_method_collection "
            "payment_method_configuration_details permissions presentment_details recovered_from "
            "redirect_on_completion return_url saved_payment_method_options setup_intent "
            "shipping_address_collection shipping_cost submit_type subscription success_url url "
            "wallet_options"
        ),
        "adaptive_pricing": {"enabled": False},
        "allow_promotion_codes": None,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": nulls("after_submit shipping_address submit terms_of_service_acceptance"),
        "discounts": [],
        "invoice_creation": _no_invoice(),
        "livemode": False,
        "metadata": {},
        "mode": "payment",
        "payment_method_options": {},
        "payment_method_types": [],
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "tax_id_collection": {"enabled": False, "required": "never"},
        "total_details": {
            "amount_discount": 0,
            "amount_shipping": 0,
            "amount_tax": 0,
            "breakdown": {"discounts": [], "taxes": []},
        },
        "ui_mode": "hosted_page",
    }


def _no_invoice() -> Row:
    blank = nulls("account_tax_ids custom_fields description footer issuer rendering_options")
    return {"enabled": False, "invoice_data": {**blank, "metadata": {}}}


def line_item(identifier: str, price: Row, quantity: int, metadata: Row) -> Row:
    """A line of a session."""
    total = price["unit_amount"] * quantity
    return {
        "id": identifier,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": price["currency"],
        "description": None,
        "metadata": metadata,
        "price": price,
        "quantity": quantity,
    }


def price(identifier: str, product: str, given: Row, *, created: int) -> Row:
    """The price that ``price_data`` makes."""
    return {
        "id": identifier,
        "object": "price",
        **nulls(
            "custom_unit_amount currency_options lookup_key nickname recurring tiers tiers_mode "
            "transform_quantity"
        ),
        "active": False,
        "billing_scheme": "per_unit",
        "created": created,
        "currency": given["currency"],
        "livemode": False,
        "metadata": {},
        "product": product,
        "tax_behavior": given.get("tax_behavior", "unspecified"),
        "type": "one_time",
        "unit_amount": given["unit_amount"],
        "unit_amount_decimal": str(given["unit_amount"]),
    }


def intent(identifier: str) -> Row:
    """A PaymentIntent."""
    return {
        "id": identifier,
        "object": "payment_intent",
        **nulls(
            "allowed_payment_method_types amount application application_fee_amount "
            "automatic_payment_methods canceled_at cancellation_reason client_secret created "
            "currency customer customer_account description excluded_payment_method_types hooks "
            "last_payment_error latest_charge managed_payments next_action on_behalf_of "
            "payment_details payment_method payment_method_configuration_details payment_record "
            "presentment_details processing receipt_email review setup_future_usage shipping "
            "source statement_descriptor statement_descriptor_suffix transfer_data transfer_group"
        ),
        "amount_capturable": 0,
        "amount_details": {
            **nulls("discount_amount error line_items shipping tax"),
            "tip": {"amount": None},
        },
        "amount_received": 0,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "livemode": False,
        "metadata": {},
        "payment_method_options": {},
        "payment_method_types": [],
        "status": "requires_payment_method",
    }


def payment_error(
    message: str,
    *,
    code: str,
    decline_code: str | None,
    charge: str | None,
    method: Row | None = None,
) -> Row:
    """An intent's ``last_payment_error``; ``method`` is the payment method that failed."""
    return {
        **nulls(
            "advice_code network_advice_code network_decline_code param payment_intent "
            "request_log_url setup_intent source"
        ),
        "payment_method": method,
        "payment_method_type": method["type"] if method else None,
        "charge": charge,
        "code": code,
        "decline_code": decline_code,
        "doc_url": "https://stripe.com/docs/error-codes/" + code.replace("_", "-"),
        "message": message,
        "type": "card_error",
    }


def refund(identifier: str) -> Row:
    """A Refund."""
    return {
        "id": identifier,
        "object": "refund",
        **nulls(
            "amount balance_transaction charge created currency customer customer_account "
            "description destination_details failure_balance_transaction failure_reason "
            "instructions_email next_action payment_intent payment_method pending_reason "
            "presentment_details reason receipt_number source_transfer_reversal transfer_reversal"
        ),
        "metadata": {},
        "status": "succeeded",
    }


def event(identifier: str, kind: str) -> Row:
    """A snapshot event."""
    return {
        "id": identifier,
        "object": "event",
        **nulls("account api_version context created"),
        "data": {"object": {}, "previous_attributes": None},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
