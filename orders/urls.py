"""Under the language: the pages of an order, reached by its signed link."""

from django.urls import path

from orders import views

app_name = "orders"
urlpatterns = [
    path("<str:token>/", views.order, name="order"),
    path("<str:token>/payment/", views.payment, name="payment"),
    path("<str:token>/files/<int:pk>/", views.download, name="download"),
    path("<str:token>/documents/<int:pk>/", views.document, name="document"),
]
