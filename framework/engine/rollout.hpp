#pragma once
#include <cstdint>
#include <seedbed/policy_under.hpp>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "engine/lane_tape.hpp"
#include "engine/noise.hpp"
#include "engine/recording.hpp"
#include "engine/requests.hpp"

namespace seedbed {

/// Rolls out requests: environment x policy, SEEDBED_LANES lanes at once, lanes whose episode ended
/// refilled from the queue. A trajectory depends on its own noise alone, never on its lane. They
/// are recorded in the order of their episodes: what reads them (scores above all) reads long runs.
/// Keeps its buffers; one object per thread.
class Rollout {
 public:
  /// `needs`: bits of seedbed_needs, what the recording carries beside the samples.
  Rollout(const DecisionProblem& problem, std::uint32_t needs);

  /// Fills `recording` (made from shape()) with the trajectories of all requests, in their order.
  /// Throws Error (exit 1) naming plugin, function, iteration and episode.
  void run(const std::vector<Request>& requests, const Noise& noise, std::uint32_t iteration,
           Recording& recording, Arena& arena);

  BatchShape shape() const;

 private:
  struct Queue;
  void run_request(Queue& queue, const Noise& noise, std::uint32_t iteration, Recording& recording,
                   Arena& arena);
  void refill(Queue& queue, const Noise& noise, std::uint32_t iteration, Arena& arena);
  void reset_upcoming(Queue& queue, const Noise& noise, std::uint32_t iteration, Arena& arena);
  void tick(const Request& request, const Noise& noise, std::uint32_t iteration, Arena& arena);
  void gather(Queue& queue);
  void collect(Queue& queue, Recording& recording);
  void finish(std::size_t lane, Recording& recording);
  void settle(Queue& queue, std::uint32_t iteration, Recording& recording);

  /// An episode of the request under way, on the tape.
  struct Episode {
    std::uint64_t first;  ///< tick
    std::size_t lane;
    std::size_t steps = 0;  ///< 0 until it ends
    std::size_t stay = 0;   ///< in another lane before; 0: none
  };
  /// Where an episode was on the tape, before it moved to another lane.
  struct Stay {
    std::uint64_t until;  ///< tick, and not in it
    std::size_t lane;
    std::size_t earlier;  ///< stay; 0: none
  };
  bool read(Episode episode, std::size_t at) const;

  /// The first rows of what lies on the tape.
  struct TapeRows {
    std::size_t observation, action, reward, log_prob, rest;
    explicit TapeRows(const BatchShape& shape)
        : observation(0),
          action(shape.observation),
          reward(action + shape.action),
          log_prob(reward + 1),
          rest(log_prob + 1) {}
  };

  const DecisionProblem& problem_;
  PolicyUnder policy_;       ///< under the theta of the request under way
  AlignedDoubles prepared_;  ///< its memory
  std::uint32_t needs_;
  Lanes lanes_;     ///< the episodes under way
  Lanes upcoming_;  ///< the next episodes, already reset
  LaneRows upcoming_observation_;
  LaneTape tape_;  ///< what was recorded of the episodes under way, and of those that wait
  TapeRows at_;
  std::vector<Episode> episodes_;
  std::vector<Stay> stays_;    ///< of the request under way; the first is none
  std::vector<double*> rows_;  ///< where a trajectory goes, a row of the tape each
};

}  // namespace seedbed
