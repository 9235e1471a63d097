#include "laws/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"
#include "laws/batch.hpp"
#include "laws/block.hpp"
#include "laws/threads.hpp"
#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

enum class Form { whole, to_go };

/// A batch and its returns, R_i or G_t, as targets.
struct Returns {
  Recording recording;
  std::vector<std::uint64_t> begin, length, sample;
  std::vector<std::int64_t> t;
  std::vector<double> value;
  seedbed_batch batch{};
  seedbed_targets targets{};

  ///   G_t = r_t + gamma G_{t+1},  R_i = G_0
  Returns(const Recording& of, Form form) : recording(of) {
    batch = recording.view();
    std::vector<double> G(batch.samples);
    for (std::size_t i = 0; i < batch.episodes; ++i) {
      double sum = 0.0;
      for (std::uint64_t k = batch.length[i]; k-- > 0;)
        G[batch.begin[i] + k] = sum = batch.reward[batch.begin[i] + k] + batch.discount * sum;
      begin.push_back(i);
      length.push_back(1);
      sample.push_back(batch.begin[i]);
      t.push_back(0);
      value.push_back(G[batch.begin[i]]);
    }
    if (form == Form::to_go) {
      value = G;
      targets = {G.size(), batch.begin,  batch.length, batch.t,
                 nullptr,  value.data(), batch.horizon};
    } else {
      targets = {
          begin.size(), begin.data(), length.data(), t.data(), sample.data(), value.data(), 1};
    }
  }
  Returns(const Returns&) = delete;
};

seedbed_baseline_info describe(const Instance& b, std::uint64_t steps) {
  seedbed_baseline_info info{};
  b.functions<seedbed_baseline>().describe(b.self(), steps, &info);
  return info;
}

Block begin(const Instance& b, std::uint64_t steps) {
  Block state(1, describe(b, steps).state_size);
  if (b.functions<seedbed_baseline>().begin)
    call(b, "begin", [&](seedbed_message* message) {
      return b.functions<seedbed_baseline>().begin(b.self(), steps, state.row(0), message);
    });
  demand(state.guarded(), "nothing beyond the outputs is written", "begin did");
  return state;
}

Block after_commit(const Instance& b, const Returns& r, Block state) {
  Scrambled scratch;
  if (b.functions<seedbed_baseline>().commit)
    call(b, "commit", [&](seedbed_message* message) {
      return b.functions<seedbed_baseline>().commit(b.self(), &r.batch, &r.targets, state.row(0),
                                                    scratch.fresh(), message);
    });
  demand(state.guarded(), "nothing beyond the outputs is written", "commit did");
  return state;
}

/// b of each target as it lies, and at the final observations.
Block values(const Instance& b, const Returns& r, const Block& state, double contents = nan) {
  Block out(1, r.targets.count, nan), final_b(1, r.batch.episodes, nan);
  const Recording before = r.recording;
  const Block state_before = state;
  const std::vector<double> value_before = r.value;
  Scrambled scratch(contents);
  call(b, "values", [&](seedbed_message* message) {
    return b.functions<seedbed_baseline>().values(b.self(), &r.batch, &r.targets, state.row(0),
                                                  out.row(0), final_b.row(0), scratch.fresh(),
                                                  message);
  });
  demand_unwritten(before, r.recording, "values");
  demand(state.same_bits(state_before) && r.value == value_before, "inputs are not written",
         "values wrote its state or its targets");
  demand(out.guarded() && final_b.guarded(), "nothing beyond the outputs is written", "values did");
  Block all(1, out.size() + final_b.size());
  std::copy_n(out.row(0), out.size(), all.row(0));
  std::copy_n(final_b.row(0), final_b.size(), all.row(0) + out.size());
  return all;
}

/// body(returns, state, form) for both forms and both states.
template <class Body>
void everywhere(const BaselineTrial& trial, Body&& body) {
  for (const Form form : {Form::whole, Form::to_go}) {
    const Returns r(trial.recording, form);
    const Block first = begin(trial.baseline, r.targets.steps);
    body(r, first, form);
    body(r, after_commit(trial.baseline, r, first), form);
  }
}

