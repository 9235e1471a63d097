#include "store/final_policy.hpp"

#include <limits>

namespace seedbed {

namespace {

constexpr Declaration of_the_end[] = {
    {"/<learn>/parameter", "parameter", "1", "parameter of the policy"},
    {"/<learn>/theta_final", "<axes> replicate parameter", "1",
     "parameters after the last iteration"},
    {"/<learn>/J_final", "<axes> replicate", "reward", "exact objective J of theta_final"}};

Meaning meaning_at_the_end(const std::string& name) {
  return declared(of_the_end, "/<learn>/" + name).meaning();
}

std::uint64_t length(const Reader& run, const std::string& path) {
  return run.has(path) ? run.shape(path)[0] : 0;
}

}  // namespace

Declarations FinalPolicy::datasets() {
  return of_the_end;
}

double final_J(const Reader& run) {
  const std::uint64_t n = length(run, "/policy/J");
  return n ? run.reals("/policy/J", {n - 1}, {1})[0] : std::numeric_limits<double>::quiet_NaN();
}

void FinalPolicy::add(const Reader& run) {
  has_J_ = has_J_ || length(run, "/policy/J") > 0;
  if (length(run, "/policy/theta") == 0) return;
  const auto names = run.texts("/policy/parameter");
  if (names_.empty()) names_ = names;
  is_common_ = is_common_ && names == names_;
}

void FinalPolicy::reserve(Writer& writer, const std::string& group, const Dimensions& outer) const {
  if (has_J_) writer.reserve(group + "/J_final", outer, meaning_at_the_end("J_final"));
  if (!has_theta()) return;
  writer.scale(group + "/parameter", names_, meaning_at_the_end("parameter"));
  Dimensions dims = outer;
  dims.push_back("parameter");
  writer.reserve(group + "/theta_final", dims, meaning_at_the_end("theta_final"));
}

void FinalPolicy::copy(const Reader& run, Writer& writer, const std::string& group,
                       const std::vector<std::uint64_t>& at) const {
  std::vector<std::uint64_t> offset = at, count(at.size(), 1);
  const double J = final_J(run);
  if (has_J_) writer.write(group + "/J_final", offset, count, std::span(&J, 1));
  const std::uint64_t n = length(run, "/policy/theta"), d = names_.size();
  if (n == 0 || !has_theta()) return;
  offset.push_back(0);
  count.push_back(d);
  writer.write(group + "/theta_final", offset, count,
               run.reals("/policy/theta", {n - 1, 0}, {1, d}));
}

}  // namespace seedbed
