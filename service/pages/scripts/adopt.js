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
  liken(here, there);
  if (!focused || (focused.isConnected && !focused.hidden)) return;
  const like = [...here.querySelectorAll(focused.localName)].filter((one) => !one.hidden);
  (like.find((one) => isSame(one, focused)) ?? like[0])?.focus();
}

/**
 * Makes an element hold what another does. What both have stays the very element that it was: a button that is replaced
 * while it is pressed would never be clicked.
 */
function liken(here, there) {
  const [known, fresh] = [[...here.childNodes], [...there.childNodes]];
  if (known.length !== fresh.length || !known.every((node, index) => isSame(node, fresh[index]))) {
    here.replaceChildren(...fresh);
    return;
  }
  known.forEach((node, index) => {
    if (node.isEqualNode(fresh[index])) return;
    if (!node.attributes) node.data = fresh[index].data;
    else {
      dress(node, fresh[index]);
      liken(node, fresh[index]);
    }
  });
}

const isSame = (one, other) => nameOf(one) === nameOf(other);

/** Names an element by what it does, whatever it says; a field stays the same with another value. */
const nameOf = ({ nodeName, id, href, name, value }) =>
  [nodeName, id, href, name, nodeName === "BUTTON" && value].join(" ");

/** Gives an element the attributes of another; what was opened by hand stays open. */
function dress(here, there) {
  for (const { name } of [...here.attributes]) {
    if (!there.hasAttribute(name) && name !== "open") here.removeAttribute(name);
  }
  for (const { name, value } of there.attributes) here.setAttribute(name, value);
}
