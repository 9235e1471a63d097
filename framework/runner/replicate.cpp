#include "runner/replicate.hpp"

#include <chrono>
#include <ctime>
#include <iostream>

#include "loader/registry.hpp"
#include "runner/layout.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

constexpr Declaration of_one_execution[] = {
    {"/timing/argv", "", "1", "command line of this execution, JSON list"},
    {"/timing/host", "", "1", "machine of this execution: name, threads, JSON"}};

double wall_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string name_of(const Setting& setting) {
  std::string name(setting.plugin->name());
  for (const Value& value : setting.values)
    if (const auto* component = std::get_if<ComponentValue>(&value); component && *component)
      name += "+" + name_of(**component);
  return name;
}

}  // namespace

Stopwatch::Stopwatch() : wall_(wall_now()), cpu_(cpu_now()) {}
double Stopwatch::wall() const {
  return wall_now() - wall_;
}
double Stopwatch::cpu() const {
  return cpu_now() - cpu_;
}

Declarations execution_datasets() {
  return of_one_execution;
}

Configuration Replicate::configuration() const {
  Configuration c = cell_of().configuration;
  if (theta) c.theta = theta->values;
  return c;
}

std::int64_t Replicate::checkpoint() const {
  return theta ? static_cast<std::int64_t>(theta->checkpoint) : 0;
}

namespace {

RunHeader header_of(const Replicate& r) {
  RunHeader header{r.suite.title,
                   r.task,
                   r.stage_of().name,
                   r.cell_of().name,
                   static_cast<std::int64_t>(r.number),
                   stage_kind_name(r.stage_of().kind),
                   r.provenance};
  if (r.theta) header.provenance.emplace_back("needs", r.theta->json());
  return header;
}

Ending run_kind(const Replicate& r, RunFile& file) {
  const StageKind kind = r.stage_of().kind;
  if (r.theta && r.theta->diverged) {
    file.finish("diverged");
    return Ending::done;
  }
  if (kind == StageKind::learn) return run_learn(r, file);
  return kind == StageKind::gradient ? run_gradient(r, file) : run_evaluate(r, file);
}

Ending run_once(const Replicate& r, const std::filesystem::path& path) {
  const bool gzip = r.cell_of().configuration.record.gzip;
  RunFile file(path, header_of(r), gzip ? Compression::gzip : Compression::none);
  for (const auto& [name, text] : r.execution)
    Declared(file.writer(), of_one_execution).number("/timing/" + name, text);
  for (const std::string& line : file.discarded()) std::cerr << line << std::endl;
  const std::size_t known = file.discarded().size();
  const Ending ending = run_kind(r, file);
  for (std::size_t i = known; i < file.discarded().size(); ++i)
    std::cerr << file.discarded()[i] << std::endl;
  return ending;
}

}  // namespace

Ending run_replicate(const Replicate& replicate, const std::filesystem::path& path) {
  Ending ending = Ending::again;
  while (ending == Ending::again) ending = run_once(replicate, path);
  return ending;
}

std::vector<std::string> parameter_names(const seedbed_policy_info& info) {
  std::vector<std::string> names(info.parameters);
  for (std::size_t j = 0; j < names.size(); ++j) names[j] = "theta[" + std::to_string(j) + "]";
  for (std::uint64_t b = 0; b < info.block_count; ++b) {
    const seedbed_block& block = info.blocks[b];
    for (std::uint64_t i = 0; i < block.rows; ++i)
      for (std::uint64_t j = 0; j < block.columns; ++j)
        names.at(block.offset + i * block.columns + j) =
            std::string(block.name) + "[" + std::to_string(i) + "," + std::to_string(j) + "]";
  }
  return names;
}

ComponentNames component_names(const seedbed_space& space) {
  ComponentNames names;
  for (std::uint64_t i = 0; i < space.size; ++i) {
    names.names.emplace_back(space.names[i]);
    names.units.emplace_back(space.units[i]);
  }
  if (space.kind == SEEDBED_DISCRETE) names.count = space.count;
  if (space.kind == SEEDBED_BOX && space.low && space.high) {
    names.low.assign(space.low, space.low + space.size);
    names.high.assign(space.high, space.high + space.size);
  }
  return names;
}

std::vector<std::string> estimator_names(const Configuration& configuration) {
  std::vector<std::string> names;
  for (const Setting& setting : configuration.estimators) {
    std::string name = name_of(setting);
    std::size_t same = 0;
    for (const std::string& other : names)
      if (other == name || other.rfind(name + " (", 0) == 0) ++same;
    names.push_back(same ? name + " (" + std::to_string(same + 1) + ")" : name);
  }
  return names;
}

}  // namespace seedbed
