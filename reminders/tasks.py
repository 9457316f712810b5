"""The third door: the clock."""

from celery import shared_task
from django.utils import timezone

from . import delivery, notices


@shared_task
def remind():
    notices.write_notices(timezone.localdate())


@shared_task
def deliver():
    delivery.deliver()
