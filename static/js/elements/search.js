/* <shop-search>: suggestions under the search field, as an ARIA 1.2 combobox; without it the form is simply sent. */
import { announce } from "../live.js";

class Search extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.turn = 0;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(roles)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.wait());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    clearTimeout(this.timer);
    this.turn += 1;
    if (this.field.value.trim().length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(this.turn), 150);
  }

  /* An answer that comes after the next letter is dropped. */
  async ask(turn) {
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(this.field.value)}`).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (turn !== this.turn || document.activeElement !== this.field) return;
    this.list.replaceChildren(document.createRange().createContextualFragment(html));
    const count = this.list.querySelector("[data-count]");
    count?.remove();
    this.options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    if (!count) return this.close();
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.choose(null);
    announce(count.textContent);
  }

  /* Small windows show fewer rows; what is not shown cannot be chosen. */
  get options() {
    const all = [...this.list.querySelectorAll("[role=option]")];
    return this.list.hidden ? all : all.filter((option) => option.offsetParent);
  }

  press(event) {
    if (this.list.hidden) return event.key === "ArrowDown" && this.wait();
    const options = this.options;
    const place = options.indexOf(this.chosen);
    const places = { ArrowDown: place + 1, ArrowUp: place < 0 ? options.length - 1 : place - 1 };
    if (this.chosen) Object.assign(places, { Home: 0, End: options.length - 1 });
    if (event.key in places) this.choose(options[places[event.key]]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen) location.assign(this.chosen.href);
    else return;
    event.preventDefault();
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = option ?? null;
    this.chosen?.setAttribute("aria-selected", "true");
    if (this.chosen) this.field.setAttribute("aria-activedescendant", this.chosen.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    this.turn += 1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.choose(null);
  }
}

customElements.define("shop-search", Search);
