"""Downloads of uploaded files, never shown where a browser could run them."""

import logging

from django.http import FileResponse, Http404

SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
log = logging.getLogger(__name__)


def download(file, *, name, media_type):
    """Stream a stored file as an attachment; check permissions before. Raises Http404 if gone."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as lost:
        log.error("The stored file %s is gone.", file.name)
        raise Http404 from lost
    return FileResponse(
        opened, as_attachment=True, filename=name, content_type=media_type, headers=SEALED
    )
