"""Names that are written in Korean and in English, and read in one of them."""

from django.utils.translation import get_language


def in_language(record, name):
    """``name_ko`` or ``name_en`` of a record, as the reader has chosen; Korean where none is."""
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    return getattr(record, f"{name}_{language}") or getattr(record, f"{name}_ko")
