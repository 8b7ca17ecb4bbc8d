/* <shop-refresh>: follows its own link again and again, ever more slowly, and gives up after some minutes. */
const LIMIT = 20;
let times = 0;

class Refresh extends HTMLElement {
  connectedCallback() {
    if (times >= LIMIT) return;
    this.timer = setTimeout(() => this.querySelector("a")?.click(), Math.min(1500 * 1.25 ** times, 20000));
    times += 1;
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

customElements.define("shop-refresh", Refresh);
