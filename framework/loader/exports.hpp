#pragma once
#include <seedbed/plugin.h>

#include <deque>
#include <string>
#include <variant>
#include <vector>

namespace seedbed {

/// What a library exports, in structs of the size that this host knows: what lies beyond the
/// struct_size of a plugin built for an older minor reads as null and 0, and texts are never null.
/// A copy: the strings, tables of parameters and functions that it points to are the library's.
class Exports {
 public:
  /// Throws Error (exit 3), one line that begins with `path`: a descriptor or a function that must
  /// be there is not, a name or a parameter table is not what plugin.h says. Not checked: whether
  /// pointers point to what they should.
  Exports(const seedbed_library& exported, const std::string& path);
  Exports(const Exports&) = delete;
  Exports& operator=(const Exports&) = delete;

  const seedbed_library& library() const { return library_; }

 private:
  using Functions = std::variant<seedbed_environment, seedbed_policy, seedbed_estimator,
                                 seedbed_baseline, seedbed_optimizer>;

  std::deque<Functions> functions_;
  std::deque<seedbed_descriptor> descriptors_;
  std::vector<const seedbed_descriptor*> pointers_;
  seedbed_library library_{};
};

}  // namespace seedbed
