"""What was looked at last. The list is the browser's own; the shop draws it and forgets it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog import browsing, cards
from inventory import availability
from reviews import ratings
from shop import chrome
from shop.kit import clock

SHOWN = 8


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """The cards of the products in `ids`, those that are on sale, in this order."""
    moment, ids = clock.now(), _asked(request)
    rows = browsing.rows_of(ids, moment) if ids else []
    sold_out = availability.sold_out(row.pk for row in rows) if rows else set()
    html = cards.html(
        rows,
        sold_out=sold_out,
        ratings=ratings.summary_of,
        moment=moment,
        is_exempt=chrome.is_exempt(request),
    )
    response = HttpResponse(html)
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request: HttpRequest) -> list[int]:
    asked = request.GET.get("ids", "").split(",")[:SHOWN]
    return [int(one) for one in asked if one.isdecimal() and len(one) < 10]
