"""Files of pictures and what they are made into; the focal point of a picture."""

import django.core.validators
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0012_collections"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False, max_length=20, unique=True, verbose_name="key"
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "is being made"),
                            ("made", "ready"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("round", models.PositiveIntegerField(default=1, editable=False)),
                ("next_try_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="made at"
                    ),
                ),
                ("tidied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "unused_since",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="unused since"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="uploaded",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture file",
                "verbose_name_plural": "picture files",
            },
        ),
        migrations.AddField(
            model_name="categorypicture",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the left (%)",
            ),
        ),
        migrations.AddField(
            model_name="categorypicture",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the top (%)",
            ),
        ),
        migrations.AddField(
            model_name="categorypicture",
            name="renditions",
            field=models.JSONField(
                db_default={}, default=dict, editable=False, verbose_name="renditions"
            ),
        ),
        migrations.AddField(
            model_name="collectionpicture",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the left (%)",
            ),
        ),
        migrations.AddField(
            model_name="collectionpicture",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the top (%)",
            ),
        ),
        migrations.AddField(
            model_name="collectionpicture",
            name="renditions",
            field=models.JSONField(
                db_default={}, default=dict, editable=False, verbose_name="renditions"
            ),
        ),
        migrations.AddField(
            model_name="hero",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the left (%)",
            ),
        ),
        migrations.AddField(
            model_name="hero",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the top (%)",
            ),
        ),
        migrations.AddField(
            model_name="hero",
            name="mobile_renditions",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="hero",
            name="renditions",
            field=models.JSONField(
                db_default={}, default=dict, editable=False, verbose_name="renditions"
            ),
        ),
        migrations.AddField(
            model_name="productpicture",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the left (%)",
            ),
        ),
        migrations.AddField(
            model_name="productpicture",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                db_default=50,
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point from the top (%)",
            ),
        ),
        migrations.AddField(
            model_name="productpicture",
            name="renditions",
            field=models.JSONField(
                db_default={}, default=dict, editable=False, verbose_name="renditions"
            ),
        ),
        migrations.AddConstraint(
            model_name="categorypicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                name="category_picture_focus_inside",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                name="collection_picture_focus_inside",
            ),
        ),
        migrations.AddConstraint(
            model_name="hero",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                name="hero_focus_inside",
            ),
        ),
        migrations.AddConstraint(
            model_name="productpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)),
                name="product_picture_focus_inside",
            ),
        ),
        migrations.AddIndex(
            model_name="picturefile",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["next_try_at"],
                name="picture_file_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="picturefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "made", "failed"])),
                name="picture_file_state_known",
            ),
        ),
    ]
