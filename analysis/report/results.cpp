#include "analysis/report/results.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "analysis/report/row.hpp"
#include "store/statistic.hpp"

namespace seedbed::analysis {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
}

std::size_t Stage::cells() const {
  std::size_t count = 1;
  for (const Axis& axis : axes) count *= axis.labels.size();
  return count;
}

std::vector<std::size_t> Stage::place(std::size_t cell) const {
  std::vector<std::size_t> at(axes.size());
  for (std::size_t i = axes.size(); i-- > 0; cell /= axes[i].labels.size())
    at[i] = cell % axes[i].labels.size();
  return at;
}

std::string Stage::label(std::size_t cell) const {
  const auto at = place(cell);
  std::string text;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (!text.empty()) text += ", ";
    text += axes[i].name + " " + axes[i].labels[at[i]];
  }
  return text.empty() ? name : text;
}

Results::Results(const std::filesystem::path& results_h5) : reader_(results_h5) {
  title_ = reader_.text_attribute("/", "title").value_or("");
  suite_hash_ = reader_.text_attribute("/", "suite_hash").value_or("");
  if (reader_.has("/provenance/noise")) {
    const auto noise = nlohmann::json::parse(reader_.text("/provenance/noise"), nullptr, false);
    if (noise.is_object()) {
      if (noise.contains("seed")) seed_ = noise["seed"].dump();
      has_common_noise_ = noise.value("pairing", "") == "common";
    }
  }
  for (const std::string& name : reader_.names("/"))
    if (reader_.type("/" + name) == Reader::Type::group &&
        reader_.text_attribute("/" + name, "kind"))
      stages_.push_back(read_stage(name));
}

Stage Results::read_stage(const std::string& name) const {
  const std::string group = "/" + name;
  Stage stage;
  stage.name = name;
  stage.kind = reader_.text_attribute(group, "kind").value_or("");
  for (const std::string& dim : reader_.dimensions(group + "/present")) {
    const std::string path = group + "/" + dim;
    if (dim == "replicate")
      stage.replicates = reader_.shape(path)[0];
    else
      stage.axes.push_back(
          {reader_.text_attribute(path, "long_name").value_or(dim), reader_.texts(path)});
  }
  if (reader_.has(group + "/in_sweep"))
    for (const double is_cell : reader_.reals(group + "/in_sweep"))
      stage.in_sweep.push_back(is_cell != 0);
  const auto present = reader_.reals(group + "/present");
  for (std::size_t i = 0; i < present.size(); ++i)
    stage.missing_runs += present[i] == 0 && stage.has(i / stage.replicates);
  if (reader_.has(group + "/return_mean"))
    stage.return_units = reader_.text_attribute(group + "/return_mean", "units").value_or("reward");
  stage.optimum = reader_.real_attribute(group, "optimum");
  stage.reference_kind = reader_.text_attribute(group, "reference_kind").value_or("");
  stage.reference_error = largest(group + "/reference_error");
  stage.reference_error_asked = largest(group + "/reference_error_asked");
  return stage;
}

std::optional<double> Results::largest(const std::string& path) const {
  std::optional<double> most;
  if (!reader_.has(path)) return most;
  for (const double x : reader_.reals(path))
    if (!std::isnan(x) && !(most && *most >= x)) most = x;
  return most;
}

Curve Results::curve(const Stage& stage, std::size_t cell) const {
  const std::string group = "/" + stage.name, path = group + "/return_mean";
  if (!reader_.has(path)) return {};
  std::vector<std::uint64_t> offset, count(stage.axes.size(), 1);
  for (const std::size_t at : stage.place(cell)) offset.push_back(at);
  offset.insert(offset.end(), {0, 0});
  const auto iteration = reader_.reals(group + "/iteration");
  count.insert(count.end(), {stage.replicates, iteration.size()});
  const auto data = reader_.reals(path, offset, count);
  // A replicate is there when it has any return; the curve ends where the longest one does.
  std::vector<std::size_t> there;
  std::size_t length = 0;
  for (std::size_t r = 0; r < stage.replicates; ++r)
    for (std::size_t i = iteration.size(); i-- > 0;)
      if (!std::isnan(data[r * iteration.size() + i])) {
        there.push_back(r);
        length = std::max(length, i + 1);
        break;
      }
  Curve curve;
  curve.replicates = there.size();
  curve.run_number = there;
  for (const std::size_t r : there) {
    const auto first = data.begin() + static_cast<std::ptrdiff_t>(r * iteration.size());
    curve.runs.emplace_back(first, first + static_cast<std::ptrdiff_t>(length));
  }
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<double> values;
    for (const std::size_t r : there) values.push_back(data[r * iteration.size() + i]);
    Interval interval = mean_interval(values);
    if (interval.n < values.size()) {
      if (!curve.broke_at) curve.broke_at = iteration[i];
      interval.mean = interval.half_width = nan;
    }
    const double middle = median(values);
    curve.median.push_back(std::isfinite(middle) ? middle : nan);
    curve.iteration.push_back(iteration[i]);
    curve.mean.push_back(interval.mean);
    curve.low.push_back(interval.mean - interval.half_width);
    curve.high.push_back(interval.mean + interval.half_width);
  }
  return curve;
}

