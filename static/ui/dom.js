// What the scripts here share. Text from data goes in by textContent only.
export function element(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content.filter((one) => one !== "" && one !== null && one !== undefined));
  return node;
}

export function button(className, text, action) {
  const node = element("button", className, text);
  node.type = "button";
  node.onclick = action;
  return node;
}

export function link(href, text, external) {
  const a = element("a", "", text);
  a.href = href;
  if (external) {
    a.target = "_blank";
    a.rel = "noopener noreferrer";
    a.referrerPolicy = "no-referrer";
  }
  return a;
}

let speaking = 0;

// Told to those who hear the page. Emptied first, so that the same words are told again.
export function say(text) {
  const said = document.getElementById("nv-said");
  if (!said) return;
  said.textContent = "";
  clearTimeout(speaking);
  speaking = setTimeout(() => { said.textContent = text; }, 100);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
