/* <shop-share>: the device's own sheet where there is one, and a link to copy; both stay hidden otherwise. */
import { toast } from "../live.js";

class Share extends HTMLElement {
  connectedCallback() {
    const { url, title, done } = this.dataset;
    const acts = {
      share: navigator.share && (() => navigator.share({ url, title }).catch(() => {})),
      copy: navigator.clipboard && (() => navigator.clipboard.writeText(url).then(() => toast([done]))),
    };
    for (const button of this.querySelectorAll("[data-act]")) {
      const act = acts[button.dataset.act];
      button.hidden = !act;
      button.addEventListener("click", act);
    }
  }
}

customElements.define("shop-share", Share);
