"""What the filters of a list show: groups of choices with counts, chips, buttons. Plain values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.attributes import units
from catalog.listing import answering, choosing, questions
from shop.kit import languages, money

# So many values are shown before one asks for all, and so many groups are open at once.
SHOWN_VALUES, OPEN_GROUPS, MOST_GROUPS = 8, 5, 10


def context(answer: answering.Answer, path: str, **more: str) -> dict[str, Any]:
    """The context of components/filters.html. `more`: parameters to keep, such as the search."""
    groups = _groups(answer, path, more)
    hidden = {**more, "sort": answer.choice.sort, choosing.MORE: ",".join(answer.choice.more)}
    return {
        "groups": groups,
        "chips": chips(answer, path, **more),
        "clear_url": answer.choice.with_filters({}).with_more(()).address(path, keep=more),
        "path": path,
        "hidden": [{"name": name, "value": value} for name, value in hidden.items() if value],
        "show_text": show_text(answer.total),
        "count": str(len(answer.choice.filters)) if answer.choice.filters else "",
    }


def show_text(total: int) -> str:
    """The words of the button below the filters, with the true number."""
    text = ngettext("Show %(count)s product", "Show %(count)s products", total)
    return text % {"count": money.formatted_number(total, languages.active())}


def _groups(answer: answering.Answer, path: str, keep: Mapping[str, str]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    switches = [one for one in answer.asked if one.param in questions.SWITCHES]
    for question in answer.asked:
        is_chosen = question.param in answer.choice.filters
        if question.param in questions.SWITCHES:
            if question is switches[0] and (group := _switches(answer, switches)):
                groups.append(group)
        elif question.tells_apart or is_chosen:
            if question.scale:
                groups.append(_range(answer, question))
            else:
                groups.append(_list(answer, question, path, keep))
    for place, group in enumerate(groups):
        is_wanted = bool(group["chosen_text"]) or bool(group.get("is_whole"))
        group["is_open"] = place < OPEN_GROUPS or is_wanted
    return [one for place, one in enumerate(groups) if place < MOST_GROUPS or one["chosen_text"]]


def _list(
    answer: answering.Answer, question: questions.Question, path: str, keep: Mapping[str, str]
) -> dict[str, Any]:
    counts = answer.counts(question)
    wanted = answer.choice.filters.get(question.param, ())
    places: Sequence[int] = range(len(counts))
    group: dict[str, Any] = {
        "kind": "list",
        "id": _id(question.param),
        "name": question.name,
        "chosen_text": ", ".join(
            one.value.name for one in question.options if is_in(wanted, one.value.code)
        ),
        "is_whole": False,
    }
    # One more takes no more room than a link to it.
    if len(counts) > SHOWN_VALUES + 1:
        is_whole = question.param in answer.choice.more
        group |= _link_to_more(answer, question, path, keep, is_whole=is_whole)
        places = places if is_whole else _first(question, counts, wanted)
    group["options"] = [_option(question, place, counts[place], wanted) for place in places]
    return group


def _first(
    question: questions.Question, counts: Sequence[int], wanted: choosing.Filter
) -> list[int]:
    """The places of the values that are shown at first, in the order of the facet: the chosen ones,
    then those that leave most."""
    is_chosen = [is_in(wanted, one.value.code) for one in question.options]
    best = sorted(range(len(counts)), key=lambda place: (not is_chosen[place], -counts[place]))
    return sorted(best[: max(SHOWN_VALUES, sum(is_chosen))])


def _link_to_more(
    answer: answering.Answer,
    question: questions.Question,
    path: str,
    keep: Mapping[str, str],
    *,
    is_whole: bool,
) -> dict[str, Any]:
    """The way to all values of a facet and back."""
    choice, total = answer.choice, money.formatted_number(len(question.options), languages.active())
    more = {*choice.more} ^ {question.param}
    address = choice.with_more(more).address(path, keep=keep)
    text = _("Show fewer") if is_whole else _("Show all %(count)s") % {"count": total}
    return {
        "is_whole": is_whole,
        "more_url": f"{address}#{_id(question.param)}",
        "more_text": text,
    }


def _switches(
    answer: answering.Answer, asked: Sequence[questions.Question]
) -> dict[str, Any] | None:
    shown = [one for one in asked if one.tells_apart or one.param in answer.choice.filters]
    options = [option for question in shown for option in _options(answer, question)]
    if not options:
        return None
    return {
        "kind": "list",
        "id": _id("only"),
        "name": _("Show only"),
        "options": options,
        "chosen_text": ", ".join(one["name"] for one in options if one["is_chosen"]),
    }


def _options(answer: answering.Answer, question: questions.Question) -> list[dict[str, Any]]:
    wanted = answer.choice.filters.get(question.param, ())
    counts = answer.counts(question)
    return [_option(question, place, count, wanted) for place, count in enumerate(counts)]


def _option(
    question: questions.Question, place: int, count: int, wanted: choosing.Filter
) -> dict[str, Any]:
    value = question.options[place].value
    is_chosen = is_in(wanted, value.code)
    return {
        "id": f"{_id(question.param)}-{value.code.replace('/', '-')}",
        "param": question.param,
        "code": value.code,
        "name": value.name,
        "swatch": value.swatch,
        "count": money.formatted_number(count, languages.active()),
        "is_chosen": is_chosen,
        "is_disabled": count == 0 and not is_chosen,
    }


def is_in(wanted: choosing.Filter, code: str) -> bool:
    """Is this value one of those chosen? A range has none."""
    return not isinstance(wanted, choosing.Range) and code in wanted


def _range(answer: answering.Answer, question: questions.Question) -> dict[str, Any]:
    wanted = answer.choice.filters.get(question.param)
    ends = answer.ends(question)
    low, high = (wanted.low, wanted.high) if isinstance(wanted, choosing.Range) else (None, None)
    lowest, highest = (_scaled(one, question) for one in ends) if ends else (None, None)
    return {
        "kind": "range",
        "id": _id(question.param),
        "name": question.name,
        "unit": unit_of(question),
        "low": _text(low, question),
        "high": _text(high, question),
        "lowest": _text(lowest, question),
        "highest": _text(highest, question),
        "low_name": question.param + choosing.FROM,
        "high_name": question.param + choosing.TO,
        "chosen_text": range_text(wanted, question) if isinstance(wanted, choosing.Range) else "",
    }


def _id(param: str) -> str:
    return f"facet-{param.replace('.', '-')}"


def unit_of(question: questions.Question) -> str:
    """The unit as people write it in their language."""
    return units.name(question.unit, languages.active()) if question.unit else ""


def _scaled(number: float, question: questions.Question) -> Decimal:
    return Decimal(str(number)) / question.factor


def _text(number: Decimal | None, question: questions.Question) -> str:
    """A number for a field: the language's decimal mark, no needless noughts, no grouping (what
    stands in a field is read again). Prices have whole euros or two digits."""
    if number is None:
        return ""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if question.param == "price" and "." in text:
        text = f"{number:.2f}"
    return text.replace(".", ",") if languages.active() == "de" else text


def range_text(wanted: choosing.Range, question: questions.Question) -> str:
    """A range in words: "10–50 €", "from 10 €", "up to 50 €"."""
    language = languages.active()

    def amount(number: Decimal) -> str:
        if question.param == "price":
            return money.formatted(number.quantize(Decimal("0.01")), settings.CURRENCY, language)
        return f"{money.formatted_number(number, language)} {unit_of(question)}".strip()

    if wanted.low is None and wanted.high is not None:
        return _("up to %(amount)s") % {"amount": amount(wanted.high)}
    if wanted.high is None and wanted.low is not None:
        return _("from %(amount)s") % {"amount": amount(wanted.low)}
    if wanted.low is None or wanted.high is None:
        return ""
    return f"{amount(wanted.low)} – {amount(wanted.high)}"


def chips(answer: answering.Answer, path: str, **more: str) -> list[dict[str, str]]:
    """What is chosen, each with the address of the list without it."""
    found = []
    for question in answer.asked:
        wanted = answer.choice.filters.get(question.param)
        if isinstance(wanted, choosing.Range):
            name = f"{question.name}: {range_text(wanted, question)}"
            url = answer.choice.without(question.param).address(path, keep=more)
            found.append({"name": name, "url": url, "swatch": ""})
        elif wanted:
            for option in question.options:
                if option.value.code in wanted:
                    left = answer.choice.without(question.param, option.value.code)
                    url = left.address(path, keep=more)
                    name = _chip_name(option, question)
                    found.append({"name": name, "url": url, "swatch": option.value.swatch})
    return found


def _chip_name(option: questions.Option, question: questions.Question) -> str:
    """Yes and no say nothing alone."""
    is_answer = question.is_attribute and option.value.code in ("yes", "no")
    return f"{question.name}: {option.value.name}" if is_answer else option.value.name
