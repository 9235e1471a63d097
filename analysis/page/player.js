// Recorded episodes of a report: plays the frames that player.cpp wrote, by mouse and keyboard.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function player(section) {
    const cells = JSON.parse(section.querySelector("script").textContent);
    const find = (selector) => section.querySelector(selector);
    const scene = find("svg.scene"), play = find(".play"), range = find("input[type=range]");
    const choice = { cell: find("select.cell"), episode: find("select.episode") };
    let cell = cells[0], episode = cell.episodes[0], at = 0, timer = null;

    function show(frame) {
      at = Math.max(0, Math.min(frame, episode.frames.length - 1));
      const { moving, words } = episode.frames[at];
      find(".moving").innerHTML = moving;
      find(".trail").innerHTML = episode.frames.slice(0, at + 1).map((each) => each.trail).join("");
      find(".words").textContent = words;
      range.value = at;
      range.setAttribute("aria-valuetext", words);
      scene.dataset.frame = at;
      if (at === episode.frames.length - 1) pause();
    }

    function pause() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
    }

    /** About eight seconds an episode; in calm steps for who wants no motion. */
    function start() {
      if (at === episode.frames.length - 1) show(0);
      const pace = Math.max(25, Math.min(400, 8000 / episode.frames.length));
      timer = setInterval(() => show(at + 1), calm.matches ? 1000 : pace);
      play.textContent = "Pause";
    }

    const toggle = () => (timer ? pause() : start());
    const step = (frames) => { pause(); show(at + frames); };

    function choose() {
      pause();
      episode = cell.episodes[choice.episode.selectedIndex];
      range.max = episode.frames.length - 1;
      scene.setAttribute("aria-label", episode.name);
      find(".ground").innerHTML = episode.ground;
      show(0);
    }

    choice.cell.addEventListener("change", () => {
      cell = cells[choice.cell.selectedIndex];
      const before = choice.episode.selectedIndex;
      choice.episode.replaceChildren(...cell.episodes.map((each) => new Option(each.name)));
      choice.episode.selectedIndex = Math.min(before, cell.episodes.length - 1);
      scene.setAttribute("viewBox", `0 0 ${cell.width} ${cell.height}`);
      scene.setAttribute("width", cell.width);
      scene.setAttribute("height", cell.height);
      choose();
    });
    choice.episode.addEventListener("change", choose);
    play.addEventListener("click", toggle);
    find(".back").addEventListener("click", () => step(-1));
    find(".on").addEventListener("click", () => step(1));
    range.addEventListener("input", () => { pause(); show(Number(range.value)); });
    scene.addEventListener("click", toggle);
    scene.addEventListener("keydown", (event) => {
      const act = { " ": toggle, ArrowLeft: () => step(-1), ArrowRight: () => step(1),
                    Home: () => step(-at), End: () => step(episode.frames.length) }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    choice.cell.parentElement.hidden = cells.length < 2;
    section.querySelectorAll(".bar").forEach((bar) => { bar.hidden = false; });
  }

  document.querySelectorAll(".episodes").forEach(player);
})();
