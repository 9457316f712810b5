"""What moves bring about, by the stretch of the road; tables are in ``workflow``."""
