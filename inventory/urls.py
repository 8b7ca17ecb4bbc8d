from django.urls import path

from inventory.views import alerts

app_name = "inventory"
urlpatterns = [
    path("stock-alerts/", alerts.alert_create, name="alert_create"),
    path("stock-alerts/asked/", alerts.alert_asked, name="alert_asked"),
    path(
        "stock-alerts/<str:token>/confirmation/",
        alerts.alert_confirmation,
        name="alert_confirmation",
    ),
    path("stock-alerts/<str:token>/end/", alerts.alert_end, name="alert_end"),
]
