from django.apps import AppConfig


class DisbursementsConfig(AppConfig):
    name = "disbursements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import hooks  # noqa: PLC0415 -- models are ready only now

        hooks.connect()
