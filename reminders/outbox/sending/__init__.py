"""Sending of notices: texts, mails, digests, webhooks, retries and bounces."""
