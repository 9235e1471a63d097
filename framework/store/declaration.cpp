#include "store/declaration.hpp"

#include <algorithm>
#include <sstream>

namespace seedbed {

Dimensions Declaration::dimensions() const {
  std::istringstream words(dims);
  Dimensions names;
  for (std::string word; words >> word;) names.push_back(word);
  return names;
}

Meaning Declaration::meaning(const std::map<std::string, std::string>& words) const {
  const auto filled = [&](std::string text) {
    for (const auto& [word, value] : words)
      if (const std::size_t at = text.find("<" + word + ">"); at != std::string::npos)
        text.replace(at, word.size() + 2, value);
    return text;
  };
  return {filled(units), filled(long_name)};
}

std::string Declaration::name() const {
  return std::string(std::string_view(path).substr(std::string_view(path).rfind('/') + 1));
}

std::string Declaration::group() const {
  return std::string(std::string_view(path).substr(0, std::string_view(path).rfind('/')));
}

const Declaration& declared(Declarations list, std::string_view path) {
  const auto found = std::ranges::find(list, path, &Declaration::path);
  assert(found != list.end());
  return *found;
}

void Declared::interval(std::string_view path, std::span<const double> value,
                        std::span<const double> lower, std::span<const double> upper) const {
  const Declaration& d = declared(list_, path);
  assert(d.ends == Ends::interval);
  const std::string name = d.path;
  writer_->put(name, d.dimensions(), value, d.meaning());
  writer_->put(name + "_lower", d.dimensions(), lower, {d.units, lower_end});
  writer_->put(name + "_upper", d.dimensions(), upper, {d.units, upper_end});
}

Writer::Growth Declared::growing_scale(std::string_view path) const {
  const Declaration& d = declared(list_, path);
  return writer_->growing_scale(d.path, d.meaning());
}

Writer::Growth Declared::growing(std::string_view path, Writer::Kind kind) const {
  const Declaration& d = declared(list_, path);
  return writer_->growing(d.path, kind, d.dimensions(), d.meaning());
}

}  // namespace seedbed
