#include <numeric>
#include <optional>
#include <seedbed/environment.hpp>

#include "grid.hpp"
#include "process.hpp"

using namespace seedbed;

namespace {

/// A finite process, sampled by inverting distribution functions (README, equation 1).
///
///   s_0 = min{s : u < Σ_{k≤s} ρ₀(k)}        outcome = min{i : u < Σ_{k≤i} p_k(s, a)}
///
/// The last outcome takes what rounding leaves over. Source: Puterman 1994, chapter 2.
struct Tabular {
  static constexpr Info info{
      .name = "tabular",
      .version = "1.0.0",
      .summary = "A finite process given by a table of transitions",
      .source = "M. L. Puterman, Markov decision processes, 1994, chapter 2"};
  static constexpr Parameter parameters[] = {
      {"model", SEEDBED_FILE, "\"\"", any, "", "CSV file of transitions (README, Model)"},
      {"transitions", SEEDBED_STRING, "\"\"", any, "", "the same as text; one of both is given"},
      {"initial", SEEDBED_REALS, "[]", any, "",
       "probability of each first state; [] leaves it to the start rows"},
      {"columns", SEEDBED_INTEGER, "0", non_negative, "",
       "states in a row of the pictures; 0: as square as it goes"}};

  Process process;
  std::vector<std::size_t> first;     ///< [states * actions + 1] first row of (state, action)
  std::vector<double> cumulative;     ///< [rows] of the row's (state, action)
  std::vector<std::uint64_t> starts;  ///< states with rho_0 > 0
  std::vector<double> start_cumulative, names;  ///< of starts; 0, 1, 2, ...
  Space observation, action;
  std::optional<Grid> grid;

  Tabular(const Values& values, const Context&)
      : process(read(values)),
        names(process.states),
        observation(Space::discrete("state", process.states)),
        action(Space::discrete("action", process.actions)) {
    set_initial(values);
    grid.emplace(process, static_cast<std::size_t>(values.integer("columns")));
    std::iota(names.begin(), names.end(), 0.0);
    const Process& p = process;
    for (std::size_t i = 0; i < p.rows(); ++i) {
      const bool begins = i == 0 || p.state[i] != p.state[i - 1] || p.action[i] != p.action[i - 1];
      if (begins) first.push_back(i);
      cumulative.push_back(p.probability[i] + (begins ? 0.0 : cumulative.back()));
    }
    first.push_back(p.rows());
    double sum = 0.0;
    for (std::uint64_t s = 0; s < p.states; ++s)
      if (p.initial[s] > 0.0) {
        starts.push_back(s);
        start_cumulative.push_back(sum += p.initial[s]);
      }
  }

  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), 1, 0, 1, 0, 1, 0};
  }

  void reset(LaneIn uniform, LaneIn, LaneOut state, LaneOut obs) const {
    const std::size_t i = pick(start_cumulative.data(), starts.size(), uniform[0]);
    state[0] = obs[0] = static_cast<double>(starts[i]);
  }

  Step step(LaneIn a, LaneIn uniform, LaneIn, LaneOut state, LaneOut obs) const {
    const std::size_t group =
        index(state[0], process.states) * process.actions + index(a[0], process.actions);
    const std::size_t begin = first[group], count = first[group + 1] - begin;
    const std::size_t row = begin + pick(cumulative.data() + begin, count, uniform[0]);
    state[0] = obs[0] = static_cast<double>(process.next[row]);
    return {process.reward[row], process.terminated[row] != 0.0};
  }

  View view() const { return grid->view(); }
  void draw(const double* state, const double*, Canvas& canvas) const {
    grid->draw(index(state[0], process.states), canvas);
  }

  static void model(const void* self, seedbed_tabular_model* out) {
    const Process& p = abi::as<Tabular>(self).process;
    *out = {p.states,
            p.actions,
            p.rows(),
            p.state.data(),
            p.action.data(),
            p.next.data(),
            p.probability.data(),
            p.reward.data(),
            p.terminated.data(),
            p.initial.data(),
            In(abi::as<Tabular>(self).names.data(), p.states)};
  }
  static constexpr seedbed_tabular tabular{model};
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ENVIRONMENT_TABULAR, &tabular},
      {SEEDBED_ENVIRONMENT_DRAWING, &abi::environment_drawing<Tabular>}};

 private:
  static Process read(const Values& values) {
    const std::string file = values.text("model"), text = values.text("transitions");
    if (file.empty() == text.empty())
      throw values.error("model", std::string("expected either 'model' or 'transitions', got ") +
                                      (file.empty() ? "none" : "both"));
    const char* key = file.empty() ? "transitions" : "model";
    try {
      return read_process(file.empty() ? text : file);
    } catch (const Error& error) {
      throw values.error(key, error.what());
    }
  }

  void set_initial(const Values& values) {
    const std::vector<double> given = values.reals("initial");
    if (given.empty() && process.initial.empty())
      throw values.error("initial", "expected " + std::to_string(process.states) +
                                        " probabilities, as the model has no start rows, got none");
    if (given.empty()) return;
    if (given.size() != process.states)
      throw values.error("initial", "expected " + std::to_string(process.states) +
                                        " probabilities, got " + std::to_string(given.size()));
    for (const double p : given)
      if (!(p >= 0.0))
        throw values.error("initial", "expected no negative probability, got " + std::to_string(p));
    try {
      check_sum(std::accumulate(given.begin(), given.end(), 0.0), "initial distribution");
    } catch (const Error& error) {
      throw values.error("initial", error.what());
    }
    process.initial = given;
  }

  static std::size_t pick(const double* sums, std::size_t count, double u) {
    std::size_t i = 0;
    while (i + 1 < count && u >= sums[i]) ++i;
    return i;
  }
};

}  // namespace

SEEDBED_PLUGIN(environment<Tabular>)
