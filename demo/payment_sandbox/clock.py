"""The sandbox's clock: real time plus an offset that tests may advance."""

import time


class Clock:
    """Answers the sandbox's time in Unix seconds; never goes backwards unless it is reset."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> int:
        """Sandbox time in whole seconds, as Stripe writes it into objects."""
        return int(self.exact())

    def exact(self) -> float:
        """Sandbox time with fractions, for the order of things that fall due."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move forward by ``seconds`` (≥ 0)."""
        if seconds < 0:
            raise ValueError("the clock only moves forward")
        self.offset += seconds

    def reset(self) -> None:
        """Go back to real time."""
        self.offset = 0.0


def real_now() -> int:
    """Real Unix time. Signatures carry it, because the shop compares them with its own clock."""
    return int(time.time())
