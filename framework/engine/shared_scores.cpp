#include "engine/shared_scores.hpp"

#include <algorithm>
#include <seedbed/components.hpp>
#include <seedbed/even_weights.hpp>

#include "engine/call.hpp"
#include "engine/collector.hpp"
#include "engine/subset.hpp"

namespace seedbed {

namespace {

void weigh(const Weighting& of, const seedbed_batch& batch, const std::vector<double>& theta,
           double* weight, Arena& arena) {
  call(of.estimator, "weights", [&](seedbed_message* message) {
    return weights_of(of.estimator)
        ->weights(of.estimator.self(), &batch, theta.data(), of.state.data(), weight, arena.fresh(),
                  message);
  });
}

/// What was factored out of the weights of each trajectory under one weighting (even_weights.hpp).
struct Factors {
  std::vector<double> of;  ///< [N], 1 where it is weighed unevenly
  std::size_t even = 0;    ///< trajectories
  std::size_t row = 0;     ///< of the weights that remain; 0 where they are all 1

  Factors(const seedbed_batch& batch, double* weight) : of(batch.episodes, 1.0) {
    for (std::size_t e = 0; e < batch.episodes; ++e)
      if (const double* w = weight + batch.begin[e]; weighs_evenly(w, batch.length[e]))
        of[e] = *w, ++even;
    if (even == 0 || all_even()) return;  // all even: row 0 is asked for
    for (std::size_t e = 0; e < batch.episodes; ++e)
      factor_out(weight + batch.begin[e], batch.length[e]);
  }
  bool all_even() const { return even == of.size(); }
};

}  // namespace

const seedbed_estimator_weights* weights_of(const Instance& estimator) {
  return static_cast<const seedbed_estimator_weights*>(
      estimator.plugin().capability(SEEDBED_ESTIMATOR_WEIGHTS));
}

std::vector<Estimate> SharedScores::estimates(const std::vector<Weighting>& weightings,
                                              const Instance& policy, const seedbed_batch& batch,
                                              const std::vector<double>& theta, Arena& arena) {
  const std::size_t K = weightings.size();
  std::vector<Collector> collectors;
  std::vector<Factors> factors;
  std::size_t end = 1;
  rows_.start(K, batch.samples);
  for (std::size_t k = 0; k < K; ++k) {
    collectors.emplace_back(theta.size(), weightings[k].keep_contributions);
    weigh(weightings[k], batch, theta, rows_.row(end), arena);
    factors.emplace_back(batch, rows_.row(end));
    if (!factors[k].all_even()) factors[k].row = end++;
  }
  const std::size_t begin = std::ranges::any_of(factors, &Factors::all_even) ? 0 : 1;
  pass(begin, end, policy, batch, theta, arena, Sums::of_trajectories,
       [&](std::size_t row, std::size_t first, std::size_t count, const double* g) {
         for (std::size_t k = 0; k < K; ++k)
           if (factors[k].row == row)
             collectors[k].add(first, count, g,
                               factors[k].even > 0 ? factors[k].of.data() + first : nullptr);
       });
  std::vector<Estimate> estimates;
  for (std::size_t k = 0; k < K; ++k)
    estimates.push_back(collectors[k].result(weightings[k].estimator));
  return estimates;
}

std::vector<std::vector<double>> SharedScores::gradients(
    const Weighting& weighting, const std::vector<std::vector<std::size_t>>& groups,
    const BatchShape& shape, const Instance& policy, const seedbed_batch& batch,
    const std::vector<double>& theta, Arena& arena) {
  const std::size_t K = groups.size(), d = theta.size();
  weigh_without(weighting, groups, shape, batch, theta, arena);
  std::vector<std::vector<double>> gradients(K, std::vector<double>(d, 0.0));
  const auto add = [&](std::size_t k, double weight, std::size_t at, std::size_t end,
                       const double* g) {
    for (std::size_t j = at; j < end; ++j) gradients[k][j] += weight * g[j];
  };
  if (all_even(K, batch))
    pass(0, 1, policy, batch, theta, arena, Sums::of_trajectories,
         [&](std::size_t, std::size_t first, std::size_t count, const double* g) {
           constexpr std::size_t piece = 512;  // of some trajectories: stays in L1
           for (std::size_t at = 0; at < d; at += piece)
             for (std::size_t k = 0; k < K; ++k)
               for (std::size_t i = 0; i < count; ++i)
                 add(k, rows_.row(1 + k)[batch.begin[first + i]], at, std::min(at + piece, d),
                     g + i * d);
         });
  else
    pass(1, 1 + K, policy, batch, theta, arena, Sums::of_runs,
         [&](std::size_t row, std::size_t, std::size_t, const double* g) {
           add(row - 1, 1.0, 0, d, g);
         });
  for (std::size_t k = 0; k < K; ++k)
    for (double& g : gradients[k]) g /= static_cast<double>(batch.episodes - groups[k].size());
  return gradients;
}

void SharedScores::weigh_without(const Weighting& weighting,
                                 const std::vector<std::vector<std::size_t>>& groups,
                                 const BatchShape& shape, const seedbed_batch& batch,
                                 const std::vector<double>& theta, Arena& arena) {
  if (!parts_) parts_.emplace(shape);
  parts_->take(batch, groups, theta.size());
  rows_.start(groups.size(), batch.samples);
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const seedbed_batch part = parts_->without(k);
    of_part_.resize(std::max(of_part_.size(), part.samples));
    weigh(weighting, part, theta, of_part_.data(), arena);
    double* weight = rows_.row(1 + k);
    for (const std::size_t e : groups[k])
      std::fill_n(weight + batch.begin[e], batch.length[e], 0.0);
    const auto kept = parts_->kept(k);
    each_run(batch, kept, [&](std::size_t i, std::size_t, std::size_t samples) {
      std::copy_n(of_part_.data() + part.begin[i], samples, weight + batch.begin[kept[i]]);
    });
  }
}

