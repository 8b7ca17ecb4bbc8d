"""Returns by the signed link of the order: choose, see what it comes to, send, follow."""

import contextlib
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.pictures import checking
from inventory.stock import OutOfStock
from orders.models import Order, Return, ReturnPhoto, Track
from orders.receipts import returned
from orders.refunding.amounts import NotReturnable
from orders.returns import asking, deciding, forms, photos, section, slips, swapping, tracks
from orders.states import WrongState
from orders.views.orders import private
from shop.kit import clock, limits, pages

ASKED = limits.Limit("returns.asked", 20, limits.DAY)
SHOWN = limits.Limit("returns.photos", 40, limits.DAY)


@require_safe
@private
def ways(request: HttpRequest, token: str, order: Order) -> HttpResponse:
    """The ways back that are open, with what tells them apart."""
    context = section.of_ways(order, token, moment=clock.now())
    return pages.answer(request, "orders/return_ways.html", context)


@private
def ask(request: HttpRequest, token: str, order: Order, track: str) -> HttpResponse:
    """The form of a way; then what it comes to; then the return."""
    form = _form(request, order, track)
    if request.method != "POST" or "change" in request.POST:
        return _asked(request, token, order, form)
    if not form.is_valid():
        return _asked(request, token, order, form, status=422)
    try:
        if "send" in request.POST:
            return redirect(returned.path_in(token, _open(order, form)))
        return _asked(request, token, order, form, preview=_preview(order, form))
    except (NotReturnable, tracks.TrackClosed, OutOfStock):
        form.add_error(None, _("That is not possible any more. Please look at your order anew."))
    return _asked(request, token, order, form, status=409)


@require_safe
@private
def entry(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """One return: where it stands, what to do, slip and pictures."""
    return _shown(request, token, _of(order, pk))


@require_safe
@private
def slip(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """The slip as a PDF, in the language of the page."""
    found = _of(order, pk)
    content = slips.slip(found, language=get_language() or order.language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


@require_POST
@private
def sent(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """The parcel was handed to a carrier."""
    found, form = _of(order, pk), forms.ParcelForm(request.POST)
    if not form.is_valid():
        return _shown(request, token, found, parcel_form=form, status=422)
    with contextlib.suppress(WrongState):  # Sent twice: the page says where it stands.
        deciding.send(found, **form.cleaned_data, by=None, moment=clock.now())
    return redirect(returned.path_in(token, found))


@require_POST
@private
def called_off(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """The customer keeps the goods."""
    found = _of(order, pk)
    with contextlib.suppress(WrongState):  # Too late: the page says where it stands.
        deciding.call_off(found, by=None, moment=clock.now())
    return redirect(returned.path_in(token, found))


@require_POST
@private
def add_photo(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """A picture of what is wrong."""
    found, form = _of(order, pk), forms.PhotoForm(request.POST, request.FILES)
    if form.is_valid() and limits.allows((SHOWN, order.number)):
        try:
            _add_photo(found, form)
        except (checking.NotAPicture, photos.TooMany) as problem:
            form.add_error("photo", str(problem))
    if form.errors:
        return _shown(request, token, found, photo_form=form, status=422)
    return redirect(returned.path_in(token, found))


@require_safe
@private
def photo(request: HttpRequest, token: str, order: Order, pk: int, number: int) -> HttpResponseBase:
    """A picture of this return; 404 for all others."""
    try:
        content = photos.open_content(_of(order, pk).photos.get(pk=number))
    except (ReturnPhoto.DoesNotExist, FileNotFoundError) as problem:
        raise Http404 from problem
    response = FileResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _of(order: Order, pk: int) -> Return:
    try:
        return order.returns.select_related("order", "refund").get(pk=pk)
    except Return.DoesNotExist as problem:
        raise Http404 from problem


def _form(request: HttpRequest, order: Order, track: str) -> forms.AskForm:
    moment = clock.now()
    if track not in Track.values:
        raise Http404
    try:
        way = tracks.way(order, Track(track), today=clock.day_of(moment))
    except tracks.TrackClosed as problem:
        raise Http404 from problem
    offers = None
    if way.track == Track.EXCHANGE:
        offers = swapping.offers(order, way.pieces, moment=moment)
    return forms.AskForm(request.POST or None, order=order, way=way, offers=offers)


def _preview(order: Order, form: forms.AskForm) -> dict[str, Any]:
    seen = asking.preview(order, form.wish(), moment=clock.now())
    return section.of_preview(order, form.wish(), seen)


def _open(order: Order, form: forms.AskForm) -> Return:
    if not limits.allows((ASKED, order.number)):
        raise NotReturnable("too many")
    return asking.ask(order, form.wish(), by=None, moment=clock.now())


def _asked(
    request: HttpRequest,
    token: str,
    order: Order,
    form: forms.AskForm,
    *,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **section.of_ways(order, token, moment=clock.now()),
        "track": form.way.track.value,
        "form": form,
        "preview": preview,
        "hidden": [(name, request.POST.get(name, "")) for name in form.fields] if preview else [],
    }
    return pages.answer(request, "orders/return_ask.html", context, status=status)


def _shown(
    request: HttpRequest,
    token: str,
    found: Return,
    *,
    parcel_form: forms.ParcelForm | None = None,
    photo_form: forms.PhotoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **section.of_return(found, token),
        "parcel_form": parcel_form or forms.ParcelForm(),
        "photo_form": photo_form or forms.PhotoForm(),
    }
    return pages.answer(request, "orders/return_detail.html", context, status=status)


def _add_photo(found: Return, form: forms.PhotoForm) -> None:
    file = form.cleaned_data["photo"]
    if file.size > checking.MAX_BYTES:
        raise checking.NotAPicture(_("The file is larger than 8 MB."))
    photos.add(found, file.read(), moment=clock.now())
