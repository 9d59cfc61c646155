// The choice of what to print: which cards, whether it says where one searched from, in which language.
import { carry } from "./carried.js";
import { button, element } from "./dom.js";

export function printing({ data, parentElement }) {
  const root = parentElement.querySelector(".nv-printing"), { cards, origin, distances, measured, numbers, languages, language, labels } = data;
  const boxes = cards.map(({ id, name, ticked }) => {
    const box = element("input");
    Object.assign(box, { type: "checkbox", value: id, checked: ticked });
    return box;
  });
  const all = element("fieldset", "", element("legend", "", labels.which),
    ...boxes.map((box, at) => element("label", "nv-switch", box, element("bdi", "", cards[at].name))));
  const from = element("input"), choice = element("select");
  from.type = "checkbox";
  for (const { code, name } of languages) {
    const one = element("option", "", name);
    one.value = one.lang = code;
    one.selected = code === language;
    choice.append(one);
  }
  const open = button("nv-go", "", () => {
    const chosen = boxes.filter((box) => box.checked), hash = new URLSearchParams(chosen.map((box) => ["c", box.value]));
    carry({ numbers, ...(from.checked ? { from: origin, distances, measured } : {}) });
    location.assign(`${document.body.dataset.base}/handout?lang=${encodeURIComponent(choice.value)}#${hash}`);
  });
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    open.textContent = labels.open.replace("{count}", number);
    open.disabled = !number;
  };
  for (const box of boxes) box.onchange = count;
  count();
  root.replaceChildren(all, origin ? element("label", "nv-switch", from, element("span", "", labels.from)) : "",
    element("label", "nv-tongue", labels.language, " ", choice), open);
}
