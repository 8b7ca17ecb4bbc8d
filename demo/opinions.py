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
        "Seit drei Wochen jeden Tag meine Freude. Ich würde es sofort wieder kaufen.",
    ),
    (
        5,
        "Tolles Geschenk",
        "Meine Schwester hat sich sehr gefreut, und es kam rechtzeitig an.",
    ),
    (
        5,
        "",
        "Schlicht, gut, fair im Preis.",
    ),
    (
        4,
        "Schön, aber teurer als anderswo",
        "Man merkt, wofür man zahlt, etwas günstiger dürfte es trotzdem sein. Sonst alles gut.",
    ),
    (
        4,
        "Gute Qualität",
        "Hält, was die Beschreibung verspricht. Beim nächsten Mal nehme ich zwei.",
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
        "Geht so",
        "Ich hatte mir etwas anderes darunter vorgestellt. Der Service hat freundlich geantwortet.",
    ),
    (
        2,
        "Nicht mein Fall",
        "Gut gemacht, aber nichts für mich. Beim nächsten Mal lese ich die Beschreibung genauer.",
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
        "A small joy, every day for a month now. I would buy it again.",
    ),
    (
        5,
        "",
        "Plain, good, fairly priced.",
    ),
    (
        4,
        "Lovely, a bit dear",
        "You see what you pay for, I still wish it were a little less. Otherwise very good.",
    ),
    (
        4,
        "Good quality",
        "Keeps what the description promises. Next time I take two.",
    ),
    (
        3,
        "Fine",
        "It does what it should. Nothing more, nothing less.",
    ),
    (
        2,
        "Not for me",
        "Well made, but nothing for me. Next time I read the description more closely.",
    ),
)
_WEIGHT = {5: 10, 4: 7, 3: 3, 2: 1}


def pick(seed: random.Random, language: str) -> tuple[int, str, str]:
    """Stars, title and text."""
    texts = _DE if language == "de" else _EN
    return seed.choices(texts, [_WEIGHT[stars] for stars, _title, _text in texts])[0]
