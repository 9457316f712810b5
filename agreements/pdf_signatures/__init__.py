"""Signatures in PDF files: plain functions over bytes that know nothing of this product's records.

Nothing here imports Django: ``apart`` runs ``reading`` in a process of its own, and whoever has
only the files can run it too.
"""
