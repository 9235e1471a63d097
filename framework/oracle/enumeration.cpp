#include "oracle/enumeration.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>
#include <string>

namespace seedbed {

namespace {

/// Rows of the model by state, and the walk over every trajectory in lexicographic order.
class Walk {
 public:
  explicit Walk(const FiniteProcess& process)
      : process_(process), begin_(process.model().states + 1, 0) {
    const seedbed_tabular_model& m = process.model();
    for (std::size_t o = 0; o < m.rows; ++o) ++begin_[m.state[o] + 1];
    for (std::size_t s = 0; s < m.states; ++s) begin_[s + 1] += begin_[s];
  }

  ///   n_t(s) = Σ_{a,o: π P > 0} [1 if terminated_o or t + 1 = H, else n_{t+1}(s'_o)]
  double count() const {
    const seedbed_tabular_model& m = process_.model();
    std::vector<double> following(m.states, 1.0), n(m.states);
    for (std::size_t t = process_.problem().horizon; t-- > 0; std::swap(n, following)) {
      std::fill(n.begin(), n.end(), 0.0);
      for (std::size_t o = 0; o < m.rows; ++o)
        if (probability(t, o) > 0.0)
          n[m.state[o]] += m.terminated[o] != 0.0 ? 1.0 : following[m.next[o]];
    }
    double total = 0.0;
    for (std::size_t s = 0; s < m.states; ++s)
      if (m.initial[s] > 0.0) total += following[s];
    return total;
  }

  /// visit(rows of the model taken, probability) for each trajectory.
  template <class Visit>
  void run(Visit&& visit) {
    const seedbed_tabular_model& m = process_.model();
    for (std::size_t s = 0; s < m.states; ++s)
      if (m.initial[s] > 0.0) descend(s, m.initial[s], visit);
  }

 private:
  double probability(std::size_t t, std::size_t o) const {
    const seedbed_tabular_model& m = process_.model();
    const TabularProblem& p = process_.problem();
    return p.pi[p.at(t, m.state[o], m.action[o])] * m.probability[o];
  }

  template <class Visit>
  void descend(std::size_t s, double weight, Visit& visit) {
    const seedbed_tabular_model& m = process_.model();
    const std::size_t t = rows_.size();
    for (std::size_t o = begin_[s]; o < begin_[s + 1]; ++o) {
      const double p = probability(t, o);
      if (p <= 0.0) continue;
      rows_.push_back(o);
      if (m.terminated[o] != 0.0 || t + 1 == process_.problem().horizon)
        visit(rows_, weight * p);
      else
        descend(m.next[o], weight * p, visit);
      rows_.pop_back();
    }
  }

  const FiniteProcess& process_;
  std::vector<std::size_t> begin_;  // rows of state s: begin_[s] .. begin_[s+1]-1
  std::vector<std::size_t> rows_;
};

BatchShape shape_of(const FiniteProcess& process) {
  BatchShape shape;
  shape.observation = process.observation_size();
  shape.action = 1;
  return shape;
}

void start(const FiniteProcess& process, std::size_t episodes, Recording& recording) {
  recording.start(episodes, 1);
  for (std::size_t i = 0; i < episodes; ++i) recording.noise[i] = i;
  recording.theta[0] = process.theta();
  recording.horizon = process.problem().horizon;
  recording.discount = process.problem().discount;
  recording.environment = &process.environment().component();
  recording.policy = &process.policy().component();
}

void record(const FiniteProcess& process, const std::vector<std::size_t>& rows, std::size_t episode,
            Recording& recording) {
  const seedbed_tabular_model& m = process.model();
  const auto observation = [&](std::size_t i, std::size_t s) {
    return m.observation.data[i * m.observation.stride + s];
  };
  const std::size_t first = recording.add(episode, rows.size());
  for (std::size_t t = 0; t < rows.size(); ++t) {
    const std::size_t o = rows[t], j = first + t;
    for (std::size_t i = 0; i < process.observation_size(); ++i)
      recording.observation.row(i)[j] = observation(i, m.state[o]);
    recording.action.row(0)[j] = static_cast<double>(m.action[o]);
    recording.reward.row(0)[j] = m.reward[o];
    recording.log_prob.row(0)[j] =
        process.log_pi()[process.problem().at(t, m.state[o], m.action[o])];
  }
  for (std::size_t i = 0; i < process.observation_size(); ++i)
    recording.final_observation.row(i)[episode] = observation(i, m.next[rows.back()]);
  recording.terminated.row(0)[episode] = m.terminated[rows.back()] != 0.0 ? 1.0 : 0.0;
}

}  // namespace

double count_trajectories(const FiniteProcess& process) {
  return Walk(process).count();
}

void for_each_block(const FiniteProcess& process, std::size_t block,
                    const std::function<void(WeighedTrajectories&)>& visit) {
  Walk walk(process);
  double left = walk.count();
  WeighedTrajectories trajectories{Recording(shape_of(process)), {}};
  std::size_t episodes = 0;
  walk.run([&](const std::vector<std::size_t>& rows, double probability) {
    if (trajectories.probability.empty()) {
      episodes = left < static_cast<double>(block) ? static_cast<std::size_t>(left) : block;
      start(process, episodes, trajectories.recording);
    }
    record(process, rows, trajectories.probability.size(), trajectories.recording);
    trajectories.probability.push_back(probability);
    if (trajectories.probability.size() < episodes) return;
    visit(trajectories);
    left -= static_cast<double>(episodes);
    trajectories.probability.clear();
  });
}

void for_each_batch(const FiniteProcess& process, std::size_t N,
                    const std::function<void(const seedbed_batch&, double probability)>& visit) {
  constexpr double most = 1 << 24;
  if (const double count = std::pow(count_trajectories(process), static_cast<double>(N));
      !(count <= most))
    throw Error("enumeration: expected at most 2^24 batches of " + std::to_string(N) +
                " trajectories, got " + std::to_string(count) +
                " (a shorter horizon, or fewer trajectories, has less)");
  std::vector<std::vector<std::size_t>> paths;
  std::vector<double> probabilities;
  Walk(process).run([&](const std::vector<std::size_t>& rows, double probability) {
    paths.push_back(rows);
    probabilities.push_back(probability);
  });
  Recording recording(shape_of(process));
  std::vector<std::size_t> tuple(N, 0);
  for (std::size_t digit = 0; digit < N;) {
    start(process, N, recording);
    double probability = 1.0;
    for (std::size_t i = 0; i < N; ++i) {
      record(process, paths[tuple[i]], i, recording);
      probability *= probabilities[tuple[i]];
    }
    visit(recording.view(), probability);
    for (digit = 0; digit < N && ++tuple[digit] == paths.size(); ++digit) tuple[digit] = 0;
  }
}

}  // namespace seedbed
