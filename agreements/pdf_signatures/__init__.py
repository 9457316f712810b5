"""Signatures in PDF files: plain functions on bytes, without models and without Django.

Nothing here imports Django, because ``sandbox`` runs ``reading`` in a separate process. Anybody
who has only the files can run it too.
"""
