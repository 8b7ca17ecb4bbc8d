"""A map of the site as it will be once contracts can be withdrawn from online."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("withdraw/", lambda request: HttpResponse(), name="withdraw")]
