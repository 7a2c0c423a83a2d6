"use strict";
// Offsets in the data are code points of the source; a string of JavaScript counts UTF-16 units, so the source is an array.
const data = JSON.parse(document.getElementById("data").textContent);
const source = Array.from(data.source);
const slice = (start, end) => source.slice(start, end).join("");
const on = data.edits.map(() => true);
const pieces = data.edits.map(() => []); // of each edit, its places on the page; looked up once, since there may be thousands
const rows = new Map();
const ROWS = 500; // of the list at a time: tens of thousands would stop the browser
const byId = (id) => document.getElementById(id);
const TINTS = { PER: "#0072b2", LOC: "#009e73", ORG: "#d55e00", EVENT: "#cc79a7", LAW: "#56b4e9", WORK: "#b8a800", NORP: "#e69f00" };
const make = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// The source is cut at every border of an edit or a mark; an edit is one piece, whatever marks it lies in.
function render(article, side) {
  article.replaceChildren();
  let mark = null, markEnd = -1, next = 0;
  const whole = document.createDocumentFragment();
  const put = (node) => (mark || whole).append(node);
  const marks = data.marks;
  let which = 0;
  const plain = (start, end) => {
    while (start < end) {
      if (mark && start >= markEnd) mark = null;
      while (which < marks.length && marks[which].end <= start) which++;
      if (!mark && which < marks.length && marks[which].start <= start) open(marks[which++]);
      const stop = Math.min(end, mark ? markEnd : end, !mark && which < marks.length ? Math.max(marks[which].start, start + 1) : end);
      put(document.createTextNode(slice(start, stop)));
      start = stop;
    }
    if (mark && start >= markEnd) mark = null;
  };
  function open(what) {
    mark = make("mark", what.layer);
    mark.dataset.label = what.label;
    mark.title = what.about;
    mark.style.setProperty("--tint", TINTS[what.label] || "#888888");
    if (side === "left") mark.id = what.id;
    whole.append(mark);
    markEnd = what.end;
  }
  let at = 0;
  data.edits.forEach((edit, number) => {
    plain(at, edit.start);
    while (which < marks.length && marks[which].end <= edit.start) which++;
    if (!mark && which < marks.length && marks[which].start <= edit.start && marks[which].end > edit.start) open(marks[which++]);
    const piece = make("span", "edit");
    pieces[number].push(piece);
    piece.title = `${edit.rule} ${edit.confidence.toFixed(2)}: ${edit.reason}`;
    if (edit.before) piece.append(make("del", "", edit.before));
    if (edit.after) piece.append(make("ins", "", edit.after));
    put(piece);
    at = edit.end;
    if (mark && at >= markEnd) mark = null;
  });
  plain(at, source.length);
  article.append(whole);
}

function resultText() {
  const parts = [];
  let at = 0;
  data.edits.forEach((edit, number) => {
    if (!on[number]) return;
    parts.push(slice(at, edit.start), edit.after);
    at = edit.end;
  });
  parts.push(slice(at, source.length));
  return parts.join("");
}

