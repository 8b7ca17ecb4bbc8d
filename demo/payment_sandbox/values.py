"""Values that Stripe knows, shared by several tables of parameters."""


def names(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


PAYMENT_METHOD_TYPES = names(
    """
    acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact
    billie bizum blik boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal
    kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco naver_pay nz_bank_account
    oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay revolut_pay samsung_pay
    satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account wechat_pay
    zip
    """
)
EXCLUDABLE_TYPES = tuple(name for name in PAYMENT_METHOD_TYPES if name != "link")

LOCALES = names(
    """
    auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt
    nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW
    """
)

METHODS_WITH_OPTIONS = names(
    """
    acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact
    billie blik boleto card cashapp crypto customer_balance demo_pay eps fpx giropay grabpay ideal
    kakao_pay klarna konbini kr_card link mobilepay multibanco naver_pay oxxo p24 pay_by_bank
    payco paynow paypal payto pix revolut_pay samsung_pay satispay scalapay sepa_debit sequra
    sofort sunbit swish twint upi us_bank_account wechat_pay
    """
)

METHODS_HERE = ("card", "sepa_debit")
"""What the hosted page offers: cards, and SEPA direct debit as the delayed method (euro only)."""

LEAST_AMOUNT = {
    "eur": 50,
    "usd": 50,
    "gbp": 30,
    "chf": 50,
    "sek": 300,
    "dkk": 250,
    "nok": 300,
    "pln": 200,
    "czk": 1500,
}
"""The currencies of the sandbox with the least amount of a charge, in cents."""

MOST_AMOUNT = 99_999_999
"""The largest amount of a charge, in cents."""

REFUND_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
SESSION_STATUSES = ("complete", "expired", "open")
