"""The periodic task that books the bank's confirmations which are still waiting."""

from celery import shared_task

from .bank import confirming
from .bank.models import BankLine


@shared_task
def book():
    confirming.go_on(BankLine.objects.all())
