"""The map of the site. This grammar is stable: links to it live outside."""

import dataclasses

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from catalog import views as catalog_views
from checkout import delivery_words
from orders import payments, webhooks
from orders.views import withdrawals
from shop import url_parts, views, views_legal
from shop.machine_faces import feeds, robots, sitemaps, well_known
from support import webhooks as mail_webhooks

handler400 = "shop.views.bad_request"
handler404 = "shop.views.not_found"
handler500 = "shop.views.server_error"


url_parts.register()

# What the legal pages say of the offer of the moment.
_OFFERS = {
    "offers": {
        "delivery": delivery_words.table,
        "refused": delivery_words.refused_table,
        "payment": lambda: [dataclasses.asdict(method) for method in payments.methods()],
    }
}

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", robots.robots_txt, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<sitemap_part:name>.xml", sitemaps.part, name="sitemap_part"),
    path("feeds/", feeds.overview, name="feeds"),
    path("feeds/<feed_name:name>.<feed_ending:ending>", feeds.feed, name="feed"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("webhooks/stripe/", webhooks.stripe, name="stripe_webhook"),
    path("webhooks/mail/", mail_webhooks.mail, name="mail_webhook"),
    path("webhooks/carriers/<slug:code>/", webhooks.carrier, name="carrier_webhook"),
    path("official-graphics/<slug:sha256>/", views_legal.official_graphic, name="official_graphic"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", catalog_views.home, name="home"),
        path("", include("catalog.urls")),
        path("", include("checkout.urls")),
        path("", include("discovery.urls")),
        path("", include("inventory.urls")),
        path("orders/", include("orders.urls")),
        path("", include("support.urls")),
        path("withdraw/", withdrawals.withdraw, name="withdraw"),
        path(
            "withdraw/receipt/<uuid:public_id>/",
            withdrawals.withdrawal_receipt,
            name="withdrawal_receipt",
        ),
        path("withdraw/<str:token>/", withdrawals.withdraw, name="withdraw_order"),
        path("account/", include("accounts.urls")),
        path("legal/<slug:slug>/", views_legal.legal_page, _OFFERS, name="legal"),
        path("legal/<slug:slug>/versions/", views_legal.legal_versions, name="legal_versions"),
        path(
            "legal/<slug:slug>/<slug:label>/",
            views_legal.legal_version,
            _OFFERS,
            name="legal_version",
        ),
        path(
            "legal/<slug:slug>/<slug:label>/pdf/", views_legal.legal_pdf, _OFFERS, name="legal_pdf"
        ),
        path("appearance/", views.theme, name="theme"),
        path("new.rss", feeds.new_goods, name="news"),
        path("manifest.webmanifest", well_known.manifest, name="manifest"),
    ),
]
if settings.DEMO:
    from demo import urls as demo_urls

    urlpatterns += demo_urls.urlpatterns
