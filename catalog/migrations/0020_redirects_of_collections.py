import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0016_bundles"),
    ]

    operations = [
        migrations.AddField(
            model_name="redirect",
            name="collection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="redirects",
                to="catalog.collection",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="redirect",
            name="redirect_leads_to_one_place",
        ),
        migrations.AddConstraint(
            model_name="redirect",
            constraint=models.CheckConstraint(
                condition=Q(category=None, collection=None, product=None)
                | Q(category=None, product=None, target="")
                | Q(collection=None, product=None, target="")
                | Q(category=None, collection=None, target=""),
                name="redirect_leads_to_one_place",
            ),
        ),
    ]
