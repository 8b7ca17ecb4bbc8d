import pytest

from catalog.models import ProductStatus
from discovery import recommendations, training
from discovery.models import ProductAffinity
from tests.making import NOON, make_product

pytestmark = pytest.mark.django_db


def _orders(*orders):
    return [(number, product.pk) for number, order in enumerate(orders) for product in order]


def test_what_is_bought_together_is_recommended_the_strongest_first(django_assert_num_queries):
    tea, pot, mug, lamp = (make_product() for _number in range(4))
    pairs = _orders((tea, pot), (tea, pot), (tea, pot, mug), (tea, mug), (lamp,), (mug,))

    count = training.train(pairs, moment=NOON)

    with django_assert_num_queries(1):
        found = recommendations.for_product(tea.pk, limit=5)
    assert found == [pot.pk, mug.pk]
    assert recommendations.for_product(tea.pk, limit=1) == [pot.pk]
    assert recommendations.for_product(lamp.pk, limit=5) == []
    assert count == 4


def test_the_score_is_the_cosine():
    tea, pot = make_product(), make_product()

    training.train(_orders((tea, pot), (tea, pot), (tea,), (tea,)), moment=NOON)

    scores = list(ProductAffinity.objects.values_list("score", flat=True))
    assert scores == pytest.approx([2 / (4 * 2) ** 0.5] * 2)


def test_bought_together_once_may_be_chance():
    tea, pot = make_product(), make_product()

    assert training.train(_orders((tea, pot)), moment=NOON) == 0


def test_several_lines_of_one_product_are_one():
    tea, pot = make_product(), make_product()

    training.train(_orders((tea, tea, pot), (tea, pot, pot)), moment=NOON)

    assert ProductAffinity.objects.get(product=tea).score == pytest.approx(1.0)


def test_an_order_of_half_the_shop_teaches_nothing():
    products = [make_product() for _number in range(training.MAX_PRODUCTS_PER_ORDER + 1)]

    assert training.train(_orders(products, products), moment=NOON) == 0


def test_learning_anew_forgets_the_old():
    tea, pot, mug = (make_product() for _number in range(3))
    training.train(_orders((tea, pot), (tea, pot)), moment=NOON)

    training.train(_orders((tea, mug), (tea, mug)), moment=NOON)

    assert recommendations.for_product(tea.pk, limit=5) == [mug.pk]


def test_what_is_not_on_sale_is_not_recommended():
    tea, draft = make_product(), make_product(status=ProductStatus.DRAFT)
    training.train(_orders((tea, draft), (tea, draft)), moment=NOON)

    assert recommendations.for_product(tea.pk, limit=5) == []