function resultEdits() {
  return data.edits.filter((_, number) => on[number])
    .map((edit) => JSON.stringify({ start: edit.start, end: edit.end, before: edit.before, after: edit.after, rule: edit.rule, confidence: edit.confidence }) + "\n")
    .join("");
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const ruleOn = new Map();
let shown = [], current = -1;

function list() {
  const least = Number(byId("least").value), most = Number(byId("most").value);
  byId("least-shown").value = least.toFixed(2);
  byId("most-shown").value = most.toFixed(2);
  shown = data.edits.map((_, number) => number).filter((number) => {
    const edit = data.edits[number];
    return ruleOn.get(edit.rule) && edit.confidence >= least && edit.confidence <= most;
  });
  rows.clear();
  byId("edits").replaceChildren();
  fill(ROWS);
  const visible = new Set(shown);
  pieces.forEach((places, number) => places.forEach((piece) => piece.classList.toggle("faint", !visible.has(number))));
  current = -1;
  summary();
}

// Bring the list to so many rows, or to all that there are.
function fill(count) {
  shown.slice(rows.size, count).forEach((number) => {
    const edit = data.edits[number], row = make("li"), label = make("label"), box = make("input"), link = make("a");
    box.type = "checkbox";
    box.checked = on[number];
    box.setAttribute("aria-label", `Keep edit ${number + 1}: ${edit.before || "nothing"} becomes ${edit.after || "nothing"}`);
    box.addEventListener("change", () => set([number], box.checked));
    link.href = "#";
    link.append(make("del", "", edit.seen_before), " → ", make("ins", "", edit.seen_after));
    link.addEventListener("click", (event) => { event.preventDefault(); go(shown.indexOf(number)); });
    label.append(box, link);
    row.append(label, make("small", "", `${edit.rule} · ${edit.confidence.toFixed(2)} · ${edit.reason}`));
    rows.set(number, row);
    byId("edits").append(row);
  });
  byId("more").hidden = rows.size === shown.length;
}

function set(numbers, keep) {
  numbers.forEach((number) => {
    on[number] = keep;
    pieces[number].forEach((piece) => piece.classList.toggle("off", !keep));
    const row = rows.get(number);
    if (row) row.querySelector("input").checked = keep;
  });
  summary();
}

function go(place) {
  if (!shown.length) return;
  current = (place + shown.length) % shown.length;
  if (current >= rows.size) fill(current + ROWS);
  document.querySelectorAll(".current").forEach((node) => node.classList.remove("current"));
  const number = shown[current];
  [...pieces[number], rows.get(number)].forEach((node) => {
    node.classList.add("current");
    node.scrollIntoView({ block: "nearest" });
  });
}

function summary() {
  const kept = on.filter(Boolean).length;
  byId("summary").textContent = `${data.profile}: ${kept} of ${on.length} edits kept, ${shown.length} shown`;
}

// Years on a line: half of their place is the year itself, half their rank, so that one date of antiquity leaves room for the rest.
function scaleOf(years, left, width) {
  const sorted = [...new Set(years)].sort((one, two) => one - two), low = sorted[0], high = sorted[sorted.length - 1];
  return (year) => {
    if (high === low) return left + width / 2;
    const next = Math.max(sorted.findIndex((other) => other >= year), 1);
    const rank = (next - 1 + (year - sorted[next - 1]) / (sorted[next] - sorted[next - 1])) / (sorted.length - 1);
    return left + (width * (rank + (year - low) / (high - low))) / 2;
  };
}

// Round years that have room, the roundest first; the year 0 of the calendar is the first before Christ.
function ticksOf(low, high, scale) {
  const ticks = [];
  [1000, 500, 100, 50, 10, 5, 1].forEach((step) => {
    for (let count = Math.ceil(low / step) - 1; count * step <= high; count++) {
      const year = count > 0 ? count * step : 1 + count * step;
      if (year >= low && year <= high && count && ticks.every((other) => Math.abs(scale(other) - scale(year)) > 70)) ticks.push(year);
    }
  });
  return ticks;
}

function timeline() {
  if (!data.dates.length) return;
  const years = data.dates.map((date) => date.year), width = 1000, left = 32;
  const low = years.reduce((one, two) => Math.min(one, two)), high = years.reduce((one, two) => Math.max(one, two));
  const named = (year) => (year > 0 ? `${year}` : `${1 - year} BC`);
  const scale = scaleOf(years, left, width - 2 * left), stacks = new Map(), SVG = "http://www.w3.org/2000/svg", highest = 14;
  const draw = (name, attributes, parent) => {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    parent.append(node);
    return node;
  };
  const dots = data.dates.map((date) => {
    const column = Math.round(scale(date.year) / 9), height = (stacks.get(column) || 0) + 1;
    stacks.set(column, height);
    return { date, x: column * 9, height };
  });
  const tallest = Math.min(Math.max(...stacks.values()), highest), base = 24 + tallest * 9;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${base + 24}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${data.dates.length} dates between ${named(low)} and ${named(high)}`);
  draw("line", { x1: left, x2: width - left, y1: base, y2: base }, svg);
  ticksOf(low, high, scale).forEach((year) => {
    draw("line", { x1: scale(year), x2: scale(year), y1: base, y2: base + 5 }, svg);
    draw("text", { x: scale(year), y: base + 18, "text-anchor": "middle" }, svg).textContent = named(year);
  });
  stacks.forEach((height, column) => {
    if (height > highest) draw("text", { x: column * 9, y: 12, "text-anchor": "middle" }, svg).textContent = `+${height - highest}`;
  });
  dots.filter((dot) => dot.height <= tallest).forEach(({ date, x, height }) => {
    const dot = draw("circle", { cx: x, cy: base - 1 - height * 9 + 4, r: 3.6, tabindex: 0, role: "link", "aria-label": `${date.text}: ${date.value}` }, svg);
    draw("title", {}, dot).textContent = `${date.text}: ${date.value}`;
    const jump = () => byId(date.id)?.scrollIntoView({ block: "center" });
    dot.addEventListener("click", jump);
    dot.addEventListener("keydown", (event) => { if (event.key === "Enter") jump(); });
  });
  byId("timeline").append(svg);
  byId("timeline").hidden = false;
}

function view(name) {
  const left = byId("left"), right = byId("right");
  right.hidden = name !== "sides";
  left.className = name === "sides" ? "before" : name === "after" ? "after" : "";
  if (name === "sides" && !right.childNodes.length) {
    render(right, "right");
    right.className = "after";
    set(on.map((_, number) => number).filter((number) => !on[number]), false);
    list();
  }
}

render(byId("left"), "left");
[...new Set(data.edits.map((edit) => edit.rule))].sort().forEach((rule) => {
  ruleOn.set(rule, true);
  const label = make("label"), box = make("input");
  box.type = "checkbox";
  box.checked = true;
  box.value = rule;
  box.addEventListener("change", () => { ruleOn.set(rule, box.checked); list(); });
  label.append(box, ` ${rule} (${data.edits.filter((edit) => edit.rule === rule).length})`);
  byId("rules").append(label);
});
timeline();
list();
document.querySelectorAll("input[name=view]").forEach((radio) => radio.addEventListener("change", () => view(radio.value)));
byId("names").addEventListener("change", (event) => byId("page").classList.toggle("no-names", !event.target.checked));
byId("days").addEventListener("change", (event) => byId("page").classList.toggle("no-days", !event.target.checked));
byId("least").addEventListener("input", list);
byId("most").addEventListener("input", list);
byId("more").addEventListener("click", () => fill(rows.size + ROWS));
byId("undo").addEventListener("click", () => set(shown, false));
byId("redo").addEventListener("click", () => set(shown, true));
byId("save-text").addEventListener("click", () => save(`${data.name}.txt`, resultText(), "text/plain;charset=utf-8"));
byId("save-edits").addEventListener("click", () => save(`${data.name}.edits.jsonl`, resultEdits(), "application/x-ndjson"));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.type === "range") return;
  if (event.key === "j") go(current + 1);
  else if (event.key === "k") go(current - 1);
  else if (event.key === "x" && current >= 0) set([shown[current]], !on[shown[current]]);
});
