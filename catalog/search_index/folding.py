"""Words as the search compares them: one spelling for all that shoppers may type for one word."""

import functools
import re
import unicodedata
import zlib

_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_APOSTROPHE = re.compile(r"[’'`´]")
_CHAIN = re.compile(r"(?:\d+\.\d+|[^\W_]+)(?:[-‐‑](?:\d+\.\d+|[^\W_]+))*")
_TOKEN = re.compile(r"\d+\.\d+|[^\W_]+")
_MIXED = re.compile(r"(\d+(?:\.\d+)?|[^\W\d_]+)")
# "ae" for "ä" and its kin, but not in "neue", "Bauer", "Quelle".
_WRITTEN_UMLAUT = re.compile(r"(?<![aeiouäöüq])([aou])e")
_NUMBER_NOISE = re.compile(r"[\s\-‐‑–_./]+")
LONGEST_WORD = 60

# Words that carry no meaning in a search; folded.
_GERMAN = """der die das des dem den ein eine einen einer eines einem und oder mit ohne fur von vom
    zu zum zur im in am an auf aus bei nach ist sind ich wir suche kaufen bestellen"""
_ENGLISH = """a an and are for from i in is of on or the to with without buy find looking"""
STOPWORDS = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}


def lowered(text: str) -> str:
    """Lower case and one way to write signs; umlauts stay."""
    text = unicodedata.normalize("NFKC", text.replace("\x00", " ")).lower()
    return _DECIMAL.sub(".", _APOSTROPHE.sub("", text))


# Texts say the same words again and again: of ten words nine were folded before.
@functools.lru_cache(maxsize=30_000)
def fold(word: str, language: str) -> str:
    """A word without accents and case: Straße, STRASSE → strasse; Tücher, Tuecher → tucher.

    Only in German do the two letters "ue" mean "ü".
    """
    word = word.casefold()
    if language == "de":
        word = _WRITTEN_UMLAUT.sub(r"\1", word)
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:LONGEST_WORD]


def words(text: str) -> list[str]:
    """The words of a text in lower case, unfolded."""
    return [word[:LONGEST_WORD] for word in _TOKEN.findall(lowered(text))]


def terms(text: str, language: str) -> list[str]:
    """The folded words of a text, with the other ways to write them.

    `T-Shirt` gives t, shirt and tshirt; `28cm` gives 28cm, 28 and cm.
    """
    found: list[str] = []
    for chain in _CHAIN.findall(lowered(text)):
        if chain.isalpha():
            found.append(fold(chain, language))
            continue
        parts = _TOKEN.findall(chain)
        for part in parts:
            word = fold(part, language)
            found.append(word)
            found.extend(mixed_parts(word))
        if len(parts) > 1:
            found.append(fold("".join(parts), language))
    return found


def mixed_parts(word: str) -> list[str]:
    """Number and unit of words like `28cm` or `e27`; empty for other words."""
    parts = _MIXED.findall(word)
    return parts if len(parts) > 1 and has_digit(word) else []


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def key(text: str, language: str) -> str:
    """A whole search as one comparable text."""
    return " ".join(fold(word, language) for word in words(text))


def number(text: str) -> str:
    """A SKU, GTIN or part number without spaces, dashes, dots and case.

    Leading zeros of pure digits go: a UPC is a GTIN with a zero in front.
    """
    plain = _NUMBER_NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()[:60]
    return plain.lstrip("0") if plain.isdigit() else plain


def deletes(word: str, distance: int) -> set[str]:
    """The word and its spellings with up to `distance` letters left out; of long ones the start."""
    found = {word[:12]}
    for _round in range(distance):
        found |= {
            short[:place] + short[place + 1 :]
            for short in found
            for place in range(len(short))
            if len(short) > 1
        }
    return found


def delete_keys(word: str, distance: int) -> list[int]:
    """`deletes` as numbers of 32 bits, which an index holds in a third of the space."""
    hashes = {zlib.crc32(short.encode()) - 2**31 for short in deletes(word, distance)}
    return sorted(hashes)
