#pragma once
#include "score_pass.hpp"

namespace seedbed {

/// What a score pass needs to give Fisher-vector products instead of scores: a head whose D_L is
/// M ż, M the Fisher matrix of the distribution by z, ż = (dz/dθ) v, since F v = (dz/dθ)^T M ż. Of
/// the head's own log sigma_i it is 2 v_i.
template <class Real, class Head>
class FisherHead {
 public:
  FisherHead(Head& head, const double* own_v, std::size_t own, Scratch& scratch)
      : head_(head), own_(scratch.take(own * SegmentRun::capacity)) {
    for (std::size_t i = 0; i < own; ++i)
      std::fill_n(own_ + i * SegmentRun::capacity, SegmentRun::capacity, 2.0 * own_v[i]);
  }
  void set(const Real* z_dot) { z_dot_ = z_dot; }

  void score(In, std::size_t n, Real* D) { head_.fisher(z_dot_, n, D); }
  const double* own_score(std::size_t i) const { return own_ + i * SegmentRun::capacity; }

 private:
  Head& head_;
  double* own_;
  const Real* z_dot_ = nullptr;
};

}  // namespace seedbed
