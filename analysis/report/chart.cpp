#include "analysis/report/chart.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/scale.hpp"

namespace seedbed::analysis {

namespace {

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

/// The different values of a member over all readings, in the order that they come.
std::vector<std::string> distinct(const Chart& chart, std::string Reading::*member) {
  std::vector<std::string> texts;
  for (const Quantity& quantity : chart.quantities)
    for (const Reading& reading : quantity.readings) add_once(texts, reading.*member);
  return texts;
}

Scale scale_of(const Quantity& quantity) {
  std::vector<double> values;
  if (quantity.level) values.push_back(quantity.level->value);
  for (const Reading& r : quantity.readings) {
    values.insert(values.end(), {r.value, r.low, r.high, r.exact});
    values.insert(values.end(), r.replicates.begin(), r.replicates.end());
  }
  return quantity.is_size ? Scale::logarithmic(values) : Scale::over(values);
}

/// Marks, intervals, exact values and replicates, of all quantities.
Points points_of(const Chart& chart) {
  Points points({{"quantity", false},
                 {"cell", false},
                 {"series", false},
                 {"along", false},
                 {"kind", false},
                 {"value", true},
                 {"lower", true},
                 {"upper", true}});
  const auto cells = distinct(chart, &Reading::cell);
  for (const Quantity& quantity : chart.quantities) {
    const Scale scale = scale_of(quantity);
    const auto add = [&](const Reading& r, const char* kind, double value, double low,
                         double high) {
      if (!std::isfinite(value) || (scale.kind() == Scale::Kind::log && value <= 0)) return;
      const auto inside = [&](double x) { return std::clamp(x, scale.low(), scale.high()); };
      points.add(
          {quantity.title, r.cell, r.series, r.along, kind, value, inside(low), inside(high)});
    };
    for (const Reading& r : quantity.readings) {
      add(r, "mean", r.value, r.low, r.high);
      add(r, "exact", r.exact, NAN, NAN);
      for (const double x : r.replicates) add(r, "replicate", x, NAN, NAN);
    }
    for (const std::string& cell : cells)
      if (quantity.level) add({"", cell, "", 0, 0, 0}, "level", quantity.level->value, NAN, NAN);
  }
  return points;
}

Json tooltip(const std::string& title) {
  const auto number = [](const char* field, const std::string& name) {
    return Json{{"field", field}, {"type", "quantitative"}, {"title", name}, {"format", ".5~g"}};
  };
  return {{{"field", "series"}, {"title", "of"}},
          {{"field", "cell"}, {"title", "at"}},
          {{"field", "along"}, {"title", "along"}},
          number("value", title),
          number("lower", "from"),
          number("upper", "to")};
}

Json place_along(const Along& along) {
  Json place{{"field", "along"},
             {"type", "ordinal"},
             {"title", along.title},
             {"sort", along.labels},
             {"axis", {{"labelAngle", 0}}}};
  if (!along.is_number) return place;
  std::vector<double> values;
  for (const std::string& label : along.labels) values.push_back(std::stod(label));
  const auto [least, most] = std::ranges::minmax(values);  // sizes double: a decade is enough
  const bool is_log = least > 0 && most >= 10 * least;
  place =
      (is_log ? Scale::logarithmic(values) : Scale::over(values)).encoding("along", along.title);
  place["axis"] = {{"values", values}};
  return place;
}

/// The layers of one plot: value on one axis, series or `along` on the other.
Json layers_of(const Chart& chart, const Quantity& quantity, const Series& series, bool is_first) {
  const char *value = chart.along ? "y" : "x", *other = chart.along ? "x" : "y";
  const Json scale = scale_of(quantity).encoding("value", quantity.title);
  Json lower = scale, place, colour = series.colour(), shape = series.shape();
  lower["field"] = "lower";
  if (chart.along) {
    place = place_along(*chart.along);
  } else {
    place = {{"field", "series"},
             {"type", "nominal"},
             {"title", nullptr},
             {"sort", series.labels},
             {"axis", {{"labels", is_first}, {"ticks", false}}}};
    colour["legend"] = shape["legend"] = nullptr;
  }
  const Json end = {{"field", "upper"}};
  const std::string value2 = std::string(value) + "2";
  Json layers = {
      layer("replicate", {{"type", "tick"}, {"thickness", 1}, {"opacity", 0.6}, {"size", 12}},
            {{value, scale}, {other, place}, {"color", colour}}),
      layer("level", {{"type", "rule"}, {"strokeDash", {1, 3}}, {"color", "#888888"}},
            {{value, scale}}),
      layer("mean", {{"type", "rule"}, {"strokeWidth", 2}},
            {{value, lower}, {value2, end}, {other, place}, {"color", colour}}),
      layer("mean", {{"type", "point"}, {"filled", true}, {"size", 70}, {"opacity", 1}},
            {{value, scale},
             {other, place},
             {"color", colour},
             {"shape", shape},
             {"tooltip", tooltip(quantity.title)}}),
      layer("exact",
            {{"type", "point"},
             {"shape", "cross"},
             {"angle", 45},
             {"size", 110},
             {"filled", false},
             {"strokeWidth", 1.5},
             {"color", "#888888"}},
            {{value, scale}, {other, place}})};
  if (chart.along)
    layers.insert(
        layers.begin() + 2,
        layer("mean", {{"type", "line"}, {"strokeWidth", 1.5}},
              {{value, scale}, {other, place}, {"color", colour}, {"strokeDash", series.dash()}}));
  return layers;
}

int width_of(const Chart& chart) {
  return chart.quantities.size() > 2 ? 230 : chart.quantities.size() == 2 ? 300 : 480;
}

/// One plot, or a column of plots with one per cell.
Json column_of(const Chart& chart, const Quantity& quantity, const Series& series,
               const std::vector<std::string>& cells, bool is_first) {
  Json plot{{"width", width_of(chart)},
            {"height", chart.along ? Json(200) : Json{{"step", 22}}},
            {"layer", layers_of(chart, quantity, series, is_first)}};
  Json column{{"transform", {{{"filter", "datum.quantity == " + Json(quantity.title).dump()}}}}};
  if (cells.size() < 2) {
    column.update(plot);
    return column;
  }
  Json header{{"title", nullptr}, {"labelOrient", "top"}, {"labelAnchor", "start"}};
  if (!is_first) header["labels"] = false;
  column["facet"] = {
      {"row", {{"field", "cell"}, {"type", "nominal"}, {"sort", cells}, {"header", header}}}};
  column["spec"] = plot;
  return column;
}

}  // namespace

bool Chart::empty() const {
  return std::ranges::all_of(quantities, [](const Quantity& quantity) {
    return std::ranges::none_of(quantity.readings,
                                [](const Reading& r) { return std::isfinite(r.value); });
  });
}

Figure Chart::figure(Figure figure) const {
  Series series{series_title, distinct(*this, &Reading::series), !along};
  const auto cells = distinct(*this, &Reading::cell);
  Json columns = Json::array();
  std::vector<std::string> notes;
  for (const Quantity& quantity : quantities) {
    columns.push_back(column_of(*this, quantity, series, cells, columns.empty()));
    if (quantity.level) notes.push_back("Dotted: " + quantity.level->label + ".");
  }
  const auto any = [&](auto&& has) {
    return std::ranges::any_of(quantities, [&](const Quantity& quantity) {
      return std::ranges::any_of(quantity.readings, has);
    });
  };
  if (any([](const Reading& r) { return std::isfinite(r.exact); }))
    notes.push_back("Crosses: exact values, from the oracle.");
  if (any([](const Reading& r) { return !r.replicates.empty(); }))
    notes.push_back("Small ticks: single replicates.");
  figure.notes.insert(figure.notes.begin(), notes.begin(), notes.end());
  return make_figure(std::move(figure), points_of(*this),
                     {{"params", {hidden_parameter()}},
                      {"transform", {shown_only()}},
                      {"usermeta", {{"series", along ? series.meta() : Json()}}},
                      {"hconcat", columns},
                      {"spacing", 26}});
}

}  // namespace seedbed::analysis
