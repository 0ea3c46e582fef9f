// What panel and crowd say of a tool, put in place as the pages do it (service/views/shares.py).

import { count, fixed, number, percent, percents, wilson } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const MAJORITY = 0.5;
const WORDS = { ship: "Ship", skip: "Skip", close: "Too close to call", none: "No verdict yet" };

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Shows what panel or crowd says of a tool; z is the quantile that intervals are made with. */
export function fill(measure, score, z) {
  const { who } = measure.dataset;
  if (!who) return;
  const { ship, skip } = who === "panel" ? score.panel : score.community;
  const votes = ship + skip;
  const one = who === "panel" ? "review" : "vote";
  const interval = wilson(ship, votes, z);
  const share = votes ? percent(ship / votes, interval) : "—";
  const title = votes ? `${share}, between ${percents(interval)} in a larger ${who}` : "Nothing is known yet";
  const range = measure.querySelector('[data-show="range"]')?.dataset;
  put(measure, "share", share);
  put(measure, "counted", votes ? `${number(ship)} of ${count(votes, one)} say ship` : `no ${one}s yet`);
  put(measure, "range", votes ? percents(interval) + (range?.tail ?? "") : range?.none);
  judge(measure.querySelector(".verdict"), votes, interval);
  draw(measure.querySelector(".whisker"), title, ship / votes, votes ? interval : null);
}

/** Puts a text where there is a place for it, with a quiet transition. */
export function put(part, name, text = "") {
  const element = part.querySelector(`[data-show="${name}"]`);
  if (!element || element.textContent === text) return;
  element.textContent = text;
  if (!still.matches) element.animate({ opacity: [0.35, 1] }, 400);
}

function judge(mark, votes, [low, high]) {
  if (!mark) return;
  const kind = !votes ? "none" : low > MAJORITY ? "ship" : high < MAJORITY ? "skip" : "close";
  mark.className = `verdict ${kind}`;
  mark.textContent = WORDS[kind];
}

function draw(chart, title, share, interval) {
  if (!chart) return;
  chart.querySelector("title").textContent = title;
  if (!interval) return chart.querySelectorAll(".span, .cap, .dot").forEach((part) => part.remove());
  const [low, high] = interval.map(place);
  set(chart, "line", "span", 0, { x1: low, x2: high, y1: "50%", y2: "50%" });
  set(chart, "line", "cap", 0, { x1: low, x2: low, y1: "20%", y2: "80%" });
  set(chart, "line", "cap", 1, { x1: high, x2: high, y1: "20%", y2: "80%" });
  set(chart, "circle", "dot", 0, { cx: place(share), cy: "50%", r: 4 });
}

const place = (share) => `${Number(fixed(100 * share, 2))}%`;

function set(chart, name, kind, index, attributes) {
  let part = chart.querySelectorAll(`.${kind}`)[index];
  if (!part) {
    part = chart.appendChild(document.createElementNS(SVG, name));
    part.setAttribute("class", kind);
  }
  for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
}
