"""Names stored in Korean and in English, shown in the reader's language."""

from django.utils.translation import get_language


def in_language(record, name):
    """``<name>_ko`` or ``<name>_en`` of a record in the reader's language; else the Korean one."""
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    return getattr(record, f"{name}_{language}") or getattr(record, f"{name}_ko")
