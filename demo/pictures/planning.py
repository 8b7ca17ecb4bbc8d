"""Which pictures a product gets, what they are called and what they say to those who cannot see."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from demo.goods.types import OptionValue, Product
from demo.pictures import scene
from demo.pictures.cast import ROLES
from demo.pictures.ink import Ink
from demo.pictures.shots import Draw, Look

SHOWN_OPTIONS = ("color", "motif", "value")


@dataclass(frozen=True)
class Picture:
    """One picture to be drawn: `render` gives its SVG source, the same text every time."""

    name: str
    view: str
    option_value: str | None
    alt_de: str
    alt_en: str
    width: int
    height: int
    render: Callable[[], str]


def plan(product: Product) -> list[Picture]:
    """A main picture per colour, a close-up, one in use; KeyError for an unknown product.

    `option_value` is the code of the colour, motif or value a picture shows, None where it
    speaks for the whole product.
    """
    role = ROLES[product.slug]
    pictures = [_main(product, role.main, value) for value in _shown_values(product)] or [
        _main(product, role.main, None)
    ]
    for view, draw, (alt_de, alt_en) in (
        ("detail", role.detail, role.detail_alt),
        ("use", role.use, role.use_alt),
    ):
        pictures.append(
            _picture(
                f"{product.slug}-{view}",
                view,
                None,
                _source(draw, role.look),
                alt_de=f"{product.name_de}: {alt_de}",
                alt_en=f"{product.name_en}: {alt_en}",
            )
        )
    return pictures


def _shown_values(product: Product) -> tuple[OptionValue, ...]:
    for option in product.options:
        if option.code in SHOWN_OPTIONS:
            return option.values
    return ()


def _main(product: Product, draw: Draw, value: OptionValue | None) -> Picture:
    if value is None:
        return _picture(
            f"{product.slug}-main",
            "main",
            None,
            _source(draw, ROLES[product.slug].look),
            alt_de=f"{product.name_de} vor hellem Grund",
            alt_en=f"{product.name_en} on a pale ground",
        )
    look = Look(value.code, value.swatch or "#888888")
    return _picture(
        f"{product.slug}-{value.code}-main",
        "main",
        value.code,
        _source(draw, look),
        alt_de=f"{product.name_de}, {value.name_de}, vor hellem Grund",
        alt_en=f"{product.name_en}, {value.name_en}, on a pale ground",
    )


def _source(draw: Draw, look: Look) -> Callable[[], str]:
    def render() -> str:
        ink = Ink()
        body = draw(ink, look)
        return scene.picture(ink, body)

    return render


def _picture(
    name: str,
    view: str,
    option_value: str | None,
    render: Callable[[], str],
    *,
    alt_de: str,
    alt_en: str,
    width: int = scene.SIZE,
    height: int = scene.SIZE,
) -> Picture:
    return Picture(
        name=name,
        view=view,
        option_value=option_value,
        alt_de=alt_de,
        alt_en=alt_en,
        width=width,
        height=height,
        render=render,
    )


def file_name(picture: Picture, source: str) -> str:
    """A name that changes when the picture does, so that it may be kept for ever."""
    return f"{picture.name}-{hashlib.sha256(source.encode()).hexdigest()[:12]}.jpg"
