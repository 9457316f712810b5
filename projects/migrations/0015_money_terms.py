"""Rules of money per call: tranches, what must be executed between them, the settlement."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0014_sign_terms'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='executed_percent',
            field=models.PositiveSmallIntegerField(default=0, help_text='0: the next tranche may be requested at any time.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='executed of what was paid before the next tranche is requested, in percent'),
        ),
        migrations.AddField(
            model_name='call',
            name='first_tranche_percent',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: all tranches are planned alike, and the first may be of any size.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name="first tranche, in percent of the year's funds"),
        ),
        migrations.AddField(
            model_name='call',
            name='settlement_months',
            field=models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='months for the settlement after the end of the year'),
        ),
        migrations.AddField(
            model_name='call',
            name='tranches_a_year',
            field=models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='tranches of national funds in a year'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('executed_percent__range', (0, 100)), ('settlement_months__range', (1, 12)), ('tranches_a_year__range', (1, 366))), name='call_rules_of_money_are_possible'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('first_tranche_percent', None), ('first_tranche_percent__range', (1, 100)), _connector='OR'), name='call_first_tranche_is_possible'),
        ),
    ]
