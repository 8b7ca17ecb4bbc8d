"""Handing a document out: to be looked at in the browser, kept under a name that tells."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from catalog.documents import files
from catalog.models import Document

KEPT_SECONDS = 24 * 3600
log = logging.getLogger(__name__)


def response(document: Document) -> FileResponse:
    """The content with its true type and its name. Raises `Http404` when the file is gone."""
    try:
        content = files.open_content(document)
    except FileNotFoundError as problem:
        log.error("the file of document %s is gone from the media storage", document.pk)
        raise Http404 from problem
    answer = FileResponse(content, filename=document.file_name, content_type=document.content_type)
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["ETag"] = f'"{document.sha256}"'
    return answer


def address_in_storage(document: Document) -> str:
    """Where staff look at the file, also while its product is a draft."""
    return default_storage.url(document.path)
