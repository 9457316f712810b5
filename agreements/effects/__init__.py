"""What moves of an agreement bring about; tables are in ``workflow``."""
