// Forms to vote with work without this. With it the page stays, and says at once what was counted; of several clicks
// in a row the last counts.

import { adopt, parse } from "./adopt.js";

const FAILED = "The site cannot be reached. Try again in a moment.";
const WITHDRAWN = "Your vote is withdrawn.";

const latest = new WeakMap(); // what was clicked last while a form was busy

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.vote")) return;
  event.preventDefault();
  const vote = new URLSearchParams(new FormData(form, event.submitter));
  if (form.ariaBusy === "true") latest.set(form, vote);
  else send(form, vote);
});

async function send(form, vote) {
  form.ariaBusy = "true";
  await post(form, vote);
  form.ariaBusy = "false";
  const next = latest.get(form);
  latest.delete(form);
  if (next) send(form, next);
}

async function post(form, vote) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: vote, headers: { Accept: "text/html" } });
    const page = parse(await answer.text());
    const there = page.getElementById(form.id);
    if (there) {
      adopt(page);
      say(form, there.querySelector(".said").textContent || WITHDRAWN);
    } else if (answer.ok) {
      location.assign(answer.url); // signed out meanwhile, so this is the sign-in page
    } else {
      say(form, [".deck", "h1"].map((part) => page.querySelector(part)?.textContent).find(Boolean) ?? FAILED);
    }
  } catch {
    say(form, FAILED);
  }
}

/** Says what came of it; the element is a live region, so it is read out, too. */
function say(form, text) {
  form.querySelector(".said").textContent = text;
}
