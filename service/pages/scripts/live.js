// Open pages follow the scores: whole numbers, never differences, so nothing can drift. Where the stream breaks
// the browser resumes it; until then the scores are asked for now and then.

import { adopt, parse } from "./adopt.js";
import { fill, put } from "./measure.js";
import { count } from "./words.js";

const POLL_MS = 5000;
const RESTS_MS = [1500, 11000]; // a page may be kept for ten seconds where it takes long to make
const TOOLS_MAX = 100;

const named = [...document.querySelectorAll("[data-tool], [data-follow]")].flatMap((part) =>
  (part.dataset.tool ?? part.dataset.follow).split(",").filter(Boolean),
);
const tools = [...new Set(named)].slice(0, TOOLS_MAX);
const rated = document.querySelector("[data-ratings]")?.dataset;
const seen = new Map();
const resting = [];
let source, polling;

function listen() {
  source?.close();
  if (document.hidden) return;
  source = new EventSource(`/v1/scores/stream?tools=${tools}${rated ? `&ratings=${rated.ratings}` : ""}`);
  source.onopen = () => (polling = clearInterval(polling));
  source.onmessage = ({ data }) => show(JSON.parse(data));
  source.addEventListener("ratings", ({ data }) => weigh(data));
  source.onerror = () => {
    polling ??= setInterval(poll, POLL_MS * (1 + Math.random()));
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, POLL_MS);
  };
}

/** Browsers allow few connections to one site: hidden pages let go of theirs. */
function turn() {
  polling = clearInterval(polling);
  listen();
}

async function poll() {
  for (const tool of tools) {
    // The browser sends If-None-Match by itself, and hears 304 while nothing changed.
    const answer = await fetch(`/v1/tools/${tool}/score`, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) show(await answer.json());
  }
  if (rated) refresh();
}

/** Takes over what the page now says where its ratings are not the newest. */
function weigh(fit) {
  if (seen.has("ratings") ? seen.get("ratings") !== fit : JSON.parse(fit).position > Number(rated.fitted)) refresh();
  seen.set("ratings", fit);
}

function show(score) {
  const { position, ...said } = score;
  const known = seen.get(score.tool);
  const text = JSON.stringify(said);
  seen.set(score.tool, text);
  if (known === text) return;
  for (const part of document.querySelectorAll(`[data-tool="${score.tool}"]`)) {
    if (position < Number(part.dataset.position)) continue;
    part.dataset.position = position;
    for (const measure of [part, ...part.querySelectorAll("[data-who]")]) fill(measure, score, Number(part.dataset.z));
    put(part, "anonymous", score.anonymous && count(score.anonymous.votes, "vote"));
  }
  if (known) refresh();
}

/** Takes over what is made of many scores, ranks for instance: soon after a change, and once that is surely in. */
function refresh() {
  if (!document.querySelector("[data-follow], [data-ratings]")) return;
  RESTS_MS.forEach((rest, index) => {
    resting[index] ??= setTimeout(async () => {
      resting[index] = undefined;
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
      if (answer?.ok) adopt(parse(await answer.text()));
    }, rest * (1 + Math.random() / 2));
  });
}

if (tools.length || rated) {
  document.addEventListener("visibilitychange", turn);
  listen();
}
