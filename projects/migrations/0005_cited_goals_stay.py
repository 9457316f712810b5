"""The link between a component and a goal gets a model, so that a cited goal is protected."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("projects", "0004_attachments_stay"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Citation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="projects.component",
                            ),
                        ),
                        (
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="citations",
                                to="plans.goal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "citation",
                        "db_table": "projects_component_goals",
                        "unique_together": {("component", "goal")},
                    },
                ),
                migrations.AlterField(
                    model_name="component",
                    name="goals",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="components",
                        through="projects.Citation",
                        to="plans.goal",
                        verbose_name="goals it serves",
                    ),
                ),
            ]
        )
    ]
