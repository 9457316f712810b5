from django.apps import AppConfig


class DisbursementsConfig(AppConfig):
    name = "disbursements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import workflow  # noqa: F401, PLC0415 -- it adds what follows from “in force”
