"""Addresses of the customer service, below each language."""

from django.urls import path

from support.views import contact, thread

app_name = "support"
urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("contact/received/", contact.received, name="received"),
    path("account/cases/", thread.case_list, name="cases"),
    path("cases/<str:token>/", thread.case, name="case"),
    path("cases/<str:token>/messages/", thread.message, name="message"),
    path("cases/<str:token>/closing/", thread.closing, name="closing"),
    path("cases/<str:token>/satisfaction/", thread.satisfaction, name="satisfaction"),
    path("cases/<str:token>/files/<int:pk>/", thread.file, name="file"),
]
