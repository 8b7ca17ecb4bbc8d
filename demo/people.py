"""The people of the demo: staff with logins, and customers who were here before. All invented."""

import dataclasses
import random

# Role, e-mail, password. These work in a demo only: production never seeds.
LOGINS = [
    ("Owner", "owner@kontor.example", "alster-barkasse-7"),
    ("Staff", "staff@kontor.example", "alster-barkasse-7"),
    ("Customer", "customer@kontor.example", "alster-barkasse-7"),
]

_FIRST = (
    "Anke",
    "Birte",
    "Carsten",
    "Dörte",
    "Enno",
    "Frauke",
    "Gesa",
    "Hauke",
    "Imke",
    "Jannik",
    "Karen",
    "Lasse",
    "Meike",
    "Nils",
    "Okka",
    "Piet",
    "Rieke",
    "Sönke",
    "Tjark",
    "Ulrike",
    "Volker",
    "Wiebke",
    "Yannick",
    "Zoe",
    "Amelie",
    "Bengt",
    "Clara",
    "Detlev",
    "Elif",
    "Fiete",
    "Greta",
    "Hanna",
    "Ilias",
    "Jette",
    "Kian",
    "Levke",
    "Milan",
    "Nora",
    "Oskar",
    "Paula",
)
_LAST = (
    "Ahrens",
    "Brandt",
    "Clausen",
    "Dierks",
    "Eggers",
    "Feddersen",
    "Grothe",
    "Harms",
    "Iwersen",
    "Jessen",
    "Kruse",
    "Lorenzen",
    "Matthiesen",
    "Nissen",
    "Oltmanns",
    "Petersen",
    "Quast",
    "Reimers",
    "Stahmer",
    "Thomsen",
    "Uhlig",
    "Voss",
    "Wulf",
    "Carstens",
    "Yilmaz",
    "Behrens",
    "Bruhn",
    "Christiansen",
    "Detlefsen",
    "Engel",
    "Frahm",
    "Hansen",
    "Ingwersen",
    "Johannsen",
    "Koch",
    "Lassen",
    "Meyer",
    "Novak",
    "Osterloh",
    "Paulsen",
)
_PLACES = (
    ("23552", "Lübeck", "DE"),
    ("20457", "Hamburg", "DE"),
    ("28195", "Bremen", "DE"),
    ("24103", "Kiel", "DE"),
    ("18055", "Rostock", "DE"),
    ("10115", "Berlin", "DE"),
    ("50667", "Köln", "DE"),
    ("80331", "München", "DE"),
    ("1010", "Wien", "AT"),
    ("1012 AB", "Amsterdam", "NL"),
)
_STREETS = (
    "Hafenstraße",
    "Speicherweg",
    "Kaistraße",
    "Deichgang",
    "Möwenstieg",
    "Lotsenweg",
    "Reeperbahn",
    "Fleetufer",
)


@dataclasses.dataclass(frozen=True)
class Person:
    name: str
    email: str
    language: str
    street: str
    postcode: str
    city: str
    country: str


def customers(seed: random.Random, count: int = 40) -> list[Person]:
    """The same `count` people for the same seed."""
    people = []
    for first, last in zip(_FIRST, _LAST, strict=True):
        postcode, city, country = seed.choice(_PLACES)
        address = f"{first}.{last}".lower()
        for letter, plain in (("ö", "oe"), ("ü", "ue"), ("ä", "ae")):
            address = address.replace(letter, plain)
        people.append(
            Person(
                name=f"{first} {last}",
                email=f"{address}@post.example",
                language="de" if country in ("DE", "AT") and seed.random() < 0.85 else "en",
                street=f"{seed.choice(_STREETS)} {seed.randint(1, 120)}",
                postcode=postcode,
                city=city,
                country=country,
            )
        )
    return people[:count]
