/* <shop-focus>: a page that begins with a list of errors begins there for the keyboard as well. */
class Focus extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-focus]")?.focus();
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      const target = field?.matches("input, select, textarea") ? field : field?.querySelector("input");
      if (!target) return;
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "center" });
    });
  }
}

customElements.define("shop-focus", Focus);
