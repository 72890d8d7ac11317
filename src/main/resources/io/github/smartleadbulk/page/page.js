(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  /** The text of an element, lower case, read once. */
  const texts = new WeakMap();
  const text = (element) => {
    let known = texts.get(element);
    if (known === undefined) {
      known = element.textContent.toLowerCase();
      texts.set(element, known);
    }
    return known;
  };

  const counted = (count, noun) =>
    count.toLocaleString("en").replaceAll(",", "\u202f") + " " + noun + (count === 1 ? "" : "s");

  /** A row is shown if it has all words, or if the group around it has. */
  const search = (area) => {
    const words = area.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const choices = [...area.querySelectorAll("select[data-filter]")].filter((one) => one.value);
    const fits = (element) => choices.every((one) => element.dataset[one.dataset.filter] === one.value);
    const has = (found) => words.every((word) => found.includes(word));
    let shown = 0;
    for (const group of area.querySelectorAll(".group")) {
      const common = [...group.querySelectorAll(".common")].map(text).join(" ");
      let inGroup = 0;
      for (const row of group.querySelectorAll("tbody tr")) {
        const visible = has(common + " " + text(row));
        row.hidden = !visible;
        inGroup += visible ? 1 : 0;
      }
      group.hidden = inGroup === 0 || !fits(group);
      shown += group.hidden ? 0 : inGroup;
    }
    for (const row of area.querySelectorAll("table.searched > tbody > tr")) {
      row.hidden = !fits(row) || !has(text(row));
      shown += row.hidden ? 0 : 1;
    }
    area.querySelector(".found").textContent = counted(shown, area.dataset.noun);
  };

  for (const area of document.querySelectorAll(".searchable")) {
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => search(area), 120);
    };
    area.querySelector("input[type=search]").addEventListener("input", later);
    for (const one of area.querySelectorAll("select[data-filter]")) {
      one.addEventListener("change", () => search(area));
    }
  }

  /** Sorts by a column: numbers by their value, everything else as text. */
  const sort = (header) => {
    const body = header.closest("table").tBodies[0];
    const column = header.cellIndex;
    const up = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentNode.cells) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const rows = [...body.rows].map((row) => [key(row), row]);
    const order = new Intl.Collator("en", { numeric: true });
    rows.sort((one, other) => (up ? 1 : -1) * order.compare(one[0], other[0]));
    body.append(...rows.map((one) => one[1]));
  };

  for (const header of document.querySelectorAll("table.sorted > thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sort(header));
  }

  /**
   * Signatures in frames that can run nothing and load nothing. Hundreds of frames take a gigabyte,
   * so a group gets its own when it is opened, and loses them when it is closed.
   */
  document.addEventListener(
    "toggle",
    (event) => {
      for (const place of event.target.querySelectorAll(":scope > .texts .frame")) {
        const frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "");
        frame.title = place.title;
        frame.srcdoc = place.dataset.srcdoc;
        place.replaceChildren(...(event.target.open ? [frame] : []));
      }
    },
    true
  );

  /** Signatures as they look, or as they are written. */
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const texts = button.closest(".texts");
      texts.classList.toggle("source", button.dataset.show === "source");
      for (const other of button.parentNode.querySelectorAll("[data-show]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    });
  }

  /** A place of a chart or of a heat map tells its figures to a finger and to a pointer. */
  for (const type of ["pointerover", "click"]) {
    document.addEventListener(type, (event) => {
      const spot = event.target.closest?.(".spot");
      const told = spot?.closest("figure")?.querySelector(".told");
      if (told) {
        told.textContent = spot.querySelector("title")?.textContent ?? spot.title;
      }
    });
  }
})();
