"""Pictures of the shop itself: the home page's harbour and one for each category."""

from demo.pictures import hero, scene
from demo.pictures.cast import ROLES
from demo.pictures.ink import Ink
from demo.pictures.planning import Picture

HARBOUR_ALT = (
    (
        "Ein Ladengeschäft aus Backstein mit erleuchtetem Schaufenster am Kai, gegenüber "
        "Speicher und "
        "Kräne im Abendlicht"
    ),
    (
        "A brick shop with a lit window on the quay; across the water, warehouses and cranes in "
        "evening light"
    ),
)

# Category: whose scene it borrows, and where the 4:3 window begins on the square canvas.
SCENES: dict[str, tuple[str, int]] = {
    "tee-kaffee": ("teekanne-alster", 360),
    "tee": ("darjeeling-fruehjahr", 380),
    "kaffee": ("ladekai-espresso", 340),
    "vorrat": ("heidehonig", 400),
    "keramik": ("schuessel-koje", 400),
    "becher-tassen": ("becher-speicherstadt", 380),
    "geschirr": ("teller-elbe", 400),
    "kunstdrucke": ("rahmen-holt", 60),
    "kleidung": ("t-shirt-anker", 130),
    "papier-schreiben": ("notizbuch-logbuch", 200),
    "papierwaren": ("postkarten-hafenrunde", 150),
    "schreibgeraete": ("bleistifte-kontor", 200),
    "leuchten": ("pendelleuchte-speicher", 330),
    "uhren": ("wanduhr-kaispeicher", 150),
    "wohnen": ("kissen-klinker", 330),
    "handarbeit": ("wolle-eider", 400),
    "geschenke": ("geschenkschachtel-lukendeckel", 400),
}


def plan_category(slug: str) -> Picture:
    """The picture of a category, 1200 by 900; KeyError if the category is unknown."""
    product, top = SCENES[slug]
    role = ROLES[product]

    def render() -> str:
        ink = Ink()
        body = role.use(ink, role.look)
        return scene.picture(ink, body, 1200, 900, view=f"0 {top} 1600 1200")

    alt_de, alt_en = role.use_alt
    return Picture(f"category-{slug}", "category", None, alt_de, alt_en, 1200, 900, render)


def plan_home() -> list[Picture]:
    """The home page's picture, 2400 by 1200, and its upright half for phones, 1200 by 1500."""
    alt_de, alt_en = HARBOUR_ALT
    return [
        Picture("home-wide", "home", None, alt_de, alt_en, 2400, 1200, hero.harbour),
        Picture("home-upright", "home", None, alt_de, alt_en, 1200, 1500, hero.harbour_upright),
    ]
