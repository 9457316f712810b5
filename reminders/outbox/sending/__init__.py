"""The outbox: how what was written leaves the house, in words, by mail and other ways."""
