"""A browser of one buyer: one connection, cookies, forms; no scripts, and a minute of patience."""

import dataclasses
import http.client
import re
import uuid
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from demo import ports
from tests.checkout.conftest import CONTACT
from tests.pages import Page

PATIENCE = 60
_HIDDEN = re.compile(r'name="(agreed_total|token|seen_digest)" value="([^"]*)"')


@dataclasses.dataclass(frozen=True)
class Answer:
    """Status 0: no answer at all, the connection ended."""

    status: int
    text: str = ""
    location: str = ""
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.text.encode()


class Shopper:
    """Speaks German pages; `number` gives it an address and a mailbox of its own."""

    def __init__(self, port: int, number: int, *, contact: dict[str, str] | None = None) -> None:
        self.port = port
        self.email = f"buyer{number}@example.org"
        # A network of its own: limits count neighbours together.
        self.address = f"{11 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"
        self.cookies = {"csrf": uuid.uuid4().hex}
        self._contact = CONTACT | {"email": self.email} | (contact or {})
        self._connection: http.client.HTTPConnection | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, data: dict[str, object]) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies["csrf"]}
        return self._ask("POST", path, urlencode(data | token))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        try:
            return self._asked(method, path, body)
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            return Answer(0, f"{type(problem).__name__} {path}")

    def _asked(self, method: str, path: str, body: str | None) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                ports.LOOPBACK, self.port, timeout=PATIENCE
            )
        headers = {
            "Host": f"localhost:{self.port}",
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == 0:
                    del self.cookies[name]
        if response.will_close:
            self.close()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, text, told.get("location", ""), told)

    # --- A purchase ------------------------------------------------------------------------------

    def put(self, variant: int, quantity: int = 1) -> Answer:
        return self.post("/de/cart/lines/", {"variant": variant, "quantity": quantity})

    def give_address(self) -> Answer:
        """Fill the form of the checkout, whatever its fields are, and send it."""
        page = self.get("/de/checkout/")
        if page.status != 200:
            return page
        form = next(
            one
            for one in Page(page).forms
            if one.method.lower() == "post" and "email" in one.values
        )
        known = {name: text for name, text in self._contact.items() if name in form.values}
        choices = {name: self._contact[name] for name in ("delivery_method", "payment_method")}
        return self.post("/de/checkout/", form.values | choices | known)

    def agreed(self) -> dict[str, object]:
        """The order form of the review page; empty when there is no such page."""
        return dict(_HIDDEN.findall(self.get("/de/checkout/review/").text))

    def place(self, agreed: dict[str, object]) -> Answer:
        return self.post("/de/checkout/place/", agreed)

    def fill(self, variants: list[int]) -> dict[str, object]:
        """A new cart with these goods, up to the order button; what the button would send."""
        self.cookies.pop("cart", None)
        for variant in variants:
            self.put(variant)
        self.give_address()
        return self.agreed()


def session_of(answer: Answer) -> str:
    """The payment session that an order button led to; empty for another place."""
    path = urlsplit(answer.location).path
    return path.rpartition("/")[2] if "/c/pay/" in path else ""
