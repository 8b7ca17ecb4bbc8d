"""The door of the admin and who keeps watch: one place that every page of staff passes.

Each page of the admin is wrapped by `admin_view`, and each ModelAdmin gets `Watched` when it is
registered: so what staff read, change and do is in the audit log whichever app a page belongs to.
"""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from unfold.sites import UnfoldAdminSite

from accounts import audit, audit_words
from accounts.models import AuditAct, Customer
from shop import admin_checklist, admin_search, staff_door
from shop.kit import clock

# Its page would show the secrets of the second factors; ours is in accounts/admin/people.py.
_REPLACED = {"allauth.mfa.admin"}

type View = Callable[..., HttpResponse]
SHOWN = 50  # keys of rows that one entry names
# Django saves these forms in a transaction of their own: the entry belongs into it.
_SAVING = ("_add", "_change", "_delete")


class Watched:
    """Notes on the request what a form changed; `StaffSite` writes it down."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        facts: dict[str, Any] = {"fields": audit_words.changes(form)}
        if parts := [one for formset in formsets or () for one in _parts(formset)]:
            facts["parts"] = parts[:SHOWN]
        request._audit_facts = facts  # type: ignore[attr-defined]
        return super().construct_change_message(request, form, formsets, add)  # type: ignore[misc]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _note(request, AuditAct.ADD, obj)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _note(request, AuditAct.CHANGE, obj)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            _note(request, AuditAct.DELETE, obj)
        return super().log_deletions(request, queryset)  # type: ignore[misc]


def _parts(formset: Any) -> list[dict[str, Any]]:
    """What was added, changed and removed among the rows below an object."""
    label = formset.model._meta.label_lower
    changed = {form.instance.pk: form for form in formset.initial_forms}
    return [
        *({"add": label, "id": str(one.pk)} for one in formset.new_objects),
        *(
            {"change": label, "id": str(one.pk), "fields": audit_words.changes(changed[one.pk])}
            for one, _fields in formset.changed_objects
            if one.pk in changed
        ),
        *({"delete": label, "id": str(one.pk)} for one in formset.deleted_objects),
    ]


def _note(request: HttpRequest, act: AuditAct, obj: models.Model) -> None:
    noted = audit.Noted(
        act,
        page=_page(request),
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        facts=getattr(request, "_audit_facts", {}) if act != AuditAct.DELETE else {},
    )
    _noted(request).append(noted)


def _noted(request: HttpRequest) -> list[audit.Noted]:
    if not hasattr(request, "_audit_noted"):
        request._audit_noted = []  # type: ignore[attr-defined]
    found: list[audit.Noted] = request._audit_noted  # type: ignore[attr-defined]
    return found


def _page(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""


class StaffSite(UnfoldAdminSite):
    """Kontor's admin: Unfold's, watched."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        admin_class = admin_class or ModelAdmin
        if admin_class.__module__ in _REPLACED:
            return
        watched = type(admin_class)(
            admin_class.__name__,
            (Watched, admin_class),
            {"__module__": admin_class.__module__, "__doc__": admin_class.__doc__},
        )
        super().register(model_or_iterable, watched, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Staff sign in as customers do: one sign-in with its limits and its second factor."""
        return secure_admin_login(super().login)(request, extra_context)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        @functools.wraps(view)
        def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and _page(request).endswith(_SAVING):
                with transaction.atomic():
                    return self._answer(view, request, *args, **kwargs)
            return self._answer(view, request, *args, **kwargs)

        return super().admin_view(watched, cacheable)

    def get_urls(self) -> list[Any]:
        """The pages that belong to no model: search and checklist."""
        own = [
            path("find/", self.admin_view(self.find), name="find"),
            path("checklist/", self.admin_view(self.checklist), name="checklist"),
        ]
        return own + super().get_urls()

    def find(self, request: HttpRequest) -> HttpResponse:
        return admin_search.page(request, self.each_context(request))

    def checklist(self, request: HttpRequest) -> HttpResponse:
        if not admin_checklist.may_see(request):
            raise PermissionDenied
        return admin_checklist.page(request, self.each_context(request))

    def _answer(self, view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        door = staff_door.opened(request, _page(request), view)
        if isinstance(door, HttpResponse):
            return door
        response = door(request, *args, **kwargs)
        noted = _noted(request)
        if not noted and (one := self._seen(request, response, kwargs)):
            noted.append(one)
        by = request.user if isinstance(request.user, Customer) else None
        audit.write(noted, by=by, moment=clock.now())
        noted.clear()  # a page that calls another one is one act
        return response

    def _seen(
        self, request: HttpRequest, response: HttpResponse, kwargs: dict[str, Any]
    ) -> audit.Noted | None:
        """What happened on a page that saved no form: an export, an act, a look at people."""
        page = _page(request)
        model = self._model_of(page)
        facts: dict[str, Any] = {}
        if response.has_header("Content-Disposition"):
            act = AuditAct.EXPORT
        elif request.method == "POST" and response.status_code in (301, 302, 303):
            act = AuditAct.ACT
            facts = _chosen(request)
        elif request.method == "GET" and response.status_code == 200 and _is_read(page, model):
            act = AuditAct.READ
        else:
            return None
        label = model._meta.label_lower if model else ""
        object_id = str(kwargs.get("object_id", ""))
        return audit.Noted(act, page=page, object_type=label, object_id=object_id, facts=facts)

    def _model_of(self, page: str) -> type[models.Model] | None:
        """`orders_order_refund` is a page of `orders.order`."""
        app, _, rest = page.partition("_")
        names = {one._meta.model_name: one for one in self._registry if one._meta.app_label == app}
        return names.get(rest.partition("_")[0])


def _is_read(page: str, model: type[models.Model] | None) -> bool:
    return model is not None and audit_words.is_personal(model)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Of a list: the act that was chosen and the rows it was for."""
    if "action" not in request.POST:
        return {}
    keys = request.POST.getlist("_selected_action")
    facts: dict[str, Any] = {"action": request.POST["action"][:60], "ids": keys[:SHOWN]}
    if len(keys) > SHOWN or request.POST.get("select_across") == "1":
        facts["more"] = True
    return facts
