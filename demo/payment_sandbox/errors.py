"""Refusals in Stripe's error format."""

from typing import Any


class ApiError(Exception):
    """An answer that is not 2xx.

    ``kept`` says whether an Idempotency-Key keeps it: Stripe keeps what an endpoint answered once
    it began to act, and forgets requests whose parameters it refused.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = False,
        headers: dict[str, str] | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.kept = kept
        self.headers = headers or {}
        self.more = more or {}

    def body(self, *, log_url: str) -> dict[str, Any]:
        """The JSON body; ``log_url`` points at the request in the sandbox's own log."""
        error: dict[str, Any] = {"type": self.kind, "message": self.message}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = "https://stripe.com/docs/error-codes/" + self.code.replace("_", "-")
        if self.param:
            error["param"] = self.param
        error.update(self.more)
        error["request_log_url"] = log_url
        return {"error": error}


def refused(message: str, *, param: str | None = None, code: str | None = None) -> ApiError:
    """A parameter that Stripe would refuse; no Idempotency-Key keeps this answer."""
    return ApiError(message, param=param, code=code)


def not_here(what: str, *, param: str | None = None) -> ApiError:
    """Something that Stripe knows and this sandbox does not: said plainly, never ignored."""
    return ApiError(
        f"{what} is known to Stripe but not implemented in the payment sandbox.",
        param=param,
        code="not_implemented_in_sandbox",
    )


def missing(what: str, identifier: str, *, param: str, status: int = 404) -> ApiError:
    """No such object; 404 for one named in the path, 400 for one named in a parameter."""
    return ApiError(
        f"No such {what}: '{identifier}'",
        status=status,
        code="resource_missing",
        param=param,
        kept=True,
    )


def rejected(message: str, *, code: str | None = None, param: str | None = None) -> ApiError:
    """An act that the state of the objects forbids; kept under the Idempotency-Key."""
    return ApiError(message, code=code, param=param, kept=True)
