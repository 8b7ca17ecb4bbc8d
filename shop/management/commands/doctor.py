"""`manage.py doctor`: is the shop complete and on its feet? A line each; ends with 1 on errors."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand

from shop import doctor
from shop.kit import clock


class Command(BaseCommand):
    help = "Check settings, neighbours, legal completeness and goods; read-only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="one array, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(doctor.examine(clock.now()))
        if options["json"]:
            rows = [dataclasses.asdict(one) for one in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for one in findings:
                self.stdout.write(f"{one.level:<8}{one.topic}: {one.text}")
        if any(one.level == doctor.ERROR for one in findings):
            raise SystemExit(1)
