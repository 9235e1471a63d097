#include "store/final_theta.hpp"

namespace seedbed {

namespace {

std::uint64_t checkpoints(const Reader& run) {
  return run.has("/policy/theta") ? run.shape("/policy/theta")[0] : 0;
}

}  // namespace

void FinalTheta::add(const Reader& run) {
  if (checkpoints(run) == 0) return;
  const auto names = run.texts("/policy/parameter");
  if (names_.empty()) names_ = names;
  is_common_ = is_common_ && names == names_;
}

void FinalTheta::reserve(Writer& writer, const std::string& group, Dimensions outer) const {
  writer.scale(group + "/parameter", names_, {"1", "parameter of the policy"});
  outer.push_back("parameter");
  writer.reserve(group + "/theta_final", outer, {"1", "parameters after the last iteration"});
}

void FinalTheta::copy(const Reader& run, Writer& writer, const std::string& group,
                      std::vector<std::uint64_t> at) const {
  const std::uint64_t n = checkpoints(run), d = names_.size();
  if (n == 0) return;
  std::vector<std::uint64_t> count(at.size(), 1);
  at.push_back(0);
  count.push_back(d);
  writer.write(group + "/theta_final", at, count, run.reals("/policy/theta", {n - 1, 0}, {1, d}));
}

}  // namespace seedbed
