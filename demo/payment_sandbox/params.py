"""The parameters of all other endpoints."""

from demo.payment_sandbox import values
from demo.payment_sandbox.nesting import Either, Metadata, Record, Rows
from demo.payment_sandbox.schema import Choice, Email, Flag, Kind, Text, Whole
from demo.payment_sandbox.session_params import not_here

_EXPAND: dict[str, Kind] = {"expand": Rows(Text(200), most=20)}
_PAGE: dict[str, Kind] = {
    **_EXPAND,
    "limit": Whole(1, 100),
    "starting_after": Text(255),
    "ending_before": Text(255),
}
_CREATED: dict[str, Kind] = {
    "created": Either(
        Whole(), Record({"gt": Whole(), "gte": Whole(), "lt": Whole(), "lte": Whole()})
    )
}

ONLY_EXPAND = Record(_EXPAND)

INTENT_RETRIEVE = Record({**_EXPAND, **not_here("client_secret")})

LINE_ITEM_LIST = Record(_PAGE)

SESSION_LIST = Record(
    {
        **_PAGE,
        **_CREATED,
        "payment_intent": Text(255),
        "status": Choice(values.SESSION_STATUSES),
        "customer_details": Record({"email": Email()}, required=("email",)),
        **not_here("customer customer_account payment_link subscription"),
    }
)

INTENT_LIST = Record({**_PAGE, **_CREATED, **not_here("customer customer_account")})

REFUND_CREATE = Record(
    {
        **_EXPAND,
        "payment_intent": Text(255),
        "charge": Text(255),
        "amount": Whole(1, values.MOST_AMOUNT),
        "reason": Choice(values.REFUND_REASONS),
        "metadata": Metadata(may_unset=True),
        **not_here(
            "currency customer instructions_email origin refund_application_fee reverse_transfer"
        ),
    }
)

REFUND_LIST = Record({**_PAGE, **_CREATED, "payment_intent": Text(255), "charge": Text(255)})

EVENT_LIST = Record(
    {
        **_PAGE,
        **_CREATED,
        "type": Text(255),
        "types": Rows(Text(255), most=20),
        "delivery_success": Flag(),
    }
)
