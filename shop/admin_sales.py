"""Sales on the admin's home: figures with their definitions, bars, and the same as a table."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from shop import trade
from shop.kit import clock, languages, money

STEP, GAP, HEIGHT = 40, 4, 250


def context(request: HttpRequest) -> dict[str, Any]:
    """What admin/sales.html shows. The period and what it is compared with come from the address;
    what nobody offers is read as the default.
    """
    given = request.GET.get("days", "")
    days = int(given) if given in {str(one) for one in trade.PERIODS} else trade.DEFAULT
    compared = trade.YEAR if request.GET.get("compared") == trade.YEAR else trade.BEFORE
    found = trade.of(days, compared, moment=clock.now())
    return {
        "figures": _figures(found),
        "bars": _bars(found),
        "table": _table(found),
        "chart_width": STEP * len(found.steps),
        "chart_height": HEIGHT,
        "label_y": HEIGHT + 18,
        "picture_height": HEIGHT + 30,
        "periods": _links(found),
        "compared_with": _compared(found.compared),
        "as_of": _moment(found),
    }


def _moment(found: trade.Trade) -> str:
    if found.as_of is None:
        return ""
    return date_format(timezone.localtime(found.as_of), "DATETIME_FORMAT")


def _compared(compared: str) -> str:
    return _("the year before") if compared == trade.YEAR else _("the period before")


def _links(found: trade.Trade) -> dict[str, list[dict[str, Any]]]:
    """Ways to look at it, as links: they work without JavaScript and can be kept."""
    days = [
        {
            "text": _("%(count)d days") % {"count": one},
            "url": f"?days={one}&compared={found.compared}",
            "is_current": one == found.days,
        }
        for one in trade.PERIODS
    ]
    ways = [
        {
            "text": _compared(one),
            "url": f"?days={found.days}&compared={one}",
            "is_current": one == found.compared,
        }
        for one in (trade.BEFORE, trade.YEAR)
    ]
    return {"days": days, "ways": ways}


def _figures(found: trade.Trade) -> list[dict[str, str]]:
    now, then = found.now, found.then
    return [
        _figure(
            _("Sales"),
            _("Gross with delivery, orders that were not cancelled; refunds are not deducted."),
            _euros(now.gross),
            _euros(then.gross),
            _growth(now.gross, then.gross),
        ),
        _figure(
            _("Orders"),
            _("Placed and not cancelled."),
            str(now.orders),
            str(then.orders),
            _growth(Decimal(now.orders), Decimal(then.orders)),
        ),
        _figure(
            _("Average order"),
            _("Sales by orders."),
            _euros(now.average),
            _euros(then.average),
            _growth(now.average or Decimal(0), then.average or Decimal(0)),
        ),
        _figure(
            _("Returns rate"),
            _("Share of these orders of which goods were given back by now."),
            _percent(now.return_rate),
            _percent(then.return_rate),
            "",
        ),
        _figure(
            _("Refunded"),
            _("Paid back by now on these orders."),
            _euros(now.refunded),
            _euros(then.refunded),
            "",
        ),
    ]


def _figure(title: str, meaning: str, value: str, before: str, growth: str) -> dict[str, str]:
    return {
        "title": title,
        "meaning": meaning,
        "value": value,
        "before": before,
        "growth": growth,
    }


def _growth(now: Decimal, then: Decimal) -> str:
    """By how much it grew or shrank; empty where there is nothing to compare with."""
    if not then:
        return ""
    change = ((now - then) * 100 / then).quantize(Decimal(1))
    return f"{'+' if change > 0 else '−' if change < 0 else '±'}{abs(change)} %"


def _percent(rate: Decimal | None) -> str:
    return "–" if rate is None else f"{number_format(rate, 1)} %"


def _euros(amount: Decimal | None) -> str:
    return "–" if amount is None else money.formatted(amount, "EUR", languages.active())


def _bars(found: trade.Trade) -> list[dict[str, Any]]:
    """Pairs of bars for an SVG picture of sales; whole units, so no locale puts commas in."""
    sums = [one for step in found.steps for one in (step.now.gross, step.then.gross)]
    highest = max(sums, default=Decimal(0)) or Decimal(1)
    every = max(1, len(found.steps) // 8)
    bars = []
    for place, step in enumerate(found.steps):
        height = int(step.now.gross / highest * HEIGHT)
        before = int(step.then.gross / highest * HEIGHT)
        bars.append(
            {
                "x": str(place * STEP + GAP),
                "y": str(HEIGHT - height),
                "width": str(STEP - 2 * GAP),
                "height": str(height),
                "before_y": str(HEIGHT - before),
                "middle": str(place * STEP + STEP // 2),
                "label": _short(step.day) if place % every == 0 else "",
            }
        )
    return bars


def _short(day: Any) -> str:
    return date_format(day, "j.n." if languages.active() == "de" else "j M")


def _table(found: trade.Trade) -> list[dict[str, str]]:
    return [
        {
            "day": date_format(step.day, "D, j. N" if languages.active() == "de" else "D j N"),
            "orders": str(step.now.orders),
            "gross": _euros(step.now.gross),
            "gross_before": _euros(step.then.gross),
        }
        for step in reversed(found.steps)
    ]
