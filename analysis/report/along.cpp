#include <algorithm>

#include "analysis/report/chart.hpp"

namespace seedbed::analysis {

namespace {

bool is_number(const std::string& text) {
  if (text.empty()) return false;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0';
}

bool is_numeric(const Axis& axis) {
  return std::ranges::all_of(axis.labels, is_number);
}

}  // namespace

std::optional<std::size_t> axis_along(const Stage& stage) {
  const auto found = [&](auto&& fits) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < stage.axes.size(); ++i)
      if (stage.axes[i].labels.size() > 1 && fits(stage.axes[i])) return i;
    return std::nullopt;
  };
  if (const auto batch = found(
          [](const Axis& axis) { return axis.name.ends_with("episodes") && is_numeric(axis); }))
    return batch;
  if (const auto checkpoint = found([](const Axis& axis) { return axis.name == "checkpoint"; }))
    return checkpoint;
  return found([](const Axis& axis) { return axis.labels.size() > 2 && is_numeric(axis); });
}

Along along_axis(const Axis& axis) {
  const bool is_batch = axis.name.ends_with("episodes");
  return {is_batch ? axis.name + " (batch size)" : axis.name, axis.labels, is_numeric(axis)};
}

std::string cell_label(const Stage& stage, std::size_t cell,
                       const std::vector<std::size_t>& without) {
  const auto place = stage.place(cell);
  std::string label;
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Axis& axis = stage.axes[i];
    if (axis.labels.size() < 2 || std::ranges::count(without, i)) continue;
    label += (label.empty() ? "" : ", ") + axis.name + " = " + axis.labels[place[i]];
  }
  return label;
}

}  // namespace seedbed::analysis
