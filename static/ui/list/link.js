// A list in a link: behind the #, which browsers send to no server.
import { correction, generate } from "./lean-qr.mjs";

const MOST = 200, LONGEST_NOTE = 500;

export function write(items, { notes, page = "" }) {
  const told = new URLSearchParams();
  for (const { card } of items) told.append("c", card.id);
  if (notes) for (const { note } of items) told.append("n", note);
  const here = new URL(location.href);
  const path = page ? `${document.body.dataset.base}/${page}` : here.pathname;
  return `${here.origin}${path}?lang=${encodeURIComponent(document.documentElement.lang)}#${told}`;
}

// [{ id, note }] of the link that the page was opened with, each once; null where it has none.
export function read() {
  if (location.hash.length < 2) return null;
  const told = new URLSearchParams(location.hash.slice(1)), notes = told.getAll("n"), found = new Map();
  told.getAll("c").slice(0, MOST).forEach((id, index) => { if (id && !found.has(id)) found.set(id, (notes[index] ?? "").slice(0, LONGEST_NOTE)); });
  return [...found].map(([id, note]) => ({ id, note }));
}

const SVG = "http://www.w3.org/2000/svg";

// The code as a picture, black on white whatever the page's colours; null where the text is too long for one.
export function drawCode(text, name) {
  let code;
  try {
    code = generate(text, { minCorrectionLevel: correction.L });
  } catch {
    return null;
  }
  const svg = document.createElementNS(SVG, "svg"), dark = document.createElementNS(SVG, "path"), edge = 4;
  const squares = [];
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) squares.push(`M${x},${y}h1v1h-1z`);
  svg.setAttribute("viewBox", `${-edge} ${-edge} ${code.size + 2 * edge} ${code.size + 2 * edge}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  svg.setAttribute("shape-rendering", "crispEdges");
  dark.setAttribute("d", squares.join(""));
  svg.append(dark);
  return svg;
}
