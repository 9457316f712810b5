"""The third door: the clock."""

from celery import shared_task

from foundation import clock

from . import delivery, notices


@shared_task
def remind():
    notices.write_notices(clock.today())


@shared_task
def deliver():
    delivery.deliver()
