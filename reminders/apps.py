from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .outbox import news  # noqa: PLC0415 -- it imports models

        news.connect()
