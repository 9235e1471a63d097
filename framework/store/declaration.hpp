#pragma once
#include <cassert>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "store/writer.hpp"

namespace seedbed {

/// Whether `x_lower` and `x_upper`, of the same dimensions and units, go with `x`.
enum class Ends { none, interval };
inline constexpr const char* lower_end = "lower end of its 95 % interval";
inline constexpr const char* upper_end = "upper end of its 95 % interval";

/// A dataset as its writer declares it, once: the calls that write it and the table in
/// analysis/README.md are made of this, so they cannot differ.
///
/// `dims`: names separated by blanks; a scale has its own name; "": one number or text. What
/// depends on the suite is in angle brackets: "/summary/<stage>/return_final", "<axes>".
struct Declaration {
  const char *path, *dims, *units, *long_name;
  Ends ends = Ends::none;

  Dimensions dimensions() const;
  Meaning meaning() const { return {units, long_name}; }
  /// With each "<word>" in it replaced by what the map has for "word".
  Meaning meaning(const std::map<std::string, std::string>& words) const;
  std::string name() const;   ///< The last part of the path.
  std::string group() const;  ///< The rest, without a '/' at its end.
};
using Declarations = std::span<const Declaration>;

/// The one of this path; that there is none is a programmer's mistake: an assertion.
const Declaration& declared(Declarations list, std::string_view path);

/// Writes datasets of one list, each as it is declared there. Lives as long as both.
class Declared {
 public:
  Declared(Writer& writer, Declarations list) : writer_(&writer), list_(list) {}

  /// data: any contiguous doubles, integers, bytes or strings.
  template <class Entries>
  void put(std::string_view path, const Entries& data) const {
    const Declaration& d = declared(list_, path);
    writer_->put(d.path, d.dimensions(), std::span(data), d.meaning());
  }
  template <class Number>
  void number(std::string_view path, const Number& value) const {
    put(path, std::span(&value, 1));
  }
  /// The value and the two ends of its interval.
  void interval(std::string_view path, std::span<const double> value, std::span<const double> lower,
                std::span<const double> upper) const;
  template <class Entries>
  void scale(std::string_view path, const Entries& coordinates) const {
    const Declaration& d = declared(list_, path);
    writer_->scale(d.path, std::span(coordinates), d.meaning());
  }
  Writer::Growth growing_scale(std::string_view path) const;
  Writer::Growth growing(std::string_view path, Writer::Kind kind) const;

 private:
  Writer* writer_;
  Declarations list_;
};

/// Where a list belongs: "learn", "gradient" or "evaluate": run files of such stages; "run": all of
/// them; "results": results.h5.
struct LayoutPart {
  const char* file;
  Declarations datasets;
};

}  // namespace seedbed
