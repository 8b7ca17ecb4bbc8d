"""Blank charges and disputes; see ``shapes`` for the rules."""

from demo.payment_sandbox.shapes import Row, address, nulls


def charge(identifier: str) -> Row:
    """A Charge."""
    return {
        "id": identifier,
        "object": "charge",
        **nulls(
            "amount application application_fee application_fee_amount authorization_code "
            "balance_transaction calculated_statement_descriptor created currency customer "
            "description failure_balance_transaction failure_code failure_message level3 "
            "on_behalf_of outcome payment_intent payment_method payment_method_details "
            "presentment_details receipt_email receipt_number receipt_url review shipping source "
            "source_transfer statement_descriptor statement_descriptor_suffix transfer "
            "transfer_data transfer_group"
        ),
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": {**nulls("email name phone tax_id"), "address": address()},
        "captured": False,
        "disputed": False,
        "fraud_details": {"stripe_report": None, "user_report": None},
        "livemode": False,
        "metadata": {},
        "paid": False,
        "radar_options": {"session": None},
        "refunded": False,
        "status": "pending",
    }


def outcome(kind: str, *, seller_message: str, reason: str | None = None) -> Row:
    """A charge's ``outcome``."""
    declined = kind == "issuer_declined"
    return {
        **nulls("advice_code network_advice_code network_decline_code rule"),
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": reason,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": seller_message,
        "type": kind,
    }


def card_details(*, amount: int, three_d_secure: bool, last4: str) -> Row:
    """``payment_method_details`` of a card payment."""
    checked: Row | None = None
    if three_d_secure:
        checked = {
            **nulls("exemption_indicator exemption_indicator_applied result_reason"),
            "authentication_flow": "challenge",
            "electronic_commerce_indicator": "05",
            "result": "authenticated",
            "transaction_id": None,
            "version": "2.2.0",
        }
    return {
        "type": "card",
        "card": {
            **nulls(
                "authorization_code capture_before description electronic_commerce_indicator iin "
                "installments issuer mandate moto network_transaction_id regulated_status "
                "setup_credential_usage stored_credential_usage transaction_link_id wallet"
            ),
            "amount_authorized": amount,
            "brand": "visa",
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "pass",
            },
            "country": "DE",
            "exp_month": 12,
            "exp_year": 2034,
            "extended_authorization": {"status": "disabled"},
            "fingerprint": "sandboxcard00001",
            "funding": "credit",
            "incremental_authorization": {"status": "unavailable"},
            "last4": last4,
            "multicapture": {"status": "unavailable"},
            "network": "visa",
            "network_token": {"used": False},
            "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
            "three_d_secure": checked,
        },
    }


def failed_method(charge: Row) -> Row:
    """The payment method of a failed card charge, as ``last_payment_error`` shows it."""
    card = charge["payment_method_details"]["card"]
    shown = "brand checks country exp_month exp_year fingerprint funding last4"
    return {
        "id": charge["payment_method"],
        "object": "payment_method",
        "billing_details": charge["billing_details"],
        "card": {name: card[name] for name in shown.split()},
        "created": charge["created"],
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def sepa_details() -> Row:
    """``payment_method_details`` of a SEPA direct debit."""
    return {
        "type": "sepa_debit",
        "sepa_debit": {
            "bank_code": "37040044",
            "branch_code": "",
            "country": "DE",
            "expected_debit_date": None,
            "fingerprint": "sandboxiban00001",
            "last4": "3000",
            "mandate": None,
        },
    }


def dispute(identifier: str) -> Row:
    """A Dispute."""
    return {
        "id": identifier,
        "object": "dispute",
        **nulls(
            "amount charge created currency intended_submission_method network_reason_code "
            "payment_intent"
        ),
        "balance_transactions": [],
        "enhanced_eligibility_types": [],
        "evidence": {
            **nulls(
                "access_activity_log appeal billing_address cancellation_policy "
                "cancellation_policy_disclosure cancellation_rebuttal customer_communication "
                "customer_email_address customer_name customer_purchase_ip customer_signature "
                "duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id "
                "product_description receipt refund_policy refund_policy_disclosure "
                "refund_refusal_explanation service_date service_documentation shipping_address "
                "shipping_carrier shipping_date shipping_documentation shipping_tracking_number "
                "uncategorized_file uncategorized_text"
            ),
            "enhanced_evidence": {},
        },
        "evidence_details": {
            "due_by": None,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_method_details": {
            "type": "card",
            "card": {
                "brand": "visa",
                "case_type": "chargeback",
                "network": "visa",
                "network_reason_code": None,
            },
        },
        "reason": "general",
        "status": "needs_response",
    }
