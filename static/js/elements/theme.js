/* <shop-theme>: the switch acts at once and keeps the choice in the cookie that the server reads too. */
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=theme]");
      if (!button) return;
      event.preventDefault();
      const theme = button.value;
      const age = theme ? 31536000 : 0;
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      for (const each of this.querySelectorAll("button[name=theme]")) each.ariaPressed = each === button;
    });
  }
}

customElements.define("shop-theme", Theme);
