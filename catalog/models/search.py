"""What the search reads: documents, words, numbers; and what staff and shoppers tell it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product, Variant

LANGUAGES = ("de", "en")


class SearchDocument(models.Model):
    """A product as the search sees it in one language; kept by `search.reindex`.

    `vector` holds stems: A name, B brand, category and search words, C summary and details, D text.
    Besides, the folded words of name and kind as `=word`, for exact hits, and the stems of the name
    as `~stem`: the index knows nothing of weights, so it finds names by these.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="search_documents")
    language = models.CharField(max_length=2)
    vector = SearchVectorField()
    # The words as they are written, in lower case: the vocabulary is counted from them.
    words = models.TextField()
    # The folded words of the name, with a space on either side.
    name = models.CharField(max_length=400)
    name_length = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    popularity = models.FloatField(default=0)
    is_available = models.BooleanField(default=True)
    # A copy: looking 2,000 products up costs more than ranking them. Only products that are active
    # have a document.
    published_at = models.DateTimeField(db_default=Now())
    # The revision of the product that was read; another one means that this is out of date.
    revision = models.PositiveBigIntegerField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["vector"], condition=Q(language=code), name=f"search_vector_{code}")
            for code in LANGUAGES
        ] + [models.Index(fields=["language", "popularity"], name="search_popularity")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "language"], name="search_document_once"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="search_document_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}:{self.name.strip()}"


class SearchCorpus(models.Model):
    """How many documents a language has, and how long they are on average."""

    language = models.CharField(max_length=2, primary_key=True)
    documents = models.PositiveIntegerField()
    name_length = models.FloatField()
    length = models.FloatField()

    def __str__(self) -> str:
        return f"{self.language}: {self.documents}"


class SearchWord(models.Model):
    """A word of the catalogue, folded, with its stem; misspelt words are corrected to these.

    `deletes` are the word's spellings with up to two letters left out, as numbers: words that are
    few edits apart share one. Empty for numbers, which are never corrected.
    """

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=60)
    shown = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    frequency = models.PositiveIntegerField()
    in_names = models.PositiveIntegerField(default=0)
    documents = models.PositiveIntegerField()
    deletes = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "stem"], name="search_word_stem"),
            models.Index(
                F("language"), OpClass(F("word"), "varchar_pattern_ops"), name="search_word_prefix"
            ),
            GinIndex(fields=["deletes"], name="search_word_deletes"),
            GinIndex(OpClass(F("word"), "gin_trgm_ops"), name="search_word_trigrams"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "word"], name="search_word_once"),
        ]

    def __str__(self) -> str:
        return self.shown


class SearchNumber(models.Model):
    """A SKU or GTIN without spaces, dashes and case."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="search_numbers")
    product = models.ForeignKey(Product, models.CASCADE, related_name="search_numbers")
    number = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [
            models.Index(OpClass(F("number"), "varchar_pattern_ops"), name="search_number_prefix"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["variant", "number"], name="search_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Synonym(models.Model):
    """Words that shoppers use, and the words that the catalogue has for them."""

    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))]
    )
    words = models.CharField(
        _("shoppers say"), max_length=300, help_text=_("Several are separated by commas.")
    )
    meanings = models.CharField(
        _("we say"), max_length=300, help_text=_("Several are separated by commas.")
    )
    is_two_way = models.BooleanField(
        _("in both directions"),
        default=False,
        help_text=_("A search for our words finds what is called by theirs, too."),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="synonym_language_known"
            ),
            models.UniqueConstraint(fields=["language", "words", "meanings"], name="synonym_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words} {'↔' if self.is_two_way else '→'} {self.meanings}"


class SearchRedirect(models.Model):
    """A search that leads to a page of the shop instead of to results."""

    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))]
    )
    query = models.CharField(_("search"), max_length=100)
    # As `search_index.folding.key` writes it; kept by the form that stores the row.
    key = models.CharField(max_length=100, editable=False)
    path = models.CharField(
        _("leads to"), max_length=300, help_text=_("A path of this shop, such as /en/c/tea/.")
    )

    class Meta:
        verbose_name = _("search redirect")
        verbose_name_plural = _("search redirects")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "key"], name="search_redirect_once"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="search_redirect_language_known"
            ),
            # Never to another site: "//host" is one.
            models.CheckConstraint(
                condition=Q(path__regex=r"^/([^/\\]|$)"), name="search_redirect_stays_here"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.path}"


class SearchMiss(models.Model):
    """What was looked for in vain, and how often; nobody's name, no cookie, no address."""

    language = models.CharField(_("language"), max_length=2)
    query = models.CharField(_("search"), max_length=100)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "query"], name="search_miss_once"),
        ]

    def __str__(self) -> str:
        return self.query
