"""Celery tasks of the timetable: write reminders, mail them, send webhooks."""

from celery import shared_task

from foundation.time import clock

from .outbox import expiring_certificates, notices
from .outbox.sending import channels, delivery
from .work import unassigned


@shared_task
def remind():
    notices.write_notices(clock.today())
    unassigned.notify_of_unassigned(clock.today())
    expiring_certificates.notify_of_expiring(clock.today())


@shared_task
def deliver():
    delivery.deliver()


@shared_task
def relay():
    channels.relay()
