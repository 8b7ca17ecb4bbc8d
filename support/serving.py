"""Handing a file out: browsers keep it, never show it as a page, and believe what we say it is."""

from django.http import FileResponse, Http404

from support import attachments
from support.models import Attachment

BLOCK_BYTES = 65_536


def download(attachment: Attachment) -> FileResponse:
    """The file as an attachment that can do nothing. Raises `Http404` when it is gone."""
    try:
        content = attachments.opened(attachment)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response.block_size = BLOCK_BYTES
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
