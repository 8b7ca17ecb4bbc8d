"""The page of a collection, in two steps: fill in, see who enters and leaves, save."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import categories
from catalog.admin import collection_forms, picture_forms
from catalog.collections import editing
from catalog.models import Collection
from shop import staff_pages
from shop.kit import clock

# Which step the form asks for: anything else looks at the difference.
SEEN, AGAIN = "seen", "again"


def edit(page: ModelAdmin, request: HttpRequest, object_id: str | None) -> HttpResponse:
    """Fill in; then see the difference; then save what was seen. All three at one address."""
    collection = _collection(page, request, object_id)
    if request.method != "POST":
        form = collection_forms.CollectionForm(instance=collection)
        return _form_page(page, request, collection, form)
    form = collection_forms.CollectionForm(request.POST, instance=collection)
    if not form.is_valid() or AGAIN in request.POST:
        return _form_page(page, request, collection, form)
    seen = request.POST.get(SEEN, "")
    if not seen:
        difference = editing.difference(form.instance, form.content, moment=clock.now())
        return _difference_page(page, request, form, difference)
    return _save(page, request, form, seen)


def _collection(page: ModelAdmin, request: HttpRequest, object_id: str | None) -> Collection:
    if object_id is None:
        if not page.has_add_permission(request):
            raise PermissionDenied
        return Collection()
    found = page.get_object(request, object_id)
    if found is None:
        raise Http404
    if not page.has_change_permission(request, found):
        raise PermissionDenied
    return found


def _save(
    page: ModelAdmin, request: HttpRequest, form: collection_forms.CollectionForm, seen: str
) -> HttpResponse:
    is_new = form.instance.pk is None
    try:
        done = editing.store(form.instance, form.content, seen=seen, moment=clock.now())
    except editing.NotSeen as problem:
        messages.warning(request, str(problem))
        return _difference_page(page, request, form, problem.difference)
    categories.changed()
    text = _("%(entering)d entered, %(leaving)d left.") % {
        "entering": done.entering_count,
        "leaving": done.leaving_count,
    }
    note = page.log_addition if is_new else page.log_change
    note(request, form.instance, text)
    messages.success(request, _("“%(name)s” is saved.") % {"name": form.instance} + f" {text}")
    return redirect(reverse("admin:catalog_collection_change", args=[form.instance.pk]))


def _form_page(
    page: ModelAdmin,
    request: HttpRequest,
    collection: Collection,
    form: collection_forms.CollectionForm,
) -> HttpResponse:
    groups = [
        {"title": title, "fields": [form[name] for name in names]}
        for title, names in collection_forms.names_of(form)
    ]
    is_kept = collection.pk is not None
    shop_url = collection.get_absolute_url() if is_kept and collection.is_active else ""
    return staff_pages.ask(
        page,
        request,
        title=_("Collection: %(name)s") % {"name": collection} if is_kept else _("New collection"),
        form=form,
        submit_text=_("See who enters and leaves"),
        back_url=reverse("admin:catalog_collection_changelist"),
        template="admin/catalog/collection.html",
        groups=groups,
        shop_url=shop_url,
        picture_url=reverse("admin:catalog_collection_picture", args=[collection.pk])
        if is_kept
        else "",
        delete_url=reverse("admin:catalog_collection_delete", args=[collection.pk])
        if is_kept and page.has_delete_permission(request, collection)
        else "",
    )


def _difference_page(
    page: ModelAdmin,
    request: HttpRequest,
    form: collection_forms.CollectionForm,
    difference: editing.Difference,
) -> HttpResponse:
    entering, leaving = difference.entering_count, difference.leaving_count
    context = {
        **page.admin_site.each_context(request),
        "title": _("Collection: %(name)s") % {"name": form.instance},
        "opts": page.opts,
        "given": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", SEEN, AGAIN)
            for value in values
        ],
        "difference": difference,
        "sides": [
            (
                ngettext("%(count)d product enters", "%(count)d products enter", entering)
                % {"count": entering},
                difference.entering,
                entering - len(difference.entering),
            ),
            (
                ngettext("%(count)d product leaves", "%(count)d products leave", leaving)
                % {"count": leaving},
                difference.leaving,
                leaving - len(difference.leaving),
            ),
        ],
        "total_text": ngettext(
            "%(count)d product is in it then.",
            "%(count)d products are in it then.",
            difference.total,
        )
        % {"count": difference.total},
    }
    return render(request, "admin/catalog/collection_difference.html", context)


def picture(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for the picture at the head of the page, or for its words."""
    collection = _collection(page, request, object_id)
    given: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = collection_forms.picture_form(collection, *given)
    back_url = reverse("admin:catalog_collection_change", args=[collection.pk])
    if form.is_valid():
        picture_forms.store([form])
        form.save()
        categories.changed()
        page.log_change(request, collection, _("Picture changed."))
        messages.success(request, _("The picture is saved."))
        return redirect(back_url)
    return staff_pages.ask(
        page,
        request,
        title=_("Picture: %(name)s") % {"name": collection},
        form=form,
        submit_text=_("Save"),
        back_url=back_url,
    )
