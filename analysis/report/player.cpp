#include "analysis/report/player.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/html.hpp"
#include "analysis/report/scene_svg.hpp"

namespace seedbed::analysis {

namespace {

// Inks (plugin.h): what never moves lies below, then the trail, then the rest.
constexpr unsigned ink_scene = 0, ink_first_moving = 1, ink_last_moving = 4, ink_trail = 5;
constexpr std::size_t most_components = 6;

std::string plural(std::size_t n, const std::string& word) {
  return std::to_string(n) + " " + word + (n == 1 ? "" : "s");
}

/// Null is what is not finite: JSON has no word for it.
std::string number_in(const Json& json, int digits) {
  return json.is_null() ? "not finite" : fmt::format("{:.{}g}", json.get<double>(), digits);
}

/// "x -0.02 m · x_dot 0.1 m/s"
std::string components_of(const Json& components, const Json& values) {
  std::string words;
  for (std::size_t c = 0; c < std::min(values.size(), most_components); ++c) {
    const std::string unit = components[c]["unit"];
    words += fmt::format(" · {} {}{}", components[c]["name"].get<std::string>(),
                         number_in(values[c], 3), unit.empty() || unit == "1" ? "" : " " + unit);
  }
  return words + (values.size() > most_components ? " · …" : "");
}

std::string words_of(const Json& drawn, const Json& episode, const Json& frame) {
  std::string words =
      fmt::format("step {} of {} · rewards so far {}", frame["step"].get<std::size_t>(),
                  episode["steps"].get<std::size_t>(), number_in(frame["reward_sum"], 4));
  words += components_of(drawn["observation"], frame["observation"]);
  if (frame.contains("action")) return words + components_of(drawn["action"], frame["action"]);
  return words +
         (episode["terminated"].get<bool>() ? " · terminated" : " · cut off at the horizon");
}

/// What player.js plays: per episode its name and the SVG and words of each frame.
Json playable(const CellEpisodes& cell) {
  const SceneSvg svg(cell.drawn["view"]);
  Json episodes = Json::array();
  for (const Json& episode : cell.drawn["episodes"]) {
    Json frames = Json::array();
    for (const Json& frame : episode["frames"])
      frames.push_back({{"moving", svg.marks(frame["picture"], ink_first_moving, ink_last_moving)},
                        {"trail", svg.marks(frame["picture"], ink_trail, ink_trail)},
                        {"words", words_of(cell.drawn, episode, frame)}});
    episodes.push_back(
        {{"name",
          fmt::format("iteration {} · return {} · {}", episode["iteration"].get<std::int64_t>(),
                      number_in(episode["return"], 4),
                      plural(episode["steps"].get<std::size_t>(), "step"))},
         {"ground", svg.marks(episode["frames"][0]["picture"], ink_scene, ink_scene)},
         {"frames", std::move(frames)}});
  }
  return {{"name", cell.cell},
          {"width", svg.width()},
          {"height", svg.height()},
          {"episodes", std::move(episodes)}};
}

std::string options_of(const Json& named) {
  std::string all;
  for (const Json& one : named)
    all += "<option>" + in_html(one["name"].get<std::string>()) + "</option>";
  return all;
}

std::string html_of(const std::string& stage, const Json& cells) {
  const Json &cell = cells[0], &episode = cell["episodes"][0], &frame = episode["frames"][0];
  const int width = cell["width"], height = cell["height"];
  const auto text = [](const Json& json) { return json.get<std::string>(); };
  std::string all = "<section class=\"episodes\" aria-label=\"recorded episodes of " +
                    in_html(stage) + "\">\n<h3>Recorded episodes</h3>\n<p class=\"bar\" hidden>";
  all += "<label>cell <select class=\"cell\">" + options_of(cells) + "</select></label>";
  all += "<label>episode <select class=\"episode\">" + options_of(cell["episodes"]) +
         "</select></label></p>\n";
  all += fmt::format(
      "<svg class=\"scene\" data-frame=\"0\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\" tabindex=\"0\" aria-label=\"{2}\">",
      width, height, in_html(text(episode["name"])));
  all += "<g class=\"ground\">" + text(episode["ground"]) + "</g><g class=\"trail\">" +
         text(frame["trail"]) + "</g><g class=\"moving\">" + text(frame["moving"]) + "</g></svg>\n";
  all +=
      "<p class=\"bar\" hidden><button type=\"button\" class=\"play\">Play</button>"
      "<button type=\"button\" class=\"back\" aria-label=\"one step back\">◂</button>"
      "<button type=\"button\" class=\"on\" aria-label=\"one step on\">▸</button>"
      "<input type=\"range\" min=\"0\" max=\"" +
      std::to_string(episode["frames"].size() - 1) + "\" value=\"0\" aria-label=\"step\"></p>\n";
  all += "<p class=\"note words\">" + in_html(text(frame["words"])) + "</p>\n";
  all += "<script type=\"application/json\">" + in_script(cells.dump()) + "</script>\n";
  return all + "</section>\n";
}

std::string note(const std::string& text) {
  return "<p class=\"note\">" + in_html(text) + "</p>\n";
}

}  // namespace

std::string player(const std::string& stage, const std::vector<CellEpisodes>& cells) {
  Json shown = Json::array();
  std::vector<std::string> notes;
  const auto say = [&](const std::string& text) {
    if (!std::ranges::count(notes, text)) notes.push_back(text);
  };
  for (const CellEpisodes& cell : cells) {
    if (!cell.problem.empty())
      say("Recorded episodes are not shown: " + cell.problem.substr(0, cell.problem.find('\n')));
    else if (!cell.drawn.contains("view"))
      say("Recorded episodes are not shown: the environment " +
          cell.drawn["environment"].get<std::string>() + " does not draw.");
    else
      shown.push_back(playable(cell));
  }
  std::string all = shown.empty() ? "" : html_of(stage, shown);
  for (const std::string& text : notes) all += note(text);
  return all;
}

}  // namespace seedbed::analysis
