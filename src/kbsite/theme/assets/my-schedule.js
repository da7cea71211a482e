// The sessions with a star, by day and hour, with what clashes, and one calendar file of them all.
import { button, isId, make, number, root, star, starred, watch } from "./stars.js";

const HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kbsite//EN\r\n";
const NOT_HELD = /^(Cancelled|Withdrawn)/;

/** The sessions of an event by their stems; none if there is no such event any more. */
const files = new Map();
function timetable(event) {
  if (!files.has(event)) {
    const asked = fetch(new URL(`events/${encodeURIComponent(event)}/sessions.json`, root)).then((answer) => {
      if (answer.status === 404) return { event, sessions: {} };
      if (!answer.ok) throw new Error(answer.url);
      return answer.json();
    });
    files.set(event, asked);
    // To fetch it again the next time
    asked.catch(() => files.delete(event));
  }
  return files.get(event);
}

async function found(id) {
  const [event, stem] = id.split("/");
  const { event: name, sessions } = await timetable(event);
  const path = `sessions/${id}/`;
  const [title, who = "", begins = "", ends = "", room = "", status = "", calendar] = Object.hasOwn(sessions, stem) ? sessions[stem] : [];
  const timed = begins.includes("T");
  const from = timed ? Date.parse(begins) : NaN;
  return {
    id, event, name, path, title, who, begins, room, status, from,
    until: ends.includes("T") ? Date.parse(ends) : from + 6e4,
    day: begins.slice(0, 10),
    hours: timed ? begins.slice(11, 16) + (ends.includes("T") ? `–${ends.slice(11, 16)}` : "") : "",
    calendar: calendar && path + calendar,
  };
}

const link = (path, text) => make("a", { href: new URL(path, root).href, dir: "auto" }, text);
const press = (text, onclick) => make("button", { className: "kb-button", type: "button", onclick }, text);
const meta = (...children) => make("p", { className: "kb-meta" }, ...children);
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function row(session, clashes) {
  const { id, path, title, who, hours, room, status } = session;
  const gone = title === undefined;
  const head = make("p", { className: "kb-session__title" }, link(path, gone ? id.split("/")[1] : title));
  if (status) head.append(" ", make("span", { className: "kb-label kb-label--status" }, status));
  const more = gone
    ? meta("This session is not here any more. Its link may lead to where it is now.")
    : meta(make("b", {}, hours), hours && (who || room) ? " · " : "", [who, room].filter(Boolean).join(" · "));
  const item = make("li", { className: "kb-session" }, head, more);
  if (clashes.length) {
    const others = clashes.flatMap((other, at) => [at ? ", " : "", link(other.path, other.title)]);
    item.append(make("p", { className: "kb-clash" }, "Clashes with ", ...others));
  }
  item.append(button(id, gone ? id : title));
  return item;
}

function groups(list, key) {
  const out = new Map();
  for (const each of list) out.set(key(each), [...(out.get(key(each)) ?? []), each]);
  return [...out];
}

function listing(sessions) {
  const takes = sessions.filter(({ from, status }) => from && !NOT_HELD.test(status));
  const clashing = (one) =>
    takes.includes(one) ? takes.filter((other) => other !== one && other.from < one.until && one.from < other.until) : [];
  return groups(sessions, ({ event }) => event).flatMap(([event, held]) => [
    make("h2", {}, link(`events/${event}/`, held[0].name)),
    ...groups(held, ({ day }) => day).flatMap(([day, own]) => [
      make("h3", {}, day ? weekday.format(new Date(day)).replace(",", "") : "Day not known"),
      make("ul", { className: "kb-sessions kb-list" }, ...own.map((each) => row(each, clashing(each)))),
    ]),
  ]);
}

/** One file of the calendars of some sessions. */
async function calendar(sessions) {
  const texts = await Promise.all(sessions.map(async ({ calendar }) => {
    const answer = await fetch(new URL(calendar, root));
    if (!answer.ok) throw new Error(answer.url);
    return /BEGIN:VEVENT\r\n[^]*END:VEVENT\r\n/.exec(await answer.text())[0];
  }));
  return new Blob([HEAD, ...texts, "END:VCALENDAR\r\n"], { type: "text/calendar" });
}

