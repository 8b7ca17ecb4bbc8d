"""Under the language: the pages of an order, reached by its signed link."""

from django.urls import path

from orders import views
from orders.views import returns

app_name = "orders"
urlpatterns = [
    path("<str:token>/", views.order, name="order"),
    path("<str:token>/payment/", views.payment, name="payment"),
    path("<str:token>/delay/", views.delay, name="delay"),
    path("<str:token>/files/<int:pk>/", views.download, name="download"),
    path("<str:token>/returns/", returns.ways, name="returns"),
    path("<str:token>/returns/<int:pk>/", returns.entry, name="return"),
    path("<str:token>/returns/<int:pk>/slip.pdf", returns.slip, name="return_slip"),
    path("<str:token>/returns/<int:pk>/parcel/", returns.sent, name="return_sent"),
    path("<str:token>/returns/<int:pk>/end/", returns.called_off, name="return_called_off"),
    path("<str:token>/returns/<int:pk>/photos/", returns.add_photo, name="return_photos"),
    path("<str:token>/returns/<int:pk>/photos/<int:number>/", returns.photo, name="return_photo"),
    path("<str:token>/returns/<slug:track>/", returns.ask, name="return_ask"),
    path("<str:token>/documents/<int:pk>/", views.document, name="document"),
]