bool SharedScores::all_even(std::size_t weightings, const seedbed_batch& batch) const {
  for (std::size_t k = 0; k < weightings; ++k)
    for (std::size_t e = 0; e < batch.episodes; ++e)
      if (!weighs_evenly(rows_.row(1 + k) + batch.begin[e], batch.length[e])) return false;
  return true;
}

void SharedScores::pass(std::size_t begin, std::size_t end, const Instance& policy,
                        const seedbed_batch& batch, const std::vector<double>& theta, Arena& arena,
                        Sums sums, const Take& take) {
  const std::size_t N = batch.episodes, d = theta.size(), weightings = end - begin;
  const std::size_t block = std::min(trajectories_of_a_block(d), N);
  const std::size_t most = sums == Sums::of_runs ? 1 : block;
  g_.resize(std::max(g_.size(), weightings * most * d));
  PolicyUnder under(policy.component());
  if (prepared_.size() < under.size()) prepared_ = AlignedDoubles(under.size());
  call(policy, "prepare", [&](seedbed_message* message) {
    return under.prepare(theta.data(), prepared_.data(), message);
  });
  for (std::size_t first = 0, count = 0; first < N; first += count) {
    count = std::min(block, N - first);
    seedbed_segments segments{count, batch.begin + first, batch.length + first};
    std::uint64_t length = batch.length[first];
    if (sums == Sums::of_runs) {
      for (count = 1;
           first + count < N && batch.begin[first + count] == batch.begin[first] + length; ++count)
        length += batch.length[first + count];
      segments = {1, batch.begin + first, &length};
    }
    call(policy, "score", [&](seedbed_message* message) {
      return under.functions().score(under.self(), theta.data(), batch.samples, batch.t,
                                     batch.observation, batch.action, weightings, rows_.from(begin),
                                     &segments, g_.data(), arena.fresh(), message);
    });
    for (std::size_t k = 0; k < weightings; ++k)
      take(begin + k, first, segments.count, g_.data() + k * segments.count * d);
  }
}

}  // namespace seedbed
