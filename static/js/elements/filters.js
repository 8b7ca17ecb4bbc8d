/*
 * <shop-filters>: around the form of a list. Each choice asks for the list at once; the sheet of small
 * windows stays open, with the true number on its button, until that is pressed.
 */
class Filters extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.apply());
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-list]");
      if (link && this.list?.swap) this.list.swap(link, link.href, {}, event.preventDefault());
    });
    this.addEventListener("submit", (event) => {
      if (!this.apply()) return;
      event.preventDefault();
      if (this.sheet.matches(":popover-open")) this.sheet.hidePopover();
    });
  }

  get sheet() {
    return this.querySelector("form");
  }

  get list() {
    return document.querySelector('shop-fragment[name="results"]');
  }

  apply() {
    if (!this.list?.swap) return false;
    const wanted = [...new FormData(this.sheet)].filter(([, value]) => value);
    this.list.swap(this.sheet, `${this.sheet.action}?${new URLSearchParams(wanted)}`, {});
    return true;
  }
}

customElements.define("shop-filters", Filters);
