"""A call may let the coordination body sign its agreements, as the last one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("projects", "0013_amend_terms")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="coordinator_signs_last",
            field=models.BooleanField(
                default=False,
                verbose_name="the coordination body is a party to agreements too, and signs last",
            ),
        ),
    ]
