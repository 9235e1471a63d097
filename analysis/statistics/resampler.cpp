#include "analysis/statistics/resampler.hpp"

#include <Random123/philox.h>

#include <algorithm>

namespace seedbed::statistics {

namespace {

constexpr std::uint32_t bootstrap_purpose = 6;

/// count[stride * i] += how often run i is drawn, for n draws of n runs.
void draw_stratum(const philox4x32_key_t& key, philox4x32_ctr_t counter, std::uint32_t n,
                  std::uint16_t* count, std::size_t stride) {
  const std::uint32_t unfair = 65536 % n;
  std::uint32_t left = n;
  for (std::uint32_t block = 0; left > 0; ++block) {
    counter.v[0] = bootstrap_purpose | block << 8;
    const philox4x32_ctr_t bits = philox4x32(counter, key);
    for (int half = 0; half < 8 && left > 0; ++half) {
      const std::uint32_t scaled = (bits.v[half / 2] >> (half % 2 * 16) & 0xffff) * n;
      if ((scaled & 0xffff) < unfair) continue;
      ++count[stride * (scaled >> 16)];
      --left;
    }
  }
}

}  // namespace

Resampler::Resampler(std::size_t runs, const Strata& strata, std::uint64_t key,
                     std::uint32_t stream)
    : key_(key), stream_(stream), runs_(runs) {
  for (std::size_t k = 0; k < strata.size(); ++k) {
    first_.push_back(
        static_cast<std::size_t>(std::ranges::find(strata, strata[k]) - strata.begin()));
    if (first_[k] == k) leaders_.push_back(k);
  }
}

Counts Resampler::shape() const {
  return Counts::Zero(static_cast<Eigen::Index>(runs_), static_cast<Eigen::Index>(first_.size()));
}

void Resampler::draw(std::uint32_t resample, Counts& counts) const {
  const std::size_t tasks = first_.size();
  const philox4x32_key_t key{
      {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}};
  counts.setZero();
  for (std::size_t s = 0; s < leaders_.size(); ++s)
    draw_stratum(key, {{0, static_cast<std::uint32_t>(s), resample, stream_}},
                 static_cast<std::uint32_t>(runs_), counts.data() + leaders_[s], tasks);
  if (leaders_.size() == tasks) return;
  for (std::uint16_t* row = counts.data(); row != counts.data() + runs_ * tasks; row += tasks)
    for (std::size_t k = 0; k < tasks; ++k) row[k] = row[first_[k]];
}

std::uint64_t key_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace seedbed::statistics