std::vector<bool> Results::broke_off(const Stage& stage, std::size_t cell) const {
  std::vector<bool> result(stage.replicates, false);
  if (!reader_.has("/tasks/status")) return result;
  const auto stages_of = reader_.texts("/tasks/stage"), cells = reader_.texts("/tasks/cell"),
             status = reader_.texts("/tasks/status");
  const auto replicate = reader_.integers("/tasks/replicate");
  std::size_t wanted = 0;  // cells are listed in order, without the holes
  for (std::size_t c = 0; c < cell; ++c) wanted += stage.has(c);
  std::vector<std::string> seen;
  for (std::size_t row = 0; row < status.size(); ++row) {
    if (stages_of[row] != stage.name) continue;
    if (seen.empty() || seen.back() != cells[row]) seen.push_back(cells[row]);
    const auto r = static_cast<std::size_t>(replicate[row]);
    if (seen.size() == wanted + 1 && r < result.size()) result[r] = status[row] == "diverged";
  }
  return result;
}

std::vector<double> Results::replicates(const Stage& stage, std::size_t cell,
                                        const std::string& quantity) const {
  const std::string path = "/" + stage.name + "/" + quantity;
  if (!reader_.has(path)) return {};
  std::vector<std::uint64_t> offset, count(stage.axes.size(), 1);
  for (const std::size_t at : stage.place(cell)) offset.push_back(at);
  offset.push_back(0);
  count.push_back(stage.replicates);
  return reader_.reals(path, offset, count);
}

std::vector<double> Results::summary(const Stage& stage, const std::string& quantity) const {
  const std::string path = "/summary/" + stage.name + "/" + quantity;
  return reader_.has(path) ? reader_.reals(path) : std::vector<double>{};
}

std::string Results::units(const std::string& dataset) const {
  if (!reader_.has(dataset)) return "1";
  std::string text = reader_.text_attribute(dataset, "units").value_or("1");
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] == '2' && std::isalpha(static_cast<unsigned char>(text[i - 1])))
      text.replace(i, 1, "²");
  return text;
}

std::vector<double> Results::reals(const std::string& path) const {
  return reader_.has(path) ? reader_.reals(path) : std::vector<double>{};
}

std::string Results::provenance(const std::string& name) const {
  const std::string path = "/provenance/" + name;
  return reader_.has(path) ? reader_.text(path) : "";
}

std::vector<Interval> Results::variance_times_seconds(const Stage& stage) const {
  const auto all = reals("/timing/" + stage.name + "/variance_times_seconds");
  const std::size_t E = estimators(stage).size(), n = stage.replicates;
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < stage.cells() * E && all.size() == stage.cells() * n * E; ++i) {
    std::vector<double> values;
    for (std::size_t r = 0; r < n; ++r) values.push_back(all[(i / E * n + r) * E + i % E]);
    intervals.push_back(mean_interval(values));
  }
  return intervals;
}

Sources Results::sources(const Stage& stage) const {
  const std::string group = "/" + stage.name;
  if (!reader_.has(group + "/source")) return {};
  Sources found{reader_.texts(group + "/source"), {}};
  const auto all = reals(group + "/source_variance");
  const std::size_t E = estimators(stage).size(), S = found.labels.size(), n = stage.replicates;
  for (std::size_t i = 0; i < stage.cells() * E * S; ++i) {
    std::vector<double> values;
    for (std::size_t r = 0; r < n; ++r)
      values.push_back(at(all, ((i / (E * S) * n + r) * E + i / S % E) * S + i % S));
    found.parts.push_back(mean_interval(values).mean);
  }
  return found;
}

std::vector<std::string> Results::quantities(const Stage& stage) const {
  const std::string group = "/summary/" + stage.name;
  std::vector<std::string> names = reader_.names(group);
  std::erase_if(names, [&](const std::string& name) {
    return reader_.type(group + "/" + name) != Reader::Type::real;
  });
  return names;
}

std::vector<std::string> Results::estimators(const Stage& stage) const {
  const std::string path = "/summary/" + stage.name + "/estimator";
  return reader_.has(path) ? reader_.texts(path) : std::vector<std::string>{};
}

}  // namespace seedbed::analysis
