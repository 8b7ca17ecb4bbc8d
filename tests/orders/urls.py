"""The urls that the tests of the orders need, without the rest of the shop."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from orders import webhooks

urlpatterns = [
    path("admin/", admin.site.urls),
    path("webhooks/stripe/", webhooks.stripe),
    *i18n_patterns(path("orders/", include("orders.urls"))),
]
