#include "engine/shared_scores.hpp"

#include <algorithm>
#include <seedbed/components.hpp>

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
  for (std::size_t k = 0; k < K; ++k) {
    collectors.emplace_back(theta.size(), weightings[k].keep_contributions);
    weigh(weightings[k], batch, theta, weights(k, K, batch), arena);
  }
  pass(K, policy, batch, theta, arena,
       [&](std::size_t k, std::size_t first, std::size_t count, const double* g) {
         collectors[k].add(first, count, g);
       });
  std::vector<Estimate> estimates;
  for (std::size_t k = 0; k < K; ++k)
    estimates.push_back(collectors[k].result(weightings[k].estimator));
  return estimates;
}

std::vector<std::vector<double>> SharedScores::gradients(
    const Weighting& weighting, const std::vector<std::vector<std::size_t>>& parts,
    const BatchShape& shape, const Instance& policy, const seedbed_batch& batch,
    const std::vector<double>& theta, Arena& arena) {
  const std::size_t K = parts.size(), d = theta.size();
  if (!part_) part_.emplace(shape);
  Recording& part = *part_;
  std::vector<Collector> collectors(K, {d, false});
  for (std::size_t k = 0; k < K; ++k) {
    take_episodes(batch, parts[k], d, part);
    const seedbed_batch view = part.view();
    of_part_.resize(std::max(of_part_.size(), view.samples));
    weigh(weighting, view, theta, of_part_.data(), arena);
    double* weight = weights(k, K, batch);
    std::fill_n(weight, batch.samples, 0.0);
    for (std::size_t i = 0; i < parts[k].size(); ++i)
      std::copy_n(of_part_.data() + view.begin[i], view.length[i],
                  weight + batch.begin[parts[k][i]]);
  }
  std::vector<std::size_t> taken(K, 0);
  pass(K, policy, batch, theta, arena,
       [&](std::size_t k, std::size_t first, std::size_t count, const double* g) {
         const std::vector<std::size_t>& episodes = parts[k];
         const auto is_taken = [&](std::size_t i) {
           return i < episodes.size() && episodes[i] < first + count;
         };
         for (std::size_t& i = taken[k]; is_taken(i);) {
           std::size_t run = 1;  // of episodes side by side
           while (is_taken(i + run) && episodes[i + run] == episodes[i] + run) ++run;
           collectors[k].add(i, run, g + (episodes[i] - first) * d);
           i += run;
         }
       });
  std::vector<std::vector<double>> gradients;
  for (Collector& collector : collectors)
    gradients.push_back(collector.result(weighting.estimator).gradient);
  return gradients;
}

double* SharedScores::weights(std::size_t k, std::size_t count, const seedbed_batch& batch) {
  if (weights_.size() < count * batch.samples) weights_.resize(count * batch.samples);
  return weights_.data() + k * batch.samples;
}

void SharedScores::pass(std::size_t weightings, const Instance& policy, const seedbed_batch& batch,
                        const std::vector<double>& theta, Arena& arena, const Take& take) {
  const std::size_t N = batch.episodes, d = theta.size();
  const std::size_t block = std::min(trajectories_of_a_block(d), N);
  g_.resize(std::max(g_.size(), weightings * block * d));
  PolicyUnder under(policy.component());
  if (prepared_.size() < under.size()) prepared_ = AlignedDoubles(under.size());
  call(policy, "prepare", [&](seedbed_message* message) {
    return under.prepare(theta.data(), prepared_.data(), message);
  });
  for (std::size_t first = 0; first < N; first += block) {
    const std::size_t count = std::min(block, N - first);
    const seedbed_segments segments{count, batch.begin + first, batch.length + first};
    call(policy, "score", [&](seedbed_message* message) {
      return under.functions().score(under.self(), theta.data(), batch.samples, batch.t,
                                     batch.observation, batch.action, weightings,
                                     {weights_.data(), batch.samples}, &segments, g_.data(),
                                     arena.fresh(), message);
    });
    for (std::size_t k = 0; k < weightings; ++k) take(k, first, count, g_.data() + k * count * d);
  }
}

}  // namespace seedbed
