#include "store/comparison.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>

#include "store/reader.hpp"

namespace seedbed {

namespace {

using Difference = std::optional<std::string>;
using Type = Reader::Type;

bool is_skipped(const std::string& path, const std::vector<std::string>& skip) {
  return std::ranges::any_of(skip, [&](const std::string& each) {
    return path == each || path.starts_with(each.ends_with('/') ? each : each + "/");
  });
}

std::string shown(const std::string& text) {
  return '"' + (text.size() > 60 ? text.substr(0, 60) + "..." : text) + '"';
}
std::string shown(std::int64_t number) {
  return std::to_string(number);
}
std::string shown(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", number);
  return text;
}

bool same_bits(double x, double y) {
  return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
}
template <class Entry>
bool same_bits(const Entry& x, const Entry& y) {
  return x == y;
}

template <class Number>
std::string joined(const std::vector<Number>& numbers) {
  std::string text;
  for (const Number number : numbers) {
    if (!text.empty()) text += ',';
    text += std::to_string(number);
  }
  return text;
}

std::string index(std::size_t flat, const std::vector<std::uint64_t>& shape) {
  std::vector<std::size_t> position(shape.size());
  for (std::size_t i = shape.size(); i-- > 0; flat /= shape[i]) position[i] = flat % shape[i];
  return shape.empty() ? "" : '[' + joined(position) + ']';
}

/// Entries of a block that begins at `first` in a dataset of that shape.
template <class Entry>
Difference entries(const std::string& path, const std::vector<Entry>& a,
                   const std::vector<Entry>& b, const std::vector<std::uint64_t>& shape,
                   std::size_t first = 0) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_bits(a[i], b[i]))
      return path + index(first + i, shape) + ": " + shown(a[i]) + " against " + shown(b[i]);
  return std::nullopt;
}

/// Some MiB at a time: trajectories may be larger than the memory.
Difference reals(const std::string& path, const Reader& a, const Reader& b,
                 const std::vector<std::uint64_t>& shape) {
  if (shape.empty()) return entries(path, a.reals(path), b.reals(path), shape);
  constexpr std::uint64_t numbers_at_once = std::uint64_t{1} << 20;
  std::uint64_t row = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) row *= shape[i];
  const std::uint64_t rows =
      std::max<std::uint64_t>(1, numbers_at_once / std::max<std::uint64_t>(row, 1));
  std::vector<std::uint64_t> offset(shape.size(), 0), count = shape;
  for (; offset[0] < shape[0]; offset[0] += rows) {
    count[0] = std::min(rows, shape[0] - offset[0]);
    if (const auto difference = entries(path, a.reals(path, offset, count),
                                        b.reals(path, offset, count), shape, offset[0] * row))
      return difference;
  }
  return std::nullopt;
}

Difference attributes(const std::string& object, const Reader& a, const Reader& b) {
  for (const Reader* reader : {&a, &b}) {
    for (const std::string& name : reader->attribute_names(object)) {
      const auto text_a = a.text_attribute(object, name), text_b = b.text_attribute(object, name);
      const auto real_a = a.real_attribute(object, name), real_b = b.real_attribute(object, name);
      const bool same_real =
          real_a && real_b ? same_bits(*real_a, *real_b) : real_a.has_value() == real_b.has_value();
      if (text_a != text_b || !same_real)
        return object + "@" + name + ": " +
               (text_a   ? shown(*text_a)
                : real_a ? shown(*real_a)
                         : "absent") +
               " against " +
               (text_b   ? shown(*text_b)
                : real_b ? shown(*real_b)
                         : "absent");
    }
  }
  return std::nullopt;
}

Difference dataset(const std::string& path, const Reader& a, const Reader& b) {
  const Type type = a.type(path);
  if (type != b.type(path)) return path + ": one type against another";
  const auto shape = a.shape(path);
  if (shape != b.shape(path))
    return path + ": shape (" + joined(shape) + ") against (" + joined(b.shape(path)) + ")";
  if (type == Type::real) return reals(path, a, b, shape);
  if (type == Type::integer) return entries(path, a.integers(path), b.integers(path), shape);
  return entries(path, a.texts(path), b.texts(path), shape);
}

/// How much a dataset holds: numbers of 8 bytes, or bytes of text.
void count(const std::string& path, const Reader& reader, Comparison& comparison) {
  ++comparison.equal;
  if (reader.type(path) == Type::text) {
    for (const std::string& text : reader.texts(path)) comparison.bytes += text.size();
    return;
  }
  std::uint64_t numbers = 1;
  for (const std::uint64_t size : reader.shape(path)) numbers *= size;
  comparison.numbers += numbers;
  comparison.bytes += 8 * numbers;
}

void note(const Difference& difference, Comparison& comparison) {
  if (difference && !comparison.difference) comparison.difference = difference;
}

}  // namespace

Comparison compare(const Reader& a, const Reader& b, const std::vector<std::string>& skip) {
  Comparison comparison;
  note(attributes("/", a, b), comparison);
  const auto paths_a = a.datasets(), paths_b = b.datasets();
  std::string group;
  for (const std::string& path : paths_a) {
    if (is_skipped(path, skip)) continue;
    if (std::ranges::find(paths_b, path) == paths_b.end()) {
      note(path + ": only in the first file", comparison);
      ++comparison.different;
      continue;
    }
    const std::string folder = path.substr(0, path.rfind('/'));
    if (!folder.empty() && folder != group) {
      group = folder;
      note(attributes(group, a, b), comparison);
    }
    Difference difference = dataset(path, a, b);
    if (!difference) difference = attributes(path, a, b);
    if (difference)
      ++comparison.different;
    else
      count(path, a, comparison);
    note(difference, comparison);
  }
  for (const std::string& path : paths_b)
    if (!is_skipped(path, skip) && std::ranges::find(paths_a, path) == paths_a.end()) {
      note(path + ": only in the second file", comparison);
      ++comparison.different;
    }
  return comparison;
}

std::optional<std::string> first_difference(const std::filesystem::path& a,
                                            const std::filesystem::path& b,
                                            const std::vector<std::string>& skip) {
  return compare(Reader(a), Reader(b), skip).difference;
}

}  // namespace seedbed
