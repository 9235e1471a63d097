#pragma once
#include <string>
#include <vector>

#include "store/reader.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// The last theta of each run of a stage, if the policies of all runs have the same parameters.
class FinalTheta {
 public:
  void add(const Reader& run);
  bool exists() const { return is_common_ && !names_.empty(); }
  void reserve(Writer& writer, const std::string& group, Dimensions outer) const;
  void copy(const Reader& run, Writer& writer, const std::string& group,
            std::vector<std::uint64_t> at) const;

 private:
  std::vector<std::string> names_;
  bool is_common_ = true;
};

}  // namespace seedbed
