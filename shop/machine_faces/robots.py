"""robots.txt: which pages crawlers may ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shop.kit import languages

# Nobody's or one person's pages.
PRIVATE = (
    "cart/", "checkout/", "account/", "orders/", "search/",
    "wishlist/", "stock-alerts/", "appearance/",
)  # fmt: skip
# Of lists, crawlers read the plain one, its further pages (`?page=2`) and those of one value of a
# facet. Orders, ranges of prices and combinations are the same goods again, by the million. Links
# with the marks of campaigns stay open: they lead to the canonical page.
LISTS = ("Disallow: {list}?*&", "Disallow: {list}?sort=", "Disallow: {list}?price=")
CAMPAIGNS = "Allow: {list}?utm_"


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9309. A demo or a copy of the shop (`INDEXABLE=0`) is closed to all."""
    if not settings.INDEXABLE:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
    lines = ["User-agent: *", "Disallow: /admin/"]
    for code in languages.codes():
        lines += [f"Disallow: /{code}/{name}" for name in PRIVATE]
        shelf = f"/{code}/c/*"
        lines += [one.format(list=shelf) for one in (*LISTS, CAMPAIGNS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
