"""Addresses below `account/`: the overview is ours, signing in and out is allauth's."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("", views.overview, name="account"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
