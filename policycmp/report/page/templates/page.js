// Without a script the page says the same: what follows sorts, filters, shows the sentence of a mark, and copies.
const say = JSON.parse(document.getElementById("words").textContent);
const made = (tag, more, ...inside) => {
  const one = Object.assign(document.createElement(tag), more);
  one.append(...inside);
  return one;
};
const place = (hash) => document.getElementById(decodeURIComponent(hash.replace(/^#/, "")));

// What a link leads to may be folded away.
const unfold = () => {
  for (let one = location.hash && place(location.hash); one; one = one.parentElement) if (one.matches("details")) one.open = true;
  document.querySelector(":target > details")?.setAttribute("open", "");
};
addEventListener("hashchange", unfold);
unfold();

// A search minds neither case nor width: （ finds ( and the other way round. Returns how many parts it shows.
const plain = (text) => text.normalize("NFKC").toLowerCase();
const show = (parts, words, wanted = () => true) => [...parts].filter((part) => {
  part.hidden = !(wanted(part) && plain(part.textContent).includes(plain(words.trim())));
  return !part.hidden;
}).length;
const search = (name) => {
  const box = made("input", { type: "search", className: "find", placeholder: name });
  box.setAttribute("aria-label", name);
  return box;
};

// Tables: a header sorts up, down, and then as it was; long ones can be searched, filtered and saved.
const text = (cell) => [...cell.childNodes].filter((one) => !one.classList?.contains("to-chart")).map((one) => one.textContent).join("").trim();
const key = (cell) => cell.dataset.value === undefined ? null : Number(cell.dataset.value);
const order = (one, two) => {
  const [a, b] = [key(one), key(two)];
  if (a !== null && b !== null) return a - b;
  if (a !== null || b !== null) return a === null ? 1 : -1;
  return text(one).localeCompare(text(two), "zh", { numeric: true });
};
const SIGNS = /^[\s\ufeff]*[=+\-@＝＋－＠\t\r]/;
const csv = (rows) => "\ufeff" + rows.map((row) => [...row.cells].map((cell) => {
  const said = text(cell);
  return `"${(SIGNS.test(said) ? "'" : "") + said.replaceAll('"', '""')}"`;
}).join(",")).join("\r\n") + "\r\n";
// A file is called by the documents, the heading above the table, whose table it is, and what was chosen of it.
const named = Object.fromEntries(["left", "right"].map((side) => [side, document.querySelector(`.source.${side}`)?.dataset.name]));
const file = (frame, chosen) => {
  const head = [...document.querySelectorAll("main :is(h2, h3)")].findLast((one) => one.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING);
  const alike = [...document.querySelectorAll("main .table")].filter((one) => head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const sides = [...new Set([...frame.querySelectorAll("th:is(.left, .right)")].map((one) => one.className))];
  const whose = sides.length === 1 ? named[sides[0]] : Object.values(named).filter(Boolean).join("-");
  const number = alike.indexOf(frame) && sides.length !== 1 ? alike.indexOf(frame) + 1 : "";
  return `${[whose, head.textContent, number, ...chosen].filter(Boolean).join(" ")}.csv`.replace(/[\\/:*?"<>|]/g, "-");
};
document.querySelectorAll("main .table").forEach((frame) => {
  const table = frame.querySelector("table"), body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  rows.forEach((row) => [...row.cells].forEach((cell, column) => {
    cell.dataset.label = heads[column]?.textContent ?? "";
    const length = text(cell).length;
    cell.className = ["long", "text", "", "short"][[30, 18, 8].filter((most) => length <= most).length];
  }));
  // By one column, "ascending" or "descending"; without a direction as it was.
  const sort = (column, direction) => {
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    sorting.value = direction ? `${column} ${direction}` : "";
    if (!direction) return body.append(...rows);
    heads[column].setAttribute("aria-sort", direction);
    const down = direction === "descending" ? -1 : 1;
    body.append(...[...rows].sort((a, b) => {
      const empty = [a, b].map((row) => key(row.cells[column]) === null && !text(row.cells[column]));
      return empty[0] !== empty[1] ? empty[0] - empty[1] : down * order(a.cells[column], b.cells[column]);
    }));
  };
  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => {
    const now = head.getAttribute("aria-sort");
    sort(column, now === "ascending" ? "descending" : now ? "" : "ascending");
  }));
  // Cards have no header to click: on a phone a list sorts them.
  const ways = [["ascending", "↑"], ["descending", "↓"]];
  const sorting = made("select", { className: "sorting" }, made("option", { value: "" }, say.js_sort), ...heads.flatMap(
    (head, column) => ways.map(([way, sign]) => made("option", { value: `${column} ${way}` }, `${head.textContent} ${sign}`))));
  sorting.setAttribute("aria-label", say.js_sort);
  sorting.addEventListener("change", () => sort(...sorting.value.split(" ")));
  if (frame.matches(".cards") && rows.length > 1) frame.prepend(sorting);
  if (rows.length < 8) return;
  frame.classList.add("long");
  const box = search(say.find), selects = heads.flatMap((head, column) => {
    if (!("choice" in head.dataset)) return [];
    const values = [...new Map(rows.map((row) => [text(row.cells[column]), row.cells[column]])).values()].filter(text);
    if (values.length < 2) return [];
    const select = made("select", {}, made("option", { value: "" }, `${head.textContent}: ${say.all}`));
    select.append(...values.sort(order).map((cell) => made("option", { value: text(cell) }, text(cell))));
    select.setAttribute("aria-label", head.textContent);
    select.dataset.column = column;
    return [select];
  });
  const count = made("output", {}), save = made("button", { type: "button" }, say.csv);
  const nothing = made("p", { className: "nothing", hidden: true }, say.nothing);
  const tools = made("form", { className: "tools" }, box, ...selects, count, save);
  tools.setAttribute("role", "search");
  const update = () => {
    const shown = show(rows, box.value, (row) => selects.every((one) => !one.value || text(row.cells[one.dataset.column]) === one.value));
    count.textContent = `${shown} / ${rows.length}`;
    nothing.hidden = shown > 0;
  };
  tools.addEventListener("input", update);
  tools.addEventListener("submit", (event) => event.preventDefault());
  save.addEventListener("click", () => {
    const shown = [...body.rows].filter((row) => !row.hidden);
    const link = made("a", { download: file(frame, [box.value.trim(), ...selects.map((one) => one.value)]), href: URL.createObjectURL(new Blob([csv([table.tHead.rows[0], ...shown])], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  frame.prepend(tools, nothing);
  update();
});

// The reader: search and filters, and a word where nothing is left.
document.querySelectorAll(".reader").forEach((reader) => {
  const tools = reader.querySelector(".tools"), pairs = reader.querySelectorAll(".pair"), nothing = reader.querySelector(".nothing");
  const box = tools.querySelector(".find"), { section, relation, role, differ } = tools.elements;
  const update = () => {
    const count = show(pairs, box.value, (pair) => (!differ.checked || pair.matches(".differ"))
      && (!section.value || pair.parentElement.dataset.section === section.value)
      && (!relation.value || pair.dataset.relation === relation.value)
      && (!role.value || pair.dataset.role.split(" ").includes(role.value)));
    reader.querySelectorAll("section").forEach((part) => { part.hidden = !part.querySelector(".pair:not([hidden])"); });
    tools.querySelector("output").textContent = `${count} / ${pairs.length}`;
    nothing.hidden = count > 0;
  };
  tools.hidden = false;
  tools.addEventListener("input", update);
  tools.addEventListener("submit", (event) => event.preventDefault());
  // A link to a pair that is filtered away shows it again.
  addEventListener("hashchange", () => { if (place(location.hash)?.closest(".pair[hidden]")) { tools.reset(); update(); place(location.hash).scrollIntoView(); } });
  update();
});

// Where something stands: its district, its document, its clause, and the sentence.
const ENDS = /[。；;！!？?\n]/;
const sentence = (mark) => {
  const all = mark.closest("p") ?? mark, before = document.createRange();
  before.setStart(all, 0);
  before.setEndBefore(mark);
  const words = all.textContent, start = before.toString().length, end = start + mark.textContent.length;
  let first = start, last = end;
  while (first > 0 && !ENDS.test(words[first - 1])) first -= 1;
  while (last < words.length && !ENDS.test(words[last - 1])) last += 1;
  return words.slice(first, last).trim();
};
const cited = (one) => {
  const section = one.closest(".source section"), source = one.closest(".source");
  if (!section) return null;
  const first = section.querySelector(":scope > div p")?.textContent.split(ENDS)[0], head = section.querySelector("h4, h5");
  const said = one !== section ? sentence(one) : first || head?.firstChild.textContent || "";
  return { name: source.dataset.name, title: source.dataset.title, clause: section.dataset.name, sentence: said, section };
};
const citation = (found) => say.js_cited.replace(/\{(\w+)\}/g, (_, name) => found[name]);
const copier = (words) => {
  const button = made("button", { type: "button", className: "cite" }, say.js_copy);
  button.addEventListener("click", async () => {
    const said = words();
    try {
      await navigator.clipboard.writeText(said);
    } catch {  // an old browser, or a page without the right to do so
      const box = made("textarea", { value: said });
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    button.textContent = say.js_copied;
    setTimeout(() => { button.textContent = say.js_copy; }, 1500);
  });
  return button;
};
document.querySelectorAll(".source section > :is(h4, h5)").forEach((head) => head.append(" ", copier(() => {
  const found = cited(head.parentElement), chosen = getSelection();
  const inside = chosen.toString().trim() && head.parentElement.contains(chosen.anchorNode);
  return citation(inside ? { ...found, sentence: chosen.toString().trim() } : found);
})));

// The card: what a mark on a chart, or a number, is made of, with ways to its text, its pair, its table and its chart.
let card = null, opener = null, leaving = 0;
const shut = () => { card?.remove(); card = null; };
const ways = (one) => {
  const section = one.closest("section"), links = [["js_source", `#${one.id}`]];
  const pair = section.querySelector(".to-pair"), row = one.closest("a")?.getAttribute("href");
  if (pair) links.push(["to_pair", pair.getAttribute("href")]);
  if (row && place(row)?.matches("tr")) links.push(["row", row]);
  const chart = row && place(row)?.querySelector(".to-chart");
  if (chart) links.push(["chart", chart.getAttribute("href")]);
  return made("p", { className: "to" }, ...links.map(([name, href]) => made("a", { href }, say[name])), copier(() => citation(cited(one))));
};
const open = (link, byKeyboard = false) => {
  const own = link.matches(".source a") ? link.querySelector("mark").id : null;
  const names = (own ?? link.dataset.cite ?? link.getAttribute("href").slice(1)).split(" ").filter(Boolean);
  const found = names.map((name) => place(name)).filter((one) => one?.closest(".source"));
  shut();
  opener = link;
  if (!found.length) return;
  card = made("div", { id: "card" });
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", say.js_source);
  for (const one of found) {
    const known = cited(one);
    card.append(made("p", {}, made("strong", { className: "from" }, `${known.name} ${known.clause}`)), made("p", { lang: "zh-CN" }, known.sentence), ways(one));
  }
  if (link.dataset.more) card.append(made("p", {}, say.js_more.replace("{n}", link.dataset.more)));
  if (byKeyboard) card.append(made("p", { className: "keys" }, say.js_keys));
  document.body.append(card);
  const box = link.getBoundingClientRect(), size = card.getBoundingClientRect();
  const below = box.bottom + size.height + 8 < innerHeight || box.top < size.height + 8;
  card.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - size.width - 8)) + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 6 : box.top - size.height - 6) + scrollY}px`;
  card.addEventListener("mouseenter", () => clearTimeout(leaving));
  card.addEventListener("mouseleave", () => { leaving = setTimeout(shut, 300); });
};
const CITED = ".chart a[data-cite], td a:not(.to-chart), .reader a:has(> mark), .pairing a, .source a:has(> mark)";
document.addEventListener("mouseover", (event) => {
  const link = event.target.closest?.(CITED);
  if (!link) return;
  clearTimeout(leaving);
  leaving = setTimeout(() => open(link), 150);
});
document.addEventListener("mouseout", (event) => {
  if (!event.target.closest?.(CITED)) return;
  clearTimeout(leaving);
  leaving = setTimeout(shut, 300);
});
document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.(CITED);
  if (link && link.matches(":focus-visible")) open(link, true);
  else if (!event.target.closest?.("#card")) shut();
});
// The card stands at the end of the page: ↓ leads into it, Esc and Tab at its ends lead back to where it was opened.
document.addEventListener("keydown", (event) => {
  const inside = card?.contains(document.activeElement), stops = [...(card?.querySelectorAll("a, button") ?? [])];
  if (event.key === "ArrowDown" && card && opener === document.activeElement) {
    event.preventDefault();
    stops[0].focus();
  } else if (event.key === "Escape" || (inside && event.key === "Tab" && document.activeElement === stops.at(event.shiftKey ? 0 : -1))) {
    if (inside) opener.focus();
    shut();
  }
});
// Nothing hovers over a touch screen: there the card opens where a number was led to.
addEventListener("hashchange", () => {
  const link = location.hash && place(location.hash)?.closest(".source a:has(> mark)");
  if (link && matchMedia("(hover: none)").matches) open(link);
});
document.addEventListener("click", (event) => { if (!event.target.closest?.("#card button")) { clearTimeout(leaving); shut(); } });

// The page in the other language opens at the same place.
document.querySelector(".lang a")?.addEventListener("click", (event) => { event.currentTarget.hash = location.hash; });

// The contents show where the reader is; on a phone they are folded.
const contents = document.querySelector("nav details"), phone = matchMedia("(max-width: 40rem)");
const fold = () => { contents.open = !phone.matches; };
phone.addEventListener("change", fold);
fold();
const entries = [...contents.querySelectorAll("a")], heads = entries.map((link) => place(link.hash));
const spy = () => {
  const last = heads.findLastIndex((head) => head.getBoundingClientRect().top < innerHeight / 3);
  entries.forEach((link, number) => number === last ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
};
addEventListener("scroll", spy, { passive: true });
spy();
