"""Zones and rates of delivery, kinds of it, what it carries, its calendar.

The old columns of a method (fee, threshold, countries, for goods) stay in the database for one
release, with defaults, so that the code of before can still read and write them.
"""

import datetime
from collections import defaultdict

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def make_zones(apps, schema_editor):
    """Countries that the same methods serve for the same fees become a zone; nothing is lost."""
    Method = apps.get_model("checkout", "DeliveryMethod")
    Zone = apps.get_model("checkout", "DeliveryZone")
    Rate = apps.get_model("checkout", "DeliveryRate")
    Method.objects.filter(is_for_goods=False).update(kind="email")
    methods = list(Method.objects.filter(is_for_goods=True).order_by("position", "pk"))
    serving = defaultdict(list)
    for method in methods:
        for country in dict.fromkeys(method.countries):
            serving[country].append(method.pk)
    groups = defaultdict(list)
    for country, served_by in serving.items():
        groups[tuple(served_by)].append(country)
    for number, (served_by, countries) in enumerate(groups.items(), start=1):
        here = [one for one in methods if one.pk in served_by]
        free_from = next((one.free_from for one in here if one.free_from is not None), None)
        name = ", ".join(countries)[:80]
        zone = Zone.objects.create(
            code=f"zone-{number}",
            name_de=name,
            name_en=name,
            countries=countries,
            free_from=free_from,
            position=number,
        )
        for method in here:
            Rate.objects.create(method=method, zone=zone, gross=method.gross)
            if method.free_from is None:
                continue
            if method.free_from == free_from:
                Method.objects.filter(pk=method.pk).update(has_free_threshold=True)
            else:
                Rate.objects.create(method=method, zone=zone, from_goods=method.free_from, gross=0)


def forget_zones(apps, schema_editor):
    """Back to one fee, one threshold and one list of countries for each method."""
    Method = apps.get_model("checkout", "DeliveryMethod")
    for method in Method.objects.order_by("pk"):
        rates = list(method.rates.select_related("zone").order_by("zone__position", "gross"))
        served = [one for one in rates if not one.zone.refusal_de and not one.zone.postcodes]
        method.countries = list(
            dict.fromkeys(code for one in served for code in one.zone.countries)
        )
        method.gross = max((one.gross for one in served), default=0)
        limits = [one.zone.free_from for one in served if one.zone.free_from is not None]
        method.free_from = max(limits) if limits and method.has_free_threshold else None
        method.is_for_goods = method.kind != "email"
        method.is_active = method.is_active and method.kind != "pickup"
        method.save()


