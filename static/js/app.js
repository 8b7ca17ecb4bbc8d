/* Every page works without this file; it loads only the elements that the page holds. */
import { announce } from "./live.js";

const elements = {
  "shop-fragment": () => import("./elements/fragment.js"),
  "shop-filters": () => import("./elements/filters.js"),
  "shop-theme": () => import("./elements/theme.js"),
  "shop-gallery": () => import("./elements/gallery.js"),
  "shop-quantity": () => import("./elements/quantity.js"),
  "shop-focus": () => import("./elements/focus.js"),
  "shop-search": () => import("./elements/search.js"),
  "shop-wishes": () => import("./elements/wishes.js"),
  "shop-share": () => import("./elements/share.js"),
  "shop-recent": () => import("./elements/recent.js"),
  "shop-refresh": () => import("./elements/refresh.js"),
};

function load(root) {
  for (const [name, define] of Object.entries(elements)) {
    if (!customElements.get(name) && root.querySelector(name)) define();
  }
}

load(document);
document.addEventListener("shop:swapped", (event) => {
  load(event.target);
  const news = event.target.querySelector("[data-announce]");
  if (news) announce(news.textContent.replace(/\s+/g, " ").trim());
});

/* The menu marks where the shopper is. */
for (const link of document.querySelectorAll(".site-menu a")) {
  if (link.pathname === location.pathname) link.ariaCurrent = "page";
}

/* The search sheet of small windows: the field is ready to type in. */
document.querySelector("#search")?.addEventListener("toggle", (event) => {
  if (event.newState === "open") event.target.querySelector("input").focus();
});

/* A drawer closes with Esc, with a click and with the focus beside it. */
for (const type of ["click", "focusin"]) {
  document.addEventListener(type, (event) => {
    for (const drawer of document.querySelectorAll("details[data-closes][open]")) {
      if (!drawer.contains(event.target)) drawer.open = false;
    }
  });
}
document.addEventListener("keydown", (event) => {
  const drawer = event.key === "Escape" && document.activeElement?.closest?.("details[data-closes][open]");
  if (!drawer) return;
  event.preventDefault();
  drawer.open = false;
  drawer.querySelector("summary").focus();
});
