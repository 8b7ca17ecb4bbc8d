"""What special laws want of goods: fibres, food, batteries, guarantees, deposits, end dates."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.math
import django.db.models.lookups
from django.db import migrations, models

# At the end of a transaction, because shares are typed one after the other.
FIBRES_ADD_UP = """
CREATE FUNCTION catalog_fibreshare_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong text;
BEGIN
    SELECT part || ': ' || sum(percent) INTO wrong FROM catalog_fibreshare
    WHERE (TG_OP <> 'INSERT' AND product_id = OLD.product_id)
       OR (TG_OP <> 'DELETE' AND product_id = NEW.product_id)
    GROUP BY product_id, part HAVING sum(percent) <> 100 LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'fibres do not add up to 100 percent (%)', wrong
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER catalog_fibreshare_adds_up
    AFTER INSERT OR UPDATE OR DELETE ON catalog_fibreshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalog_fibreshare_check();
"""
NO_SUMS = """
DROP TRIGGER catalog_fibreshare_adds_up ON catalog_fibreshare;
DROP FUNCTION catalog_fibreshare_check();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0010_home_page_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_electrical",
                    models.BooleanField(
                        default=True,
                        help_text="Must not go into the household waste; we take old ones back (ElektroG).",
                        verbose_name="electrical device",
                    ),
                ),
                (
                    "battery_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no battery"),
                            ("lithium_ion", "lithium-ion battery, rechargeable"),
                            ("nimh", "nickel-metal hydride battery, rechargeable"),
                            ("alkaline", "alkaline battery"),
                            ("button", "button cell"),
                            ("lead", "lead-acid battery"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="battery",
                    ),
                ),
                (
                    "battery_place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "does not apply"),
                            ("separate", "enclosed"),
                            ("removable", "inside, can be removed by the buyer"),
                            ("fixed", "inside, to be removed by professionals"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="place of the battery",
                    ),
                ),
                (
                    "hazard_symbol",
                    models.CharField(
                        blank=True,
                        choices=[("", "none"), ("Cd", "Cd: cadmium"), ("Pb", "Pb: lead")],
                        default="",
                        max_length=2,
                        verbose_name="chemical symbol",
                    ),
                ),
            ],
            options={
                "verbose_name": "device",
                "verbose_name_plural": "battery and old device",
            },
        ),
        migrations.CreateModel(
            name="FibreShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("whole", "whole article"),
                            ("outer", "outer fabric"),
                            ("lining", "lining"),
                            ("filling", "filling"),
                            ("cover", "cover"),
                            ("pile", "pile"),
                            ("ribbing", "ribbing"),
                            ("trim", "trim"),
                        ],
                        default="whole",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "fibre",
                    models.CharField(
                        choices=[
                            ("wool", "wool"),
                            ("virgin_wool", "virgin wool"),
                            ("alpaca", "alpaca"),
                            ("llama", "llama"),
                            ("camel", "camel"),
                            ("cashmere", "cashmere"),
                            ("mohair", "mohair"),
                            ("angora", "angora"),
                            ("vicuna", "vicuna"),
                            ("yak", "yak"),
                            ("guanaco", "guanaco"),
                            ("cashgora", "cashgora"),
                            ("beaver", "beaver"),
                            ("otter", "otter"),
                            ("hair", "animal hair"),
                            ("silk", "silk"),
                            ("cotton", "cotton"),
                            ("kapok", "kapok"),
                            ("linen", "linen"),
                            ("hemp", "true hemp"),
                            ("jute", "jute"),
                            ("abaca", "abaca"),
                            ("alfa", "alfa"),
                            ("coir", "coir"),
                            ("broom", "broom"),
                            ("ramie", "ramie"),
                            ("sisal", "sisal"),
                            ("sunn", "sunn"),
                            ("henequen", "henequen"),
                            ("maguey", "maguey"),
                            ("acetate", "acetate"),
                            ("alginate", "alginate"),
                            ("cupro", "cupro"),
                            ("modal", "modal"),
                            ("protein", "protein"),
                            ("triacetate", "triacetate"),
                            ("viscose", "viscose"),
                            ("acrylic", "acrylic"),
                            ("chlorofibre", "chlorofibre"),
                            ("fluorofibre", "fluorofibre"),
                            ("modacrylic", "modacrylic"),
                            ("polyamide", "polyamide"),
                            ("aramid", "aramid"),
                            ("polyimide", "polyimide"),
                            ("lyocell", "lyocell"),
                            ("polylactide", "polylactide"),
                            ("polyester", "polyester"),
                            ("polyethylene", "polyethylene"),
                            ("polypropylene", "polypropylene"),
                            ("polycarbamide", "polycarbamide"),
                            ("polyurethane", "polyurethane"),
                            ("vinylal", "vinylal"),
                            ("trivinyl", "trivinyl"),
                            ("elastodiene", "elastodiene"),
                            ("elastane", "elastane"),
                            ("glass", "glass fibre"),
                            ("metal", "metal fibre"),
                            ("paper", "paper"),
                            ("elastomultiester", "elastomultiester"),
                            ("elastolefin", "elastolefin"),
                            ("melamine", "melamine"),
                            ("bicomponent", "polypropylene/polyamide bicomponent"),
                            ("polyacrylate", "polyacrylate"),
                            ("other", "other fibres"),
                        ],
                        max_length=20,
                        verbose_name="fibre",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent",
                    ),
                ),
            ],
            options={
                "verbose_name": "fibre",
                "verbose_name_plural": "fibre content",
            },
        ),
        migrations.CreateModel(
            name="Food",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "designation_de",
                    models.CharField(max_length=160, verbose_name="name of the food (German)"),
                ),
                (
                    "designation_en",
                    models.CharField(max_length=160, verbose_name="name of the food (English)"),
                ),
                (
                    "ingredients_de",
                    models.TextField(
                        blank=True,
                        help_text="Mark allergens with stars: wheat flour is *wheat* flour (Art. 21).",
                        verbose_name="ingredients (German)",
                    ),
                ),
                (
                    "ingredients_en",
                    models.TextField(blank=True, verbose_name="ingredients (English)"),
                ),
                (
                    "has_no_ingredient_list",
                    models.BooleanField(
                        default=False,
                        help_text="Art. 19: one ingredient.",
                        verbose_name="needs no list of ingredients",
                    ),
                ),
                (
                    "has_no_nutrition",
                    models.BooleanField(
                        default=False,
                        help_text="Annex V: herbs, tea, coffee, salt, vinegar and the like.",
                        verbose_name="needs no nutrition table",
                    ),
                ),
                (
                    "nutrition_basis",
                    models.CharField(
                        choices=[("g", "100 g"), ("ml", "100 ml")],
                        default="g",
                        max_length=2,
                        verbose_name="nutrition per",
                    ),
                ),
                (
                    "energy_kj",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="energy (kJ)"),
                ),
                (
                    "energy_kcal",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="energy (kcal)"
                    ),
                ),
                (
                    "fat",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="fat (g)",
                    ),
                ),
                (
                    "saturates",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="saturates (g)",
                    ),
                ),
                (
                    "carbohydrate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="carbohydrate (g)",
                    ),
                ),
                (
                    "sugars",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="sugars (g)",
                    ),
                ),
                (
                    "protein",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="protein (g)",
                    ),
                ),
                (
                    "salt",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="salt (g)",
                    ),
                ),
                (
                    "storage_de",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="storage and use (German)"
                    ),
                ),
                (
                    "storage_en",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="storage and use (English)"
                    ),
                ),
                (
                    "best_before_de",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="best before (German)"
                    ),
                ),
                (
                    "best_before_en",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="best before (English)"
                    ),
                ),
                (
                    "operator_name",
                    models.CharField(max_length=120, verbose_name="food business operator"),
                ),
                (
                    "operator_address",
                    models.CharField(max_length=240, verbose_name="its postal address"),
                ),
                (
                    "origin_de",
                    models.CharField(blank=True, max_length=120, verbose_name="origin (German)"),
                ),
                (
                    "origin_en",
                    models.CharField(blank=True, max_length=120, verbose_name="origin (English)"),
                ),
                (
                    "alcohol_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Shown above 1.2 % vol (Art. 28).",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="alcohol (% vol)",
                    ),
                ),
            ],
            options={
                "verbose_name": "food",
                "verbose_name_plural": "food",
            },
        ),
        migrations.CreateModel(
            name="Guarantee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("brand", models.CharField(max_length=60, verbose_name="brand on the label")),
                (
                    "model_identifier",
                    models.CharField(max_length=60, verbose_name="model identifier"),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        help_text="More than 24, in steps of half a year: 30, 36, 42 …",
                        validators=[django.core.validators.MinValueValidator(30)],
                        verbose_name="months",
                    ),
                ),
                (
                    "covers_whole_product",
                    models.BooleanField(default=False, verbose_name="covers the whole product"),
                ),
                (
                    "is_free",
                    models.BooleanField(default=False, verbose_name="costs the buyer nothing"),
                ),
                ("guarantor_name", models.CharField(max_length=120, verbose_name="guarantor")),
                (
                    "guarantor_address",
                    models.CharField(max_length=240, verbose_name="its postal address"),
                ),
                ("terms_de", models.TextField(verbose_name="terms (German)")),
                ("terms_en", models.TextField(verbose_name="terms (English)")),
            ],
            options={
                "verbose_name": "guarantee of durability",
                "verbose_name_plural": "guarantee of durability",
            },
        ),
        migrations.CreateModel(
            name="OfficialGraphic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "notice of the statutory guarantee"),
                            ("garan_label", "GARAN label of a producer's guarantee"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "German"), ("en", "English")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="file")),
                (
                    "content_type",
                    models.CharField(
                        choices=[("image/svg+xml", "SVG"), ("image/png", "PNG")],
                        editable=False,
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "source_url",
                    models.URLField(
                        help_text="The page of the Commission from which you have the file.",
                        verbose_name="fetched from",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(editable=False, verbose_name="uploaded")),
            ],
            options={
                "verbose_name": "official graphic",
                "verbose_name_plural": "official graphics",
            },
        ),
        migrations.RemoveConstraint(
            model_name="variant",
            name="variant_content_unit_known",
        ),
        migrations.AddField(
            model_name="manufacturer",
            name="country",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Two letters (DE, IT, CN): outside the EU somebody inside is responsible.",
                max_length=2,
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            model_name="price",
            name="is_perishing",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="because it would soon be spoilt or out of date",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="has_animal_parts",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Leather, fur, bone, feathers on textiles (Art. 12 Regulation 1007/2011).",
                verbose_name="has non-textile parts of animal origin",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="publish_problem",
            field=models.TextField(
                blank=True, db_default="", editable=False, verbose_name="why it could not go live"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="unpublish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken offline"),
        ),
        migrations.AddField(
            model_name="variant",
            name="deposit",
            field=models.DecimalField(
                db_default=Decimal("0.00"),
                decimal_places=2,
                default=Decimal("0.00"),
                help_text="What the buyer gets back for the empty bottle, in euros; 0: none.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                verbose_name="deposit",
            ),
        ),
        migrations.AlterField(
            model_name="variant",
            name="content_unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "none"),
                    ("g", "g"),
                    ("ml", "ml"),
                    ("m", "m"),
                    ("m2", "m²"),
                    ("m3", "m³"),
                ],
                default="",
                max_length=4,
                verbose_name="unit of content",
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_perishing", False), ("kind", "sale"), _connector="OR"),
                name="price_perishing_is_a_sale",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True),
                    ("published_at__isnull", True),
                    ("unpublish_at__gt", models.F("published_at")),
                    _connector="OR",
                ),
                name="product_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_unit__in", ["", "g", "ml", "m", "m2", "m3"])),
                name="variant_content_unit_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("deposit__gte", 0)), name="variant_deposit_not_negative"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="product",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="device",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="fibreshare",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="fibre_shares",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="food",
            name="product",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="food",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="guarantee",
            name="product",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="guarantee",
                to="catalog.product",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialgraphic",
            constraint=models.UniqueConstraint(
                fields=("kind", "language"), name="official_graphic_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="officialgraphic",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["notice", "garan_label"])),
                name="official_graphic_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialgraphic",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["de", "en"])),
                name="official_graphic_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialgraphic",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_type__in", ["image/svg+xml", "image/png"])),
                name="official_graphic_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialgraphic",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="official_graphic_is_hashed",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("battery_kind__in", ["", "lithium_ion", "nimh", "alkaline", "button", "lead"])
                ),
                name="device_battery_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("battery_place__in", ["", "separate", "removable", "fixed"])),
                name="device_place_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("hazard_symbol__in", ["", "Cd", "Pb"])),
                name="device_symbol_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("battery_kind", ""), ("battery_place", ""), ("hazard_symbol", "")),
                    models.Q(
                        models.Q(("battery_kind", ""), _negated=True),
                        models.Q(("battery_place", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="device_battery_has_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="fibreshare",
            constraint=models.UniqueConstraint(
                fields=("product", "part", "fibre"), name="fibre_share_once_per_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="fibreshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "fibre__in",
                        [
                            "wool",
                            "virgin_wool",
                            "alpaca",
                            "llama",
                            "camel",
                            "cashmere",
                            "mohair",
                            "angora",
                            "vicuna",
                            "yak",
                            "guanaco",
                            "cashgora",
                            "beaver",
                            "otter",
                            "hair",
                            "silk",
                            "cotton",
                            "kapok",
                            "linen",
                            "hemp",
                            "jute",
                            "abaca",
                            "alfa",
                            "coir",
                            "broom",
                            "ramie",
                            "sisal",
                            "sunn",
                            "henequen",
                            "maguey",
                            "acetate",
                            "alginate",
                            "cupro",
                            "modal",
                            "protein",
                            "triacetate",
                            "viscose",
                            "acrylic",
                            "chlorofibre",
                            "fluorofibre",
                            "modacrylic",
                            "polyamide",
                            "aramid",
                            "polyimide",
                            "lyocell",
                            "polylactide",
                            "polyester",
                            "polyethylene",
                            "polypropylene",
                            "polycarbamide",
                            "polyurethane",
                            "vinylal",
                            "trivinyl",
                            "elastodiene",
                            "elastane",
                            "glass",
                            "metal",
                            "paper",
                            "elastomultiester",
                            "elastolefin",
                            "melamine",
                            "bicomponent",
                            "polyacrylate",
                            "other",
                        ],
                    )
                ),
                name="fibre_share_fibre_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fibreshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "part__in",
                        ["whole", "outer", "lining", "filling", "cover", "pile", "ribbing", "trim"],
                    )
                ),
                name="fibre_share_part_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fibreshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                name="fibre_share_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="food",
            constraint=models.CheckConstraint(
                condition=models.Q(("nutrition_basis__in", ["g", "ml"])),
                name="food_nutrition_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="food",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("saturates__isnull", True),
                    ("fat__isnull", True),
                    ("saturates__lte", models.F("fat")),
                    _connector="OR",
                ),
                name="food_saturates_are_fat",
            ),
        ),
        migrations.AddConstraint(
            model_name="food",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sugars__isnull", True),
                    ("carbohydrate__isnull", True),
                    ("sugars__lte", models.F("carbohydrate")),
                    _connector="OR",
                ),
                name="food_sugars_are_carbohydrate",
            ),
        ),
        migrations.AddConstraint(
            model_name="food",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("alcohol_percent__isnull", True),
                    models.Q(("alcohol_percent__gte", 0), ("alcohol_percent__lte", 100)),
                    _connector="OR",
                ),
                name="food_alcohol_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="guarantee",
            constraint=models.CheckConstraint(
                condition=models.Q(("months__gte", 30)), name="guarantee_longer_than_the_law"
            ),
        ),
        migrations.AddConstraint(
            model_name="guarantee",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    django.db.models.functions.math.Mod("months", 6), 0
                ),
                name="guarantee_in_half_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="guarantee",
            constraint=models.CheckConstraint(
                condition=models.Q(("covers_whole_product", True), ("is_free", True)),
                name="guarantee_whole_and_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="guarantee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("brand", ""), _negated=True),
                    models.Q(("model_identifier", ""), _negated=True),
                    models.Q(("guarantor_name", ""), _negated=True),
                    models.Q(("guarantor_address", ""), _negated=True),
                    models.Q(("terms_de", ""), _negated=True),
                    models.Q(("terms_en", ""), _negated=True),
                ),
                name="guarantee_complete",
            ),
        ),
        migrations.AddField(
            model_name="producttype",
            name="laws",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("textile", "textile: fibre content (Regulation (EU) 1007/2011)"),
                        ("food", "food: ingredients and more (Regulation (EU) 1169/2011)"),
                        ("energy", "energy label (Regulation (EU) 2017/1369)"),
                        ("electrical", "electrical device (ElektroG)"),
                        ("measured", "sold by weight, volume, length or area (§ 4 PAngV)"),
                        ("warned", "warnings are mandatory (toys, candles, chemicals)"),
                    ],
                    max_length=12,
                ),
                blank=True,
                db_default=[],
                default=list,
                verbose_name="laws",
            ),
        ),
        migrations.AddConstraint(
            model_name="producttype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "laws__contained_by",
                        ["textile", "food", "energy", "electrical", "measured", "warned"],
                    )
                ),
                name="product_type_laws_known",
            ),
        ),
        migrations.RunSQL(FIBRES_ADD_UP, NO_SUMS),
    ]
