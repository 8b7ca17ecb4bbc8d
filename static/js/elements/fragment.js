/*
 * <shop-fragment name="x">: links and forms marked data-swap inside it ask the same address for a part
 * of the page (header X-Fragment) and put the answer here. data-swap="y" asks for y instead and shows
 * its [data-toast]. A <template data-for="z"> fills the fragment z. Other answers open in the plain way.
 */
import { fillOthers, refocus, toast } from "../live.js";

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
    if (this.busy) return;
    if (!isForm) return this.swap(source, source.href, {});
    const body = new URLSearchParams(new FormData(source, event.submitter));
    if (source.method === "post") return this.swap(source, source.action, { method: "POST", body });
    return this.swap(source, `${source.action.split("?")[0]}?${body}`, {});
  }

  async swap(source, url, options) {
    this.busy = true;
    this.setAttribute("aria-busy", "true");
    const name = source.dataset.swap || this.getAttribute("name");
    try {
      const answer = await fetch(url, { ...options, headers: { "X-Fragment": name }, credentials: "same-origin" });
      if (answer.redirected) return location.assign(answer.url);
      const html = await answer.text();
      if (/^\s*<!doctype/i.test(html)) return this.leave(url, options);
      this.fill(source, html, !options.method && url);
    } catch {
      this.leave(url, options);
    } finally {
      this.busy = false;
      this.removeAttribute("aria-busy");
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
    const key = source.getAttribute("href") ?? source.getAttribute("action");
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.replaceChildren(part);
    if (url && new URL(url, location).href !== location.href) {
      history.replaceState({ fragment: true }, "");
      history.pushState({ fragment: true }, "", url);
    }
    if (focused && !this.contains(document.activeElement)) refocus(this, focused, key);
    this.dispatchEvent(new CustomEvent("shop:swapped", { bubbles: true }));
  }
}

customElements.define("shop-fragment", Fragment);