class Migration(migrations.Migration):
    dependencies = [
        ("checkout", "0001_initial"),
        ("inventory", "0002_stock_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryZone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name_de", models.CharField(max_length=80, verbose_name="name (German)")),
                ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), verbose_name="countries"
                    ),
                ),
                (
                    "postcodes",
                    models.TextField(blank=True, verbose_name="only these postcodes"),
                ),
                (
                    "other_postcodes",
                    models.TextField(blank=True, verbose_name="not these postcodes"),
                ),
                (
                    "free_from",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="free from goods value",
                    ),
                ),
                (
                    "extra_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Added to those of the way of delivery.",
                        verbose_name="more working days",
                    ),
                ),
                (
                    "refusal_de",
                    models.CharField(blank=True, max_length=300, verbose_name="why not (German)"),
                ),
                (
                    "refusal_en",
                    models.CharField(blank=True, max_length=300, verbose_name="why not (English)"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "delivery zone",
                "verbose_name_plural": "delivery zones",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_from__isnull", True), ("free_from__gte", 0), _connector="OR"
                        ),
                        name="delivery_zone_threshold_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refusal_de", ""), ("refusal_en", "")),
                            models.Q(
                                models.Q(("refusal_de", ""), _negated=True),
                                models.Q(("refusal_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_zone_refusal_in_both_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "up_to_weight_g",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: any weight.",
                        null=True,
                        verbose_name="up to grams",
                    ),
                ),
                (
                    "from_goods",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=8, verbose_name="from goods value"
                    ),
                ),
                (
                    "gross",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="gross fee"),
                ),
                (
                    "method",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="checkout.deliverymethod",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rates",
                        to="checkout.deliveryzone",
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "rate",
                "verbose_name_plural": "rates",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("method", "zone", "up_to_weight_g", "from_goods"),
                        name="delivery_rate_once_per_step",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_goods__gte", 0), ("gross__gte", 0)),
                        name="delivery_rate_not_negative",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="kind",
            field=models.CharField(
                choices=[
                    ("parcel", "parcel"),
                    ("forwarding", "forwarding agent"),
                    ("pickup", "pick-up"),
                    ("email", "by e-mail (digital content)"),
                ],
                db_default="parcel",
                default="parcel",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="cut_off",
            field=models.TimeField(
                db_default=datetime.time(14, 0),
                default=datetime.time(14, 0),
                help_text="Local time of the shop.",
                verbose_name="leaves the same day until",
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "only those of all of Germany"),
                    ("BW", "Baden-Württemberg"),
                    ("BY", "Bayern"),
                    ("BE", "Berlin"),
                    ("BB", "Brandenburg"),
                    ("HB", "Bremen"),
                    ("HH", "Hamburg"),
                    ("HE", "Hessen"),
                    ("MV", "Mecklenburg-Vorpommern"),
                    ("NI", "Niedersachsen"),
                    ("NW", "Nordrhein-Westfalen"),
                    ("RP", "Rheinland-Pfalz"),
                    ("SL", "Saarland"),
                    ("SN", "Sachsen"),
                    ("ST", "Sachsen-Anhalt"),
                    ("SH", "Schleswig-Holstein"),
                    ("TH", "Thüringen"),
                ],
                db_default="",
                default="",
                max_length=2,
                verbose_name="holidays of the warehouse",
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="brings_on_saturday",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="also arrives on Saturdays"
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="has_free_threshold",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="free from the zone's goods value"
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="max_weight_g",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="at most, in grams"
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="max_length_mm",
            field=models.PositiveIntegerField(
                blank=True, help_text="Of one piece.", null=True, verbose_name="longest side, in mm"
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="max_girth_mm",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Length + 2 × width + 2 × height of one piece.",
                null=True,
                verbose_name="girth, in mm",
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="takes_bulky",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="takes bulky goods"
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="bulky_gross",
            field=models.DecimalField(
                db_default=0,
                decimal_places=2,
                default=0,
                max_digits=8,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="surcharge for each bulky piece",
            ),
        ),
        migrations.AddField(
            model_name="deliverymethod",
            name="pickup_location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.stocklocation",
                verbose_name="picked up at",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverymethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["parcel", "forwarding", "pickup", "email"])),
                name="delivery_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverymethod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "",
                            *[
                                "BW",
                                "BY",
                                "BE",
                                "BB",
                                "HB",
                                "HH",
                                "HE",
                                "MV",
                                "NI",
                                "NW",
                                "RP",
                                "SL",
                                "SN",
                                "ST",
                                "SH",
                                "TH",
                            ],
                        ],
                    )
                ),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverymethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("bulky_gross__gte", 0)), name="delivery_surcharge_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverymethod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "pickup"), _negated=True),
                    ("pickup_location__isnull", False),
                    _connector="OR",
                ),
                name="delivery_pickup_has_a_place",
            ),
        ),
        migrations.AlterField(
            model_name="deliverymethod",
            name="gross",
            field=models.DecimalField(
                db_default=0, decimal_places=2, max_digits=8, verbose_name="gross fee"
            ),
        ),
        migrations.AlterField(
            model_name="deliverymethod",
            name="countries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), db_default=[], verbose_name="countries"
            ),
        ),
        migrations.AlterField(
            model_name="deliverymethod",
            name="is_for_goods",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Off: for digital content by e-mail.",
                verbose_name="for goods",
            ),
        ),
        migrations.RunPython(make_zones, forget_zones),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name="deliverymethod", name="delivery_fee_not_negative"
                ),
                migrations.RemoveField(model_name="deliverymethod", name="gross"),
                migrations.RemoveField(model_name="deliverymethod", name="free_from"),
                migrations.RemoveField(model_name="deliverymethod", name="countries"),
                migrations.RemoveField(model_name="deliverymethod", name="is_for_goods"),
            ]
        ),
    ]
