"""Whom to tell about holes, where passwords are changed, what the shop is called on a phone."""

import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from shop import chrome, icons, legal
from shop.kit import clock, languages

VALID_FOR = datetime.timedelta(days=180)
KEPT_SECONDS = 24 * 3600


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a hole. 404 while nobody has named the merchant's address."""
    email = legal.merchant().email
    if "@" not in email:
        raise Http404
    expires = (clock.now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{quote(email, safe='@')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages.codes())}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people (W3C: a well-known URL for changing passwords)."""
    return HttpResponseRedirect(reverse("account_change_password"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The shop on a home screen (W3C: Web Application Manifest), in the language of the address."""
    icon_rows = [
        {
            "src": static(f"img/{name}"),
            "type": "image/png",
            "sizes": f"{size}x{size}",
            "purpose": "maskable" if share < 1 else "any",
        }
        for name, (size, share) in icons.FILES.items()
    ]
    home = reverse("home")
    facts = {
        "name": chrome.NAME,
        "short_name": chrome.NAME,
        "description": chrome.claim(),
        "lang": languages.active(),
        "id": home,
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": icons.SAND,
        "theme_color": icons.SEA,
        "icons": icon_rows,
    }
    response = JsonResponse(facts, content_type="application/manifest+json")
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
