"""Keys and certificates with which the system signs for organisations."""
