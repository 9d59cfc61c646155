// What a person can do with any card, wherever it is drawn.
import { say } from "./dom.js";
import { drop, isKept, keep, kept } from "./kept.js";

export function keeping(words) {
  return {
    name: "nv-keep",
    text: words.keep,
    pressed: (card) => isKept(card.id),
    act: (card, pressed) => {
      const was = isKept(card.id), done = was ? drop(card.id) : keep(card);
      if (done) mark(pressed, !was);
      say(done ? (was ? words.dropped : words.kept).replace("{count}", kept().length) : words.full);
    },
  };
}

function mark(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

// The same card may stand in the list, in the sheet over the map and in another tab.
export function markKept(root) {
  for (const button of root.querySelectorAll(".nv-card .nv-keep")) mark(button, isKept(button.closest(".nv-card").dataset.id));
}
