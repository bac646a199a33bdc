((pc) => {
  // Keys belong to the window: elsewhere arrow keys move JupyterLab's cells, and "d d" deletes one.
  pc.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  pc.addEventListener("keydown", (event) => {
    const field = event.target.matches("input, textarea, select") && !event.target.closest(".pc-list");
    if (event.ctrlKey || event.metaKey || event.altKey || field) return;
    const button = pc.querySelector(".pc-key-" + CSS.escape(event.key));
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})(this.closest(".pc"))
