#include "engine/rollout.hpp"

#include <algorithm>
#include <bit>

#include "engine/call.hpp"
#include "engine/finiteness.hpp"

namespace seedbed {

namespace {

/// What the tape and the recording both hold, in the order of the tape's rows; a part that is not
/// needed has no rows.
constexpr Rows Recording::*on_tape[] = {
    &Recording::observation,   &Recording::action,       &Recording::reward,
    &Recording::log_prob,      &Recording::state,        &Recording::policy_uniform,
    &Recording::policy_normal, &Recording::step_uniform, &Recording::step_normal};

BatchShape full_shape(const DecisionProblem& problem) {
  const auto& e = problem.environment_info();
  const auto& p = problem.policy_info();
  return {e.observation->size, e.action->size, e.state_size,     p.uniforms,     p.normals,
          e.step_uniforms,     e.step_normals, e.reset_uniforms, e.reset_normals};
}

std::size_t tape_rows(const BatchShape& s) {
  return s.observation + s.action + 2 + s.state + s.policy_uniforms + s.policy_normals +
         s.step_uniforms + s.step_normals;
}

}  // namespace

/// The episodes of one request that have not started, and where they go in the batch.
struct Rollout::Queue {
  const Request& request;
  std::uint64_t index;              ///< of the request
  std::uint64_t first_episode;      ///< in the batch
  std::uint64_t started = 0;        ///< episodes of the request that have a lane, or had one
  std::size_t next = 0, ready = 0;  ///< lanes of `upcoming_` that are reset and not yet taken
  LaneSet busy = 0;                 ///< lanes under way
  std::uint64_t oldest = 0;         ///< of the episodes under way
  std::uint64_t settled = 0;        ///< episodes that are in the recording
};

Rollout::Rollout(const DecisionProblem& problem, std::uint32_t needs)
    : problem_(problem),
      policy_(problem.policy().component()),
      prepared_(policy_.size()),
      needs_(needs),
      lanes_(full_shape(problem), problem.environment_info().state_size),
      upcoming_(full_shape(problem), problem.environment_info().state_size),
      upcoming_observation_(problem.environment_info().observation->size),
      tape_(tape_rows(shape())),
      at_(shape()),
      rows_(tape_rows(shape())) {}

BatchShape Rollout::shape() const {
  BatchShape shape = full_shape(problem_);
  if (!(needs_ & SEEDBED_NEEDS_STATE)) shape.state = 0;
  if (!(needs_ & SEEDBED_NEEDS_POLICY_NOISE)) shape.policy_uniforms = shape.policy_normals = 0;
  if (!(needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE))
    shape.step_uniforms = shape.step_normals = shape.reset_uniforms = shape.reset_normals = 0;
  return shape;
}

void Rollout::run(const std::vector<Request>& requests, const Noise& noise, std::uint32_t iteration,
                  Recording& recording, Arena& arena) {
  std::uint64_t episodes = 0;
  for (const Request& request : requests) episodes += request.episodes;
  recording.start(episodes, requests.size());
  recording.horizon = problem_.objective().horizon;
  recording.discount = problem_.objective().discount;
  recording.environment = &problem_.environment().component();
  recording.policy = &problem_.policy().component();
  std::uint64_t first = 0;
  for (std::size_t k = 0; k < requests.size(); ++k) {
    recording.theta[k] = requests[k].theta;
    recording.transform[k] = requests[k].transform;
    Queue queue{requests[k], k, first};
    run_request(queue, noise, iteration, recording, arena);
    first += requests[k].episodes;
  }
  call_record().last_episode = CallRecord::none;
}

void Rollout::run_request(Queue& queue, const Noise& noise, std::uint32_t iteration,
                          Recording& recording, Arena& arena) {
  lanes_.restart();
  tape_.restart();
  episodes_.resize(queue.request.episodes);
  stays_.resize(1);
  call(problem_.policy(), "prepare", [&](seedbed_message* message) {
    return policy_.prepare(queue.request.theta.data(), prepared_.data(), message);
  });
  do {
    refill(queue, noise, iteration, arena);
    gather(queue);
    tick(queue.request, noise, iteration, arena);
    collect(queue, recording);
    tape_.advance(lanes_.used);
    if (tape_.at_window()) settle(queue, iteration, recording);
  } while (queue.busy != 0 || queue.started < queue.request.episodes);
  if (!tape_.at_window()) settle(queue, iteration, recording);
}

/// Once no episode waits any more, moves those under way together as soon as a narrower call has
/// room for them: the last ones of a batch, or a few, do not cost what a whole block of lanes does.
void Rollout::gather(Queue& queue) {
  if (queue.started < queue.request.episodes) return;
  const auto busy = static_cast<std::size_t>(std::popcount(queue.busy));
  if (width_for(busy) == lanes_.width()) return;
  while (queue.busy >> busy != 0) {
    const auto to = static_cast<std::size_t>(std::countr_one(queue.busy));
    const auto from = static_cast<std::size_t>(std::bit_width(queue.busy)) - 1;
    Episode& it = episodes_[lanes_.episode[from] - queue.first_episode];
    if (it.first < tape_.now()) {
      stays_.push_back({tape_.now(), from, it.stay});
      it.stay = stays_.size() - 1;
    }
    it.lane = to;
    lanes_.copy_episode(to, lanes_, from);
    for (std::size_t i = 0; i < upcoming_observation_.rows(); ++i)
      tape_.row(at_.observation + i)[to] = tape_.row(at_.observation + i)[from];
    queue.busy ^= LaneSet{1} << from | LaneSet{1} << to;
  }
  lanes_.used = busy;
}

/// Gives every idle lane the next episode of the queue.
void Rollout::refill(Queue& queue, const Noise& noise, std::uint32_t iteration, Arena& arena) {
  if (queue.busy == all_lanes || queue.started == queue.request.episodes) return;
  for (LaneSet idle = all_lanes & ~queue.busy; idle != 0 && queue.started < queue.request.episodes;
       idle &= idle - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(idle));
    if (queue.next == queue.ready) reset_upcoming(queue, noise, iteration, arena);
    for (std::size_t i = 0; i < upcoming_observation_.rows(); ++i)
      tape_.row(at_.observation + i)[j] = upcoming_observation_.row(i)[queue.next];
    lanes_.copy_episode(j, upcoming_, queue.next++);
    episodes_[queue.started++] = {tape_.now(), j};
    queue.busy |= LaneSet{1} << j;
    lanes_.used = std::max(lanes_.used, j + 1);
  }
  while (episodes_[queue.oldest].steps > 0) ++queue.oldest;
  call_record().first_episode = queue.first_episode + queue.oldest;
  call_record().last_episode = queue.first_episode + queue.started - 1;
}