void finite(const BaselineTrial& trial) {
  everywhere(trial, [&](const Returns& r, const Block& state, Form) {
    const Block b = values(trial.baseline, r, state);
    for (std::size_t j = 0; j < b.size(); ++j)
      demand(std::isfinite(b(0, j)), "outputs are finite",
             fmt::format("got {} for target {} of {}", b(0, j), j, r.targets.count));
  });
}

void same_inputs(const BaselineTrial& trial) {
  everywhere(trial, [&](const Returns& r, const Block& state, Form) {
    constexpr const char* law = "same inputs give the same bits";
    demand_same(values(trial.baseline, r, state), values(trial.baseline, r, state), law, "values");
    demand_same(after_commit(trial.baseline, r, state), after_commit(trial.baseline, r, state), law,
                "state after commit");
  });
}

void scratch(const BaselineTrial& trial) {
  everywhere(trial, [&](const Returns& r, const Block& state, Form) {
    demand_same(values(trial.baseline, r, state), values(trial.baseline, r, state, 1e300),
                "other scratch memory gives the same bits", "values");
  });
}

/// What a sum over the batch less one's own value leaves of that value, relative.
constexpr double rounding = 1e-12;

double largest(const Returns& r) {
  double most = 1.0;
  for (const double value : r.value) most = std::max(most, std::abs(value));
  return most;
}

/// Which b must stand still when the rewards of trajectory i change: to the bit, or, where b is
/// made of the others, to rounding.
void dependence(const BaselineTrial& trial) {
  everywhere(trial, [&](const Returns& r, const Block& state, Form form) {
    const std::uint32_t allowed = describe(trial.baseline, r.targets.steps).dependence;
    demand(allowed <= SEEDBED_THIS_BATCH, "b depends on what it says",
           fmt::format("expected one of four dependences, got {}", allowed));
    const Block b = values(trial.baseline, r, state);
    for (std::size_t i = 0; i < r.batch.episodes && allowed != SEEDBED_THIS_BATCH; ++i) {
      const Returns other(with_other_rewards(trial.recording, i), form);
      const Block moved = values(trial.baseline, other, state);
      const double tolerance =
          allowed == SEEDBED_OTHER_TRAJECTORIES ? rounding * largest(other) : 0.0;
      for (std::size_t k = 0; k < r.batch.episodes; ++k)
        for (std::uint64_t j = r.targets.begin[k]; j < r.targets.begin[k] + r.targets.length[k];
             ++j)
          if ((k == i || allowed != SEEDBED_OTHER_TRAJECTORIES) &&
              !(std::abs(b(0, j) - moved(0, j)) <= tolerance))
            demand(false,
                   allowed == SEEDBED_OTHER_TRAJECTORIES ? "b_i depends on the others alone"
                                                         : "b depends on no reward of this batch",
                   fmt::format("other rewards in trajectory {} change b of trajectory {}, target "
                               "{}: {}",
                               i, k, j, expected_got(b(0, j), moved(0, j))));
    }
  });
}

void threads(const BaselineTrial& trial) {
  const std::string alone = fingerprint(trial);
  in_two_threads([&](std::size_t) {
    for (int i = 0; i < 20; ++i)
      demand(fingerprint(trial) == alone, "two threads give the same bits", "the values differ");
  });
}

}  // namespace

const Laws<BaselineTrial>& baseline_laws() {
  static const Laws<BaselineTrial> laws = {
      {"only-outputs-are-written", [](const BaselineTrial& trial) { fingerprint(trial); }},
      {"outputs-are-finite", finite},
      {"same-inputs-give-the-same-bits", same_inputs},
      {"other-scratch-gives-the-same-bits", scratch},
      {"b-depends-on-no-more-than-it-says", dependence},
      {"two-threads-give-the-same-bits", threads}};
  return laws;
}

std::string fingerprint(const BaselineTrial& trial) {
  std::string bytes;
  everywhere(trial, [&](const Returns& r, const Block& state, Form) {
    const Block b = values(trial.baseline, r, state);
    bytes.append(reinterpret_cast<const char*>(b.row(0)), b.size() * sizeof(double));
  });
  return sha256(bytes);
}

}  // namespace seedbed::contract
