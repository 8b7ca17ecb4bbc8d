/*
 * <shop-quantity>: the buttons beside the field of a quantity; the field's own min and max decide. In a
 * form that swaps a part of its own page (data-swap without a name) a change is sent after a short rest.
 */
class Quantity extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (!button) return;
      if (button.dataset.step > 0) this.input.stepUp();
      else this.input.stepDown();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.addEventListener("input", () => this.refresh());
    this.addEventListener("change", () => {
      this.refresh();
      this.send();
    });
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  send() {
    const form = this.input.form;
    if (form?.dataset.swap !== "") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => form.requestSubmit(), 400);
  }

  refresh() {
    const { valueAsNumber: value, min, max } = this.input;
    const focused = document.activeElement;
    for (const button of this.querySelectorAll("[data-step]")) {
      button.disabled = button.dataset.step > 0 ? max !== "" && value >= Number(max) : value <= Number(min);
      if (button.disabled && focused === button) this.input.focus();
    }
  }
}

customElements.define("shop-quantity", Quantity);
