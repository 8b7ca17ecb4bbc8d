import io
import math
from itertools import combinations

import pytest
from PIL import Image, ImageStat

from demo import pictures
from demo.goods import catalogue
from demo.goods.types import Product

PRODUCTS = catalogue().products


def colours_of(product: Product) -> list[str]:
    shown = ("color", "motif", "value")
    return [v.code for o in product.options if o.code in shown for v in o.values]


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.slug)
def test_every_product_is_shown_alone_close_up_and_in_use_and_in_each_of_its_colours(product):
    plan = pictures.plan(product)

    assert [p.option_value for p in plan if p.view == "main"] == (colours_of(product) or [None])
    assert [p.view for p in plan[-2:]] == ["detail", "use"]
    assert len(plan) >= 3
    assert len({p.name for p in plan}) == len(plan)
    for picture in plan:
        assert product.name_de in picture.alt_de and product.name_en in picture.alt_en
        assert picture.alt_de != picture.alt_en
        assert (picture.width, picture.height) == (1600, 1600)


def test_every_category_and_the_home_page_have_pictures_with_two_alternative_texts():
    plan = [pictures.plan_category(category.slug) for category in catalogue().categories]

    assert {(p.width, p.height) for p in plan} == {(1200, 900)}
    wide, upright = pictures.plan_home()
    assert (wide.width, wide.height) == (2400, 1200)
    assert (upright.width, upright.height) == (1200, 1500)
    assert all(p.alt_de and p.alt_en and p.alt_de != p.alt_en for p in [*plan, wide, upright])


def test_the_same_picture_is_the_same_text_every_time_and_no_other_picture_has_it():
    plan = [picture for product in PRODUCTS for picture in pictures.plan(product)]

    sources = [picture.render() for picture in plan]

    assert [picture.render() for picture in plan] == sources
    assert len(set(sources)) == len(sources)
    names = [pictures.file_name(*pair) for pair in zip(plan, sources, strict=True)]
    assert len(set(names)) == len(names)


def test_no_picture_depends_on_a_font_of_the_machine_or_pays_for_a_filter():
    for picture in [*pictures.plan_home(), *pictures.plan(PRODUCTS[0])]:
        source = picture.render()

        assert "<text" not in source
        assert "<filter" not in source


@pytest.mark.parametrize(("slug", "place"), [("becher-speicherstadt", 0), ("tidenuhr-ebbe", -1)])
def test_a_picture_is_developed_as_a_jpeg_of_its_size_that_a_phone_can_load(slug, place):
    picture = pictures.plan(catalogue().product(slug))[place]

    raw = pictures.render(picture)

    image = Image.open(io.BytesIO(raw))
    assert (image.format, image.size) == ("JPEG", (1600, 1600))
    assert 20_000 < len(raw) <= 250_000
    assert raw == pictures.render(picture)


@pytest.mark.parametrize("slug", ["becher-speicherstadt", "t-shirt-anker"])
def test_the_colours_of_a_product_can_be_told_apart(slug):
    means = {}
    for picture in pictures.plan(catalogue().product(slug)):
        if picture.view == "main":
            image = Image.open(io.BytesIO(pictures.render(picture)))
            middle = image.crop((600, 700, 900, 1000))
            means[picture.option_value] = ImageStat.Stat(middle).mean

    for one, other in combinations(means.values(), 2):
        assert math.dist(one, other) > 30
