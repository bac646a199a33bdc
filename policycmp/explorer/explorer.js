((pc) => {
  if (pc.dataset.keys) return; // in another language it is the same window
  pc.dataset.keys = "on";
  let moved = 0;
  // Keys belong to the window: elsewhere arrow keys move JupyterLab's cells, and "d d" deletes one.
  pc.addEventListener("focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    for (const cell of pc.querySelectorAll(".pc-map button")) cell.tabIndex = cell.classList.contains("mod-active") ? 0 : -1; // the list does for keys
  });
  pc.addEventListener("change", () => { moved = Date.now(); });
  pc.addEventListener("keydown", (event) => {
    const list = pc.querySelector(".pc-list select"), by = { j: 1, k: -1 }[event.key];
    const field = event.target.matches("input, textarea, select") && event.target !== list;
    const button = pc.querySelector(".pc-key-" + CSS.escape(event.key));
    if (event.ctrlKey || event.metaKey || event.altKey || field || !(by || button)) return;
    event.preventDefault();
    if (by && list.length) { // as the arrow keys do, so that all moves arrive in their order
      list.selectedIndex = (Math.max(list.selectedIndex, by > 0 ? -1 : 0) + by + list.length) % list.length;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (button) { // a click would overtake a move that is still on its way
      setTimeout(() => button.click(), Math.max(0, moved + 400 - Date.now()));
    }
  });
})(this.closest(".pc"))
