((css) => {
  const pc = css.closest(".pc");
  pc.setAttribute("data-lm-suppress-shortcuts", "true"); // or arrow keys would move JupyterLab's cells, and "d d" delete one
  pc.addEventListener("keydown", (event) => {
    const target = event.target, list = target.closest(".pc-list");
    if (event.ctrlKey || event.metaKey || event.altKey || (target.matches("input, textarea, select") && !list)) return;
    const button = pc.querySelector(".pc-key-" + CSS.escape(event.key));
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})(this)