/// Resets the next SEEDBED_LANES episodes at once: one call of the plugin for all of them.
void Rollout::reset_upcoming(Queue& queue, const Noise& noise, std::uint32_t iteration,
                             Arena& arena) {
  const Request& request = queue.request;
  const auto& info = problem_.environment_info();
  Lanes& next = upcoming_;
  queue.next = 0;
  queue.ready = std::min<std::uint64_t>(SEEDBED_LANES, request.episodes - queue.started);
  call_record().first_episode = queue.first_episode + queue.started;
  call_record().last_episode = queue.first_episode + queue.started + queue.ready - 1;
  for (std::size_t j = 0; j < queue.ready; ++j) {
    next.episode[j] = queue.first_episode + queue.started + j;
    next.noise_name[j] = static_cast<std::uint32_t>(request.first_noise + queue.started + j);
  }
  noise.fill(Purpose::reset, iteration,
             {queue.ready, next.noise_name, next.t, request.antithetic()}, info.reset_uniforms,
             next.reset_uniform.out(), info.reset_normals, next.reset_normal.out());
  call(problem_.environment(), "reset", [&](seedbed_message* message) {
    return problem_.environment().functions<seedbed_environment>().reset(
        problem_.environment().self(), width_for(queue.ready), next.reset_uniform.in(),
        next.reset_normal.in(), next.state.out(), upcoming_observation_.out(), arena.fresh(),
        message);
  });
  if (request.start.empty()) return;
  const auto place = [&](LaneRows& rows, const std::vector<double>& start) {
    for (std::size_t i = 0; i < rows.rows(); ++i)
      std::copy_n(start.data() + i * request.episodes + queue.started, queue.ready, rows.row(i));
  };
  place(next.state, request.start);
  place(upcoming_observation_, request.start_observation);
}

