// Pages are complete without this. With it a search answers while one types, and a chosen date needs no button.

const found = document.getElementById("found");
const box = document.querySelector('.search input[name="q"]');
const PAUSE_MS = 150;

let waiting;
let asking;

/** Puts in place what the search page says of the text in the box. */
async function search() {
  asking?.abort();
  asking = new AbortController();
  const address = `/search?${new URLSearchParams({ q: box.value })}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...page.getElementById("found").childNodes);
    document.title = page.title;
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

if (found && box) {
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE_MS);
  });
}

document.querySelector(".chooser")?.addEventListener("change", (event) => {
  // A date is typed part by part; what is not whole yet is blank.
  if (event.target.value || event.target.type !== "date") event.currentTarget.requestSubmit();
});
