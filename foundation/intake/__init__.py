"""Files that people upload: which kinds are accepted, and spreadsheets read safely."""
