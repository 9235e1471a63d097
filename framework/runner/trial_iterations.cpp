#include "runner/trial_iterations.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>

#include "engine/gradient_study.hpp"
#include "engine/learner.hpp"
#include "engine/policy_evaluation.hpp"
#include "suite/cost.hpp"

namespace seedbed {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Something to time: one iteration per call, and its nominal steps.
struct Trial {
  std::function<void()> iterate;
  double steps = 0.0;
};

Trial trial_of(Configuration c, const Noise& noise) {
  c.theta_from.reset();
  c.iterations = 1;
  c.sources = c.reference_batches = 0;
  if (c.kind == StageKind::evaluate) {
    c.episodes = std::min(c.episodes, std::max<std::uint64_t>(c.block, 1));
    const auto study = std::make_shared<PolicyEvaluation>(c, noise);
    return {[study, n = c.episodes] { study->roll_out(0, n); }, nominal_cost(c)};
  }
  if (c.kind == StageKind::gradient) {
    const auto study = std::make_shared<GradientStudy>(c, noise);
    const auto number = std::make_shared<std::uint64_t>(0);
    return {[study, number] { study->step((*number)++); }, nominal_cost(c)};
  }
  const auto learner = std::make_shared<Learner>(c, noise);
  const LearnState begin = learner->begin();  // again and again: no update makes theta leave
  return {[learner, begin] {
            LearnState state = begin;
            learner->step(state);
          },
          nominal_cost(c)};
}

/// The first iteration touches fresh memory, so later ones count where there is time for any.
double time_one(const Configuration& configuration, std::uint32_t seed, double budget) {
  const auto begin = Clock::now();
  const Trial trial = trial_of(configuration, Noise(seed, 0));
  double best = 0.0;
  for (int i = 0; i < 16 && (i == 0 || seconds_since(begin) < budget); ++i) {
    const auto start = Clock::now();
    trial.iterate();
    const double seconds = seconds_since(start);
    best = i == 0 ? seconds : std::min(best, seconds);
  }
  return best / trial.steps;
}

/// Never returns. Writes one number per configuration.
[[noreturn]] void be_the_child(const std::vector<const Configuration*>& configurations,
                               std::uint32_t seed, double budget, int out) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
  try {
    for (const Configuration* each : configurations) {
      const double share = budget / static_cast<double>(configurations.size() + 1);
      const double rate = time_one(*each, seed, share);
      if (::write(out, &rate, sizeof rate) != sizeof rate) break;
    }
  } catch (...) {  // its cost is unknown
  }
  ::_exit(0);
}

/// Numbers from a pipe until it ends or the time is up.
std::vector<double> read_until(int in, Clock::time_point start, double budget) {
  std::vector<double> rates;
  for (;;) {
    const double left = budget - seconds_since(start);
    pollfd ready{in, POLLIN, 0};
    const int events = left > 0.0 ? ::poll(&ready, 1, static_cast<int>(left * 1e3) + 1) : 0;
    if (events < 0 && errno == EINTR) continue;
    double rate = 0.0;
    if (events <= 0 || ::read(in, &rate, sizeof rate) != sizeof rate) return rates;
    if (rate > 0.0) rates.push_back(rate);
  }
}

}  // namespace

std::vector<double> time_iterations(const std::vector<const Configuration*>& configurations,
                                    std::uint32_t seed, double budget) {
  int ends[2];
  if (configurations.empty() || budget <= 0.0 || ::pipe2(ends, O_CLOEXEC) != 0) return {};
  const auto start = Clock::now();
  const pid_t child = ::fork();
  if (child == 0) be_the_child(configurations, seed, budget, ends[1]);
  ::close(ends[1]);
  std::vector<double> rates;
  if (child > 0) {
    rates = read_until(ends[0], start, budget);
    ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(ends[0]);
  return rates;
}

}  // namespace seedbed
