/* <shop-menu>: marks where the shopper is; an open shelf closes with Esc, with a click or focus elsewhere. */
class Menu extends HTMLElement {
  connectedCallback() {
    for (const link of this.querySelectorAll("a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    this.addEventListener("keydown", (event) => {
      const group = event.key === "Escape" && event.target.closest("details[open]");
      if (!group) return;
      event.preventDefault();
      group.open = false;
      group.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => this.closeBut(event.target));
    document.addEventListener("focusin", (event) => this.closeBut(event.target));
  }

  closeBut(target) {
    for (const group of this.querySelectorAll("details[open]")) {
      if (!group.contains(target)) group.open = false;
    }
  }
}

customElements.define("shop-menu", Menu);
