#include "store/merge.hpp"

#include <algorithm>
#include <limits>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

Meaning meaning_of(const Reader& reader, const std::string& path) {
  return {reader.text_attribute(path, "units").value_or("1"),
          reader.text_attribute(path, "long_name").value_or("")};
}

}  // namespace

void MergedScale::add(const Reader& reader, const std::string& path) {
  if (size() == 0) {
    is_text_ = reader.type(path) == Reader::Type::text;
    meaning_ = meaning_of(reader, path);
  }
  if (is_text_) {
    for (const std::string& label : reader.texts(path))
      if (place_of_label_.emplace(label, labels_.size()).second) labels_.push_back(label);
  } else {
    for (const std::int64_t number : reader.integers(path)) numbers_.insert(number);
  }
}

void MergedScale::write(Writer& writer, const std::string& path) const {
  if (is_text_) return writer.scale(path, labels_, meaning_);
  writer.scale(path, std::vector<std::int64_t>(numbers_.begin(), numbers_.end()), meaning_);
}

std::vector<std::uint64_t> MergedScale::places(const Reader& reader,
                                               const std::string& path) const {
  std::vector<std::uint64_t> places;
  if (is_text_) {
    for (const std::string& label : reader.texts(path)) places.push_back(place_of_label_.at(label));
    return places;
  }
  const std::vector<std::int64_t> all(numbers_.begin(), numbers_.end());
  for (const std::int64_t number : reader.integers(path))
    places.push_back(static_cast<std::uint64_t>(std::ranges::lower_bound(all, number) -
                                                all.begin()));
  return places;
}

void MergedGroup::add(const Reader& reader) {
  if (!reader.has(source_)) return;
  const auto names = reader.names(source_);
  // Rationale: the runs of a stage nearly always have the same columns; their scales are read
  // for each, the rest only when the names differ.
  if (names != seen_names_) add_variables(reader, names);
  seen_names_ = names;
  for (const std::string& scale : seen_scales_) scales_[scale].add(reader, source_ + "/" + scale);
}

void MergedGroup::add_variables(const Reader& reader, const std::vector<std::string>& names) {
  seen_scales_.clear();
  for (const std::string& name : names) {
    const std::string path = source_ + "/" + name;
    const auto type = reader.type(path);
    const bool is_number = type == Reader::Type::real || type == Reader::Type::integer;
    if (!is_number && type != Reader::Type::text) continue;
    if (reader.is_scale(path)) {
      seen_scales_.push_back(name);
    } else if (is_number && !variables_.contains(name)) {
      variables_[name] = {meaning_of(reader, path), reader.dimensions(path)};
      order_.push_back(name);
    }
  }
}

void MergedGroup::reserve(Writer& writer, const Dimensions& outer) const {
  for (const auto& [name, scale] : scales_) scale.write(writer, target_ + "/" + name);
  for (const std::string& name : order_) {
    const Variable& variable = variables_.at(name);
    Dimensions dims = outer;
    dims.insert(dims.end(), variable.dims.begin(), variable.dims.end());
    writer.reserve(target_ + "/" + name, dims, variable.meaning);
  }
}

namespace {

using Places = std::vector<std::uint64_t>;

// data[i,j,..] to block[places[0][i], places[1][j], ..]; NaN elsewhere.
std::vector<double> spread(const std::vector<double>& data, const std::vector<Places>& places,
                           const std::vector<std::uint64_t>& shape) {
  std::uint64_t size = 1;
  for (const std::uint64_t each : shape) size *= each;
  std::vector<double> block(size, std::numeric_limits<double>::quiet_NaN());
  for (std::uint64_t i = 0; i < data.size(); ++i) {
    std::uint64_t rest = i, place = 0, stride = 1;
    for (std::size_t d = shape.size(); d-- > 0; stride *= shape[d]) {
      place += places[d][rest % places[d].size()] * stride;
      rest /= places[d].size();
    }
    block[place] = data[i];
  }
  return block;
}

}  // namespace

void MergedGroup::copy(const Reader& reader, Writer& writer,
                       const std::vector<std::uint64_t>& at) const {
  if (!reader.has(source_)) return;
  const auto names = reader.names(source_);  // one look at all, instead of one at each
  const std::set<std::string> there(names.begin(), names.end());
  std::map<std::string, Places> places;
  for (const auto& [name, scale] : scales_)
    if (there.contains(name)) places[name] = scale.places(reader, source_ + "/" + name);
  for (const std::string& name : order_) {
    if (!there.contains(name)) continue;
    std::vector<Places> own;
    std::vector<std::uint64_t> offset = at, count(at.size(), 1), shape;
    std::uint64_t size = 1;
    for (const std::string& dim : variables_.at(name).dims) {
      own.push_back(places[dim]);
      shape.push_back(scales_.at(dim).size());
      size *= own.back().size();
    }
    const std::string path = source_ + "/" + name;
    const std::vector<double> data = reader.reals(path);
    if (data.size() != size)
      throw Error(reader.path().string() + ": " + path +
                      ": expected the dimensions that other runs have, got others",
                  Exit::damaged);
    offset.resize(at.size() + shape.size(), 0);
    count.insert(count.end(), shape.begin(), shape.end());
    writer.write(target_ + "/" + name, offset, count, spread(data, own, shape));
  }
}

}  // namespace seedbed
