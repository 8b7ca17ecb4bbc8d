"""Every parameter of ``POST /v1/checkout/sessions``: what is checked and what is not here.

A test compares these tables with the typed parameters of the installed ``stripe`` client, so that
neither an unknown nor a forgotten name can stand here.
"""

from demo.payment_sandbox import values
from demo.payment_sandbox.nesting import Metadata, Record, Rows
from demo.payment_sandbox.schema import (
    Choice,
    Currency,
    Email,
    Flag,
    Kind,
    NotHere,
    Text,
    Url,
    Whole,
)

_OFF = Flag(only=False)


def not_here(names: str) -> dict[str, Kind]:
    """Fields that Stripe knows and the sandbox refuses, from a line of names."""
    return {name: NotHere() for name in names.split()}


PRODUCT_DATA = Record(
    {
        "name": Text(5000),
        "description": Text(40000),
        "images": Rows(Url(2048), most=8),
        "metadata": Metadata(),
        "tax_code": Text(pattern=r"txcd_\d{8}"),
        "unit_label": Text(12),
        **not_here("tax_details"),
    },
    required=("name",),
)

PRICE_DATA = Record(
    {
        "currency": Currency(),
        "product_data": PRODUCT_DATA,
        "unit_amount": Whole(0, values.MOST_AMOUNT),
        "tax_behavior": Choice(("exclusive", "inclusive", "unspecified")),
        **not_here("product recurring unit_amount_decimal"),
    },
    required=("currency", "product_data", "unit_amount"),
)

LINE_ITEM = Record(
    {
        "price_data": PRICE_DATA,
        "quantity": Whole(1, 999_999),
        "metadata": Metadata(),
        "adjustable_quantity": Record(
            {"enabled": _OFF, "maximum": Whole(0, 999_999), "minimum": Whole(0, 999_999)},
            required=("enabled",),
        ),
        **not_here("price tax_rates"),
    },
    required=("price_data", "quantity"),
)

ADDRESS = Record(
    {
        "line1": Text(5000),
        "line2": Text(5000),
        "postal_code": Text(5000),
        "city": Text(5000),
        "state": Text(5000),
        "country": Text(2, pattern=r"[A-Z]{2}"),
    },
    required=("line1",),
)

SHIPPING = Record(
    {
        "name": Text(5000),
        "address": ADDRESS,
        "phone": Text(5000),
        "carrier": Text(5000),
        "tracking_number": Text(5000),
    },
    required=("name", "address"),
)

_DESCRIPTOR = r"(?=.*[A-Za-z])[^<>\\'\"*]{1,22}"

PAYMENT_INTENT_DATA = Record(
    {
        "description": Text(1000),
        "metadata": Metadata(),
        "receipt_email": Email(),
        "shipping": SHIPPING,
        "statement_descriptor": Text(22, pattern=_DESCRIPTOR),
        "statement_descriptor_suffix": Text(22, pattern=_DESCRIPTOR),
        "capture_method": Choice(
            ("automatic", "automatic_async", "manual"), here=("automatic", "automatic_async")
        ),
        **not_here(
            "application_fee_amount on_behalf_of setup_future_usage transfer_data transfer_group"
        ),
    }
)

CARD_OPTIONS = Record(
    {
        "request_three_d_secure": Choice(("any", "automatic", "challenge")),
        **not_here(
            "capture_method installments request_extended_authorization "
            "request_incremental_authorization request_multicapture request_overcapture "
            "restrictions setup_future_usage statement_descriptor_suffix_kana "
            "statement_descriptor_suffix_kanji"
        ),
    }
)

SEPA_OPTIONS = Record(
    {
        "setup_future_usage": Choice(("none", "off_session", "on_session"), here=("none",)),
        **not_here("mandate_options target_date"),
    }
)

PAYMENT_METHOD_OPTIONS = Record(
    {
        **not_here(" ".join(values.METHODS_WITH_OPTIONS)),
        "card": CARD_OPTIONS,
        "sepa_debit": SEPA_OPTIONS,
    }
)

MESSAGE = Record({"message": Text(1200)}, required=("message",))

CUSTOM_TEXT = Record(
    {
        "submit": MESSAGE,
        **not_here("after_submit shipping_address terms_of_service_acceptance"),
    }
)

SESSION_CREATE = Record(
    {
        "mode": Choice(("payment", "setup", "subscription"), here=("payment",)),
        "ui_mode": Choice(
            ("elements", "embedded_page", "form", "hosted_page"), here=("hosted_page",)
        ),
        "client_reference_id": Text(200),
        "customer_email": Email(),
        "locale": Choice(values.LOCALES),
        "currency": Currency(),
        "expires_at": Whole(),
        "line_items": Rows(LINE_ITEM, most=100, least=1),
        "success_url": Url(),
        "cancel_url": Url(),
        "metadata": Metadata(),
        "payment_intent_data": PAYMENT_INTENT_DATA,
        "payment_method_options": PAYMENT_METHOD_OPTIONS,
        "allowed_payment_method_types": Rows(Choice(values.PAYMENT_METHOD_TYPES), least=1),
        "excluded_payment_method_types": Rows(Choice(values.EXCLUDABLE_TYPES)),
        "custom_text": CUSTOM_TEXT,
        "submit_type": Choice(("auto", "book", "donate", "pay", "subscribe"), here=("auto", "pay")),
        "billing_address_collection": Choice(("auto", "required"), here=("auto",)),
        "customer_creation": Choice(("always", "if_required"), here=("if_required",)),
        "payment_method_collection": Choice(("always", "if_required"), here=("always",)),
        "origin_context": Choice(("mobile_app", "web")),
        "integration_identifier": Text(200),
        "adaptive_pricing": Record({"enabled": _OFF}),
        "allow_promotion_codes": _OFF,
        "automatic_tax": Record({"enabled": _OFF, **not_here("liability")}, required=("enabled",)),
        "invoice_creation": Record(
            {"enabled": _OFF, **not_here("invoice_data")}, required=("enabled",)
        ),
        "phone_number_collection": Record({"enabled": _OFF}, required=("enabled",)),
        "tax_id_collection": Record(
            {"enabled": _OFF, **not_here("required")}, required=("enabled",)
        ),
        "expand": Rows(Text(200), most=20),
        **not_here(
            "after_expiration branding_settings consent_collection custom_fields customer "
            "customer_account customer_update discounts managed_payments name_collection "
            "optional_items payment_method_configuration payment_method_data permissions "
            "redirect_on_completion return_url saved_payment_method_options setup_intent_data "
            "shipping_address_collection shipping_options subscription_data wallet_options"
        ),
    },
    required=("mode", "line_items"),
)
