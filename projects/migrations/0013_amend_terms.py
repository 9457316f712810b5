"""From which change on an amendment is material: a term of the call."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0012_rounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='material_percent',
            field=models.PositiveSmallIntegerField(default=30, help_text='From this change on, an amendment goes to the committee and is signed anew.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='change of total cost or area that is material, in percent'),
        ),
        migrations.AddField(
            model_name='call',
            name='material_years',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='change of the period that is material, in years'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('material_percent__range', (1, 100)), ('material_years__range', (1, 10))), name='call_material_limits_are_possible'),
        ),
    ]
