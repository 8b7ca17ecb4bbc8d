"""What people wrote about the goods: good and bad, in two languages."""

import random

_DE = (
    (
        5,
        "Genau wie beschrieben",
        "Kam nach zwei Tagen, gut verpackt. In echt noch schöner als auf dem Bild.",
    ),
    (
        5,
        "Lieblingsstück",
        "Seit drei Wochen jeden Tag in Gebrauch. Ich würde es sofort wieder kaufen.",
    ),
    (
        5,
        "Tolles Geschenk",
        "Meine Schwester hat sich sehr gefreut. Die Verarbeitung ist sauber.",
    ),
    (
        5,
        "",
        "Schlicht, gut gemacht, fair im Preis.",
    ),
    (
        4,
        "Schön, aber kleiner als gedacht",
        "Die Maße stehen dabei, ich hatte es mir trotzdem größer vorgestellt. Sonst alles gut.",
    ),
    (
        4,
        "Gute Qualität",
        "Die Farbe ist etwas dunkler als auf meinem Bildschirm. Gefällt mir trotzdem.",
    ),
    (
        4,
        "",
        "Lieferung war schnell, Verpackung ohne Plastik. Ein Stern Abzug für den Preis.",
    ),
    (
        3,
        "In Ordnung",
        "Tut, was es soll. Vom Hocker gerissen hat es mich nicht.",
    ),
    (
        3,
        "Unebene Stelle",
        "An einer Stelle ist die Oberfläche nicht ganz glatt. Der Service hat freundlich "
        "geantwortet.",
    ),
    (
        2,
        "Nicht mein Fall",
        "Das Material fühlt sich anders an als erwartet. Die Rücksendung ging ohne Nachfragen.",
    ),
)
_EN = (
    (
        5,
        "Just as described",
        "Arrived in three days, well packed. Even nicer in real life.",
    ),
    (
        5,
        "A daily favourite",
        "In use every day for a month now. I would buy it again.",
    ),
    (
        5,
        "",
        "Plain, well made, fairly priced.",
    ),
    (
        4,
        "Lovely, a bit small",
        "The measurements are given, I still imagined it larger. Otherwise very good.",
    ),
    (
        4,
        "Good quality",
        "The colour is slightly darker than on my screen. I like it all the same.",
    ),
    (
        3,
        "Fine",
        "It does what it should. Nothing more, nothing less.",
    ),
    (
        2,
        "Not for me",
        "The material feels different from what I expected. Sending it back was easy.",
    ),
)
_WEIGHT = {5: 10, 4: 7, 3: 3, 2: 1}


def pick(seed: random.Random, language: str) -> tuple[int, str, str]:
    """Stars, title and text."""
    texts = _DE if language == "de" else _EN
    return seed.choices(texts, [_WEIGHT[stars] for stars, _title, _text in texts])[0]
