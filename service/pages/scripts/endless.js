// Older rows come as the link to them comes near; a box ticks all that are shown. Rows are only ever added, so what is
// ticked and where the focus is stay as they are.

const ROWS_MAX = 4000; // a form is taken with 5,000 fields: from here on the link leads to a page of its own
const NEAR = "600px";

const rows = document.getElementById("rows");
const said = document.getElementById("said");
const all = document.getElementById("all");
const older = document.getElementById("older");
const boxes = () => [...(rows?.querySelectorAll('input[name="position"]') ?? [])];
let loading = false;

const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), {
  rootMargin: NEAR,
});

/** Puts the rows of the page that the link leads to below those that are here. */
async function load() {
  if (loading || !rows || rows.rows.length >= ROWS_MAX) return;
  loading = true;
  seen.unobserve(older);
  const answer = await fetch(older.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  loading = false;
  if (page) take(page);
  else said.textContent = "Older events could not be loaded.";
}

function take(page) {
  const added = [...(page.getElementById("rows")?.rows ?? [])];
  rows.append(...added);
  mark();
  const next = page.getElementById("older");
  const note = page.getElementById("said").textContent;
  said.textContent = [`${rows.rows.length} events shown`, note].filter(Boolean).join(". ");
  if (!next) return end();
  older.href = next.getAttribute("href");
  older.textContent = next.textContent;
  older.toggleAttribute("data-endless", next.hasAttribute("data-endless"));
  watch();
}

function watch() {
  if (older.hasAttribute("data-endless")) seen.observe(older);
}

function end() {
  if (document.activeElement === older) {
    said.tabIndex = -1;
    said.focus();
  }
  older.remove();
}

/** Lets the box above say whether all, some or none are ticked. */
function mark() {
  const ticked = boxes().filter((box) => box.checked).length;
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && !all.checked;
}

if (all && boxes().length) {
  all.hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  rows.addEventListener("change", mark);
  addEventListener("pageshow", mark); // a browser that comes back keeps what was ticked
}

if (older && rows) {
  older.addEventListener("click", (event) => {
    if (rows.rows.length >= ROWS_MAX || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    load();
  });
  watch();
}
