#include "proof/divergence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "store/reader.hpp"

namespace seedbed {

namespace {

using Shape = std::vector<std::uint64_t>;
using Type = Reader::Type;

constexpr std::uint64_t numbers_at_once = std::uint64_t{1} << 20;

std::uint64_t product(const Shape& shape, std::size_t from) {
  std::uint64_t size = 1;
  for (std::size_t i = from; i < shape.size(); ++i) size *= shape[i];
  return size;
}

std::string text_of(const Shape& shape) {
  std::string text;
  for (const std::uint64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "(" + text + ")";
}

/// Where entry `flat` lies: by the scale of the first dimension that counts time, else by index.
class Places {
 public:
  Places(const std::string& dataset, const Reader& file)
      : file_(file),
        folder_(dataset.substr(0, dataset.rfind('/') + 1)),
        shape_(file.shape(dataset)),
        dims_(file.dimensions(dataset)) {
    for (const char* time : {"iteration", "checkpoint", "step", "episode"})
      for (std::size_t k = 0; k < dims_.size() && !axis_; ++k)
        if (dims_[k] == time) axis_ = k;
  }

  /// Position along that dimension; of the first one where none counts time.
  std::uint64_t along(std::uint64_t flat) const {
    const std::size_t k = axis_.value_or(0);
    return shape_.empty() ? 0 : flat / product(shape_, k + 1) % shape_[k];
  }

  void name(std::uint64_t flat, Divergence& found) const {
    if (!axis_) {
      found.place = shape_.empty() ? "" : index(flat);
    } else if (dims_[*axis_] == "step") {
      name_step(along(flat), found);
    } else {
      const auto scale = file_.integers(scale_of(dims_[*axis_]));
      const std::int64_t at = scale.at(along(flat));
      found.place = fmt::format("{} {}", dims_[*axis_], at);
      if (dims_[*axis_] == "iteration") found.iteration = at;
      if (dims_[*axis_] == "episode") name_episode(along(flat), found);
    }
  }

 private:
  std::string scale_of(const std::string& dim) const {
    for (std::string folder = folder_;; folder.erase(folder.rfind('/', folder.size() - 2) + 1))
      if (folder == "/" || file_.has(folder + dim)) return folder + dim;
  }
  std::string index(std::uint64_t flat) const {
    std::string text;
    for (std::size_t k = 0; k < shape_.size(); ++k)
      text += fmt::format("{}{}", k ? "," : "", flat / product(shape_, k + 1) % shape_[k]);
    return "[" + text + "]";
  }
  void name_episode(std::uint64_t episode, Divergence& found) const {
    if (!file_.has(folder_ + "iteration")) return;
    found.iteration = file_.integers(folder_ + "iteration").at(episode);
    found.place = fmt::format("iteration {}, episode {}", *found.iteration, episode);
  }
  void name_step(std::uint64_t step, Divergence& found) const {
    const auto sizes = file_.integers(folder_ + "row_size");
    std::uint64_t episode = 0;
    for (; episode < sizes.size() && step >= static_cast<std::uint64_t>(sizes[episode]); ++episode)
      step -= static_cast<std::uint64_t>(sizes[episode]);
    name_episode(episode, found);
    found.place += fmt::format(", step {}", step);
  }

  const Reader& file_;
  std::string folder_;
  Shape shape_;
  std::vector<std::string> dims_;
  std::optional<std::size_t> axis_;
};

/// Goes through the entries of both and keeps the first difference in time.
class Search {
 public:
  explicit Search(const Places& places) : places_(places) {}

  template <class Entry>
  void look(const std::vector<Entry>& a, const std::vector<Entry>& b, std::uint64_t offset) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      if (same(a[i], b[i])) continue;
      const std::uint64_t flat = offset + i, along = places_.along(flat);
      if (!found_ || along < first_) {
        first_ = along;
        found_ = flat;
        shown_a_ = shown(a[i]);
        shown_b_ = shown(b[i]);
      }
      largest_ = std::max(largest_, apart(a[i], b[i]));
    }
    if (!a.empty() && !b.empty()) last_ = apart(a.back(), b.back());
  }

  std::optional<Divergence> result(const std::string& dataset) const {
    if (!found_) return std::nullopt;
    Divergence found{dataset, "", {}, shown_a_, shown_b_, largest_, last_};
    places_.name(*found_, found);
    return found;
  }

 private:
  static bool same(double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  }
  template <class Entry>
  static bool same(const Entry& x, const Entry& y) {
    return x == y;
  }
  static double apart(const std::string& x, const std::string& y) { return x == y ? 0.0 : NAN; }
  template <class Number>
  static double apart(Number x, Number y) {
    return same(x, y) ? 0.0 : std::abs(static_cast<double>(x) - static_cast<double>(y));
  }
  static std::string shown(double x) { return fmt::format("{:.9g}", x); }
  static std::string shown(std::int64_t x) { return std::to_string(x); }
  static std::string shown(const std::string& x) { return x.substr(0, 40); }

  const Places& places_;
  std::optional<std::uint64_t> found_;
  std::uint64_t first_ = 0;
  std::string shown_a_, shown_b_;
  double largest_ = 0.0, last_ = 0.0;
};

void look_at_reals(const std::string& path, const Reader& a, const Reader& b, const Shape& shape,
                   Search& search) {
  if (shape.empty()) return search.look(a.reals(path), b.reals(path), 0);
  const std::uint64_t row = product(shape, 1);
  const std::uint64_t rows =
      std::max<std::uint64_t>(1, numbers_at_once / std::max<std::uint64_t>(row, 1));
  Shape offset(shape.size(), 0), count = shape;
  for (; offset[0] < shape[0]; offset[0] += rows) {
    count[0] = std::min(rows, shape[0] - offset[0]);
    search.look(a.reals(path, offset, count), b.reals(path, offset, count), offset[0] * row);
  }
}

}  // namespace

std::optional<Divergence> divergence_of(const std::string& dataset, const Reader& a,
                                        const Reader& b) {
  const Shape of_a = a.shape(dataset), of_b = b.shape(dataset);
  const Type type = a.type(dataset);
  const Divergence shapes{dataset, "shape", {}, text_of(of_a), text_of(of_b), NAN, NAN};
  const bool comparable =
      type == b.type(dataset) && of_a.size() == of_b.size() &&
      std::equal(of_a.begin() + !of_a.empty(), of_a.end(), of_b.begin() + !of_b.empty());
  if (!comparable) return shapes;
  Shape both = of_a;
  if (!both.empty()) both[0] = std::min(of_a[0], of_b[0]);
  const Places places(dataset, a);
  Search search(places);
  if (type == Type::real)
    look_at_reals(dataset, a, b, both, search);
  else if (type == Type::integer)
    search.look(a.integers(dataset), b.integers(dataset), 0);
  else
    search.look(a.texts(dataset), b.texts(dataset), 0);
  if (auto found = search.result(dataset)) return found;
  if (of_a != of_b) return shapes;
  return std::nullopt;
}

}  // namespace seedbed
