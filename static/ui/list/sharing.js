// A list is shared by a link, a code to scan, or whatever the device offers; nothing of it goes through a server.
import { button, element, say } from "../dom.js";
import { drawCode, write } from "./link.js";

// A button, the panel that it opens, and the code for paper; `items` gives the list as it is then.
export function sharing(words, items) {
  const panel = element("div", "nv-sharing"), paper = element("div", "nv-code nv-on-paper");
  panel.hidden = true;
  const open = button("nv-share", words.share, () => {
    panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) fill(panel, words, items());
  });
  open.setAttribute("aria-expanded", "false");
  addEventListener("beforeprint", () => { if (paper.isConnected) paper.replaceChildren(drawCode(write(items(), { notes: false }), words.code) ?? ""); });
  return [open, panel, paper];
}

function fill(panel, words, items) {
  const field = element("input"), code = element("div", "nv-code"), notes = element("input");
  Object.assign(field, { type: "text", readOnly: true });
  field.onfocus = () => field.select();
  notes.type = "checkbox";
  const show = () => {
    field.value = write(items, { notes: notes.checked });
    code.replaceChildren(drawCode(field.value, words.code) ?? element("p", "nv-note", words.too_long));
  };
  notes.onchange = show;
  show();
  const copy = button("nv-copy", words.copy, async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      say(words.copied);
      copy.textContent = words.copied;
    } catch {
      field.focus();
    }
  });
  const send = navigator.share ? button("nv-send", words.send, () => navigator.share({ url: field.value }).catch(() => {})) : "";
  panel.replaceChildren(
    items.some((one) => one.note) ? element("label", "nv-switch", notes, element("span", "", words.with_notes)) : "",
    element("label", "nv-link", words.link, field), element("div", "nv-actions", copy, send),
    element("p", "nv-note", words.share_note), code);
}
