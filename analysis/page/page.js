// The script of a report's index.html: figures, their legends, sorting of tables, light and dark.
import embed from "vega-embed";

const specs = JSON.parse(document.getElementById("specs").textContent);
const shown = new Map(); // name of a figure → its view

const dark = {
  background: "#14171a",
  view: { stroke: "#7c858d" },
  range: { category: ["#56B4E9", "#FF8A3D", "#2BC48F", "#E39CC6", "#F0B429", "#8AB8FF", "#FFFFFF"] },
  style: { text: { fill: "#e6e8ea" } },
  axis: { labelColor: "#e6e8ea", titleColor: "#e6e8ea", gridColor: "#31373d",
          domainColor: "#7c858d", tickColor: "#7c858d" },
  header: { labelColor: "#e6e8ea", titleColor: "#e6e8ea" },
  legend: { labelColor: "#e6e8ea", titleColor: "#e6e8ea" },
};

const merged = (a, b) => Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map(
  (key) => [key, b[key] === undefined ? a[key]
    : a[key]?.constructor === Object ? merged(a[key], b[key]) : b[key]]));

const withoutLegends = (spec) => JSON.parse(JSON.stringify(spec, (key, value) =>
  key === "legend" && value?.symbolType ? null : value));

/** The spec as the page shows it: title, notes and legend of series are words of the page. */
function onPage(spec, theme) {
  const { title, ...rest } = spec.usermeta?.series ? withoutLegends(spec) : spec;
  return { ...rest, config: theme === "dark" ? merged(spec.config, dark) : spec.config };
}

const svg = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function scaleOf(view, name) {
  try { return view.scale(name); } catch { return null; }
}

/** What a series looks like: its line, or its mark where it has a shape. */
function swatch(view, label) {
  const picture = svg("svg", { width: 30, height: 12, "aria-hidden": "true" });
  const colour = scaleOf(view, "color")?.(label) ?? "currentColor", shape = scaleOf(view, "shape")?.(label);
  const dash = scaleOf(view, "strokeDash")?.(label);
  if (dash || !shape)
    picture.append(svg("line", { x1: 1, x2: 29, y1: 6, y2: 6, stroke: colour, "stroke-width": 2.5,
                                 "stroke-dasharray": dash ?? "" }));
  const paths = { circle: "M15 2a4 4 0 1 0 .01 0z", square: "M11 2h8v8h-8z", diamond: "M15 1l5 5-5 5-5-5z",
    "triangle-up": "M15 1l5 9h-10z", "triangle-down": "M15 11l5-9h-10z", "triangle-right": "M20 6l-9 5v-10z",
    cross: "M13.5 1h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z" };
  if (shape) picture.append(svg("path", { d: paths[shape] ?? paths.circle, fill: colour }));
  return picture;
}

/** Buttons that hide and show a series; state stays when the theme changes. */
function legend(figure, view, series) {
  const place = figure.querySelector(".legend");
  const hidden = new Set(JSON.parse(place.dataset.hidden ?? "[]"));
  place.replaceChildren(Object.assign(document.createElement("span"), { textContent: series.title }));
  for (const label of series.labels) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.setAttribute("aria-pressed", String(!hidden.has(label)));
    button.title = "hide or show";
    button.append(swatch(view, label), label);
    button.addEventListener("click", () => {
      if (!hidden.delete(label)) hidden.add(label);
      button.setAttribute("aria-pressed", String(!hidden.has(label)));
      place.dataset.hidden = JSON.stringify([...hidden]);
      view.signal("hidden", [...hidden]).runAsync();
    });
    place.append(button);
  }
  if (hidden.size) view.signal("hidden", [...hidden]).runAsync();
}

async function draw(theme) {
  for (const figure of document.querySelectorAll("figure[data-figure]")) {
    const name = figure.dataset.figure, spec = specs[name], plot = figure.querySelector(".plot");
    const chosen = [...plot.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.name);
    shown.get(name)?.finalize();
    const result = await embed(plot, onPage(spec, theme), {
      mode: "vega-lite", renderer: "svg", downloadFileName: name,
      actions: { export: true, source: true, compiled: false, editor: false },
    });
    shown.set(name, result);
    if (spec.usermeta?.series) legend(figure, result.view, spec.usermeta.series);
    for (const signal of chosen) await result.view.signal(signal, true).runAsync();
    plot.dataset.theme = theme;
  }
  document.documentElement.dataset.drawn = theme;
}

function sortable(table) {
  const body = table.tBodies[0], headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => header.querySelector("button").addEventListener("click", () => {
    const up = header.getAttribute("aria-sort") !== "ascending";
    headers.forEach((each) => each.setAttribute("aria-sort", "none"));
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const number = (text) => text.trim() === "" ? NaN : Number(text.replace(/^(-?)inf$/, "$1Infinity"));
    const isNumber = header.classList.contains("number");
    const compare = (a, b) => {
      if (!isNumber) return (up ? 1 : -1) * value(a).localeCompare(value(b), "en", { numeric: true });
      const x = number(value(a)), y = number(value(b));
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y); // last
      return x === y ? 0 : (up ? 1 : -1) * (x < y ? -1 : 1);
    };
    body.append(...[...body.rows].sort(compare));
  }));
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)"), button = document.getElementById("theme");
let chosen = null, drawing = Promise.resolve(); // one drawing at a time
function apply() {
  const theme = chosen ?? (prefersDark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  button.textContent = theme === "dark" ? "Light theme" : "Dark theme";
  drawing = drawing.then(() => draw(theme));
}
button.hidden = false;
button.addEventListener("click", () => {
  chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  apply();
});
prefersDark.addEventListener("change", apply);
document.querySelectorAll("table.sortable").forEach(sortable);
apply();
