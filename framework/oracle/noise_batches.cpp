#include "oracle/noise_batches.hpp"

#include <seedbed/error.hpp>

namespace seedbed {

namespace {

constexpr std::size_t work_of_a_case = 4;  // in batches

/// The episodes of a batch under one noise name, and what can become of them.
struct Group {
  std::vector<std::size_t> episodes;  // of the batch; player p is episodes[p]
  std::vector<Player> players;
  const NoiseCases* cases = nullptr;
};

/// By noise name, in the order of the names.
std::vector<Group> groups_of(const std::vector<Request>& requests) {
  std::map<std::uint64_t, Group> by_name;
  std::size_t episode = 0;
  for (const Request& request : requests) {
    if (!request.start.empty())
      throw Error("enumeration: expected requests that start from reset, got one from states");
    for (std::uint64_t i = 0; i < request.episodes; ++i) {
      Group& group = by_name[request.first_noise + i];
      group.episodes.push_back(episode++);
      group.players.push_back({request.theta, request.transform});
    }
  }
  std::vector<Group> groups;
  for (auto& [name, group] : by_name) groups.push_back(std::move(group));
  return groups;
}

/// The batch without its trajectories.
Recording frame(NoiseTree& tree, const DecisionProblem& problem,
                const std::vector<Request>& requests) {
  Recording batch(tree.shape());
  batch.theta.resize(requests.size());
  batch.horizon = problem.objective().horizon;
  batch.discount = problem.objective().discount;
  batch.environment = &problem.environment().component();
  batch.policy = &problem.policy().component();
  return batch;
}

void describe(const std::vector<Request>& requests, Recording& batch) {
  std::size_t episode = 0;
  for (std::size_t k = 0; k < requests.size(); ++k) {
    batch.theta[k] = requests[k].theta;
    batch.transform[k] = requests[k].transform;
    for (std::uint64_t i = 0; i < requests[k].episodes; ++i, ++episode) {
      batch.noise[episode] = requests[k].first_noise + i;
      batch.request[episode] = k;
    }
  }
}

}  // namespace

bool for_each_batch(NoiseTree& tree, const DecisionProblem& problem,
                    const std::vector<Request>& requests, std::size_t& left,
                    const std::function<void(const seedbed_batch&, double probability)>& visit) {
  std::vector<Group> groups = groups_of(requests);
  std::map<std::vector<Player>, NoiseCases> known;
  double count = 1.0;
  std::size_t episodes = 0;
  for (Group& group : groups) {
    episodes += group.players.size();
    auto place = known.find(group.players);
    if (place == known.end()) {
      std::optional<NoiseCases> cases = tree.grow(group.players, left / work_of_a_case);
      if (!cases) return false;
      left -= work_of_a_case * cases->probability.size();
      place = known.emplace(group.players, std::move(*cases)).first;
    }
    group.cases = &place->second;
    count *= static_cast<double>(group.cases->probability.size());
    if (count > static_cast<double>(left)) return false;
  }
  left -= static_cast<std::size_t>(count);
  Recording batch = frame(tree, problem, requests);
  std::vector<std::size_t> chosen(groups.size(), 0);
  for (std::size_t digit = 0; digit < groups.size();) {
    batch.start(episodes, requests.size());
    describe(requests, batch);
    double probability = 1.0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const std::size_t players = groups[g].players.size();
      probability *= groups[g].cases->probability[chosen[g]];
      for (std::size_t p = 0; p < players; ++p)
        batch.copy(groups[g].episodes[p], groups[g].cases->episodes, chosen[g] * players + p);
    }
    visit(batch.view(), probability);
    for (digit = 0;
         digit < groups.size() && ++chosen[digit] == groups[digit].cases->probability.size();
         ++digit)
      chosen[digit] = 0;
  }
  return true;
}

}  // namespace seedbed
