from django.apps import AppConfig


class DisbursementsConfig(AppConfig):
    name = "disbursements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from agreements.verification import archive  # noqa: PLC0415 -- models are ready only now

        from . import archiving, workflow  # noqa: F401, PLC0415 -- it adds what follows from “in force”
        from .bank import workflow as bank  # noqa: F401, PLC0415 -- its tables are known from the start

        archive.also("ledger.json", archiving.ledger)
