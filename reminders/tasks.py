"""The third door: the clock."""

from celery import shared_task

from foundation.time import clock

from .outbox import expiring_certificates as expiring
from .outbox import notices
from .outbox.sending import channels, delivery
from .work import unassigned as unheld


@shared_task
def remind():
    notices.write_notices(clock.today())
    unheld.tell_of_unheld(clock.today())
    expiring.tell_of_expiring(clock.today())


@shared_task
def deliver():
    delivery.deliver()


@shared_task
def relay():
    channels.relay()
