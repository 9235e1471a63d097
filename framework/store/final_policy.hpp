#pragma once
#include <string>
#include <vector>

#include "store/declaration.hpp"
#include "store/reader.hpp"

namespace seedbed {

/// What the runs of a stage ended with: theta, if all policies have the same parameters, and the
/// exact J(theta), where an oracle knew it.
class FinalPolicy {
 public:
  static Declarations datasets();
  void add(const Reader& run);
  /// theta_final (outer..., parameter) and J_final (outer...), as far as they exist.
  void reserve(Writer& writer, const std::string& group, const Dimensions& outer) const;
  void copy(const Reader& run, Writer& writer, const std::string& group,
            const std::vector<std::uint64_t>& at) const;

 private:
  bool has_theta() const { return is_common_ && !names_.empty(); }

  std::vector<std::string> names_;
  bool is_common_ = true, has_J_ = false;
};

/// The last entry of /policy/J; NaN when there is none.
double final_J(const Reader& run);

}  // namespace seedbed
