"""The hosted page's HTML. Everything that came from outside is escaped here."""

from html import escape

from demo.payment_sandbox.store import Row
from demo.payment_sandbox.texts import money, text
from demo.payment_sandbox.world import World

_LOCK = (
    '<svg class="lock" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
    '<path d="M4 7V5a4 4 0 0 1 8 0v2h.5c.8 0 1.5.7 1.5 1.5v5c0 .8-.7 1.5-1.5 1.5h-9A1.5 1.5 0 0 1 '
    '2 13.5v-5C2 7.7 2.7 7 3.5 7H4Zm2 0h4V5a2 2 0 0 0-4 0v2Z"/></svg>'
)


def payment(world: World, session: Row, checkout: Row, language: str) -> str:
    """The page with all choices."""
    merchant = world.settings.merchant
    notice = ""
    if checkout["notice"]:
        notice = f'<p class="notice" role="alert">{_say(checkout["notice"], language)}</p>'
    body = (
        f'<main class="columns"><section class="summary" aria-labelledby="summary-title">'
        f"{_summary(world, session, checkout, language)}</section>"
        f'<section class="choices" aria-labelledby="how-title">'
        f'<h2 id="how-title">{_say("how", language)}</h2>'
        f'<p class="lead">{_say("how_lead", language)}</p>{notice}'
        f'<form method="post" action="/c/pay/{session["id"]}">'
        f"{_choices(world, session, language)}</form>"
        f"{_submit_text(session)}</section></main>"
    )
    return _page(text("title", language, merchant=merchant), body, language)


def challenge(world: World, session: Row, language: str) -> str:
    """The bank's page."""
    amount = money(session["amount_total"], session["currency"], language)
    lead = _say("3ds_lead", language, merchant=world.settings.merchant, amount=amount)
    body = (
        f'<main class="single"><section class="card-box"><p class="bank">{_LOCK}'
        f"{_say('bank', language)} · 3-D Secure</p><h1>{_say('3ds_title', language)}</h1>"
        f'<p class="lead">{lead}</p>'
        f'<form method="post" action="/c/pay/{session["id"]}" class="stack">'
        f"{_button('confirm', text('confirm', language), 'button button--main')}"
        f"{_button('refuse', text('refuse', language), 'button')}</form></section></main>"
    )
    return _page(text("3ds_title", language), body, language)


def message(world: World, session: Row | None, language: str, kind: str) -> str:
    """A page that only says something: expired, done or missing."""
    link = ""
    if session:
        target = session["success_url"] if kind == "done" else session["cancel_url"]
        if target:
            target = target.replace("{CHECKOUT_SESSION_ID}", session["id"])
            words = text(
                "continue" if kind == "done" else "abandon",
                language,
                merchant=world.settings.merchant,
            )
            link = f'<a class="button button--main" id="leave" href="{escape(target)}">' + (
                f"{escape(words)}</a>"
            )
    body = (
        f'<main class="single"><section class="card-box"><h1>{_say(kind + "_title", language)}</h1>'
        f'<p class="lead">{_say(kind + "_lead", language)}</p>{link}</section></main>'
    )
    return _page(text(kind + "_title", language), body, language)


def _summary(world: World, session: Row, checkout: Row, language: str) -> str:
    currency = session["currency"]
    total = money(session["amount_total"], currency, language)
    lines = "".join(
        _line(line, about, currency, language)
        for line, about in zip(checkout["lines"], checkout["abouts"], strict=True)
    )
    facts = ""
    if session["client_reference_id"]:
        facts += _fact(text("reference", language), session["client_reference_id"])
    if session["customer_email"]:
        facts += _fact(text("email", language), session["customer_email"])
    return (
        f'<p class="merchant">{escape(world.settings.merchant)}</p>'
        f'<h1 id="summary-title"><span class="quiet">{_say("summary", language)}</span> '
        f'<span class="amount">{total}</span></h1>'
        f'<ul class="lines">{lines}</ul>'
        f'<p class="total"><span>{_say("total", language)}</span>'
        f'<strong id="total">{total}</strong></p><dl class="facts">{facts}</dl>'
    )


def _line(line: Row, about: str | None, currency: str, language: str) -> str:
    quantity = line["quantity"]
    detail = f"<small>{escape(about)}</small>" if about else ""
    if quantity > 1:
        each = money(line["price"]["unit_amount"], currency, language)
        detail += f"<small>{_say('each', language, amount=each)}</small>"
    amount = money(line["amount_total"], currency, language)
    return (
        f'<li><span class="quantity">{quantity}×</span><span class="name">'
        f"{escape(line['description'])}{detail}</span><span>{amount}</span></li>"
    )


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"


def _choices(world: World, session: Row, language: str) -> str:
    methods, parts = session["payment_method_types"], []
    amount = money(session["amount_total"], session["currency"], language)
    if session["amount_total"] == 0:
        parts.append(_button("pay", text("finish", language), "button button--main"))
    elif "card" in methods:
        main = _button("pay", text("pay", language, amount=amount), "button button--main")
        options = _option("three-d-secure", language) + _option("decline", language)
        parts.append(_group("card", text("card_note", language), main + options, language))
    if "sepa_debit" in methods and session["amount_total"] > 0:
        note = text("later_note", language, seconds=f"{world.settings.settle_after:g}")
        options = _option("pay-later", language) + _option("pay-later-fail", language)
        parts.append(_group("later", note, options, language))
    if session["cancel_url"]:
        words = text("abandon", language, merchant=world.settings.merchant)
        parts.append(_button("abandon", words, "button button--quiet"))
    return "".join(parts)


def _group(kind: str, note: str, inner: str, language: str) -> str:
    return (
        f'<fieldset class="group"><legend><span>{_say(kind, language)}</span>'
        f"<small>{escape(note)}</small></legend>{inner}</fieldset>"
    )


def _option(choice: str, language: str) -> str:
    return (
        f'<div class="option"><p id="{choice}-about">{_say(choice + "_about", language)}</p>'
        + _button(choice, text(choice, language), "button", about=f"{choice}-about")
        + "</div>"
    )


def _button(choice: str, words: str, style: str, *, about: str = "") -> str:
    described = f' aria-describedby="{about}"' if about else ""
    return (
        f'<button type="submit" name="choice" value="{choice}" id="{choice}" '
        f'class="{style}"{described}>{escape(words)}</button>'
    )


def _submit_text(session: Row) -> str:
    given = session["custom_text"]["submit"]
    return f'<p class="small">{escape(given["message"])}</p>' if given else ""


def _say(key: str, language: str, **values: object) -> str:
    return escape(text(key, language, **values))


def _page(title: str, body: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{text("lang", language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        f'<link rel="stylesheet" href="/c/style.css"></head><body>'
        f'<header class="banner" id="banner">{_say("banner", language)}</header>{body}'
        f'<footer class="footer">{_say("footer", language)}</footer></body></html>\n'
    )
