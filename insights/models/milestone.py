"""What happens outside of the shop and is told to it, such as a backup."""

from django.db import models


class Milestone(models.Model):
    """When something by this name was last done."""

    name = models.SlugField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
