// Everything works without this file; it makes waiting livelier and shows times in the reader's own zone.
"use strict";

for (const time of document.querySelectorAll("time")) {
  const moment = new Date(time.dateTime);
  time.title = time.textContent;
  time.textContent = moment.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

const waiting = document.querySelector("[data-events]");
if (waiting) {
  const events = new EventSource(waiting.dataset.events);
  const bar = waiting.querySelector("progress");
  const stage = waiting.querySelector("[data-stage]");
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    bar.value = now.share;
    if (now.stage) stage.textContent = now.stage[waiting.dataset.language];
    if (now.state !== "queued" && now.state !== "running") {
      events.close();
      location.reload();
    }
  };
}
