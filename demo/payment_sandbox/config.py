"""What the sandbox is told when it starts: options first, then the environment."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.payment_sandbox import API_VERSION

RETRY_DELAYS = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)


@dataclass(frozen=True)
class Config:
    """Everything that can be set. Times are seconds of the sandbox's clock."""

    secret_key: str
    port: int = 0
    webhook_url: str = ""
    webhook_secret: str = "whsec_sandbox"  # noqa: S105 - a default for a server without money
    data: Path | None = None
    public_url: str = ""
    merchant: str = "Kontor"
    control_secret: str = ""
    settle_after: float = 20.0
    retry_delays: tuple[float, ...] = RETRY_DELAYS
    webhook_timeout: float = 10.0
    api_version: str = API_VERSION
    log: bool = False


def read(arguments: Sequence[str]) -> Config:
    """The configuration from command line and PAYMENT_SANDBOX_* variables; exits on nonsense."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.secret_key:
        parser.error("--secret-key (or PAYMENT_SANDBOX_SECRET_KEY) is missing")
    try:
        delays = tuple(float(part) for part in options.retry_delays.split(",") if part.strip())
    except ValueError:
        parser.error("--retry-delays takes seconds separated by commas")
    return Config(
        secret_key=options.secret_key,
        port=options.port,
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
        data=Path(options.data) if options.data else None,
        public_url=options.public_url.rstrip("/"),
        merchant=options.merchant,
        control_secret=options.control_secret,
        settle_after=options.settle_after,
        retry_delays=delays,
        log=options.log,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo.payment_sandbox",
        description="Speaks the part of Stripe's API that the shop uses, on 127.0.0.1 only.",
    )
    add = parser.add_argument
    add("--port", type=int, default=int(_env("PORT", "0")), help="0 chooses a free port")
    add("--webhook-url", default=_env("WEBHOOK_URL"), help="where events are sent")
    add("--webhook-secret", default=_env("WEBHOOK_SECRET", "whsec_sandbox"))
    add("--secret-key", default=_env("SECRET_KEY"), help="the key that the shop must send")
    add("--data", default=_env("DATA"), help="file that keeps the state; without it: memory")
    add("--public-url", default=_env("PUBLIC_URL"), help="address that buyers' browsers see")
    add("--merchant", default=_env("MERCHANT", "Kontor"), help="name on the hosted page")
    add("--control-secret", default=_env("CONTROL_SECRET"), help="asked for under /_control/")
    add("--settle-after", type=float, default=float(_env("SETTLE_AFTER", "20")), metavar="SECONDS")
    add("--retry-delays", default=_env("RETRY_DELAYS", ",".join(map(str, RETRY_DELAYS))))
    add("--log", action="store_true", default=_env("LOG") == "1", help="one line per request")
    return parser


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"PAYMENT_SANDBOX_{name}", default)
