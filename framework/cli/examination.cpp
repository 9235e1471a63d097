#include "cli/examination.hpp"

#include <fmt/format.h>
#include <langinfo.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>

#include "runner/slice.hpp"
#include "store/hdf5_library.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

Finding examine_cpu() {
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                  __builtin_cpu_supports("bmi2");
  if (v3) return {"processor", Health::ok, "x86-64-v3 (AVX2, FMA)", ""};
  return {"processor", Health::fail, "no AVX2 and FMA",
          "use a machine with an x86-64-v3 processor (since 2013 Intel, 2015 AMD)"};
}

Finding examine_cores() {
  const long online = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN));
  const unsigned mine = processors();
  return {"cores", Health::ok, fmt::format("{} of {} for this process", mine, online), ""};
}

/// MiB of a line of /proc/meminfo, 0 where there is none.
std::uint64_t memory(const std::string& name) {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind(name + ":", 0) == 0) return std::stoull(line.substr(name.size() + 1)) >> 10;
  return 0;
}

Finding examine_memory() {
  const std::uint64_t free = memory("MemAvailable"), all = memory("MemTotal");
  constexpr std::uint64_t per_worker = 256;
  const std::string found = fmt::format("{} of {} MiB available", free, all);
  if (free >= per_worker * processors()) return {"memory", Health::ok, found, ""};
  return {"memory", Health::warn, found,
          fmt::format("fewer workers: --jobs {}, or --memory-per-worker MIB",
                      std::max<std::uint64_t>(1, free / per_worker))};
}

Finding examine_limit(const char* what, const char* letter, __rlimit_resource_t resource,
                      rlim_t least) {
  rlimit limit{};
  ::getrlimit(resource, &limit);
  if (limit.rlim_cur == RLIM_INFINITY) return {what, Health::ok, "no limit", ""};
  const std::string found = fmt::format("at most {}", limit.rlim_cur);
  if (limit.rlim_cur >= least) return {what, Health::ok, found, ""};
  return {what, Health::warn, found, fmt::format("ulimit {} {}", letter, least)};
}

Finding examine_clock() {
  const std::time_t now = std::time(nullptr);
  constexpr std::time_t written = 1735689600;  // 2025-01-01
  char text[32];
  std::strftime(text, sizeof text, "%F %T UTC", std::gmtime(&now));
  if (now >= written) return {"clock", Health::ok, text, ""};
  return {"clock", Health::warn, text, "set the clock: events and logs carry its time"};
}

Finding examine_locale() {
  std::setlocale(LC_CTYPE, "");
  const std::string codeset = ::nl_langinfo(CODESET);
  std::setlocale(LC_CTYPE, "C");
  if (codeset == "UTF-8") return {"locale", Health::ok, codeset, ""};
  return {"locale", Health::warn, codeset, "export LC_ALL=C.UTF-8: names and units are UTF-8"};
}

Finding examine_terminal() {
  const char *term = std::getenv("TERM"), *no_color = std::getenv("NO_COLOR");
  const bool tty = ::isatty(STDERR_FILENO) == 1;
  std::string found = tty ? fmt::format("{}", term ? term : "TERM is not set")
                          : std::string("no terminal: plain lines of progress");
  if (no_color && *no_color) found += ", NO_COLOR";
  if (tty && (!term || std::strcmp(term, "dumb") == 0))
    return {"terminal", Health::warn, found, "export TERM=xterm-256color: progress is redrawn"};
  return {"terminal", Health::ok, found, ""};
}

/// The first program of that name in PATH; empty where there is none.
std::string in_path(const std::string& name) {
  std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const fs::path file = fs::path(folder) / name; ::access(file.c_str(), X_OK) == 0)
      return file.string();
  return "";
}

Findings examine_plugins(const SearchPath& path) {
  const Registry registry(path);
  Findings findings;
  std::string searched;
  for (const fs::path& folder : registry.folders())
    searched += (searched.empty() ? "" : ", ") + folder.string() +
                (fs::exists(folder) ? "" : " (not there)");
  const std::string found = fmt::format("{} found in {}", registry.plugins().size(), searched);
  if (registry.plugins().empty())
    findings.push_back({"plugins", Health::fail, found,
                        "build them (ninja plugins) or name their folder with --plugin-path or "
                        "SEEDBED_PLUGIN_PATH"});
  else
    findings.push_back({"plugins", Health::ok, found, ""});
  for (const Problem& problem : registry.problems())
    findings.push_back(
        {"plugin", Health::warn, problem.reason, "seedbed check " + problem.library.string()});
  return findings;
}

}  // namespace

const char* health_name(Health health) {
  return health == Health::ok ? "ok" : health == Health::warn ? "warn" : "fail";
}

Findings examine_machine() {
  return {examine_cpu(),
          examine_cores(),
          examine_memory(),
          examine_limit("processes", "-u", RLIMIT_NPROC, 64),
          examine_limit("open files", "-n", RLIMIT_NOFILE, 256),
          examine_clock()};
}

Findings examine_surroundings() {
  const std::string git = in_path("git"), sbatch = in_path("sbatch");
  return {
      examine_locale(),
      examine_terminal(),
      git.empty() ? Finding{"git", Health::warn, "not in PATH",
                            "apt install git: results say the commit that they came from"}
                  : Finding{"git", Health::ok, git, ""},
      {"slurm", Health::ok, sbatch.empty() ? "no sbatch: seedbed slurm only writes" : sbatch, ""}};
}

Findings examine_program(const SearchPath& path) {
  const Hdf5Library hdf5 = hdf5_library();
  const bool old = hdf5.major == 1 && hdf5.minor < 10;
  Findings findings{{"hdf5", old ? Health::fail : Health::ok,
                     hdf5.version() + (hdf5.thread_safe ? ", thread-safe" : ", for one thread"),
                     old ? "install HDF5 1.10 or later" : ""}};
  for (Finding& finding : examine_plugins(path)) findings.push_back(finding);
  return findings;
}

}  // namespace seedbed
