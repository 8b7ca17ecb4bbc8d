"""Find a guest's earlier orders, however the address was written."""

import django.db.models.expressions
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("orders", "0010_redemptions"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                models.Case(
                    models.When(
                        email__iendswith="@gmail.com",
                        then=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.text.Replace(
                                    models.Func(
                                        models.Func(
                                            django.db.models.functions.text.Lower(
                                                models.F("email")
                                            ),
                                            models.Value("@"),
                                            models.Value(1),
                                            function="split_part",
                                            output_field=models.TextField(),
                                        ),
                                        models.Value("+"),
                                        models.Value(1),
                                        function="split_part",
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("."),
                                    models.Value(""),
                                ),
                                "||",
                                models.Value("@"),
                                output_field=models.TextField(),
                            ),
                            "||",
                            models.Value("gmail.com"),
                            output_field=models.TextField(),
                        ),
                    ),
                    models.When(
                        email__iendswith="@googlemail.com",
                        then=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.text.Replace(
                                    models.Func(
                                        models.Func(
                                            django.db.models.functions.text.Lower(
                                                models.F("email")
                                            ),
                                            models.Value("@"),
                                            models.Value(1),
                                            function="split_part",
                                            output_field=models.TextField(),
                                        ),
                                        models.Value("+"),
                                        models.Value(1),
                                        function="split_part",
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("."),
                                    models.Value(""),
                                ),
                                "||",
                                models.Value("@"),
                                output_field=models.TextField(),
                            ),
                            "||",
                            models.Value("gmail.com"),
                            output_field=models.TextField(),
                        ),
                    ),
                    default=django.db.models.expressions.CombinedExpression(
                        django.db.models.expressions.CombinedExpression(
                            models.Func(
                                models.Func(
                                    django.db.models.functions.text.Lower(models.F("email")),
                                    models.Value("@"),
                                    models.Value(1),
                                    function="split_part",
                                    output_field=models.TextField(),
                                ),
                                models.Value("+"),
                                models.Value(1),
                                function="split_part",
                                output_field=models.TextField(),
                            ),
                            "||",
                            models.Value("@"),
                            output_field=models.TextField(),
                        ),
                        "||",
                        models.Func(
                            django.db.models.functions.text.Lower(models.F("email")),
                            models.Value("@"),
                            models.Value(2),
                            function="split_part",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                name="order_mailbox",
            ),
        ),
    ]
