// Read aloud, by a voice on this device (Web Speech): other voices would send what is read to their maker.
const TOLD = ["hours", "audience", "booking", "languages"];
const speech = window.speechSynthesis;
let reading = null; // the button whose card is being read

const voices = () => (speech?.getVoices() ?? []).filter((one) => one.localService);
const voice = (language) => voices().find((one) => one.lang.split(/[-_]/)[0].toLowerCase() === language.split("-")[0].toLowerCase());

// Offered where a voice speaks the page's language.
function offer() {
  document.body.classList.toggle("nv-voice", Boolean(voice(document.documentElement.lang)));
}
speech?.addEventListener("voiceschanged", offer);
new MutationObserver(offer).observe(document.documentElement, { attributeFilter: ["lang"] });
offer();

export const aloud = (words) => ({
  name: "nv-read",
  text: words.read,
  act: (card, button) => {
    const was = reading;
    hush();
    if (was?.button === button) return;
    reading = { button, words, name: card.name };
    label(button, words.stop, card.name);
    speak(sentences(card, words), reading);
  },
});

export function hush() {
  speech?.cancel();
  if (reading) label(reading.button, reading.words.read, reading.name);
  reading = null;
}
addEventListener("pagehide", hush);

function label(button, text, name) {
  button.textContent = text;
  button.setAttribute("aria-label", `${text}: ${name}`);
}

// [text, language] of each; names of streets and towns are Danish.
function sentences(card, words) {
  const here = document.documentElement.lang, place = card.details.find(({ key }) => key === "address");
  return [
    [card.name, card.name_language || here], [card.category, here], [card.distance, here], [card.status.text, here],
    [card.place || place?.value, "da"], [card.description, card.description_language || here],
    ...card.marks.map((mark) => [mark, here]),
    ...card.details.filter(({ key }) => TOLD.includes(key)).map(({ label: what, value }) => [`${what}: ${value}`, here]),
    ...card.phones.flatMap(({ href, note }) => [[words.phone, here], [digits(href), here], [note, here]]),
  ].map(([text, language]) => [(text ?? "").replace(/\p{Extended_Pictographic}|\p{So}|\uFE0F/gu, "").trim(), language]).filter(([text]) => text);
}

// One by one, as they are dialled in Denmark.
const digits = (href) => [...href.replace(/^tel:(\+45)?/, "")].join(" ");

function speak(told, mine) {
  const here = voice(document.documentElement.lang);
  told.forEach(([text, language], index) => {
    const one = new SpeechSynthesisUtterance(text);
    one.voice = voice(language) ?? here;
    one.lang = one.voice.lang;
    one.onerror = one.onend = () => { if (reading === mine && index === told.length - 1) hush(); };
    speech.speak(one);
  });
}
