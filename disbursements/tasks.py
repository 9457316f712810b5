"""The clock's door: what the bank confirmed is booked, whoever began it and whatever ended that."""

from celery import shared_task

from .bank import confirming
from .bank.models import BankLine


@shared_task
def book():
    confirming.go_on(BankLine.objects.all())
