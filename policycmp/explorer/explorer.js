// What only the browser can do for the window; see page.py.
const PART = 1 << 20; // bytes of a file in one message

function render({ model, el }) {
  const say = (key) => model.get("words")[key] ?? key;
  const stops = [];
  el.classList.add("pc-page");
  const listen = (target, name, act) => {
    target.addEventListener(name, act);
    stops.push(() => target.removeEventListener(name, act));
  };
  buttonToOpen(model, el, say, listen);
  stops.push(stateOfSaving(model, el, say));
  messages(model);
  listen(window, "beforeunload", (event) => {
    if (model.get("unsaved")) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  whenThere(el, (pc) => {
    keys(pc, listen);
    listen(pc, "click", (event) => chooseNumber(model, event.target));
  });
  if (![...document.fonts].some((face) => face.family.includes("Policy SC"))) model.send({ kind: "font" });
  return () => stops.forEach((stop) => stop());
}

function whenThere(el, act) {
  const pc = el.closest(".pc");
  if (pc) act(pc);
  else requestAnimationFrame(() => whenThere(el, act));
}

function buttonToOpen(model, el, say, listen) {
  const label = Object.assign(document.createElement("label"), { className: "pc-open jupyter-button", tabIndex: 0, role: "button" });
  const input = Object.assign(document.createElement("input"), { type: "file", accept: model.get("kinds"), hidden: true });
  label.append(say("upload"), input);
  el.append(label);
  listen(label, "keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") input.click();
  });
  listen(input, "change", async () => {
    const file = input.files[0];
    input.value = ""; // the same file can be opened again
    if (!file) return;
    if (file.size > model.get("limit")) {
      model.send({ kind: "refused", name: file.name });
      return;
    }
    for (let start = 0; start === 0 || start < file.size; start += PART) {
      const part = await file.slice(start, start + PART).arrayBuffer();
      const about = { kind: "upload", name: file.name, first: start === 0, last: start + PART >= file.size };
      model.send(about, undefined, [part]);
    }
  });
}

// Saved or not, and whether the program still answers: a page that slept may have lost its kernel.
function stateOfSaving(model, el, say) {
  const state = Object.assign(document.createElement("span"), { className: "pc-state", role: "status" });
  el.append(state);
  let heard = Date.now();
  const show = () => {
    const lost = Date.now() - heard > 1000 * model.get("lost_after");
    const text = lost ? say("lost") : model.get("unsaved") ? say("not_saved") : say("all_saved");
    state.classList.toggle("pc-wrong", lost);
    if (state.textContent !== text) state.textContent = text;
  };
  model.on("msg:custom", (told) => {
    if (told.kind === "pong") heard = Date.now();
    show();
  });
  model.on("change:unsaved", show);
  const ping = () => {
    try {
      model.send({ kind: "ping" });
    } catch {
      heard = 0; // there is no connection any more
    }
    show();
  };
  const timer = setInterval(ping, (1000 * model.get("lost_after")) / 4);
  ping();
  return () => clearInterval(timer);
}

function messages(model) {
  model.on("msg:custom", (told, buffers) => {
    if (told.kind === "font") {
      const face = new FontFace("Policy SC", buffers[0]);
      face.load().then((loaded) => document.fonts.add(loaded));
    } else if (told.kind === "download") {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([buffers[0]]));
      link.download = told.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }
  });
}

function chooseNumber(model, target) {
  const mark = target.closest("[data-number]");
  if (mark) model.send({ kind: "number", side: mark.dataset.side, number: Number(mark.dataset.number) });
}

function keys(pc, listen) {
  let moved = 0;
  // Keys belong to the window: elsewhere arrow keys move JupyterLab's cells, and "d d" deletes one.
  listen(pc, "focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    // the list does for keys
    for (const cell of pc.querySelectorAll(".pc-map button")) cell.tabIndex = cell.classList.contains("mod-active") ? 0 : -1;
  });
  listen(pc, "change", () => { moved = Date.now(); });
  listen(pc, "keydown", (event) => {
    const list = pc.querySelector(".pc-list select"), by = { j: 1, k: -1 }[event.key];
    const field = event.target.matches("input, textarea, select") && event.target !== list;
    const button = pc.querySelector(".pc-key-" + CSS.escape(event.key));
    if (event.key === "Enter" && event.target.matches("[data-number]")) event.target.click();
    if (event.ctrlKey || event.metaKey || event.altKey || field || !(by || button)) return;
    event.preventDefault();
    if (by && list.length) { // as the arrow keys do, so that all moves arrive in their order
      list.selectedIndex = (Math.max(list.selectedIndex, by > 0 ? -1 : 0) + by + list.length) % list.length;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (button) { // a click would overtake a move that is still on its way
      setTimeout(() => button.click(), Math.max(0, moved + 400 - Date.now()));
    }
  });
}

export default { render };
