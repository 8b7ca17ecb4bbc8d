"""Parts of addresses that are one of a few words; every other word leads nowhere."""

from django.conf import settings
from django.urls import register_converter
from django.urls.converters import StringConverter


class SitemapPart(StringConverter):
    """`pages`, `categories`, `products-2`: the files of the sitemap."""

    regex = r"pages|categories|products-[1-9][0-9]{0,5}"


class FeedName(StringConverter):
    """`google-de`: a format and a language."""

    regex = rf"[a-z]+-(?:{'|'.join(code for code, _name in settings.LANGUAGES)})"


class FeedEnding(StringConverter):
    """`xml`, `csv`, `tsv`, each also packed."""

    regex = r"(?:xml|csv|tsv)(?:\.gz)?"


def register() -> None:
    """Let patterns of addresses name these."""
    register_converter(SitemapPart, "sitemap_part")
    register_converter(FeedName, "feed_name")
    register_converter(FeedEnding, "feed_ending")