const status = make("p", { className: "kb-meta", role: "status" });
async function save(sessions) {
  try {
    const file = URL.createObjectURL(await calendar(sessions));
    make("a", { href: file, download: "my-schedule.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
    status.textContent = `Saved ${number(sessions.length, "session")}.`;
  } catch {
    status.textContent = "The calendar could not be made: a part of it was not to be had. Are you online?";
  }
}
async function share(ids) {
  const address = new URL(`#${ids.map(encodeURI).join(",")}`, location.href).href;
  status.textContent = await navigator.clipboard.writeText(address).then(
    () => "Copied a link to these sessions: on another device, or for somebody else.",
    () => "The link could not be copied.",
  );
}

function own() {
  history.pushState(null, "", location.pathname);
  draw();
}

/** The sessions that the address names, which somebody shared. */
function shared() {
  try {
    return [...new Set(location.hash.slice(1).split(",").map(decodeURIComponent).filter(isId))];
  } catch {
    return []; // a link that came broken names none
  }
}
// What was taken from the list is given back from here
let before = [];

let turn = 0;
async function draw() {
  const place = document.getElementById("kb-mine");
  if (!place) return;
  turn += 1;
  const mine = turn;
  const given = shared();
  const ids = given.length ? given : [...starred()];
  let sessions;
  try {
    sessions = await Promise.all(ids.map(found));
  } catch {
    place.replaceChildren("The sessions could not be loaded.");
    return;
  }
  if (mine !== turn) return;
  // Newest event first; those of a day by the hour, and those that are gone last
  const last = (event) => sessions.filter((each) => each.event === event).map(({ begins }) => begins).sort().pop();
  // Where clocks go back, an hour that reads earlier may come later; what has no hour has no instant
  const sooner = (a, b) => (a.from || -Infinity) - (b.from || -Infinity) || 0;
  sessions.sort((a, b) =>
    (a.event === b.event ? 0 : last(b.event).localeCompare(last(a.event)) || a.event.localeCompare(b.event)) ||
    !a.title - !b.title || !a.day - !b.day || a.day.localeCompare(b.day) || sooner(a, b) || a.room.localeCompare(b.room));
  const inCalendar = sessions.filter(({ calendar }) => calendar);
  const stars = starred();
  const fresh = ids.filter((id) => !stars.has(id));
  const taken = given.length ? [] : before.filter((id) => !stars.has(id));
  before = given.length ? [] : ids.concat(taken);
  const ways = make("p", { className: "kb-ways" });
  if (fresh.length) ways.append(press(`Star all ${ids.length}`, () => star(ids)));
  if (inCalendar.length) ways.append(press(`Calendar file of ${number(inCalendar.length, "session")}`, () => save(inCalendar)));
  if (ids.length && !given.length && navigator.clipboard) ways.append(press("Copy a link to this list", () => share(ids)));
  const said = [];
  if (given.length) said.push(meta("Somebody shared these sessions with you. ", press("Show those with your stars", own)));
  else if (!ids.length) said.push(make("p", {}, "No session has your star yet. Press the star beside a session in a schedule, or on its own page, and it will be here."));
  else said.push(meta("Kept in this browser, and nowhere else. Times are those of the event."));
  if (taken.length) said.push(make("p", { className: "kb-meta" }, `Took ${number(taken.length, "session")} from the list. `, press("Undo", () => star(taken))));
  const left = sessions.length - inCalendar.length;
  if (left && inCalendar.length) said.push(meta(`${number(left, "session")} without an hour, or not held, will not be in the calendar file.`));
  const focused = document.activeElement?.dataset?.kbStar;
  place.replaceChildren(...said, ways, status, ...listing(sessions));
  place.parentElement.querySelector(".kb-none").hidden = ids.length > 0;
  if (focused) (place.querySelector(`[data-kb-star="${CSS.escape(focused)}"]`) ?? place.querySelector("button"))?.focus();
}

watch(draw);
addEventListener("hashchange", draw);

// With navigation.instant the theme puts pages in the place of others
function begin() {
  status.textContent = "";
  before = [];
  draw();
}
if (window.document$) document$.subscribe(begin);
else begin();
