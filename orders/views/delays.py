"""Wait or cancel: the answer of who was told that their goods come later."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from orders import access, lifecycle
from orders.delays import answering
from orders.findings import ProviderAway, ProviderRefused
from orders.models import Order
from orders.states import WrongState
from orders.views.orders import private
from shop.kit import clock


@require_POST
@private
def delay(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    """Keep the order, or cancel what was not sent."""
    path = access.path_in(token)
    if request.POST.get("choice") == "keep":
        answering.keep(order, moment=clock.now())
    elif request.POST.get("choice") == "cancel":
        try:
            answering.cancel(order, moment=clock.now())
        except (lifecycle.NotCancellable, WrongState, ProviderAway, ProviderRefused):
            return redirect(f"{path}?uncancelled=1#delay")
    return redirect(path)
