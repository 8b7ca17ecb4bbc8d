/*
 * <shop-wishes data-off="Take “…” off">: hearts behind names lead to a page that asks; here its
 * form is sent at once. Which hearts are full is told by the number in the header.
 */
import { fillOthers, toast } from "../live.js";

class Wishes extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", (event) => {
      const heart = event.target.closest("a[data-wish]");
      if (!heart || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.press(heart).catch(() => location.assign(heart.href));
    });
    document.addEventListener("shop:swapped", () => this.mark());
    this.mark();
  }

  async press(heart) {
    const asked = this.part(await this.ask(heart.href)).querySelector("form");
    const answer = this.part(await this.ask(asked.action, { method: "POST", body: new URLSearchParams(new FormData(asked)) }));
    fillOthers(answer);
    toast([answer.querySelector("[data-announce]").textContent]);
    this.mark();
  }

  async ask(url, options) {
    const answer = await fetch(url, { ...options, headers: { "X-Fragment": "heart" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }

  part(html) {
    return document.createRange().createContextualFragment(html);
  }

  mark() {
    const ids = (this.querySelector("[data-products]")?.dataset.products ?? "").split(" ");
    for (const heart of document.querySelectorAll("a[data-wish]")) {
      const isOn = ids.includes(heart.dataset.wish);
      heart.toggleAttribute("data-on", isOn);
      if (isOn) heart.ariaLabel = this.dataset.off.replace("…", heart.previousElementSibling.textContent);
      else heart.removeAttribute("aria-label");
    }
  }
}

customElements.define("shop-wishes", Wishes);
