/*
 * <shop-fragment name="x">: its links and forms marked data-swap ask their address for a part of the page and
 * put that here; data-swap="y" asks for y and shows its [data-toast]. Other answers open in the plain way.
 */
import { fillOthers, renew, toast } from "../live.js";

class Fragment extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("submit", this);
    this.onpop = () => history.state?.fragment && location.reload();
    addEventListener("popstate", this.onpop);
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.onpop);
  }

  handleEvent(event) {
    const source = event.target.closest("[data-swap]");
    if (!source || event.defaultPrevented) return;
    const isForm = event.type === "submit";
    if (!isForm && (source.tagName !== "A" || event.button || event.metaKey || event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    if (!isForm) return this.swap(source, source.href, {});
    const body = new URLSearchParams(new FormData(source, event.submitter));
    if (source.method === "post") return this.swap(source, source.action, { method: "POST", body });
    return this.swap(source, `${source.action.split("?")[0]}?${body}`, {});
  }

  async swap(source, url, options) {
    if (this.running?.isPost) return;
    this.running?.abort();
    const running = (this.running = Object.assign(new AbortController(), { isPost: !!options.method }));
    this.setAttribute("aria-busy", "true");
    const name = source.dataset.swap || this.getAttribute("name");
    try {
      const answer = await fetch(url, { ...options, signal: running.signal, headers: { "X-Fragment": name }, credentials: "same-origin" });
      if (answer.redirected) return location.assign(answer.url);
      const html = await answer.text();
      if (/^\s*<!doctype/i.test(html)) return this.leave(url, options);
      this.fill(source, html, !options.method && url);
    } catch {
      if (!running.signal.aborted) this.leave(url, options);
    } finally {
      if (this.running === running) this.running = this.removeAttribute("aria-busy");
    }
  }

  /* A whole page came, or nothing: a GET is opened again, a POST never repeated by itself. */
  leave(url, options) {
    if (options.method) location.reload();
    else location.assign(url);
  }

  fill(source, html, url) {
    const part = document.createRange().createContextualFragment(html);
    fillOthers(part);
    const news = part.querySelector("[data-toast]");
    if (news) return toast(news.childNodes);
    url = url && (part.querySelector("[data-url]")?.dataset.url ?? url);
    const key = source.getAttribute("href") ?? source.getAttribute("action");
    renew(this, part, key);
    if (url && new URL(url, location).href !== location.href) {
      history.replaceState({ fragment: true }, "");
      history.pushState({ fragment: true }, "", url);
    }
    this.dispatchEvent(new CustomEvent("shop:swapped", { bubbles: true }));
  }
}

customElements.define("shop-fragment", Fragment);
