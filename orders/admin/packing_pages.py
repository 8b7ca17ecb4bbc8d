"""At the packing table: a scanner, one field with the focus, and what is missing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from orders import fulfilments
from orders.admin import shipping_pages
from orders.models import Order
from orders.shipping import packing
from shop import staff_pages
from shop.kit import clock


def find(owner: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the bar code of a packing slip, go to its order."""
    _guard(owner, request)
    number = request.GET.get("number", "").strip()
    problem = ""
    if number:
        order = Order.objects.filter(number__iexact=number).first()
        if order is not None:
            return redirect("admin:orders_packing_of", order.pk)
        problem = _("There is no order %(number)s.") % {"number": number}
    context = shipping_pages.context_of_packing(owner, request)
    context |= {"title": _("Pack"), "number": number, "problem": problem}
    return render(
        request, "admin/orders/packing_find.html", context, status=404 if problem else 200
    )


def page(owner: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The box of an order: GET shows it, POST puts a piece in, all of them, or takes all out."""
    _guard(owner, request)
    order = Order.objects.filter(pk=pk).first()
    if order is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        if not owner.has_act_permission(request):
            raise PermissionDenied
        try:
            messages.success(request, _act(request, order))
            return redirect("admin:orders_packing_of", pk)
        except (packing.WrongGoods, fulfilments.NotShippable) as refused:
            problem = str(refused)
        order.refresh_from_db()
    slots = packing.slots(order)
    context = shipping_pages.context_of_packing(owner, request) | {
        "title": _("Pack %(number)s") % {"number": order.number},
        "order": order,
        "slots": slots,
        "packed": sum(one.packed for one in slots),
        "wanted": sum(one.wanted for one in slots),
        "problem": problem,
        "may_act": owner.has_act_permission(request),
        "can_pack": order.is_shippable and not order.is_pickup,
    }
    return render(request, "admin/orders/packing.html", context, status=422 if problem else 200)


def _act(request: HttpRequest, order: Order) -> str:
    by, moment = staff_pages.staff(request), clock.now()
    if request.POST.get("act") == "all":
        packing.pack(order, by=by, moment=moment)
        return _("All is packed.")
    if request.POST.get("act") == "unpack":
        packing.unpack(order, by=by, moment=moment)
        return _("The box is empty again.")
    slot = packing.scan(order, request.POST.get("code", ""), by=by, moment=moment)
    return _("%(name)s: %(packed)d of %(wanted)d") % {
        "name": slot.title,
        "packed": slot.packed,
        "wanted": slot.wanted,
    }


def _guard(owner: ModelAdmin, request: HttpRequest) -> None:
    if not owner.has_view_permission(request):
        raise PermissionDenied
