/* <shop-recent>: what was looked at last, known to this browser alone; the shop only draws the cards. */
const KEY = "recent";
const KEPT = 12;

class Recent extends HTMLElement {
  async connectedCallback() {
    const { product, url } = this.dataset;
    const ids = this.read();
    if (!ids) return;
    if (product) this.write([product, ...ids.filter((id) => id !== product)].slice(0, KEPT));
    this.querySelector("[data-forget]").addEventListener("click", () => this.forget());
    const others = ids.filter((id) => id !== product).slice(0, 8);
    const answer = others.length && (await fetch(`${url}?ids=${others}`).catch(() => null));
    const html = answer?.ok ? (await answer.text()).trim() : "";
    if (!html) return;
    this.querySelector("ul").append(document.createRange().createContextualFragment(html));
    this.hidden = false;
    this.dispatchEvent(new CustomEvent("shop:swapped", { bubbles: true }));
  }

  /* Nothing is noted any more after "forget"; a browser without a memory notes nothing anyway. */
  read() {
    try {
      const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
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

  forget() {
    this.write("off");
    this.hidden = true;
  }
}

customElements.define("shop-recent", Recent);
