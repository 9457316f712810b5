"""The Celery app, and the schedule of its periodic tasks."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("house")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="Asia/Seoul",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    beat_scheduler="config.beat:OneScheduler",
)
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "write the reminders that are due": {
        "task": "reminders.tasks.remind",
        "schedule": crontab(minute=5),
    },
    "send what is written": {
        "task": "reminders.tasks.deliver",
        "schedule": crontab(),
    },
    "book what the bank confirmed": {
        "task": "disbursements.tasks.book",
        "schedule": 10.0,  # seconds: somebody may be looking on
    },
    "hand on what is mailed": {
        "task": "reminders.tasks.relay",
        "schedule": crontab(),
    },
}
