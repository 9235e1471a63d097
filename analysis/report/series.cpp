#include "analysis/report/series.hpp"

namespace seedbed::analysis {

namespace {

Json channel(const Series& series, const Json& range) {
  Json scale{{"domain", series.labels}};
  if (!range.is_null()) scale["range"] = range;
  Json encoding{
      {"field", "series"}, {"type", "nominal"}, {"title", series.title}, {"scale", scale}};
  encoding["legend"] =
      series.labels.size() < 2
          ? Json()
          : Json{{"symbolType", series.is_marks ? "circle" : "stroke"}, {"symbolOpacity", 1}};
  return encoding;
}

}  // namespace

Json Series::colour() const {
  return channel(*this, nullptr);
}

Json Series::dash() const {
  static const Json dashes = {{1, 0}, {7, 3}, {2, 2}, {9, 3, 2, 3}, {5, 2, 1, 2}, {12, 3}, {4, 1}};
  Json range = Json::array();
  for (std::size_t i = 0; i < labels.size(); ++i) range.push_back(dashes[(i + 3 * (i / 7)) % 7]);
  return channel(*this, range);
}

Json Series::shape() const {
  static const Json shapes = {"circle",        "square",         "triangle-up", "diamond",
                              "triangle-down", "triangle-right", "cross"};
  Json range = Json::array();
  for (std::size_t i = 0; i < labels.size(); ++i) range.push_back(shapes[(i + 3 * (i / 7)) % 7]);
  return channel(*this, range);
}

Json Series::meta() const {
  if (labels.size() < 2) return nullptr;
  return {{"title", title}, {"labels", labels}};
}

Json hidden_parameter() {
  return {{"name", "hidden"}, {"value", Json::array()}};
}

Json shown_only() {
  return {{"filter", "indexof(hidden, datum.series) < 0"}};
}

Json look() {
  return {{"background", "#ffffff"},
          {"font", "system-ui, 'DejaVu Sans', Helvetica, sans-serif"},
          {"view", {{"stroke", "#888888"}}},
          {"range",
           {{"category",
             {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"}}}},
          {"axis",
           {{"labelFontSize", 11},
            {"titleFontSize", 12},
            {"titleFontWeight", "normal"},
            {"gridColor", "#e4e4e4"},
            {"domainColor", "#888888"},
            {"tickColor", "#888888"},
            {"labelLimit", 320}}},
          {"header",
           {{"labelFontSize", 12},
            {"titleFontSize", 12},
            {"titleFontWeight", "normal"},
            {"labelLimit", 420}}},
          {"legend",
           {{"orient", "top"},
            {"columns", 3},
            {"labelLimit", 320},
            {"symbolSize", 160},
            {"symbolStrokeWidth", 2},
            {"labelFontSize", 12},
            {"titleFontSize", 12},
            {"titleFontWeight", "normal"}}},
          {"title",
           {{"orient", "bottom"},
            {"anchor", "start"},
            {"offset", 14},
            {"fontSize", 13},
            {"subtitleFontSize", 11},
            {"subtitlePadding", 6},
            {"subtitleColor", "#444444"}}}};
}

}  // namespace seedbed::analysis
