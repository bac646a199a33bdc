// What only the browser can do for the window; see page.py.
const PART = 1 << 20; // bytes of a file in one message

function render({ model, el }) {
  const say = (key) => model.get("words")[key] ?? key;
  const stops = [];
  el.classList.add("pc-page");
  const listen = (target, name, act, capture = false) => {
    target.addEventListener(name, act, capture);
    stops.push(() => target.removeEventListener(name, act, capture));
  };
  buttonToOpen(model, el, say, listen);
  stops.push(stateOfSaving(model, el, say));
  listen(window, "beforeunload", (event) => {
    if (!model.get("unsaved")) return;
    event.preventDefault();
    event.returnValue = "";
  });
  whenThere(() => el.closest(".pc"), (pc) => {
    pc.lang = model.get("lang");
    asPageOfItsOwn(pc);
    const press = keys(pc, listen);
    listen(pc, "click", (event) => chooseNumber(model, event.target));
    listen(pc, "keydown", (event) => byEnter(pc, event, press), true); // a field lets no key out
    stops.push(messages(model, pc), sightOfChart(model, pc));
  });
  if (![...document.fonts].some((face) => face.family.includes("Policy SC"))) model.send({ kind: "font" });
  return () => stops.forEach((stop) => stop());
}

function whenThere(find, act) {
  const found = find();
  if (found) act(found);
  else requestAnimationFrame(() => whenThere(find, act));
}

// As a page, and not in a notebook, the window is what the page is about, in the window's language.
function asPageOfItsOwn(pc) {
  const page = pc.closest("#rendered_cells");
  if (!page) return;
  page.setAttribute("role", "main");
  document.documentElement.lang = pc.lang;
  tellLanguages(page);
}

// The notebook says everything twice, the English in italics below the Chinese: the page's style shows one of the two.
function tellLanguages(page) {
  for (const english of page.querySelectorAll(".jp-RenderedMarkdown em:not([lang])")) {
    const own = english.parentElement.matches("p") && english.parentElement.childNodes.length === 1; // a paragraph of its own
    const holder = own ? english.parentElement.previousElementSibling : english.parentElement;
    english.lang = "en";
    if (holder.matches("p") && own) {
      holder.lang = "zh";
      continue;
    }
    const chinese = Object.assign(document.createElement("span"), { lang: "zh" });
    chinese.append(...[...holder.childNodes].filter((node) => node !== english));
    if (own) english.parentElement.remove();
    holder.append(chinese, english);
  }
}

function buttonToOpen(model, el, say, listen) {
  const button = Object.assign(document.createElement("button"), { className: "jupyter-button", textContent: say("upload") });
  const input = Object.assign(document.createElement("input"), { type: "file", accept: model.get("kinds"), hidden: true });
  el.append(button, input);
  listen(button, "click", () => input.click());
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
    state.classList.toggle("pc-wrong", lost || model.get("unsaved") > 0);
    state.classList.toggle("pc-unsaved", model.get("unsaved") > 0);
    if (state.textContent !== text) state.textContent = text;
  };
  const hear = (told) => {
    if (told.kind === "pong") heard = Date.now();
    show();
  };
  model.on("msg:custom", hear);
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
  return () => {
    clearInterval(timer);
    model.off("msg:custom", hear);
    model.off("change:unsaved", show);
  };
}

function messages(model, pc) {
  const hear = (told, buffers) => {
    if (told.kind === "font") {
      const face = new FontFace("Policy SC", buffers[0]);
      face.load().then((loaded) => document.fonts.add(loaded));
    } else if (told.kind === "download") {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([buffers[0]]));
      link.download = told.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } else if (told.kind === "focus") {
      whenThere(() => pc.querySelector(".pc-value input"), (field) => {
        field.focus();
        field.select();
      });
    }
  };
  model.on("msg:custom", hear);
  return () => model.off("msg:custom", hear);
}

// A chart is drawn when it comes near: most of them nobody scrolls to.
function sightOfChart(model, pc) {
  const tell = ([one]) => model.send({ kind: "seen", seen: one.isIntersecting, narrow: innerWidth < 600 });
  const watch = new IntersectionObserver(tell, { rootMargin: "200px" });
  whenThere(() => pc.querySelector(".pc-chart"), (chart) => watch.observe(chart));
  return () => watch.disconnect();
}

function chooseNumber(model, target) {
  const mark = target.closest("[data-number]");
  if (mark) model.send({ kind: "number", side: mark.dataset.side, number: Number(mark.dataset.number) });
}

// Enter on a number is a click, and in the form of a correction it makes the correction.
function byEnter(pc, event, press) {
  if (event.key !== "Enter" && event.key !== " ") return;
  if (event.target.matches("[data-number]")) {
    event.preventDefault();
    event.target.click();
  } else if (event.key === "Enter" && event.target.matches(".pc-form input")) {
    press(pc.querySelector(".pc-apply"));
  }
}

// Returns what presses a button, but not before a choice or an input that is still on its way.
function keys(pc, listen) {
  let moved = 0;
  const press = (button) => setTimeout(() => button.click(), Math.max(0, moved + 400 - Date.now()));
  // Keys belong to the window, or to its page: elsewhere arrow keys move JupyterLab's cells, and "d d" deletes one.
  listen(pc, "focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    // the list does for keys
    for (const cell of pc.querySelectorAll(".pc-map button")) cell.tabIndex = cell.classList.contains("mod-active") ? 0 : -1;
  });
  for (const name of ["change", "input"]) listen(pc, name, () => { moved = Date.now(); });
  listen(pc.closest("#rendered_cells") ? document : pc, "keydown", (event) => {
    const list = pc.querySelector(".pc-list select"), by = { j: 1, k: -1 }[event.key];
    const field = event.target.matches("input, textarea, select") && event.target !== list;
    const button = pc.querySelector(".pc-key-" + CSS.escape(event.key));
    if (event.ctrlKey || event.metaKey || event.altKey || field || !(by || button)) return;
    event.preventDefault();
    if (by && list.length) { // as the arrow keys do, so that all moves arrive in their order
      list.selectedIndex = (Math.max(list.selectedIndex, by > 0 ? -1 : 0) + by + list.length) % list.length;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (button) {
      press(button);
    }
  });
  return press;
}

export default { render };
