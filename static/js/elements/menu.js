/* <shop-menu>: marks where the shopper is. */
class Menu extends HTMLElement {
  connectedCallback() {
    for (const link of this.querySelectorAll("a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
  }
}

customElements.define("shop-menu", Menu);
