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
std::string shown(std::int64_t number) { return std::to_string(number); }
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

template <class Entry>
Difference entries(const std::string& path, const std::vector<Entry>& a,
                   const std::vector<Entry>& b, const std::vector<std::uint64_t>& shape) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_bits(a[i], b[i]))
      return path + index(i, shape) + ": " + shown(a[i]) + " against " + shown(b[i]);
  return std::nullopt;
}

Difference attributes(const std::string& object, const Reader& a, const Reader& b) {
  for (const Reader* reader : {&a, &b}) {
    for (const std::string& name : reader->attribute_names(object)) {
      const auto text_a = a.text_attribute(object, name), text_b = b.text_attribute(object, name);
      const auto real_a = a.real_attribute(object, name), real_b = b.real_attribute(object, name);
      const bool same_real = real_a && real_b ? same_bits(*real_a, *real_b)
                                              : real_a.has_value() == real_b.has_value();
      if (text_a != text_b || !same_real)
        return object + "@" + name + ": " +
               (text_a ? shown(*text_a) : real_a ? shown(*real_a) : "absent") + " against " +
               (text_b ? shown(*text_b) : real_b ? shown(*real_b) : "absent");
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
  if (type == Type::real) return entries(path, a.reals(path), b.reals(path), shape);
  if (type == Type::integer) return entries(path, a.integers(path), b.integers(path), shape);
  return entries(path, a.texts(path), b.texts(path), shape);
}

}  // namespace

std::optional<std::string> first_difference(const std::filesystem::path& file_a,
                                            const std::filesystem::path& file_b,
                                            const std::vector<std::string>& skip) {
  const Reader a(file_a), b(file_b);
  if (const auto difference = attributes("/", a, b)) return difference;
  const auto paths_a = a.datasets(), paths_b = b.datasets();
  std::string group;
  for (const std::string& path : paths_a) {
    if (is_skipped(path, skip)) continue;
    if (std::ranges::find(paths_b, path) == paths_b.end()) return path + ": only in the first file";
    const std::string folder = path.substr(0, path.rfind('/'));
    if (!folder.empty() && folder != group) {
      group = folder;
      if (const auto difference = attributes(group, a, b)) return difference;
    }
    if (const auto difference = dataset(path, a, b)) return difference;
    if (const auto difference = attributes(path, a, b)) return difference;
  }
  for (const std::string& path : paths_b)
    if (!is_skipped(path, skip) && std::ranges::find(paths_a, path) == paths_a.end())
      return path + ": only in the second file";
  return std::nullopt;
}

}  // namespace seedbed
