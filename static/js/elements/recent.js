/* <shop-recent>: what was looked at last, known to this browser alone, once it was asked for. */
const KEY = "recent";
const KEPT = 12;

class Recent extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-remember]")) this.write([]);
      else if (event.target.closest("[data-forget]")) localStorage.removeItem(KEY);
      else return;
      this.show();
    });
    this.show();
  }

  async show() {
    const { product, url } = this.dataset;
    const [ask, list] = this.children;
    const ids = this.read();
    ask.hidden = Boolean(ids) || !product;
    this.hidden = ask.hidden;
    list.hidden = true;
    if (!ids) return;
    const others = ids.filter((id) => id !== product);
    if (product) this.write([product, ...others].slice(0, KEPT));
    const answer = others.length && (await fetch(`${url}?ids=${others.slice(0, 8)}`).catch(() => null));
    const html = answer?.ok ? (await answer.text()).trim() : "";
    if (!html) return;
    this.querySelector("ul").replaceChildren(document.createRange().createContextualFragment(html));
    this.hidden = list.hidden = false;
    this.dispatchEvent(new CustomEvent("shop:swapped", { bubbles: true }));
  }

  /* Nothing is noted before "remember" was pressed. */
  read() {
    try {
      const ids = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(ids) ? ids.filter((id) => /^\d+$/.test(id)) : null;
    } catch {
      return null;
    }
  }

  write(value) {
    try {
      localStorage.setItem(KEY, JSON.stringify(value));
    } catch {
      /* full or forbidden: then nothing is remembered */
    }
  }
}

customElements.define("shop-recent", Recent);
