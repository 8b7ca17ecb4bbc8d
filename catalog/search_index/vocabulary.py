"""The vocabulary of the catalogue: its words, how often they stand in products, and their stems."""

import contextlib
import contextvars
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Length

from catalog.models import SearchWord
from catalog.search_index import folding

DICTIONARIES = {"de": "german_stem", "en": "english_stem"}
BUILDING_WORDS = 50_000
GENERATION = "search.generation"
_LOCK = 7_316_001
_COLUMNS = "language, word, shown, stem, frequency, in_names, documents, deletes"


_ASIDE: contextvars.ContextVar[str] = contextvars.ContextVar("search_aside", default="")


def generation() -> str:
    """Changes whenever words, synonyms or redirects do; empty when nothing remembers it."""
    return _ASIDE.get() or str(cache.get_or_set(GENERATION, _new_generation, None) or "")


def changed() -> None:
    """What is kept of plans, synonyms and redirects is void."""
    if _ASIDE.get():
        _ASIDE.set(_new_generation())
    else:
        cache.set(GENERATION, _new_generation(), None)


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Inside, the index may hold other goods: the cache of the shop hears nothing of it."""
    token = _ASIDE.set(_new_generation())
    try:
        yield
    finally:
        _ASIDE.reset(token)


def is_aside() -> bool:
    return bool(_ASIDE.get())


def _new_generation() -> str:
    return secrets.token_hex(6)


def building_words(language: str) -> frozenset[str]:
    """The words of which compounds may consist; only German has them.

    Short words must stand in names or kinds: "ein" and "ort" are in too many others.
    """
    if language != "de":
        return frozenset()
    words = SearchWord.objects.filter(language=language).exclude(deletes=[])
    words = words.annotate(letters=Length("word")).filter(Q(in_names__gt=0) | Q(letters__gte=5))
    rows = words.order_by("-in_names", "-frequency").values_list("word", flat=True)
    return frozenset(rows[:BUILDING_WORDS])


@transaction.atomic
def rebuild(language: str) -> int:
    """Count the words of all documents of a language anew. Returns how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        written = _statistics(cursor, "to_tsvector('simple', words)", language)
        names = _statistics(cursor, "ts_filter(vector, '{a,b}')", language)
        stems = _statistics(cursor, "vector", language)
        shown, frequency = _folded(written, language)
        in_names = {word[1:]: count for word, count in names.items() if word.startswith("=")}
        for word, count in in_names.items():
            shown.setdefault(word, word)
            frequency.setdefault(word, count)
        stem_of = stemmed(frequency, language)
        SearchWord.objects.filter(language=language).delete()
        copy = f"COPY catalog_searchword ({_COLUMNS}) FROM STDIN"
        with cursor.copy(copy) as rows:
            for word, count in frequency.items():
                stem = stem_of.get(word) or ""
                in_name = in_names.get(word, 0)
                is_known_well = count > 1 or in_name > 0
                documents = stems.get(stem, count) if stem else count
                keys = deletes(word, is_known_well=is_known_well)
                rows.write_row((language, word, shown[word], stem, count, in_name, documents, keys))
        # New entries wait in a list that every reader goes through, until somebody files them.
        for index in ("deletes", "trigrams"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [f"search_word_{index}"])
    _measure(language)
    changed()
    return len(frequency)


def _statistics(cursor: object, expression: str, language: str) -> dict[str, int]:
    """In how many documents of `language` each lexeme of `expression` stands."""
    inner = f"SELECT {expression} FROM catalog_searchdocument WHERE language = '{language}'"  # noqa: S608 - both are constants of ours
    cursor.execute("SELECT word, ndoc FROM ts_stat(%s)", [inner])  # type: ignore[attr-defined]
    return dict(cursor.fetchall())  # type: ignore[attr-defined]


def _folded(written: dict[str, int], language: str) -> tuple[dict[str, str], dict[str, int]]:
    """The spelling to show of each folded word, and its frequency."""
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in written.items():
        folded = folding.fold(word, language)
        if folded and len(word) <= folding.LONGEST_WORD:
            spellings[folded][word] = count
    shown = {folded: max(ways, key=lambda way: ways[way]) for folded, ways in spellings.items()}
    return shown, {folded: sum(ways.values()) for folded, ways in spellings.items()}


def stemmed(words: Iterable[str], language: str) -> dict[str, str | None]:
    """The stem of each folded word, `None` for those that the language does not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize(%s::regdictionary, word))[1] FROM unnest(%s::text[]) word",
            [DICTIONARIES[language], list(words)],
        )
        return dict(cursor.fetchall())


def deletes(word: str, *, is_known_well: bool = True) -> list[int]:
    """The keys by which a misspelt word finds this one; none for numbers and for short words.

    Words that stand in one text only are no better than a slip: they are found over one edit.
    """
    if folding.has_digit(word) or len(word) < 3:
        return []
    return folding.delete_keys(word, edits(word) if is_known_well else 1)


def edits(word: str) -> int:
    """How many edits a word of this length may be away from what was meant."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def learn(language: str, texts: Iterable[str]) -> None:
    """Add words that are not known yet, so that new products can be found before the next count."""
    words = {folding.fold(word, language): word for text in texts for word in text.split()}
    words = {folded: word for folded, word in words.items() if 0 < len(word) <= 60 and folded}
    known = set(
        SearchWord.objects.filter(language=language, word__in=list(words)).values_list(
            "word", flat=True
        )
    )
    new = {folded: word for folded, word in words.items() if folded not in known}
    if not new:
        return
    stem_of = stemmed(new, language)
    SearchWord.objects.bulk_create(
        [
            SearchWord(
                language=language,
                word=folded,
                shown=word,
                stem=stem_of.get(folded) or "",
                frequency=1,
                documents=1,
                deletes=deletes(folded),
            )
            for folded, word in new.items()
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    _measure(language)
    changed()


def foresee(language: str, sources: Iterable[tuple[str, str]]) -> None:
    """Make words known as parts of compounds, before there are documents: pairs of names and kinds,
    and of all words of a product."""
    words: Counter[str] = Counter()
    in_names: Counter[str] = Counter()
    for names, text in sources:
        words.update({folding.fold(word, language) for word in text.split()})
        in_names.update({folding.fold(word, language) for word in folding.words(names)})
    SearchWord.objects.bulk_create(
        [
            SearchWord(
                language=language,
                word=word,
                shown=word,
                stem="",
                frequency=count,
                in_names=in_names[word],
                documents=0,
                deletes=deletes(word, is_known_well=False),
            )
            for word, count in words.items()
            if word
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )


def _measure(language: str) -> None:
    """Count the documents of a language, and how long they are on average."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalog_searchcorpus (language, documents, name_length, length)"
            " SELECT %s, count(*), coalesce(avg(name_length), 1), coalesce(avg(length), 1)"
            " FROM catalog_searchdocument WHERE language = %s"
            " ON CONFLICT (language) DO UPDATE SET documents = excluded.documents,"
            " name_length = excluded.name_length, length = excluded.length",
            [language, language],
        )
