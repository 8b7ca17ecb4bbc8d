/* <shop-filters>: each choice in its form asks for the list at once; an open sheet stays open. */
class Filters extends HTMLElement {
  connectedCallback() {
    for (const type of ["change", "submit", "click"]) this.addEventListener(type, this);
  }

  handleEvent(event) {
    const list = document.querySelector('shop-fragment[name="results"]');
    const form = this.querySelector("form");
    const link = event.target.closest("[data-list]");
    if (!list?.swap || (event.type === "click" && !link)) return;
    if (event.type !== "change") event.preventDefault();
    if (event.type === "submit" && form.matches(":popover-open")) form.hidePopover();
    const wanted = new URLSearchParams([...new FormData(form)].filter((pair) => pair[1]));
    list.swap(link ?? form, link?.href ?? `${form.action}?${wanted}`, {});
  }
}

customElements.define("shop-filters", Filters);
