"""Filters tell the truth: over random catalogues and random filters, counted one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import answering, bits, choosing, questions, sheets
from tests.listing import goods

sorts = st.sampled_from(["", "newest", "price", "-price", "name", "rating"])


def answered(entries, chosen, *, sort="", page=1, size=24):
    sheet = sheets.build(entries)
    asked = questions.of(sheet, goods.BOOK, places=goods.SHELVES)
    choice = choosing.Choice(sort=sort, page=page, filters=chosen)
    return answering.answer(sheet, asked, choice, language="de", size=size)


@given(goods.catalogues(), goods.filters)
@settings(max_examples=100, deadline=None)
def test_a_list_holds_just_what_passes_all_filters_with_one_variant(entries, chosen):
    found = answered(entries, chosen)

    expected = goods.fitting(entries, found.choice.filters)
    assert found.product_ids == expected
    assert found.total == len(expected)


@given(goods.catalogues(), goods.filters)
@settings(max_examples=100, deadline=None)
def test_the_number_beside_a_value_is_what_the_click_shows(entries, chosen):
    """Alone in its facet, beside all other filters; and so without the counting of sheets."""
    found = answered(entries, chosen)

    for question in found.asked:
        for option, count in zip(question.options, found.counts(question), strict=True):
            clicked = {**found.choice.filters, question.param: (option.value.code,)}
            assert answered(entries, clicked).total == count
            assert len(goods.fitting(entries, clicked)) == count


@given(goods.catalogues(), goods.filters)
@settings(max_examples=60, deadline=None)
def test_one_more_value_of_a_facet_never_takes_anything_away(entries, chosen):
    found = answered(entries, chosen)

    for question in found.asked:
        held = found.choice.filters.get(question.param)
        if not isinstance(held, tuple):
            continue
        for option, count in zip(question.options, found.counts(question), strict=True):
            more = {**found.choice.filters, question.param: tuple({*held, option.value.code})}
            total = answered(entries, more).total
            assert max(found.total, count) <= total <= found.total + count


@given(goods.catalogues(), goods.filters)
@settings(max_examples=60, deadline=None)
def test_the_ends_of_a_range_are_what_the_other_filters_leave(entries, chosen):
    found = answered(entries, chosen)

    for question in found.asked:
        if not question.scale:
            continue
        others = {key: one for key, one in found.choice.filters.items() if key != question.param}
        place = 2 if question.param == "price" else 1
        numbers = [
            variant[place]
            for entry in entries
            for variant in goods.variants(entry)
            if variant[place] not in (None, -1)
            and all(goods.passes(entry, variant, key, one) for key, one in others.items())
        ]
        assert found.ends(question) == ((min(numbers), max(numbers)) if numbers else None)


@given(goods.catalogues(), goods.filters, sorts, st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_pages_hold_every_product_once_in_a_total_order(entries, chosen, sort, size):
    whole = answered(entries, chosen, sort=sort, size=100)

    pages = [
        answered(entries, chosen, sort=sort, page=page, size=size).product_ids
        for page in range(1, -(-whole.total // size) + 2)
    ]

    assert [pk for page in pages for pk in page] == whole.product_ids
    assert sorted(whole.product_ids) == sorted(goods.fitting(entries, whole.choice.filters))
    assert pages[-1] == []


@given(goods.catalogues(), sorts)
@settings(max_examples=60, deadline=None)
def test_sorts_sort(entries, sort):
    found = answered(entries, {}, sort=sort, size=100)

    by_number = {entry.product_id: entry for entry in entries}
    listed = [by_number[pk] for pk in found.product_ids]
    unpriced = [one.lowest_price is None for one in listed]
    prices = [one.lowest_price for one in listed if one.lowest_price is not None]
    match found.choice.sort:
        case "":
            assert listed == entries
        case "newest":
            moments = [one.published_at for one in listed]
            assert moments == sorted(moments, reverse=True)
        case "name":
            assert [one.name_de for one in listed] == sorted(one.name_de for one in entries)
        case "rating":
            rated = [one.rating is None for one in listed]
            assert rated == sorted(rated)
        case other:
            assert unpriced == sorted(unpriced)
            assert prices == sorted(prices, reverse=other == "-price")


def test_nobody_sorts_by_ratings_where_there_are_none():
    assert answered([], {}, sort="rating").choice.sort == ""


def test_what_no_product_of_a_list_has_is_ignored():
    entry = goods.made(values=[1])

    found = answered([entry], {"color": ("blue", "red"), "size": ("m",)})

    assert found.choice.filters == {"color": ("red",)}
    assert found.product_ids == [entry.product_id]


@given(st.lists(st.none() | st.sampled_from([1.0, 2.5, 4.0, 9.0, 9.5]), max_size=12))
def test_a_scale_finds_ranges_and_their_ends(numbers):
    scale = bits.Scale.of(numbers)
    for low in (None, 0.0, 2.5, 3.0, 9.5, 10.0):
        for high in (None, 0.0, 2.5, 3.0, 9.5, 10.0):
            expected = [
                place
                for place, number in enumerate(numbers)
                if number is not None
                and (low is None or low <= number)
                and (high is None or number <= high)
            ]
            found = scale.between(low, high)
            assert found == bits.of_places(expected, len(numbers))
            inside = [numbers[place] for place in expected]
            ends = (min(inside), max(inside)) if inside else None
            assert scale.ends(found) == ends


@given(st.lists(st.integers(1, 4), max_size=8), st.data())
def test_a_product_counts_when_any_of_its_variants_does(lengths, data):
    heads, width = [], 0
    for length in lengths:
        heads.append(width)
        width += length
    runs = bits.Runs.of(bits.of_places(heads, width), width)
    places = data.draw(st.sets(st.integers(0, width - 1)) if width else st.just(set()))
    ends = [*heads[1:], width]

    touched = [
        head for head, end in zip(heads, ends, strict=False) if places & set(range(head, end))
    ]

    assert runs.touched(bits.of_places(places, width)) == bits.of_places(touched, width)
    lasts = [end - 1 for head, end in zip(heads, ends, strict=False) if head in touched]
    every = [
        place
        for head, end in zip(heads, ends, strict=False)
        if head in touched
        for place in range(head, end)
    ]
    assert runs.filled(bits.of_places(lasts, width)) == bits.of_places(every, width)
