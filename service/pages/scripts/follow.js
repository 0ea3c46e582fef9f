// Pages about work in the background keep up with it: a replay's by a stream of its words, all else, and where streams
// are cut off, by asking now and then.

import { adopt, parse } from "./adopt.js";

const PAUSE_MS = 3000;

let source;

/** Takes over what this very page says by now. Whoever is signed out by now is led to the page for that. */
async function refresh() {
  const here = document.querySelector("[data-refresh]");
  if (!here || document.hidden) return;
  const answer = await fetch(here.dataset.refresh, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.redirected) location.assign(here.dataset.refresh);
  else if (answer?.ok) adopt(parse(await answer.text()));
}

/** What is soon over says so by `data-pause`. */
const pause = () => Number(document.querySelector("[data-refresh]")?.dataset.pause ?? PAUSE_MS);

function listen() {
  const here = document.querySelector("[data-stream]");
  if (!here || document.hidden) return;
  source = new EventSource(here.dataset.stream);
  source.onmessage = ({ data }) => show(JSON.parse(data));
}

function stop() {
  source?.close();
  source = undefined;
}

/** Puts the words in their places; what else changes with the state is asked for. */
function show(words) {
  for (const part of document.querySelectorAll("[data-show]")) {
    const text = words[part.dataset.show];
    if (part.textContent !== text) part.textContent = text;
  }
  const bar = document.querySelector("[data-stream] progress");
  if (bar) [bar.max, bar.value] = [words.of, words.done];
  if (words.state === "running") return;
  stop();
  refresh();
}

async function turn() {
  if (source?.readyState !== EventSource.OPEN) await refresh();
  if (!source || source.readyState === EventSource.CLOSED) listen();
  setTimeout(turn, pause());
}

document.addEventListener("visibilitychange", () => {
  stop(); // browsers allow few connections to one site
  refresh();
  listen();
});
listen();
setTimeout(turn, pause());
