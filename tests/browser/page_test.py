"""index.html, opened from disk in headless Chromium: what a reader sees and can do."""
import json
import re
import sys
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common import utils
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    print("skipped: expected python3-selenium, got none")
    sys.exit(77)

from program import Program


class Driver(Service):
    """Reached by its address: a bare system may not know the name localhost."""

    @property
    def service_url(self):
        return f"http://127.0.0.1:{self.port}"

    def is_connectable(self):
        return utils.is_connectable(self.port, "127.0.0.1")


def browser():
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--remote-debugging-pipe", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Driver(), options=options)


class Page(Program):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def setUp(self):
        super().setUp()
        self.suite.write_text(self.suite.read_text().replace("[1e-4, 1e-3]", "[1e-7, 1e-6]"))
        self.seedbed("run", self.suite, "--output", "out", "-q")
        self.seedbed("report", "out")
        for log in ("browser", "performance"):
            self.browser.get_log(log)  # what the last test left
        self.theme("light")
        self.browser.get((self.folder / "out/report/index.html").as_uri())
        self.wait(lambda b: self.root("data-drawn"))

    def wait(self, condition):
        return WebDriverWait(self.browser, 30).until(condition)

    def root(self, attribute):
        return self.browser.find_element(By.TAG_NAME, "html").get_attribute(attribute)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def theme(self, scheme):
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def ground(self):
        return self.browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    def marks(self, figure, kind="mark-line"):
        """Lines that can be seen."""
        paths = self.all(f"figure[data-figure={figure}] .{kind} path")
        return [p for p in paths if (p.get_attribute("d") or "M0,0Z") != "M0,0Z"
                and p.get_attribute("stroke") not in (None, "none", "transparent")]

    def test_nothing_is_asked_of_a_network_and_the_console_is_silent(self):
        self.browser.find_element(By.ID, "theme").click()
        self.wait(lambda b: self.root("data-drawn") == "dark")
        self.assertEqual(self.browser.get_log("browser"), [])
        asked = [json.loads(entry["message"])["message"]["params"]["request"]["url"]
                 for entry in self.browser.get_log("performance")
                 if "Network.requestWillBeSent\"" in entry["message"]]
        self.assertTrue(asked)
        self.assertEqual([u for u in asked if not re.match("(file|data|blob):", u)], [])

    def test_it_answers_first_and_every_figure_has_marks_a_name_and_a_footer(self):
        heading = self.all("main h2")[0].text
        self.assertEqual(heading, "Answer")
        self.assertRegex(self.all("p.answer")[0].text, "highest final return.* over 4 replicates")
        figures = self.all("figure[data-figure]")
        self.assertGreaterEqual(len(figures), 3)
        for figure in figures:
            with self.subTest(figure=figure.get_attribute("id")):
                shapes = figure.find_elements(
                    By.CSS_SELECTOR, ".plot svg .role-mark path, .plot svg .role-mark line")
                self.assertTrue(shapes)
                self.assertTrue(figure.get_attribute("aria-label"))
                self.assertRegex(figure.find_element(By.TAG_NAME, "figcaption").text,
                                 "seed 7.*suite [0-9a-f]{8}")

    def test_a_series_of_the_legend_can_be_hidden_by_mouse_and_by_keyboard(self):
        name = self.all("figure[data-figure]")[0].get_attribute("data-figure")
        buttons = self.all(f"figure[data-figure={name}] .legend button")
        self.assertGreaterEqual(len(buttons), 2)
        self.assertEqual(self.all(f"figure[data-figure={name}] .plot .role-legend"), [])
        before = len(self.marks(name))
        buttons[0].click()
        self.wait(lambda b: len(self.marks(name)) < before)
        self.assertEqual(buttons[0].get_attribute("aria-pressed"), "false")
        buttons[0].send_keys(Keys.SPACE)
        self.wait(lambda b: len(self.marks(name)) == before)
        self.assertEqual(buttons[0].get_attribute("aria-pressed"), "true")
        box = self.all(f"figure[data-figure={name}] .plot input[type=checkbox]")[0]
        box.click()  # single replicates
        self.wait(lambda b: len(self.marks(name)) > before)

    def test_tables_sort_by_number_and_back(self):
        table = self.all("table.sortable")[0]
        header = next(h for h in table.find_elements(By.TAG_NAME, "th") if h.text == "final return")
        column = table.find_elements(By.TAG_NAME, "th").index(header)

        def values():
            return [float(row.find_elements(By.TAG_NAME, "td")[column].get_attribute("data-value"))
                    for row in table.find_elements(By.CSS_SELECTOR, "tbody tr")]
        before = values()
        header.find_element(By.TAG_NAME, "button").click()
        self.assertEqual(values(), sorted(before))
        self.assertEqual(header.get_attribute("aria-sort"), "ascending")
        header.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
        self.assertEqual(values(), sorted(before, reverse=True))
        self.assertEqual(header.get_attribute("aria-sort"), "descending")

    def test_an_episode_plays_and_steps_by_mouse_and_by_keyboard(self):
        episodes = self.all("section.episodes")[0]

        def find(selector):
            return episodes.find_element(By.CSS_SELECTOR, selector)
        scene, steps = find("svg.scene"), find("input[type=range]")

        def frame():
            return int(scene.get_attribute("data-frame"))
        last = int(steps.get_attribute("max"))
        self.assertEqual((frame(), last), (0, 10))
        self.browser.execute_script("arguments[0].scrollIntoView()", episodes)
        before = find(".moving").get_attribute("innerHTML")
        find(".play").click()
        self.wait(lambda b: frame() > 1)
        self.assertNotEqual(find(".moving").get_attribute("innerHTML"), before)
        self.wait(lambda b: frame() == last and find(".play").text == "Play")  # stops at the end
        self.assertEqual(len(find(".trail").find_elements(By.CSS_SELECTOR, "*")), last + 1)
        find(".back").click()
        self.assertEqual(frame(), last - 1)
        steps.send_keys(Keys.HOME)
        self.assertEqual(frame(), 0)
        scene.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.assertEqual(frame(), 2)
        self.assertIn("step 2 of 10", find(".words").text)
        self.assertIn("step 2 of 10", steps.get_attribute("aria-valuetext"))
        scene.send_keys(Keys.SPACE)
        self.wait(lambda b: frame() > 2)
        scene.send_keys(Keys.SPACE)
        self.assertEqual(find(".play").text, "Play")
        cells = find("select.cell")
        cells.send_keys(Keys.ARROW_DOWN)
        self.wait(lambda b: frame() == 0)
        self.assertEqual(self.browser.get_log("browser"), [])

    def test_dark_comes_from_the_system_or_the_button_and_reaches_the_figures(self):
        self.assertEqual(self.ground(), "rgb(255, 255, 255)")
        self.theme("dark")
        self.wait(lambda b: self.root("data-drawn") == "dark")
        self.assertEqual(self.ground(), "rgb(20, 23, 26)")
        for plot in self.all("figure[data-figure] .plot svg.marks"):
            self.assertEqual(plot.value_of_css_property("background-color"), "rgba(20, 23, 26, 1)")
        self.browser.find_element(By.ID, "theme").click()
        self.wait(lambda b: self.root("data-drawn") == "light")
        self.assertEqual(self.ground(), "rgb(255, 255, 255)")


if __name__ == "__main__":
    unittest.main()
