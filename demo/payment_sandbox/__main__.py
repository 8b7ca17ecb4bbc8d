"""``python -m demo.payment_sandbox``: see docs/runbooks/payment_sandbox.md."""

import signal
import sys
import threading
from types import FrameType

from demo.payment_sandbox import config, server


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    settings = config.read(sys.argv[1:])
    try:
        sandbox = server.Sandbox(settings)
    except OSError as problem:
        print(f"payment sandbox: {problem}", file=sys.stderr)
        return 1
    over = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    sandbox.start()
    print(f"payment sandbox listens on {sandbox.url} (port {sandbox.port})", flush=True)
    while not over.wait(0.5):
        pass
    sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
