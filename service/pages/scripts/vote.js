// Forms to vote with work without this. With it the page stays, and says at once what was counted.

import { adopt, parse } from "./adopt.js";

const FAILED = "The site cannot be reached. Try again in a moment.";
const WITHDRAWN = "Your vote is withdrawn.";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.vote")) return;
  event.preventDefault();
  if (form.ariaBusy !== "true") send(form, event.submitter);
});

async function send(form, button) {
  form.ariaBusy = "true";
  const sent = new URLSearchParams(new FormData(form));
  sent.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } });
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
  } finally {
    form.ariaBusy = "false";
  }
}

/** Says what came of it; the element is a live region, so it is read out, too. */
function say(form, text) {
  form.querySelector(".said").textContent = text;
}