/// One step of all lanes: noise -> act -> noise -> step, recorded.
void Rollout::tick(const Request& request, const Noise& noise, std::uint32_t iteration,
                   Arena& arena) {
  const auto& e = problem_.environment_info();
  const auto& p = problem_.policy_info();
  Lanes& l = lanes_;
  const auto names = [&](const std::vector<std::uint32_t>& from) {
    return LaneNames(l, request.antithetic(), request.first_noise, request.splice, from);
  };
  const auto row = [&](std::size_t i) { return seedbed_out{tape_.row(i), SEEDBED_LANES}; };
  const auto read = [&](std::size_t i) { return seedbed_in{tape_.row(i), SEEDBED_LANES}; };
  std::size_t rest = at_.rest;
  const auto record = [&](const LaneRows& values) {
    std::copy_n(values.row(0), values.rows() * SEEDBED_LANES, tape_.row(rest));
    rest += values.rows();
  };
  noise.fill(Purpose::policy, iteration, names(request.splice.policy).lanes(), p.uniforms,
             l.policy_uniform.out(), p.normals, l.policy_normal.out());
  call(problem_.policy(), "act", [&](seedbed_message* message) {
    return policy_.functions().act(policy_.self(), request.theta.data(), l.width(), l.t,
                                   read(at_.observation), l.policy_uniform.in(),
                                   l.policy_normal.in(), row(at_.action), tape_.row(at_.log_prob),
                                   arena.fresh(), message);
  });
  noise.fill(Purpose::environment_step, iteration, names(request.splice.environment).lanes(),
             e.step_uniforms, l.step_uniform.out(), e.step_normals, l.step_normal.out());
  if (needs_ & SEEDBED_NEEDS_STATE) record(l.state);
  if (needs_ & SEEDBED_NEEDS_POLICY_NOISE) {
    record(l.policy_uniform);
    record(l.policy_normal);
  }
  if (needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE) {
    record(l.step_uniform);
    record(l.step_normal);
  }
  call(problem_.environment(), "step", [&](seedbed_message* message) {
    return problem_.environment().functions<seedbed_environment>().step(
        problem_.environment().self(), l.width(), read(at_.action), l.step_uniform.in(),
        l.step_normal.in(), l.state.out(), {tape_.next_row(at_.observation), SEEDBED_LANES},
        tape_.row(at_.reward), l.terminated.row(0), arena.fresh(), message);
  });
}

/// Advances time; notes what ended.
void Rollout::collect(Queue& queue, Recording& recording) {
  LaneSet at_end = nonzero(lanes_.terminated.row(0)) & lanes_below(lanes_.width());
  lanes_.advance();
  const auto horizon = static_cast<std::int64_t>(problem_.objective().horizon);
  if (tape_.now() + 1 - episodes_[queue.oldest].first >= problem_.objective().horizon)
    for (std::size_t j = 0; j < SEEDBED_LANES; ++j)
      at_end |= static_cast<LaneSet>(lanes_.t[j] >= horizon) << j;
  for (; at_end != 0; at_end &= at_end - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(at_end));
    if (queue.busy >> j & 1) {
      const std::uint64_t episode = lanes_.episode[j];
      episodes_[episode - queue.first_episode].steps = static_cast<std::size_t>(lanes_.t[j]);
      recording.request[episode] = queue.index;
      finish(j, recording);
    }
    lanes_.t[j] = 0;  // an idle lane runs in circles
    queue.busy &= ~(LaneSet{1} << j);
  }
}

/// Records what there is once in the episode of a lane.
void Rollout::finish(std::size_t lane, Recording& recording) {
  const std::uint64_t episode = lanes_.episode[lane];
  const auto keep = [&](Rows& rows, const LaneRows& values) {
    for (std::size_t i = 0; i < rows.rows(); ++i) rows.row(i)[episode] = values.row(i)[lane];
  };
  for (std::size_t i = 0; i < recording.final_observation.rows(); ++i)
    recording.final_observation.row(i)[episode] = tape_.next_row(at_.observation + i)[lane];
  keep(recording.terminated, lanes_.terminated);
  keep(recording.reset_uniform, lanes_.reset_uniform);
  keep(recording.reset_normal, lanes_.reset_normal);
  recording.noise[episode] = lanes_.noise_name[lane];
}

/// Moves trajectories to where they stay: in the order of episodes, as far as all have ended.
void Rollout::settle(Queue& queue, std::uint32_t iteration, Recording& recording) {
  const bool waiting = queue.settled < queue.started;
  tape_.turn(waiting ? episodes_[queue.settled].first : tape_.now());
  std::uint64_t end = queue.settled;
  for (; end < queue.started && episodes_[end].steps > 0; ++end)
    recording.length[queue.first_episode + end] = episodes_[end].steps;
  recording.place(queue.first_episode + queue.settled, end - queue.settled);
  std::size_t row = 0;
  for (Rows Recording::*part : on_tape)
    for (std::size_t i = 0; i < (recording.*part).rows(); ++i)
      rows_[row++] = (recording.*part).row(i);
  for (; queue.settled < end; ++queue.settled) {
    const Episode& it = episodes_[queue.settled];
    const std::uint64_t episode = queue.first_episode + queue.settled;
    const double terminated = recording.terminated.row(0)[episode];
    if (!read(it, recording.begin[episode]) || (terminated != 0.0 && terminated != 1.0))
      demand_finite(problem_, recording, episode, iteration);
  }
}

/// Copies an episode from the tape to samples `at` .. of its recording, lane after lane that it was
/// in. False when a number may not be finite.
bool Rollout::read(Episode episode, std::size_t at) const {
  bool finite = true;
  if (episode.stay != 0) {
    const Stay& before = stays_[episode.stay];
    const std::size_t steps = before.until - episode.first;
    finite = read({episode.first, before.lane, steps, before.earlier}, at);
    episode.first += steps;
    episode.steps -= steps;
    at += steps;
  }
  return tape_.read(episode.lane, episode.first, episode.steps, rows_.data(), at) && finite;
}

}  // namespace seedbed
