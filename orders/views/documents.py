"""Documents for the buyer, behind the signed link of their order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from orders.documents import shown
from orders.models import Document, Order
from orders.views.orders import private


@require_safe
@private
def document(request: HttpRequest, token: str, order: Order, pk: int) -> HttpResponse:
    """An invoice or what corrects it, always the same bytes; 404 for whatever is not theirs."""
    try:
        found, content = shown.bytes_of(order, pk)
    except Document.DoesNotExist as problem:
        raise Http404 from problem
    return shown.response(found, content)
