// Takes over what another rendering of this very page says; what nobody follows or votes on stays as it is.

export const parse = (text) => new DOMParser().parseFromString(text, "text/html");

/**
 * Puts in place the counts, the parts made of them and the forms to vote, unless these are newer here; and what else is
 * kept fresh, but where it has a key that is the same.
 */
export function adopt(page) {
  each(page, "[data-tool]", (here, there) => {
    if (Number(there.dataset.position) < Number(here.dataset.position)) return;
    here.dataset.position = there.dataset.position;
    replace(here, there);
  });
  each(page, "[data-follow], [data-ratings]", replace);
  each(page, "form.vote fieldset", replace);
  each(page, "[data-fresh]", (here, there) => {
    if (there.dataset.fresh && there.dataset.fresh === here.dataset.fresh) return;
    here.dataset.fresh = there.dataset.fresh;
    replace(here, there);
  });
}

function each(page, selector, take) {
  const fresh = page.querySelectorAll(selector);
  const known = document.querySelectorAll(selector);
  if (fresh.length === known.length) known.forEach((here, index) => take(here, fresh[index]));
}

/** Replaces what an element holds; the focus stays where it was, on the same link or button. */
function replace(here, there) {
  if (here.innerHTML === there.innerHTML) return;
  const focused = here.contains(document.activeElement) && document.activeElement;
  here.replaceChildren(...there.childNodes);
  if (!focused) return;
  const like = [...here.querySelectorAll(focused.localName)];
  (like.find((one) => one.href === focused.href && one.value === focused.value) ?? like[0])?.focus();
}
